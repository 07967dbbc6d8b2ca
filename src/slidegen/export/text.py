"""Exports a deck as text: for search, for transcripts, for people who listen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import unquote

from msgspec import Struct

from slidegen.diagnostics import Diagnostic
from slidegen.export.facts import PageElement, PageFacts, read_page
from slidegen.export.options import ExportOptions
from slidegen.export.pdf_marks import RELATIVE
from slidegen.export.prepared import Prepared
from slidegen.export.spoken.speech import speaker
from slidegen.patterns import lazy_compile
from slidegen.project.package_data import page_function

FORMULA = lazy_compile("\ue000(\\d+)\ue001")
PICTURE = lazy_compile("\ue002(\\d+)\ue001")
LINK = lazy_compile("\ue003([^\ue004]*)\ue004([^\ue001]*)\ue001")
"""Marks that `text.js` puts around what is not text in the page."""


class TextBlock(Struct, frozen=True):
    """A paragraph, heading, item, row or listing."""

    kind: str
    text: str
    level: int
    label: str
    quote: bool


class SlideText(Struct, frozen=True):
    """The text of a slide and its notes."""

    slide: tuple[TextBlock, ...]
    notes: tuple[TextBlock, ...]


def slide_texts(opened: Prepared) -> Sequence[SlideText]:
    """The text of each slide that is shown."""
    return read_page(opened.page.run(page_function("export/text.js")), tuple[SlideText, ...])


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """The text of a prepared page: plain with formulas in words, or Markdown with formulas in TeX."""
    del report
    is_markdown = options.format == "md"
    writer = _Writer(opened.facts, is_markdown)
    texts = slide_texts(opened)
    parts = [writer.title()]
    for facts, text in zip(opened.facts.slides, texts, strict=True):
        place = opened.words["place"].replace("%n%", str(facts.number)).partition(" / ")[0]
        title = facts.title or next((block.text for block in text.slide if block.kind == "heading"), "")
        parts.append(writer.slide(place, title, text, opened.words))
    return {"": ("\n\n".join(filter(None, parts)) + "\n").encode()}


class _Writer:
    def __init__(self, facts: PageFacts, is_markdown: bool) -> None:
        self.facts = facts
        self.is_markdown = is_markdown
        self.speak = speaker(facts.lang)

    def title(self) -> str:
        heading = f"# {self.facts.title}" if self.is_markdown else underlined(self.facts.title, "=")
        return "\n\n".join(filter(None, (heading, self.facts.author, self.facts.description)))

    def slide(self, place: str, title: str, text: SlideText, words: Mapping[str, str]) -> str:
        head = self._inline(f"{place}. {title}" if title else place)
        lines = [f"## {head}" if self.is_markdown else underlined(head, "-")]
        blocks = list(text.slide)
        if blocks and blocks[0].kind == "heading" and blocks[0].text == title:
            blocks.pop(0)
        lines += self._blocks(blocks)
        if text.notes:
            notes = words["notes"]
            lines.append(f"**{notes}**" if self.is_markdown else f"{notes}:")
            lines += self._blocks(text.notes)
        return "\n\n".join(lines)

    def _blocks(self, blocks: Iterable[TextBlock]) -> list[str]:
        """Paragraphs; the items of a list form one, as do the rows of a table."""
        made: list[str] = []
        kind = ""
        for block in blocks:
            line = self._block(block)
            is_tight = (
                kind == block.kind and kind in ("item", "row") and not (kind == "row" and block.level == 0)
            )
            if is_tight:
                made[-1] += "\n" + line
            else:
                made.append(line)
            kind = block.kind
        return made

    def _block(self, block: TextBlock) -> str:
        text = block.text if block.kind == "code" else self._inline(block.text)
        match block.kind:
            case "code" if self.is_markdown:
                fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
                made = f"{fence}\n{text}\n{fence}"
            case "code":
                made = "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
            case "heading" if self.is_markdown:
                made = "#" * min(6, block.level + 2) + " " + text
            case "row" if self.is_markdown:
                made = f"| {text} |"
                if block.level == 0:
                    made += "\n|" + " --- |" * (text.count(" | ") + 1)
            case "item":
                indent = "   " * block.level
                made = f"{indent}{block.label} " + text.replace("\n", f"\n{indent}  ")
            case _:
                made = text
        return "\n".join(f"> {line}" for line in made.split("\n")) if block.quote else made

    def _inline(self, text: str) -> str:
        text = FORMULA.sub(lambda found: self._formula(self._token(found[1])), text)
        text = PICTURE.sub(lambda found: self._picture(self._token(found[1])), text)
        return LINK.sub(lambda found: self._link(found[1], found[2]), text)

    def _token(self, number: str) -> PageElement:
        return self.facts.tokens[int(number) - 1]

    def _formula(self, token: PageElement) -> str:
        return f"${' '.join(token.tex.split())}$" if self.is_markdown and token.tex else self.speak(token)

    def _picture(self, token: PageElement) -> str:
        return f"[{token.alt}]" if token.is_ == "figure" else ""

    def _link(self, text: str, target: str) -> str:
        if target.startswith(RELATIVE):
            target = unquote(target.removeprefix(RELATIVE))
        if self.is_markdown:
            return f"[{text}]({target})"
        return text if text == target else f"{text} ({target})"


def underlined(text: str, line: str) -> str:
    """A heading in plain text."""
    return f"{text}\n{line * min(72, max(3, len(text)))}"
