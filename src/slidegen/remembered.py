"""Remembers values by the identity of the objects that they were made from."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct, field

T = TypeVar("T")


class Remembered(Struct, Generic[T]):
    """Values made from objects in the last round, which are reused when the same objects come again.

    Whatever a round does not ask for is dropped in the next one, along with the objects.
    """

    _whole: object = None
    _before: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = field(default_factory=dict)
    _now: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = field(default_factory=dict)

    def begin(self, whole: object) -> None:
        """Begin a round; nothing is reused if `whole`, which all values depend on, has changed."""
        self._before = self._now if self._whole == whole else {}
        self._whole, self._now = whole, {}

    def forget(self) -> None:
        """Drop what this round has made."""
        self._before, self._now = {}, {}

    def get(self, *made_from: object) -> T | None:
        """The value made from these objects; None if there is none."""
        key = tuple(map(id, made_from))
        found = self._now.get(key) or self._before.get(key)
        if found is None:
            return None
        self._now[key] = found
        return found[1]

    def put(self, value: T, *made_from: object) -> None:
        """Remember a value made from these objects, which stay in memory with it."""
        self._now[tuple(map(id, made_from))] = made_from, value
