"""What the audience's variant shows as the presenter moves through another one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence

from msgspec import Struct, to_builtins

from slidegen.render.ink import read_change

FOR_ALL = frozenset({"blackout", "timer"})
"""Types of messages that are not about a slide."""
ON_SLIDE = frozenset({"pointer", "media", "muted"})
"""Types that are about the slide that is shown."""
FIELDS = {
    "slide": ("index",),
    "blackout": ("on",),
    "timer": ("elapsed", "running"),
    "media": ("place", "paused", "time", "rate"),
    "muted": (),
    "pointer": ("x", "y"),
    "zoom": ("slide", "x", "y", "scale"),
    "board": ("slide", "board"),
    "panel": ("set", "panel"),
    "countdown": ("place", "left", "running"),
    "leaving": (),
}
"""The fields of each type that the room receives, all numbers; drawings are read. See `runtime/channel.mjs`."""


def allowed_in_room(message: Mapping[str, object]) -> dict[str, object] | None:
    """The fields of a message that pages understand, and no others; None for an unknown type."""
    kind = message.get("kind")
    if kind == "drawing":
        try:
            return {"kind": kind, **to_builtins(read_change(message))}
        except ValueError:
            return None
    if not isinstance(kind, str) or kind not in FIELDS:
        return None
    allowed: dict[str, object] = {"kind": kind}
    for name in FIELDS[kind]:
        value = message.get(name)
        if name in message and (value is None or isinstance(value, int | float)):
            allowed[name] = value
    return allowed


class Room(Struct, frozen=True):
    """Maps the steps of the presenter's version to the audience's."""

    places: tuple[int, ...]
    """For each of the presenter's steps, the last one up to it that both have; -1 if there is none."""
    shared: frozenset[int]
    """The presenter's steps that both have."""
    same: bool
    """Whether both have the same steps."""

    @classmethod
    def between(cls, presenter: Sequence[Hashable], audience: Sequence[Hashable]) -> Room:
        """Compare two versions by the keys of their steps, in order."""
        found: dict[Hashable, list[int]] = {}
        for place, key in enumerate(audience):
            found.setdefault(key, []).append(place)
        places, shared, at = [], set(), -1
        for index, key in enumerate(presenter):
            later = found.get(key, ())
            next_place = bisect_left(later, at + 1)
            if next_place < len(later):
                at = later[next_place]
                shared.add(index)
            places.append(at)
        return cls(tuple(places), frozenset(shared), same=tuple(presenter) == tuple(audience))

    def slide(self, index: int) -> int | None:
        """The step that the room shows for one of the presenter's; None if it stays where it is."""
        place = self.places[index] if 0 <= index < len(self.places) else -1
        return place if place >= 0 else None

    def message(self, message: Mapping[str, object], here: int) -> Mapping[str, object] | None:
        """What the room receives of a message; `here` is the presenter's step. None if it receives nothing."""
        kind = message.get("kind")
        if self.same or kind in FOR_ALL:
            return message
        if kind == "slide":
            index = message.get("index")
            place = self.slide(index) if isinstance(index, int) else None
            return None if place is None else {**message, "index": place}
        if kind in ("zoom", "board"):
            index = message.get("slide")
            place = self.slide(index) if isinstance(index, int) and here in self.shared else None
            return None if place is None else {**message, "slide": place}
        if kind in ON_SLIDE:
            return message if here in self.shared else None
        return None


NOTHING_SHARED = Room((), frozenset(), same=False)
"""Of versions that have no step in common, or are not known yet."""
