"""A slide's density, and whether its content is scaled to fill the slide."""

from __future__ import annotations

from slidegen.deck.model import Deck, Slide
from slidegen.option_types import DENSITIES, SWITCHES

DENSITY, FIT = "density", "fit"
FIT_FLOOR = 0.6
"""Smallest scale of fitted content: text of normal density becomes 16 of the slide's 681 pixels."""
MESSAGE_KINDS = frozenset({"title", "title-slide", "section", "statement", "quotation"})
"""Classes of slides with one message in large type."""
MESSAGE_CLASS = "slidegen-message"
"""The class of such a slide in a compact deck, where it stays large."""
FIT_CLASS = "slidegen-fit"
"""The class of a slide whose content is made as large as possible."""


def density_classes(deck: Deck, slide: Slide) -> tuple[str, ...]:
    """The content classes for the slide's density, its own or else the deck's, and for `fit: true`."""
    own = slide.value(DENSITY)
    density = own if own in DENSITIES else deck.config.density
    named: tuple[str, ...] = () if density == "normal" else (f"density-{density}",)
    if density == "compact" != own and not MESSAGE_KINDS.isdisjoint(slide.classes):
        named += (MESSAGE_CLASS,)
    return (*named, FIT_CLASS) if is_fitted(slide) else named


def is_fitted(slide: Slide) -> bool:
    """Whether the slide's content is made as large as possible."""
    return SWITCHES.get(slide.value(FIT).lower(), False)
