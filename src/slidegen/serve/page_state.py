"""The state of a page, in a form that can be compared with the next version."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class ShownSlide(Struct, frozen=True):
    """A slide with its steps."""

    key: str
    """Names what it shows, whatever its number and place."""
    steps: tuple[int, ...]
    """For each step, what tells it from another one."""
    html: str
    """Its templates and its container."""
    attributes: tuple[Mapping[str, str], ...]
    """Of each of these, those that say its number."""
    number: str
    """The slide number as shown, as HTML."""
    line: int
    """Where it starts in the source, from 1."""


class PageStyles(Struct, frozen=True):
    """The style sheets of a page."""

    own: str
    authors: tuple[tuple[str, str], ...]
    """Texts with their media queries."""


class Problem(Struct, frozen=True):
    """A diagnostic as a page shows it."""

    severity: str
    code: str
    message: str
    place: str
    """`path:line:column`, or as much of it as is known."""
    path: str
    line: int
    """0 where no line is meant."""
    excerpt: str
    hint: str
    slide: int
    """Index of the slide that it is about, steps counted; -1 where it is about none."""


class PageState(Struct, frozen=True):
    """One state of a deck's page."""

    epoch: int
    """Counts the states."""
    title: str
    slides: tuple[ShownSlide, ...]
    styles: PageStyles
    frame: str
    """Names all else that is in the page: when it changes, the page must be loaded anew."""
    plan: tuple[int, ...] = ()
    """Seconds that each slide is planned to take; empty where nothing is planned."""
    problems: tuple[Problem, ...] = ()
