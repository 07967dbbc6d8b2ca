"""A deck as found in its file, before it is parsed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import escape
from msgspec import Struct, field

from slidegen.config import Setting
from slidegen.reading.html_page.macro_values import Call, FixedText, Value
from slidegen.source import Source, Span


class WrittenSheet(Struct, frozen=True):
    """A style sheet of the author's."""

    reference: str
    """The file it stands in; empty where it stands in the page."""
    span: Span
    """Its text, or the reference."""
    media: str = ""


class WrittenScript(Struct, frozen=True):
    """A script of the author's, or data for one."""

    attributes: Mapping[str, str]
    text: str
    span: Span
    """Its text, or the reference to its file."""


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


class AuthorPage(Struct, frozen=True):
    """What the HTML page around a deck brings along."""

    path: str = ""
    """The page's own, as shown to people."""
    sheets: tuple[WrittenSheet, ...] = ()
    """In the order in which they apply."""
    scripts: tuple[WrittenScript, ...] = ()
    """In the order in which they run."""
    body: tuple[Span, ...] = ()
    """HTML of its body beside the deck, in pieces: a logo, elements that scripts fill."""
    root: Mapping[str, str] = field(default_factory=dict)
    """Attributes of its `html` element: classes, styles."""
    body_attributes: Mapping[str, str] = field(default_factory=dict)
    macros: Mapping[str, WrittenMacro] = field(default_factory=dict)
    number: bool = False
    """Whether a function of the page gives the slide numbers."""
    formulas: bool = True
    """Whether anything in the page shows formulas."""
    katex: bool = False
    """Whether that is KaTeX."""
    source: str | None = None
    """The deck's text, where a script asks for its element."""
    absent: tuple[str, ...] = ()
    """Names that its scripts use of what stays behind."""
    paired: tuple[str, ...] = ()
    """Classes of elements that its scripts pair with slides by index."""
    countdown: float = 0
    """Milliseconds that a slide has, of which it shows what is left."""
    address: str = ""
    """The folder from which its relative references count on the web, where that is another one; absolute."""


class SourceDeck(Struct, frozen=True):
    """A deck as it was found: its text, where its slides start, and the settings that came with it."""

    source: Source
    start: int
    settings: tuple[Setting, ...]
    page: AuthorPage | None = None
    """The page around it, if there is one."""
