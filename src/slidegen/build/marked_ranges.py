"""Finds marked elements and comments in HTML with Python's own parser, for the leak check.

What builds the variant finds them by `html_marks`; a mistake there must not hide anything from the check.
"""

from __future__ import annotations

from collections.abc import Collection
from html.parser import HTMLParser
from itertools import accumulate

from msgspec import Struct

from slidegen.patterns import lazy_compile

OF_SVG = frozenset("path circle ellipse rect line polygon polyline use image g text tspan stop".split())
"""Elements that may end in `/>`."""
EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without content."""
SHORT_COMMENTS = ("<!-->", "<!--->")
COMMENT_END = lazy_compile(r"--!?>")


class MarkedRanges(Struct, frozen=True):
    """What to leave out of a text."""

    ranges: tuple[tuple[int, int], ...]
    """In order, without overlaps."""
    opened: str = ""
    """The name of an element that the text leaves open."""
    depth: int = 0
    """How many elements of that name are open."""


def marked_ranges(text: str, classes: Collection[str], opened: str = "", depth: int = 0) -> MarkedRanges:
    """The marked elements and comments in a text, at whose beginning `depth` elements named `opened` are open."""
    if not depth and "<" not in text:
        return MarkedRanges(())
    reader = _Reader(text, classes, opened, depth)
    reader.feed(text)
    if reader.depth:
        reader.ranges.append((reader.start, len(text)))
    return MarkedRanges(tuple(reader.ranges), reader.opened if reader.depth else "", reader.depth)


class _Reader(HTMLParser):
    def __init__(self, text: str, classes: Collection[str], opened: str, depth: int) -> None:
        super().__init__(convert_charrefs=False)
        self.ranges: list[tuple[int, int]] = []
        self.opened, self.depth, self.start = opened, depth, 0
        self._text, self._classes = text, classes
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.depth += tag == self.opened
            return
        words = {word for name, value in attrs if name == "class" for word in (value or "").split()}
        if words.isdisjoint(self._classes):
            return
        at = self._at()
        if tag in EMPTY:
            self.ranges.append((at, at + len(self.get_starttag_text() or "")))
        else:
            self.opened, self.depth, self.start = tag, 1, at

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in OF_SVG:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == self.opened:
            self.depth -= 1
            if not self.depth:
                end = self._text.find(">", self._at()) + 1
                self.ranges.append((self.start, end or len(self._text)))

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Read a comment as browsers do: unclosed, it extends to the end. All text is fed at once."""
        del report
        inside = i + len("<!" if self._text.startswith(SHORT_COMMENTS, i) else "<!--")
        end = COMMENT_END.search(self._text, inside)
        after = end.end() if end is not None else len(self._text)
        if not self.depth:
            self.ranges.append((i, after))
        return after
