"""The state of a page, in a form that can be compared with the next version."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class ShownSlide(Struct, frozen=True):
    """A slide with its steps."""

    key: str
    """Identifies what it shows, whatever its number and place."""
    steps: tuple[int, ...]
    """For each step, what distinguishes it from others."""
    html: str
    """Its templates and its container."""
    attributes: tuple[Mapping[str, str], ...]
    """For each of these, the attributes that contain its number."""
    number: str
    """The slide number as shown, as HTML."""
    line: int
    """Where it starts in the source, from 1."""

    @property
    def title(self) -> str:
        """Its heading; empty if it has none."""
        return self.attributes[-1].get("data-title", "")

    @property
    def name(self) -> str:
        """Its `name:`; empty if it has none."""
        return self.attributes[0].get("data-name", "")


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
    """0 if it concerns no line."""
    excerpt: str
    hint: str
    slide: int
    """Index of the slide that it is about, counting steps; -1 if it is about none."""


class PageState(Struct, frozen=True):
    """One state of a deck's page."""

    epoch: int
    """Number of the state."""
    title: str
    slides: tuple[ShownSlide, ...]
    styles: PageStyles
    frame: str
    """Identifies everything else in the page: when it changes, the page must be loaded again."""
    plan: tuple[int, ...] = ()
    """Planned seconds of each slide; empty if nothing is planned."""
    problems: tuple[Problem, ...] = ()
