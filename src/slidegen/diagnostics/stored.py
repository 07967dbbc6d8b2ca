"""Diagnostics in a form that can be saved, and reported again when a deck has not changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from slidegen.diagnostics import Diagnostic, all_codes
from slidegen.source import Source, Span

StoredDiagnostics = Sequence[Any]
"""Plain values: the sources with the lines that are needed, and the diagnostics; empty for none.

A source is its path, the place of the call that includes it, and its lines by number; a diagnostic is its
code, message and hint, with a place or a path; a place is a source's number, line, column and length.
"""

_CODES = {code.number: code for code in all_codes()}


def as_notices(diagnostics: Iterable[Diagnostic]) -> StoredDiagnostics:
    """Diagnostics as plain values."""
    writer = _Writer()
    items = [writer.notice(item) for item in diagnostics]
    return [writer.sources, items] if items else []


def as_diagnostics(notices: StoredDiagnostics) -> tuple[Diagnostic, ...]:
    """Diagnostics from plain values; their sources hold only the lines that are shown."""
    if not notices:
        return ()
    sources, items = notices
    reader = _Reader(sources)
    return tuple(
        Diagnostic(
            _CODES[number],
            message,
            None if isinstance(place, str) else reader.span(place),
            hint,
            place if isinstance(place, str) else "",
        )
        for number, message, hint, place in items
    )


class _Writer:
    def __init__(self) -> None:
        self.sources: list[list[Any]] = []
        self._numbers: dict[Source, int] = {}

    def notice(self, item: Diagnostic) -> list[Any]:
        place = item.path if item.span is None else self._place(item.span)
        return [item.code.number, item.message, item.hint, place]

    def _place(self, span: Span) -> list[int]:
        span = span.written
        number = self._number(span.source)
        position = span.position
        line = span.source.line(position.line)
        self.sources[number][2][str(position.line)] = line
        length = min(span.end - span.start, len(line) - position.column + 2)
        return [number, position.line, position.column, length]

    def _number(self, source: Source) -> int:
        number = self._numbers.get(source)
        if number is None:
            call = None if source.included_at is None else self._place(source.included_at)
            number = self._numbers[source] = len(self.sources)
            self.sources.append([source.path, call, {}])
        return number


class _Reader:
    def __init__(self, sources: Sequence[Any]) -> None:
        self._sources: list[Source] = []
        for path, call, lines in sources:  # a source that includes another comes before it
            numbered = {int(number): text for number, text in lines.items()}
            text = "\n".join(numbered.get(number, "") for number in range(1, max(numbered, default=0) + 1))
            self._sources.append(Source(path, text, None, None if call is None else self.span(call)))

    def span(self, place: Sequence[int]) -> Span:
        number, line, column, length = place
        source = self._sources[number]
        start = source.line_starts[line - 1] + column - 1
        return Span(source, start, start + length)
