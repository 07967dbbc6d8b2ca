"""Finds a text in HTML that grows step by step."""

from __future__ import annotations

from slidegen.render.html.fragment import shared_length


class LastPlace:
    """Finds the last place of a text in HTML that grows, looking only at what each step adds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._before = ""
        self._at = -1

    def find(self, html: str) -> int:
        """Where the text begins for the last time in the next step; -1 if it does not."""
        same = shared_length(self._before, html)
        at = html.rfind(self._text, max(0, same - len(self._text) + 1))
        if at < 0 <= self._at:
            at = self._at if self._at + len(self._text) <= same else html.rfind(self._text, 0, same)
        self._before, self._at = html, at
        return at
