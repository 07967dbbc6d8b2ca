"""What the windows of a deck have said that still applies, for windows that connect later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

Envelope = dict[str, Any]
"""A message as JSON: its type, and its data."""
LASTING = frozenset({"slide", "blackout", "timer", "zoom", "board", "panel", "countdown"})
"""Types of messages of which the last one gives the current state; for panels and countdowns, the last of each."""
MAX_LASTING = 1_000
"""How many messages to keep."""
CLOCKS = {"elapsed": 1, "left": -1}
"""The fields that count milliseconds, and whether they count up or down."""


class Standing(Struct):
    """What applies, in the order in which it was said."""

    _lasting: dict[tuple[str, object], tuple[Envelope, float]] = field(default_factory=dict)
    """With the time at which it was said."""

    def remember(self, envelope: Envelope, now: float) -> None:
        """Keep a message, replacing the one that it makes obsolete; `now` is the time in seconds."""
        message = envelope["message"]
        place = message.get("place", message.get("set"))
        if message.get("kind") in LASTING and isinstance(place, int | None):
            self._lasting.pop(key := (message["kind"], place), None)
            if len(self._lasting) < MAX_LASTING:
                self._lasting[key] = envelope, now

    def since(self, now: float) -> Iterator[Envelope]:
        """The messages, with clocks that have run on until `now`."""
        for envelope, said in self._lasting.values():
            yield {**envelope, "message": aged(envelope["message"], now - said)}

    @property
    def slide(self) -> int | None:
        """The step that is shown, if any window has said so."""
        envelope, _ = self._lasting.get(("slide", None), ({}, 0))
        if not envelope:
            return None
        index = envelope["message"].get("index")
        return index if isinstance(index, int) else -1

    def overtakes(self, envelope: Envelope, was: object) -> bool:
        """Whether another window has moved on meanwhile from the step `was` on which a late message follows."""
        last, _ = self._lasting.get(("slide", None), ({}, 0))
        if not last or not isinstance(was, int) or envelope["message"].get("kind") != "slide":
            return False
        return bool(last.get("from") != envelope.get("from") and last["message"].get("index") != was)


def aged(message: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """A message that arrives so many seconds after it was said: a clock that runs has run on."""
    clocks = {name: by for name, by in CLOCKS.items() if isinstance(message.get(name), int | float)}
    if message.get("running") is not True:
        return dict(message)
    later = {name: max(0, message[name] + by * round(1000 * seconds)) for name, by in clocks.items()}
    return {**message, **later}
