"""Finds what bounds the formulas of a text: blocks, items, rows, raw HTML and slides."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from slidegen.patterns import lazy_compile
from slidegen.syntax.formula_parts import Parts

BLOCK_TAGS = (
    "address|article|aside|audio|blockquote|body|canvas|caption|center|col|colgroup|dd|details|dialog|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|li|main|nav|object|ol|p|picture|pre|script"
    "|section|style|summary|svg|table|tbody|td|template|textarea|tfoot|th|thead|tr|ul|video"
)
EDGE = lazy_compile(
    rf"""
      \n(?=[\ \t>]*$)                                   # a blank line
    | \n(?=(?:---?|\?\?\?)$)                            # the next slide, or notes
    | ^(?P<heading>[\ \t>]*\#[^\n]*)
    | \n(?=[\ \t>]*(?:`{{3}}|~{{3}}|[-=]{{2,}}[\ \t]*$))    # code; a line under a heading
    | (?i:<(?:!--|/[a-z]|(?:{BLOCK_TAGS})(?=[\s/>])[^<>\n]*>))
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What no formula extends over."""
HTML = lazy_compile(
    rf"^[ \t>]*(?:(?:[*+-]|\d{{1,9}}\.)[ \t]+)*<(?P<name>(?i:{BLOCK_TAGS}))(?=[\s/>])", re.MULTILINE
)
"""The beginning of raw HTML, in which no backslash is an escape, as MathJax sees it."""
ITEM = lazy_compile(r"\n(?=[ \t>]*(?:[*+-]|\d{1,9}\.)[ \t])")
"""What only a certain formula extends over: the next list item, or a line that looks like one."""
SLIDE_END = lazy_compile(r"^(?:---?|\?\?\?)$", re.MULTILINE)
PREFIX = lazy_compile(r"[ \t]*(?:(?:>|[*+-](?=[ \t])|\d{1,9}\.(?=[ \t]))[ \t]*)*")
"""What precedes the text of a line in quotes and lists."""


class FormulaPlaces:
    """Finds on demand where blocks, items, rows and raw HTML of a text begin and end."""

    def __init__(self, text: str, start: int, end: int, find_next: Callable[[str, int], int]) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._next = find_next
        self._parts: dict[int, Parts] = {}
        self._line = (0, -1)
        """The last line that was requested."""

    def edge_after(self, at: int) -> int:
        """Where the block at an offset ends."""
        return _first_after(self._edges, at, self.end)

    def item_after(self, at: int) -> int:
        """Where the next list item begins."""
        return _first_after(self._items, at, self.end)

    def slide_end_after(self, at: int) -> int:
        """Where the slide or its notes end."""
        return _first_after(self._slide_ends, at, self.end)

    def close(self, closing: str, start: int, inner: int) -> int:
        """Where the marks are that end a formula; -1 if nowhere."""
        block = bisect_right(self._edges, start) - 1
        parts = self._parts.get(block)
        if parts is None:
            end = self._edges[block + 1] if block + 1 < len(self._edges) else self.end
            parts = self._parts[block] = Parts.of(self.text, self._edges[block], end)
        return parts.close(closing, inner)

    def row_end(self, at: int) -> int | None:
        """The end of the line, if it looks like a table's row; no formula extends over two of them."""
        start, end = self.line_of(at)
        prefix = PREFIX.match(self.text, start, at)
        return end if prefix is not None and self.text[prefix.end()] == "|" else None

    def line_of(self, offset: int) -> tuple[int, int]:
        """Where the line at an offset begins and ends."""
        start, end = self._line
        if not start <= offset <= end:
            start = max(self.text.rfind("\n", 0, offset) + 1, self.start)
            end = self.text.find("\n", offset, self.end)
            self._line = start, end = start, self.end if end < 0 else end
        return start, end

    @cached_property
    def _edges(self) -> list[int]:
        edges = [self.start]
        for match in EDGE.finditer(self.text, self.start, self.end):
            edges.append(match.start())
            if match["heading"] is not None:
                edges.append(match.end())
        return edges

    def in_html(self, offset: int) -> bool:
        """Whether the offset is in raw HTML, which Markdown does not read."""
        index = bisect_right(self._html, (offset, self.end)) - 1
        return index >= 0 and offset < self._html[index][1]

    @cached_property
    def _html(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for match in HTML.finditer(self.text, self.start, self.end):
            if not found or match.start() >= found[-1][1]:
                close = self._next(f"</{match['name']}", match.end())
                if close < self.slide_end_after(match.start()):
                    found.append((match.start(), close))
        return found

    @cached_property
    def _items(self) -> list[int]:
        return [match.start() for match in ITEM.finditer(self.text, self.start, self.end)]

    @cached_property
    def _slide_ends(self) -> list[int]:
        return [match.start() for match in SLIDE_END.finditer(self.text, self.start, self.end)]


def without_quote_marks(text: str, before: str) -> str:
    """A text of several lines without the marks of the quotes around it; `before` begins its first line."""
    prefix = PREFIX.match(before)
    quotes = prefix[0].count(">") if prefix else 0
    return re.sub(rf"\n(?:[ \t]*> ?){{1,{quotes}}}", "\n", text) if quotes else text


def _first_after(offsets: list[int], at: int, end: int) -> int:
    """The first of ascending offsets that comes after `at`; `end` if none does."""
    index = bisect_right(offsets, at)
    return offsets[index] if index < len(offsets) else end
