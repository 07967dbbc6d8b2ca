"""Shows diagnostics on the slides that they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from slidegen.deck.model import Deck
from slidegen.diagnostics import Diagnostic
from slidegen.diagnostics.formatting import excerpt
from slidegen.serve.page_state import Problem


def step_places(deck: Deck) -> tuple[tuple[str, int], ...]:
    return tuple((slide.span.written.source.path, slide.span.position.line) for slide in deck.slides)


def problem_of(diagnostic: Diagnostic, steps: Sequence[tuple[str, int]]) -> Problem:
    """A diagnostic as a page shows it; `steps` are the places of the deck's steps."""
    path, line, column = diagnostic.path, 0, 0
    slide = -1
    if diagnostic.span is not None:
        path = diagnostic.span.source.path
        position = diagnostic.span.position
        line, column = position.line, position.column
        slide = slide_at(steps, path, line)
    place = ":".join(str(part) for part in (path, line, column) if part)
    return Problem(
        severity=diagnostic.severity.value,
        code=diagnostic.code.number,
        message=diagnostic.message,
        place=place,
        path=path,
        line=line,
        excerpt=excerpt(diagnostic),
        hint=diagnostic.hint,
        slide=slide,
    )


def slide_at(steps: Sequence[tuple[str, int]], path: str, line: int) -> int:
    """The step that a line of a file belongs to; -1 for a line before the first, or in another file."""
    lines = [start for name, start in steps if name == path]
    return bisect_right(lines, line) - 1 if lines == sorted(lines) else -1
