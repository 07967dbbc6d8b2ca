"""Finds the ends of code spans and fences before Markdown is parsed, in linear time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import islice

from slidegen.patterns import lazy_compile
from slidegen.syntax.formula_places import BLOCK_TAGS

TICKS = lazy_compile("``*")  # begins with a character, which is looked for fast
FENCE_RUN = lazy_compile(r"````*+|~~~~*+")
LINE_END = lazy_compile(r" *+(?:\n++|(?=\])|\Z)")
EDGE = lazy_compile(
    rf"""
      \n(?=[\ \t>]*$)                                     # a blank line
    | \n(?=(?:---?|\?\?\?)$)                              # the next slide, or notes
    | \n(?=[\ \t]*(?:[*+-]|\d{{1,9}}\.)[\ \t])            # an item of a list
    | \n(?=[\ \t>]*(?:\#|`{{3}}|~{{3}}|[-=]{{2,}}[\ \t]*$)) # a heading, code, a line under a heading
    | \n(?=(?P<row>[^|\n]*\|))
    | \n(?=[\ \t]*(?P<quote>>))
    | \n(?=[\ \t]*(?i:<(?:!--|/?(?:{BLOCK_TAGS})(?=[\s/>]))))
    """,
    re.MULTILINE | re.VERBOSE,
)
"""The line breaks at which a paragraph ends. One before a quote counts if no quote precedes it; one
before a line with a `|` counts if the line is a table's row."""
TABLE = lazy_compile(
    r"""
      (?:\A|^[\ \t>]*\n|^(?:---?|\?\?\?)\n|^[\ \t>]*\#[^\n]*\n|\[\n)     # where a block begins
      (?P<rows>[^|\n]*\|[^\n]*\n                                      # the head
        [\ \t>]*(?=[^\n]*\|)[|:-](?>[\ |:-]*)(?:\n|\Z)              # the line under it
        (?>(?:(?!---?$)[^|\n]*\|[^\n]*(?:\n|\Z))*))
    """,
    re.MULTILINE | re.VERBOSE,
)


class CodeFinder:
    """Finds the ends of code in a text that is read from left to right."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._edge = -1
        """The last edge found."""
        self._unclosed: dict[tuple[str, bool], int] = {}
        """By fence character, and whether in a content class, the shortest run that nothing closes any more."""

    def span_end(self, ticks: int, inner: int) -> int:
        """Where the backticks are that close code opened by as many before `inner`; -1 if nowhere.

        They are the next run of as many, in the same paragraph.
        """
        close = self.next_run(ticks, inner)
        return -1 if "\n" in self.text[inner:close] and self.edge(inner) < close else close

    def next_run(self, ticks: int, at: int) -> int:
        """Where the next run of so many backticks is, in this paragraph or another; -1 if nowhere."""
        runs = self._runs.get(ticks, [])
        index = bisect_left(runs, at)
        return runs[index] if index < len(runs) else -1

    def edge(self, at: int) -> int:
        """The end of the paragraph at `at`: the offset of its line break, or of the text's end."""
        while self._edge < at:
            match = EDGE.search(self.text, at, self.end)
            if match is None:
                self._edge = self.end
            elif (match["quote"] and self._quoted(match.start())) or (
                match["row"] and not self._in_table(match.end())
            ):
                at = match.end()
            else:
                self._edge = match.start()
        return self._edge

    def fence_end(self, fence: str, start: int, *, within: bool) -> int:
        """Where code ends that begins at `start` after this fence; -1 if nothing closes it.

        It ends at the first later line that ends in as many of its characters (`marked` 0.3). `within` says
        whether it is in a content class, whose bracket also ends a line.
        """
        if len(fence) >= self._unclosed.get((fence[0], within), self.end + 1):
            return -1
        index = bisect_left(self._closing_fences, start, key=lambda closing: closing[0])
        for _, run, end in islice(self._closing_fences, index, None):
            if run.startswith(fence) and (within or end == self.end or self.text[end - 1] == "\n"):
                return end
        self._unclosed[fence[0], within] = len(fence)
        return -1

    def _quoted(self, line_end: int) -> bool:
        """Whether the line that ends there belongs to a quote."""
        line = self.text[self.text.rfind("\n", self.start, line_end) + 1 : line_end]
        return line.lstrip(" \t").startswith(">")

    def _in_table(self, line_start: int) -> bool:
        """Whether the line that begins there is a row of a table: elsewhere, a `|` is part of a paragraph."""
        index = bisect_right(self._tables, (line_start, self.end)) - 1
        return index >= 0 and line_start < self._tables[index][1]

    @cached_property
    def _tables(self) -> list[tuple[int, int]]:
        """Where tables begin and end."""
        return [match.span("rows") for match in TABLE.finditer(self.text, self.start, self.end)]

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        """The offsets of runs of backticks, by their length."""
        runs: dict[int, list[int]] = {}
        for run in TICKS.finditer(self.text, self.start, self.end):
            runs.setdefault(run.end() - run.start(), []).append(run.start())
        return runs

    @cached_property
    def _closing_fences(self) -> list[tuple[int, str, int]]:
        """Runs of fence characters that end a line or precede a `]`: offset, run, end offset."""
        found = []
        for run in FENCE_RUN.finditer(self.text, self.start, self.end):
            line_end = LINE_END.match(self.text, run.end(), self.end)
            if line_end is not None:
                found.append((run.start(), run[0], line_end.end()))
        return found
