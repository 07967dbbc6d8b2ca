"""Names for the files of an imported course, distinct and valid on every operating system."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from slidegen.files.writing import folded


@dataclass(slots=True)
class CourseNames:
    """Which content has which place in the course. Places that differ only by case are equal on some systems."""

    decks: Collection[PurePosixPath]
    """Where the decks go: a file there in the source is one of them."""
    _held: dict[str, tuple[PurePosixPath, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for deck in self.decks:
            self._held[folded(deck)] = deck, b""

    def hold(self, place: PurePosixPath, data: bytes) -> PurePosixPath | None:
        """Reserve a place for content; returns the place that has it if the name is taken by other content."""
        if place in self.decks:
            return None
        held = self._held.setdefault(folded(place), (place, data))
        return None if held == (place, data) else held[0]

    def free(self, place: PurePosixPath, data: bytes) -> PurePosixPath:
        """A place for content from the page itself, numbered if the name is taken."""
        found, number = place, 1
        while self.hold(found, data) is not None:
            number += 1
            found = place.with_stem(f"{place.stem}-{number}")
        return found


def free_deck(place: PurePosixPath, decks: Collection[PurePosixPath]) -> PurePosixPath:
    """A place for a deck that no other deck has."""
    taken = set(map(folded, decks))
    found, number = place, 1
    while folded(found) in taken:
        number += 1
        found = place.with_stem(f"{place.stem}-{number}")
    return found
