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
    """Its file; empty if it is in the page."""
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
    """What comes with the HTML page around a deck."""

    path: str = ""
    """The page's own, as shown to people."""
    sheets: tuple[WrittenSheet, ...] = ()
    """In the order in which they apply."""
    scripts: tuple[WrittenScript, ...] = ()
    """In the order in which they run."""
    body: tuple[Span, ...] = ()
    """HTML in its body beside the deck, in pieces: a logo, elements that scripts fill."""
    root: Mapping[str, str] = field(default_factory=dict)
    """Attributes of its `html` element: classes, styles."""
    body_attributes: Mapping[str, str] = field(default_factory=dict)
    macros: Mapping[str, WrittenMacro] = field(default_factory=dict)
    number: bool = False
    """Whether a function of the page makes the slide numbers."""
    formulas: bool = True
    """Whether anything in the page shows formulas."""
    katex: bool = False
    """Whether that is KaTeX."""
    source: str | None = None
    """The deck's text, if a script looks for its element."""
    absent: tuple[str, ...] = ()
    """Names from dropped statements that its scripts use."""
    paired: tuple[str, ...] = ()
    """Classes of elements that its scripts pair with slides by index."""
    countdown: float = 0
    """Milliseconds per slide, for a countdown on it."""
    address: str = ""
    """The folder that relative references start from on the web, if it is another one; absolute."""


class SourceDeck(Struct, frozen=True):
    """A deck as found: its text, where its slides start, and the settings that came with it."""

    source: Source
    start: int
    settings: tuple[Setting, ...]
    page: AuthorPage | None = None
    """The page around it, if any."""
