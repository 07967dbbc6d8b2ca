"""Decides when changed files are ready to build: completely written, and not too often.

A save is ready at once. Changes that follow soon after (a checkout, a sync, an editor that renames and deletes)
form a burst, and wait until it is over. A file that is being written waits until it is closed or, where closing is
not reported, until no one has written to it for a moment. A deleted file waits in case it comes back. Nothing here
reads a clock: callers pass all times, in seconds.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from msgspec import Struct, field


class FileEvent(Enum):
    """What has happened to a file."""

    WHOLE = "whole"
    """It exists, and nobody is writing to it any more."""
    APPEARED = "appeared"
    """It was moved here, or has just been opened for writing: the next event tells."""
    OPENED = "opened"
    """Somebody opened it."""
    WRITING = "writing"
    """Somebody is writing to it."""
    GONE = "gone"
    """It was deleted or moved away."""


BURST = 0.04
"""Changes that are no further apart belong together."""
MAX_BURST = 0.5
QUIET = 0.025
"""A file counts as written after this long without writing, where closing is not reported."""
UNCLOSED = 0.4
"""The same where closing is reported, and has not been."""
MOVED_IN = 0.005
"""A file opened for writing would be reported within this time."""
DELETE_GRACE = 0.15
"""How long a file may be missing before it counts as deleted."""


class Debouncer(Struct):
    """Gathers changed files until they are ready."""

    closing: bool
    """Whether the closing of files is reported."""
    _ready: set[Path] = field(default_factory=set)
    _waiting: dict[Path, float] = field(default_factory=dict)
    """For each file that may be incomplete, when it will count as complete."""
    _writing: dict[Path, float] = field(default_factory=dict)
    """For each file that is being written, when it was last written to."""
    _appeared: set[Path] = field(default_factory=set)
    _last_change: float = float("-inf")
    _some_taken: bool = False
    """Whether files of the present burst have been taken."""
    _first_ready: float = float("-inf")
    """When the first of the ready files became ready."""

    def note(self, event: FileEvent, path: Path, now: float) -> None:
        """Record that something has happened to a file."""
        if event is FileEvent.OPENED and path not in self._appeared:
            return
        if now - self._last_change >= BURST:
            self._some_taken = False
        self._last_change = now
        self._appeared.discard(path)
        self._writing.pop(path, None)
        self._waiting.pop(path, None)
        unclosed = now + (UNCLOSED if self.closing else QUIET)
        if event is FileEvent.WHOLE:
            self._settle(path, now)
        elif event is FileEvent.APPEARED:
            self._waiting[path] = now + (MOVED_IN if self.closing else QUIET)
            self._appeared.add(path)
        elif event is FileEvent.GONE:
            self._waiting[path] = now + DELETE_GRACE
        else:
            self._waiting[path] = unclosed
            self._writing[path] = now

    def take(self, now: float) -> set[Path]:
        """The files that are ready now; each is returned once."""
        for path, when in list(self._waiting.items()):
            if when <= now:
                del self._waiting[path]
                self._writing.pop(path, None)
                self._appeared.discard(path)
                self._settle(path, now)
        if not self._ready or now < self._ready_at():
            return set()
        taken, self._ready = self._ready, set()
        self._some_taken = True
        return taken

    def next(self) -> float | None:
        """When to ask again if nothing happens until then; None if there is no need to."""
        times = list(self._waiting.values())
        if self._ready:
            times.append(self._ready_at())
        return min(times, default=None)

    def _settle(self, path: Path, now: float) -> None:
        if not self._ready:
            self._first_ready = now
        self._ready.add(path)

    def _ready_at(self) -> float:
        """When the ready files may be taken: at once, unless a burst continues or a file is incomplete."""
        after = self._last_change + BURST if self._some_taken else self._first_ready
        if self._writing:
            after = max(after, max(self._writing.values()) + QUIET)
        return min(after, self._first_ready + MAX_BURST)
