"""The sections of a deck, taken from its slides."""

from __future__ import annotations

from slidegen.render.page_model import RenderedSlide

SECTION_CLASS = "section"
DIVIDER = frozenset({"inverse", "middle"})
"""The classes of divider slides, by the convention of xaringan's manual: `class: inverse, center, middle`."""


def begins_section(slide: RenderedSlide) -> bool:
    """Whether a section begins with the slide: one of class `section`, or a divider, with a heading."""
    return bool(slide.title) and (SECTION_CLASS in slide.classes or set(slide.classes) >= DIVIDER)
