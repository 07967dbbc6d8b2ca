"""What the windows of a session draw, and saving it beside their decks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from slidegen.diagnostics import DeckError, Diagnostic
from slidegen.render.ink import read_change
from slidegen.serve.ink_files import InkState, load_ink, save_ink

SAVE_INTERVAL = 0.3
"""Seconds between a drawing and writing it to its file."""


class Drawings(Struct):
    """The drawings of decks, by the files of these. Lives in one event loop."""

    run: Callable[[Callable[[], InkState | None]], Awaitable[InkState | None]]
    """Runs what accesses files."""
    report: Callable[[Sequence[Diagnostic]], None]
    """Receives what cannot be written or read."""
    _said: dict[Path, InkState] = field(default_factory=dict)
    """What windows have drawn and removed in this run."""
    _saving: dict[Path, asyncio.Task[None]] = field(default_factory=dict)
    """What will save drawings."""
    _unsaved: dict[Path, Diagnostic] = field(default_factory=dict)
    """Why drawings are not saved."""

    def keep(self, deck: Path, message: Mapping[str, object]) -> None:
        """Remember what a message says was drawn or removed, and save it soon."""
        try:
            change = read_change(message)
        except ValueError:  # not from one of our pages
            return
        self._said.setdefault(deck, InkState()).apply(change)
        if deck not in self._saving:
            self._saving[deck] = asyncio.create_task(self._save_soon(deck))

    async def save_all(self) -> None:
        """Save at once what would be saved soon."""
        for deck, task in list(self._saving.items()):
            task.cancel()
            await self._save(deck)
        self._saving.clear()

    async def rename(self, deck: Path, keys: Mapping[str, str]) -> None:
        """Give drawings to their slides after an edit has changed what those are known by."""
        if deck in self._said:
            self._said[deck].rename(keys)
        await self._save(deck, keys)

    def said(self, deck: Path) -> InkState:
        """What was drawn and removed in this run."""
        return self._said.get(deck, InkState())

    async def all(self, deck: Path) -> InkState:
        """That, and the drawings in the file beside the deck."""
        said = list(self.said(deck).changes())
        try:
            state = await self.run(lambda: load_ink(deck, said))
        except DeckError as error:
            self.report([error.diagnostic])
            state = None
        return state or self.said(deck)

    async def _save_soon(self, deck: Path) -> None:
        await asyncio.sleep(SAVE_INTERVAL)
        self._saving.pop(deck, None)
        await self._save(deck)

    async def _save(self, deck: Path, keys: Mapping[str, str] | None = None) -> None:
        """Save drawings beside their deck; what keeps them from that is reported once."""
        said = list(self.said(deck).changes())
        try:
            await self.run(lambda: save_ink(deck, said, keys))
        except DeckError as error:
            if self._unsaved.get(deck) != error.diagnostic:
                self.report([error.diagnostic])
            self._unsaved[deck] = error.diagnostic
        else:
            self._unsaved.pop(deck, None)
