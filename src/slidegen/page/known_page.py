"""What is remembered of the slides of a page's last version."""

from __future__ import annotations

from msgspec import Struct, field

from slidegen.compile.source_locator import LinksOfSlide
from slidegen.page.class_names import ClassesOfSlide
from slidegen.remembered import Remembered
from slidegen.render.html.growing_html import NewParts


class DrawnParts(Struct, frozen=True):
    """What the steps of a slide may have that has to be drawn."""

    icons: bool
    """Icons of a font."""
    diagrams: bool
    """Diagrams for Mermaid's script."""


class KnownPage(Struct):
    """Results for each slide of a page, remembered for its next version."""

    links: Remembered[LinksOfSlide] = field(default_factory=Remembered)
    classes: Remembered[ClassesOfSlide] = field(default_factory=Remembered)
    drawn: Remembered[DrawnParts] = field(default_factory=Remembered)
    """By HTML."""
    parts: NewParts = field(default_factory=NewParts)
    """What each step adds."""
