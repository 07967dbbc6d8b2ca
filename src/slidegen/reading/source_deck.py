"""A deck as found in its file, before it is parsed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.config import Setting
from slidegen.source import Source, Span

if TYPE_CHECKING:
    from slidegen.reading.html_page.page_macro import WrittenMacro


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
