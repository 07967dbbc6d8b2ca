"""Values that are remembered by the very objects that they were made from."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct, field

T = TypeVar("T")


class Remembered(Struct, Generic[T]):
    """What was made from objects in the last round; when the same objects come again, it need not be made again.

    What a round does not ask for is forgotten at the next one, and so are the objects.
    """

    _whole: object = None
    _before: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = field(default_factory=dict)
    _now: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = field(default_factory=dict)

    def begin(self, whole: object) -> None:
        """Begin a round; nothing is remembered where `whole`, on which all values depend, is not what it was."""
        self._before = self._now if self._whole == whole else {}
        self._whole, self._now = whole, {}

    def forget(self) -> None:
        """Forget what this round has made."""
        self._before, self._now = {}, {}

    def get(self, *made_from: object) -> T | None:
        """The value that was made from these objects; None where none was."""
        key = tuple(map(id, made_from))
        found = self._now.get(key) or self._before.get(key)
        if found is None:
            return None
        self._now[key] = found
        return found[1]

    def put(self, value: T, *made_from: object) -> None:
        """Remember what was made from these objects, which stay in memory with it."""
        self._now[tuple(map(id, made_from))] = made_from, value
