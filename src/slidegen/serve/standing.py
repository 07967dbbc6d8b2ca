"""What the windows of a deck have said that still applies, for windows that connect later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

Envelope = dict[str, Any]
"""A message as JSON: its type, and its data."""
LASTING = frozenset({"slide", "blackout", "timer", "zoom", "board"})
"""Types of messages of which the last one gives the current state."""
DRAWING = "drawing"
"""The type of which all apply, except those whose strokes have been replaced."""
MAX_DRAWINGS = 5_000
"""How many messages about strokes to keep."""


class Standing(Struct):
    """What applies, in the order in which it was said."""

    _lasting: dict[str, Envelope] = field(default_factory=dict)
    _drawings: dict[tuple[int, int], Envelope] = field(default_factory=dict)
    """By slide and first stroke."""

    def remember(self, envelope: Envelope) -> None:
        """Keep a message, replacing those that it makes obsolete."""
        message = envelope["message"]
        kind = message.get("kind")
        if kind in LASTING:
            self._lasting.pop(kind, None)
            self._lasting[kind] = envelope
        slide, first = message.get("slide"), message.get("from")
        if kind != DRAWING or not isinstance(slide, int) or not isinstance(first, int):
            return
        for key in [key for key in self._drawings if key[0] == slide and key[1] >= first]:
            del self._drawings[key]
        self._drawings[slide, first] = envelope
        if len(self._drawings) > MAX_DRAWINGS:
            del self._drawings[next(iter(self._drawings))]

    def __iter__(self) -> Iterator[Envelope]:
        yield from self._drawings.values()
        yield from self._lasting.values()

    @property
    def slide(self) -> int | None:
        """The step that is shown, if any window has said so."""
        envelope = self._lasting.get("slide")
        if envelope is None:
            return None
        index = envelope["message"].get("index")
        return index if isinstance(index, int) else -1
