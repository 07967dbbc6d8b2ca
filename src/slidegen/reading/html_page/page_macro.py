"""A macro that comes with an author's page, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape
from msgspec import Struct

from slidegen.reading.html_page.macro_values import Call, FixedText, Value
from slidegen.source import Span


class WrittenMacro(Struct, frozen=True):
    """A macro that came with the deck, as data: it is never compiled, whatever it contains."""

    name: str
    parts: tuple[Value, ...]
    """The parts of its result."""
    suffix: str
    """`.html` or `.md`: whether it returns HTML or Markdown."""
    span: Span
    """Where it is defined."""

    def expand(self, target: str, args: Sequence[str]) -> str:
        """The result of a call. In HTML, arguments are escaped within tags."""
        texts = []
        for part, in_tag in _with_places(self.parts, self.suffix):
            given = part.given(Call(target, args, in_tag))
            texts.append(str(escape(given)) if in_tag else str(given))
        return "".join(texts).strip()

    def template(self) -> str:
        """The same as a template: texts that Jinja2 could interpret are quoted."""
        pieces = []
        for part, in_tag in _with_places(self.parts, self.suffix):
            if isinstance(part, FixedText) and not _may_be_code(part.text):
                pieces.append(part.text)
                continue
            raw = self.suffix == ".html" and not in_tag
            pieces.append(f"{{{{ {part.template(in_tag)}{'|safe' if raw else ''} }}}}")
        return "".join(pieces).strip() + "\n"


def _with_places(parts: Sequence[Value], suffix: str) -> Iterator[tuple[Value, bool]]:
    """The parts, with adjacent texts joined, and whether each is within a tag."""
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
    """Whether Jinja2 could interpret a text; it also changes line ends."""
    return "{" in text or "}" in text or "\r" in text
