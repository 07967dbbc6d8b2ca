"""Footnotes of a slide that grows step by step: footnotes from the previous step keep their numbers."""

from __future__ import annotations

from collections.abc import Mapping

from slidegen.render.dialect.footnotes import (
    FOOTNOTE_MARK,
    MARK_START,
    Footnotes,
    Numbering,
    extract_footnotes,
    with_notes,
)
from slidegen.render.html.fragment import shared_length


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
        self._numbering = Numbering(Footnotes(""), {})
        self._definitions: dict[str, str] = {}
        self._notes: list[str] = []
        """The first footnotes, which are final."""

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
        settled = _with_more(self._definitions, own)
        numbering = self._numbering.copy(_with_more(settled, others), footnotes)
        lost = numbering.numbers.keys() - numbering.definitions.keys()
        if any(map(numbering.knows, numbering.unknown)) or not all(map(numbering.knows, lost)):
            self._begin_anew()  # a reference that was shown as written has a number now, or the other way round
            return self.settle(html, footnotes)
        self._content += numbering.apply(added)
        self._at, self._numbering, self._definitions = at, numbering, settled
        self._keep_notes()
        numbering = numbering.copy(numbering.definitions, footnotes)
        content = self._content + numbering.apply(rest)
        return with_notes(content, "".join((*self._notes, *numbering.notes(len(self._notes)))))

    def _keep_notes(self) -> None:
        """Render the footnotes that cannot change any more."""
        order = self._numbering.order
        while len(self._notes) < len(order):
            note = self._definitions.get(order[len(self._notes)], MARK_START)
            if MARK_START in note:
                return
            self._notes.append(self._numbering.note(order[len(self._notes)]))


def _with_more(definitions: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """The definitions and further ones after them; of several, the first wins."""
    both = dict(definitions)
    for identifier, note in more.items():
        both.setdefault(identifier, note)
    return both


def _settled(html: str, start: int, end: int) -> int:
    """The offset up to which HTML between two places has only complete footnotes and marks."""
    depth, settled = 0, start
    for mark in FOOTNOTE_MARK.finditer(html, start, end):
        depth = max(0, depth + {"r": 0, "d": 1, "e": -1}[mark[1]])
        if depth == 0:
            settled = mark.end()
    return settled if depth or html.find(MARK_START, settled, end) >= 0 else end
