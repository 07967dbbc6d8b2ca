"""Highlight marks in code: lines with `*`, in R also `{{ }}` and `#<<`, and spans in backticks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from slidegen.patterns import lazy_compile

SpanMarker = Callable[[str], Iterable[tuple[int, int, int, int]]]
"""Finds the marked parts of a line: where the opening mark, the marked text and the closing mark start, and
the end. They do not overlap."""

BACKTICKS = lazy_compile(r"(?<!`)`([^`]+)`")
BRACES = lazy_compile(r"(?P<indent>[ \t]*)\{\{(?!\s*[\w.]+\s*\}\}$)(?P<code>.+)\}\}")
TWO_DELIMITERS = lazy_compile(r"(\S+)\s+(\S+)")
JAVASCRIPT_REGEX = lazy_compile(r"/(?P<source>.+)/(?P<flags>[a-z]*)", re.DOTALL)


REPEAT = lazy_compile(r"\{(\d*),?(\d*)\}")
LONGEST_PATTERN, MOST_REPEATS = 1000, 10_000
"""Limits for a pattern: its characters, and the product of its repetitions, which compiling expands."""
CALLS_ITSELF = lazy_compile(r"\(\?(?:R|[-+]?\d|&|P>)")
"""What the library has and JavaScript lacks: recursive patterns, which take unlimited memory."""
SECONDS = 1.0
"""Processor seconds that an author's pattern may take in a deck; a typical one takes thousandths."""


class SlowPatternError(Exception):
    """A pattern takes too long."""


class MarkedCode(Struct, frozen=True):
    """Code without its marks, and what they mark."""

    text: str
    lines: frozenset[int]
    """The marked lines, counted from 0."""
    spans: tuple[tuple[int, int], ...]
    """Start and end, as offsets in `text`, of each marked part of a line; ascending, without overlaps."""


def read_marks(text: str, *, lines: bool, knitr: bool, spans: SpanMarker | None) -> MarkedCode:
    """Remove the marks from the code: `lines` as `highlightLines` says, `spans` as `highlightSpans` does.

    `knitr` says that the code is R's, whose lines may have xaringan's marks, too: `{{ }}` around one
    or `#<<` after it. Elsewhere braces are what templates, Go's format strings and JSX are made of.
    """
    rows = text.split("\n")
    marked: frozenset[int] = frozenset()
    if lines:
        if knitr:
            rows = [_star_comment(row) for row in _star_braces(rows)]
        rows, marked = _take_stars(rows)
    parts: list[tuple[int, int]] = []
    if spans is not None:
        at = 0
        for number, row in enumerate(rows):
            rows[number], found = _take_spans(row, spans)
            parts.extend((at + start, at + end) for start, end in found)
            at += len(rows[number]) + 1
    return MarkedCode("\n".join(rows), marked, tuple(parts))


def span_marker(value: bool | str) -> SpanMarker | None:
    """What the option `highlightSpans` means; raises ValueError with a reason if it is invalid.

    `true` is remark's backticks. A text is two delimiters with a space between them, as in `{{ }}` or `« »`,
    or a regular expression as in remark since 0.15, such as `/«([^»]+?)»/g`: its first group is shown.
    """
    if value is True:
        return _by_backticks
    if not value:
        return None
    text = value.strip()
    regex = JAVASCRIPT_REGEX.fullmatch(text)
    delimiters = TWO_DELIMITERS.fullmatch(text)
    if delimiters is not None and regex is None:
        return _by_delimiters(delimiters[1], delimiters[2])
    source, flags = (regex["source"], regex["flags"]) if regex else (text, "")
    return _by_pattern(_compiled(source, ignore_case="i" in flags))


def _compiled(source: str, *, ignore_case: bool) -> Any:
    """An author's pattern, compiled by a library with time limits; raises ValueError if it is invalid."""
    import regex  # here, since few decks have a pattern of their own

    repeats = 1
    for match in REPEAT.finditer(source):
        repeats *= max(1, *(int(number[:9]) for number in match.groups() if number), 1)
    if len(source) > LONGEST_PATTERN or repeats > MOST_REPEATS:
        raise ValueError("is too long a regular expression, or repeats too much")
    if CALLS_ITSELF.search(source):
        raise ValueError("is a regular expression that calls itself")
    try:
        pattern = regex.compile(source, regex.IGNORECASE if ignore_case else 0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise ValueError(f"the regular expression does not compile: {error}") from error
    if not pattern.groups:
        raise ValueError("the regular expression has no group, so it does not say what to highlight")
    return pattern


def _take_stars(rows: list[str]) -> tuple[list[str], frozenset[int]]:
    """remark's rule, `line.replace(/^\\*( )?/, '$1$1')`: a blank after the star is doubled in its place."""
    marked = frozenset(number for number, row in enumerate(rows) if row.startswith("*"))
    return [
        row if number not in marked else " " + row[1:] if row.startswith("* ") else row[1:]
        for number, row in enumerate(rows)
    ], marked


def _star_comment(row: str) -> str:
    """xaringan's rule: `#<<` at the end of a line says the same as a star before it."""
    code = row.rstrip()
    if row.startswith("*") or not code.endswith("#<<"):
        return row
    code = code[:-3].rstrip()
    return f"*{code.removeprefix(' ')}" if code else row


def _star_braces(rows: list[str]) -> list[str]:
    """xaringan's rule: a line entirely in `{{ }}` except for its indentation loses the braces and gets a star.

    Braces over several lines are not marks, and stay. A name alone in braces is not marked but
    embraced, as tidy evaluation writes it.
    """
    return [
        f"*{match['indent']}{match['code']}" if (match := BRACES.fullmatch(row)) is not None else row
        for row in rows
    ]


def _take_spans(row: str, spans: SpanMarker) -> tuple[str, list[tuple[int, int]]]:
    """The line without marks and escapes, and the offsets of its marked parts.

    A backslash before the opening mark makes both marks literal.
    """
    pieces: list[str] = []
    found: list[tuple[int, int]] = []
    length = at = 0
    for opening, start, closing, end in spans(row):
        if opening > at and row[opening - 1] == "\\":
            kept = row[at : opening - 1] + row[opening:end]
            length += len(kept)
        else:
            length += opening - at
            found.append((length, length + closing - start))
            kept = row[at:opening] + row[start:closing]
            length += closing - start
        pieces.append(kept)
        at = end
    if not pieces:
        return row, []
    pieces.append(row[at:])
    return "".join(pieces), found


def _by_backticks(row: str) -> Iterable[tuple[int, int, int, int]]:
    for match in BACKTICKS.finditer(row):
        yield match.start(), match.start(1), match.end(1), match.end()


def _by_pattern(pattern: Any) -> SpanMarker:
    """Finds what an author's pattern matches; raises SlowPatternError when its time for the deck is over."""
    left = SECONDS

    def find(row: str) -> Iterable[tuple[int, int, int, int]]:
        nonlocal left
        started = time.process_time()
        try:
            found = list(pattern.finditer(row, timeout=max(left, 0.001)))
        except TimeoutError as error:
            raise SlowPatternError("takes more than a second of work") from error
        left -= time.process_time() - started
        return [(each.start(), each.start(1), each.end(1), each.end()) for each in found if each[1]]

    return find


def _by_delimiters(opening: str, closing: str) -> SpanMarker:
    def find(row: str) -> Iterable[tuple[int, int, int, int]]:
        at = 0
        while (start := row.find(opening, at)) >= 0:
            inner = start + len(opening)
            # at least one character is marked
            close = row.find(closing, inner + 1)
            if close < 0:
                return
            at = close + len(closing)
            yield start, inner, close, at

    return find
