"""Finds the end of a formula from its start, with balanced braces and escaped dollars."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from slidegen.patterns import lazy_compile

PART = lazy_compile(
    r"(?P<slashes>\\+)(?P<after>\$+|[\s\S])?|(?P<dollars>\$+)|(?P<brace>[{}])"
    r"|(?P<markup>`|!\[:|\.[a-zA-Z_-][a-zA-Z0-9_-]*\[)"
)
"""What may determine the end of a formula."""


class Parts:
    """The dollars, brackets and braces between two edges, and where a formula from each would end."""

    def __init__(self, places: list[int], kinds: list[str]) -> None:
        self.places = places
        self.kinds = kinds
        self._next: dict[str, list[int]] = {}
        """By closing marks: for each part, the part that ends a formula starting there; -1 if none does."""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Parts:
        """Those between two offsets."""
        places: list[int] = []
        kinds: list[str] = []
        for part in PART.finditer(text, start, end):
            place, kind = part.start(), part[0]
            if part["slashes"] is not None:
                count, after = len(part["slashes"]), part["after"] or ""
                place += count
                if after[:1] == "$":
                    # `\\$` is `\$` once Markdown has read it.
                    escaped = count % 2 or (count % 4 and len(after) == 1)
                    kind = after[1:] if escaped else after
                    place += bool(escaped)
                elif after in (")", "]"):
                    slashes = count % 4 if count % 2 == 0 else 1
                    kind = "\\" * slashes + after if slashes else ""
                    place -= slashes
                else:
                    kind = after if after in ("{", "}") and count % 4 == 0 else ""
            if kind:
                places.append(place)
                kinds.append(kind)
        return cls(places, kinds)

    def close(self, closing: str, inner: int) -> int:
        """The offset of the marks that end a formula whose TeX begins at `inner`; -1 if none do."""
        index = bisect_left(self.places, inner)
        for balanced in (True, False):
            known = self._ends(closing, balanced=balanced)
            if known[index] >= 0:
                return self.places[known[index]]
        return -1

    def _ends(self, closing: str, *, balanced: bool) -> list[int]:
        key = closing if balanced else closing + "{"
        if key not in self._next:
            pairs = self._brace_pairs if balanced else {}
            ends = [-1] * (len(self.kinds) + 1)
            for index in range(len(self.kinds) - 1, -1, -1):
                kind = self.kinds[index]
                if kind == closing or (kind[0] == "$" and kind.startswith(closing)):
                    ends[index] = index
                elif kind == "{" and balanced:
                    ends[index] = ends[pairs[index] + 1] if index in pairs else -1
                elif closing != "$" or kind[0] in "$\\{}":
                    ends[index] = ends[index + 1]
            self._next[key] = ends
        return self._next[key]

    @cached_property
    def _brace_pairs(self) -> dict[int, int]:
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for index, kind in enumerate(self.kinds):
            if kind == "{":
                opened.append(index)
            elif kind == "}" and opened:
                pairs[opened.pop()] = index
        return pairs
