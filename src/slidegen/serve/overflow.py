"""Receives overflows that authors' browsers measure while they show decks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct, field

from slidegen.diagnostics import Diagnostic
from slidegen.page.overflow import Overflow, overflow_diagnostic
from slidegen.serve.deck_registry import ServedDeck
from slidegen.serve.page_draft import AUTHOR
from slidegen.serve.page_state import Problem
from slidegen.serve.problems import problem_of

MOST = 2000
"""How many findings to accept from a page."""
LARGEST = 100_000
"""Limit for pixels and lines."""
KINDS = ("high", "wide", "foot")


class MeasuredOverflows(Struct):
    """The measured overflows of each deck, so that the terminal reports each once."""

    _reported: dict[str, set[str]] = field(default_factory=dict)
    """By the URL of a deck, what has been reported."""

    def record(
        self, deck: ServedDeck, measurements: Sequence[object]
    ) -> tuple[list[Problem], list[Diagnostic]]:
        """A page's findings in the form that pages show, and the new ones. Invalid ones are ignored."""
        found = list(_diagnostics(deck, measurements))
        before = self._reported.get(deck.url, set())
        self._reported[deck.url] = {_key(item) for item in found}
        steps = deck.built.steps if deck.built is not None else ()
        return [problem_of(item, steps) for item in found], [
            item for item in found if _key(item) not in before
        ]


def _diagnostics(deck: ServedDeck, measurements: Sequence[object]) -> Iterator[Diagnostic]:
    draft = deck.built.drafts.get(AUTHOR) if deck.built is not None else None
    if draft is None:
        return
    compiled = draft.compiled
    for each in measurements[:MOST]:
        try:
            measured = msgspec.convert(each, Overflow)
            if measured.kind not in KINDS or not 0 <= measured.slide < len(compiled.deck.slides):
                continue
            if not (0 <= measured.pixels <= LARGEST and 0 <= measured.line <= LARGEST):
                continue
            item = overflow_diagnostic(compiled.deck, measured)
        except (msgspec.ValidationError, LookupError):  # not from our pages, or about an older deck
            continue
        if compiled.reporter.wants(item):
            yield item


def _key(item: Diagnostic) -> str:
    position = item.span.position if item.span is not None else None
    return f"{position} {item.message}"
