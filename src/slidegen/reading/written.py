"""A deck as it was found in its file, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slidegen.config import Setting
from slidegen.source import Source, Span


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A style sheet of the author's."""

    reference: str
    """The file it stands in; empty where it stands in the page."""
    span: Span
    """Its text, or the reference."""
    media: str = ""


@dataclass(frozen=True, slots=True)
class WrittenScript:
    """A script of the author's, or data for one."""

    attributes: Mapping[str, str]
    text: str
    span: Span
    """Its text, or the reference to its file."""


@dataclass(frozen=True, slots=True)
class WrittenMacro:
    """A macro that came with the deck."""

    name: str
    template: str
    suffix: str
    """`.html` or `.md`: whether the template gives HTML or Markdown."""
    span: Span
    """Where it is defined."""
    understood: bool = True
    """Whether the template does what its author's function does."""


@dataclass(frozen=True, slots=True)
class WrittenPage:
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
    releases_math: bool = False
    """Whether a script of the page makes formulas of what stands in backticks, as xaringan's does."""
    katex: bool = False
    """Whether that is KaTeX."""
    address: str = ""
    """The folder from which its relative references count on the web, where that is another one; absolute."""


@dataclass(frozen=True, slots=True)
class WrittenDeck:
    """A deck as it was found: its text, where its slides start, and the settings that came with it."""

    source: Source
    start: int
    settings: tuple[Setting, ...]
    page: WrittenPage | None = None
    """The page around it, if there is one."""
