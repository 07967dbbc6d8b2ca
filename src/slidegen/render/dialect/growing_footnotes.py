"""Footnotes of a slide that grows step by step: footnotes from the previous step keep their numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import structs

from slidegen.render.dialect.footnotes import (
    FOOTNOTE_MARK,
    MARK_START,
    Footnotes,
    Numbering,
    extract_footnotes,
    with_notes,
)
from slidegen.render.html.fragment import shared_end, shared_length


class GrowingFootnotes:
    """Numbers the footnotes of one step after another, with the same result as `with_footnotes` for each."""

    def __init__(self) -> None:
        self._before = ""
        """The previous step, with marks."""
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._at = 0
        """The offset up to which numbers are final."""
        self._content = ""
        """The finished HTML up to there."""
        self._numbering = Numbering(Footnotes(""))
        self._reached = self._numbering.reached()
        """How far the numbering was there; after it comes what only the previous step is known to have."""
        self._awaited: set[str] = set()
        """The footnotes with numbers up to there that are defined after it."""
        self._refers = False
        """Whether a footnote that is defined up to there refers to another."""
        self._notes: list[str] = []
        """The first footnotes, which are final."""
        self._unused = _UnusedNotes()

    def settle(self, html: str, footnotes: Footnotes) -> str:
        """The HTML of the next step, with its footnote marks resolved and the footnotes at its end."""
        same = shared_length(self._before, html)
        self._before = html
        if self._at > same:
            self._begin_anew()
        if MARK_START not in html:
            return html
        at = _settled(html, self._at, same)
        added, own = extract_footnotes(html[self._at : at])
        rest, others = extract_footnotes(html[at:])
        numbering = self._numbering
        numbering.back_to(self._reached)
        numbering.footnotes = footnotes
        self._awaited.difference_update(numbering.define(own))
        defined = len(numbering.definitions)
        later = set(numbering.define(others))
        if any(map(numbering.knows, numbering.unknown)) or not all(map(numbering.knows, self._awaited)):
            self._begin_anew()  # a reference that was shown as written has a number now, or the other way round
            return self.settle(html, footnotes)
        self._content += numbering.apply(added)
        self._at = at
        self._awaited.update(
            identifier
            for identifier in numbering.order[self._reached.order :]
            if identifier in later or identifier not in numbering.definitions
        )
        self._reached = structs.replace(numbering.reached(), definitions=defined)
        self._refers = self._refers or _refer(own.values())
        self._keep_notes()
        content = self._content + numbering.apply(rest)
        return with_notes(content, self._all_notes(refers=self._refers or _refer(others.values())))

    def _keep_notes(self) -> None:
        """Render the footnotes that cannot change any more."""
        order, numbering = self._numbering.order, self._numbering
        while len(self._notes) < len(order):
            identifier = order[len(self._notes)]
            if identifier in self._awaited or MARK_START in numbering.definitions[identifier]:
                return
            self._notes.append(numbering.note(identifier))

    def _all_notes(self, *, refers: bool) -> Sequence[str]:
        """The footnotes of the step; `refers` says whether one of them refers to another."""
        numbering, shown = self._numbering, len(self._notes)
        if refers:
            return [*self._notes, *numbering.notes(shown)]
        used = (
            numbering.note(identifier)
            for identifier in numbering.order[shown:]
            if identifier in numbering.definitions
        )
        return [*self._notes, *used, *self._unused.of(numbering)]


class _UnusedNotes:
    """The footnotes without references, which come last; those that keep their numbers are rendered once."""

    def __init__(self) -> None:
        self._definitions: list[tuple[str, str]] = []
        self._notes: list[str] = []
        self._last = 0
        """The number of the last of them."""

    def of(self, numbering: Numbering) -> Sequence[str]:
        """Those of the next step. None of the footnotes refers to another."""
        numbers, first = numbering.numbers, len(numbering.order) + 1
        unused = [item for item in numbering.definitions.items() if item[0] not in numbers]
        last = first + len(unused) - 1
        most = min(len(unused), len(self._definitions)) if last == self._last else 0
        changed = len(unused) - shared_end(self._definitions, unused, most)
        self._notes[: len(self._notes) - (len(unused) - changed)] = [
            numbering.unused_note(number, html) for number, (_, html) in enumerate(unused[:changed], first)
        ]
        self._definitions, self._last = unused, last
        return self._notes


def _refer(notes: Collection[str]) -> bool:
    """Whether one of these footnotes refers to another."""
    return any(MARK_START in note for note in notes)


def _settled(html: str, start: int, end: int) -> int:
    """The offset up to which HTML between two places has only complete footnotes and marks."""
    depth, settled = 0, start
    for mark in FOOTNOTE_MARK.finditer(html, start, end):
        depth = max(0, depth + {"r": 0, "d": 1, "e": -1}[mark[1]])
        if depth == 0:
            settled = mark.end()
    return settled if depth or html.find(MARK_START, settled, end) >= 0 else end
