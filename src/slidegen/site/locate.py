"""Where a reference to a file stands in a deck, after Markdown has forgotten it."""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import unquote

from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, Reporter
from slidegen.render.assets.references import looks_remote
from slidegen.render.rendered import RenderedSlide
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, MacroCall, Node, Text

LINK = re.compile(r'<a\s[^>]*?\bhref="#([^"]+)"')
HREF = re.compile(r'<a\s[^>]*?\bhref="([^"#?][^"]*)"')
ID = re.compile(r'\s(?:id|name)="([^"]+)"')
NUMBER = re.compile(r"p?\d+")
COMMENT = re.compile(r"<!--(?>(?:(?!-->)[\s\S])*)-->")
REFERENCES = (
    r"(?:\]\(\s*+<?|\]:\s*+<?|url\(\s*+[\"']?|\b(?:src|href|poster|data(?:-[\w-]+)?|srcset|background)\s*=\s*[\"']?)"
    r"(?P<it>IT)(?=[\s)\"'>,]|\Z)",
    r"(?:[\"'<,]\s*+|^|\s)(?P<it>IT)(?=[\s)\"'>,]|\Z)",
    r"(?P<it>IT)",
)
"""Where a text is a reference: where references are written, between marks, anywhere; the surest first."""


@dataclass(slots=True)
class Places:
    """Finds references by their text in what a slide is made of; only looks when it is asked."""

    deck: Deck
    outputs: Sequence[tuple[str, Span]] = ()
    """What macros wrote, and where they were called."""
    _found: dict[tuple[int, str], Sequence[Span]] = field(default_factory=dict)

    def of_slide(self, index: int) -> Callable[[str], Span | None]:
        """A function that gives the place of a reference on a slide; the slide's own place if all else fails.

        Asked again for the same text, it gives the place where that stands next on the slide.
        """
        asked: Counter[str] = Counter()

        def locate(written: str) -> Span | None:
            key = (index, written)
            if key not in self._found:
                self._found[key] = self._locate(index, written)
            asked[written] += 1
            return self._found[key][min(asked[written], len(self._found[key])) - 1]

        return locate

    def _locate(self, index: int, written: str) -> Sequence[Span]:
        slide = self.deck.slides[index]
        spellings = dict.fromkeys((written, entities.escape(written)))
        nodes = (*slide.content, *slide.notes, *slide.footer)
        properties = [_Passage(item.span, item.span.text) for item in slide.properties.values()]
        searches = [
            re.compile(pattern.replace("IT", "|".join(map(re.escape, spellings))), re.MULTILINE)
            for pattern in REFERENCES
        ]
        # Indented lines look like code, but in lists they are none.
        for passages in ([*_passages(nodes, code=False), *properties], [*_passages(nodes, code=True)]):
            for search in searches:
                found = [
                    passage.place(*match.span("it"))
                    for passage in passages
                    for match in search.finditer(passage.text)
                ]
                if found:
                    return found
        for link in self.deck.links.values():
            if link.url in spellings:
                return (link.span,)
        for text, call in self.outputs:
            if any(spelling in text for spelling in spellings):
                return (call,)
        start = slide.span.start
        return (Span(slide.span.source, start, min(start + 1, slide.span.end)),)


def warn_of_unknown_slides(slides: Sequence[RenderedSlide], places: Places, reporter: Reporter) -> None:
    """Warn of links to slides that no slide is named like, and that lead to no element either."""
    targets = {slide.name for slide in slides if slide.name} | {slide.id for slide in slides if slide.id}
    for slide in slides:
        targets.update(entities.unescape(name) for name in ID.findall(slide.html))
    for slide in slides:
        locate = places.of_slide(slide.index)
        for written in LINK.findall(slide.html + slide.notes):
            name = unquote(entities.unescape(written))
            if name in targets or NUMBER.fullmatch(name):
                continue
            near = get_close_matches(name, sorted(targets), n=1)
            reporter.report(
                Code.UNKNOWN_SLIDE,
                f"no slide has the name {name}",
                locate(f"#{written}"),
                hint=f"did you mean #{near[0]}?" if near else "give the slide it should lead to a `name:`",
            )


def warn_of_addresses(
    slides: Iterable[RenderedSlide], places: Places, reporter: Reporter, is_there: Callable[[str], bool]
) -> None:
    """Warn of links that look like addresses on the network without their scheme, and lead to no file either."""
    for slide in slides:
        locate = places.of_slide(slide.index)
        for found in HREF.findall(slide.html + slide.notes):
            written = entities.unescape(found)
            path = unquote(written.partition("#")[0].partition("?")[0])
            if looks_remote(path) and not is_there(path):
                hint = f"did you mean https://{written}?"
                reporter.report(Code.MISSING_LINK, f"there is no file {path}", locate(written), hint=hint)


@dataclass(frozen=True, slots=True)
class _Passage:
    """Text of a slide in which references may stand, with blanks for the code and the comments in it."""

    span: Span
    text: str

    def place(self, start: int, end: int) -> Span:
        """The place of a part; that of all where a variable was put in or a backslash taken away."""
        exact = len(self.text) == self.span.end - self.span.start
        return self.span.within(start, end) if exact else self.span


def _passages(nodes: Iterable[Node], *, code: bool) -> Iterator[_Passage]:
    """The texts of nodes; with `code`, what looks like it is left in them."""
    for node in nodes:
        if isinstance(node, ContentClass):
            yield from _passages(node.children, code=code)
        elif isinstance(node, Text):
            pieces, at = [], 0
            for start, end in () if code else node.code:
                pieces += [node.value[at:start], " " * (end - start)]
                at = end
            text = "".join((*pieces, node.value[at:]))
            yield _Passage(node.span, COMMENT.sub(lambda match: " " * len(match[0]), text))
        elif isinstance(node, MacroCall):
            yield _Passage(node.span, node.span.text)
