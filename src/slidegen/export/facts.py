"""What the prepared page says of itself, and paper does not show."""

from __future__ import annotations

from msgspec import Struct


class PageElement(Struct, frozen=True, rename={"is_": "is"}):
    """An element of the page, by whose mark it is found again."""

    tag: str
    lang: str = ""
    is_: str = ""
    """What matters of it: slide, notes, heading, link, figure, decoration, formula or pagination."""
    alt: str = ""
    level: int = 0
    mathml: str = ""
    tex: str = ""


class SlideFacts(Struct, frozen=True):
    """A slide, or a step of one."""

    token: int
    number: int
    title: str
    section: str
    """The title of the section that it begins; empty where it begins none."""
    name: str
    step: int
    steps: int
    position: int
    """Which slide of the deck it is, from 1, steps not counted."""
    last: bool
    label: str
    ids: tuple[str, ...] = ()
    """The names that links to something on it have."""


class PageFacts(Struct, frozen=True, rename="camel"):
    """A page with its slides."""

    lang: str
    title: str
    slides: tuple[SlideFacts, ...]
    tokens: tuple[PageElement, ...]
    author: str = ""
    description: str = ""
    keywords: str = ""
    math_font: str = ""
    """The font of formulas, as base64; empty where there are none."""
    missing: tuple[str, ...] = ()
    """Characters that no font of this machine has."""
