"""What the prepared page says about itself that the print does not show."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct

from slidegen.patterns import lazy_compile

T = TypeVar("T")
NOT_IN_XML = lazy_compile(r"[^\t\n\r -\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""Characters that XML cannot hold, and so neither PowerPoint's files nor a PDF's metadata."""


class PageElement(Struct, frozen=True, rename={"is_": "is"}):
    """An element of the page, and the mark that identifies it in the PDF."""

    tag: str
    lang: str = ""
    is_: str = ""
    """Its role: slide, notes, heading, link, figure, decoration, formula or pagination."""
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
    """The title of the section that begins here; empty if none does."""
    name: str
    step: int
    steps: int
    position: int
    """Its position in the deck, from 1, not counting steps."""
    last: bool
    label: str
    ids: tuple[str, ...] = ()
    """The names by which links refer to something on it."""


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
    """The font of formulas as base64; empty if there are none."""
    missing: tuple[str, ...] = ()
    """Characters that no font on this computer has."""


def read_page(answer: object, kind: type[T]) -> T:
    """What the page answers, without characters that a format cannot hold. Raises msgspec.ValidationError."""
    return msgspec.convert(_cleaned(answer), kind)


def clean(text: str) -> str:
    """A text without characters that a format cannot hold."""
    return NOT_IN_XML.sub("", text)


def _cleaned(answer: object) -> object:
    if isinstance(answer, str):
        return clean(answer)
    if isinstance(answer, list):
        return [_cleaned(each) for each in answer]
    if isinstance(answer, dict):
        return {key: _cleaned(value) for key, value in answer.items()}
    return answer
