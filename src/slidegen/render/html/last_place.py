"""Finds a text in HTML that grows step by step, and divides the HTML there."""

from __future__ import annotations

from msgspec import Struct

from slidegen.render.html.fragment import shared_end, shared_length


class LastPlace:
    """Finds the last place of a text in HTML that grows, looking only at what each step adds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._before = ""
        self._at = -1
        self.same = 0
        """The length of what the current step and the one before it begin with."""

    def find(self, html: str) -> int:
        """Where the text begins for the last time in the next step; -1 if it does not."""
        same = self.same = shared_length(self._before, html)
        at = html.rfind(self._text, max(0, same - len(self._text) + 1))
        if at < 0 <= self._at:
            at = self._at if self._at + len(self._text) <= same else html.rfind(self._text, 0, same)
        self._before, self._at = html, at
        return at


class GrownPart(Struct, frozen=True):
    """A part of a step."""

    html: str
    same: int
    """The length of what it and the part of the step before begin with."""
    same_end: int = 0
    """The length of what both end with besides, which is only of interest below the text."""


class DividedHtml:
    """Divides HTML that grows step by step at the last place of a text, comparing each step to the last one once."""

    def __init__(self, text: str) -> None:
        self._place = LastPlace(text)
        self._at = 0
        """Where the step before was divided."""
        self._below = ""

    def divide(self, html: str) -> tuple[GrownPart, GrownPart]:
        """What is above the text in the next step, and what begins with it, which may be empty."""
        found = self._place.find(html)
        at = found if found >= 0 else len(html)
        above = GrownPart(html[:at], min(self._place.same, self._at, at))
        below = html[at:]
        is_same_above = at == self._at <= self._place.same
        same = self._place.same - at if is_same_above else shared_length(self._below, below)
        same_end = shared_end(self._below, below, min(len(self._below), len(below)) - same)
        self._at, self._below = at, below
        return above, GrownPart(below, same, same_end)
