"""A macro that comes with an author's page, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape
from msgspec import Struct

from slidegen.reading.html_page.macro_values import Call, FixedText, Value
from slidegen.source import Span


class WrittenMacro(Struct, frozen=True):
    """A macro that came with the deck, as data: it is never compiled, whatever stands in it."""

    name: str
    parts: tuple[Value, ...]
    """What it gives, one after the other."""
    suffix: str
    """`.html` or `.md`: whether it gives HTML or Markdown."""
    span: Span
    """Where it is defined."""

    def expand(self, target: str, args: Sequence[str]) -> str:
        """What a call gives. In HTML, what is given with a call is escaped where it stands in a tag."""
        texts = []
        for part, in_tag in _with_places(self.parts, self.suffix):
            given = part.given(Call(target, args, in_tag))
            texts.append(str(escape(given)) if in_tag else str(given))
        return "".join(texts).strip()

    def template(self) -> str:
        """The same as a template: texts that a template could read as more than texts stand in quotes."""
        pieces = []
        for part, in_tag in _with_places(self.parts, self.suffix):
            if isinstance(part, FixedText) and not _may_be_code(part.text):
                pieces.append(part.text)
                continue
            raw = self.suffix == ".html" and not in_tag
            pieces.append(f"{{{{ {part.template(in_tag)}{'|safe' if raw else ''} }}}}")
        return "".join(pieces).strip() + "\n"


def _with_places(parts: Sequence[Value], suffix: str) -> Iterator[tuple[Value, bool]]:
    """The parts, texts that follow each other as one, and whether each stands in a tag."""
    in_tag = False
    texts: list[str] = []
    for part in (*parts, None):
        if isinstance(part, FixedText):
            texts.append(part.text)
            continue
        if texts:
            text = "".join(texts)
            texts = []
            yield FixedText(text), in_tag
            if "<" in text or ">" in text:
                in_tag = suffix == ".html" and text.rfind("<") > text.rfind(">")
        if part is not None:
            yield part, in_tag


def _may_be_code(text: str) -> bool:
    """Whether Jinja2 could see more in a text than a text; it changes line ends as well."""
    return "{" in text or "}" in text or "\r" in text
