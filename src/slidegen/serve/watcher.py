"""Watches the file system, and reports which files change."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.project.discovery import NO_DECKS
from slidegen.serve.debounce import FileEvent

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver, ObservedWatch

Notify = Callable[[FileEvent, Path, bool], None]
"""Called in a thread of the watcher's, with what has happened to a path, and whether that is a folder."""
POLL_INTERVAL = 0.4
"""Seconds between polls of a file system without events."""
ENVIRONMENT = "pyvenv.cfg"
"""Present in every virtual environment."""


class WatchedFolders(Struct, frozen=True):
    """Folders to watch."""

    whole: frozenset[Path]
    """Including everything below them."""
    single: frozenset[Path]
    """Without the folders in them."""


def watched_folders(tops: Iterable[Path], singles: Iterable[Path]) -> WatchedFolders:
    """What to watch for changes of files in `tops` and below, and in `singles`.

    Hidden folders, virtual environments and folders of packages are left out. A missing folder is
    awaited in the nearest existing one above it.
    """
    whole: set[Path] = set()
    single: set[Path] = set()
    for top in tops:
        if top.is_dir():
            single.add(top.parent)
            if not _cover(top, whole, single):
                whole.add(top)
        else:
            single.add(_existing(top))
    for folder in singles:
        single.add(_existing(folder))
    whole = {folder for folder in whole if not any(other in whole for other in folder.parents)}
    single = {
        folder
        for folder in single
        if folder not in whole and not any(other in whole for other in folder.parents)
    }
    return WatchedFolders(frozenset(whole), frozenset(single))


def _cover(folder: Path, whole: set[Path], single: set[Path]) -> bool:
    """Add what covers a folder that contains folders to leave out; returns whether there are any."""
    inside: list[Path] = []
    left_out = False
    try:
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                if _is_left_out(Path(entry.path)):
                    left_out = True
                else:
                    inside.append(Path(entry.path))
    except OSError:
        return False
    covered = {path: _cover(path, whole, single) for path in inside}
    if not left_out and not any(covered.values()):
        return False
    single.add(folder)
    whole.update(path for path, divided in covered.items() if not divided)
    return True


def _is_left_out(folder: Path) -> bool:
    return (
        folder.name.startswith(".")
        or (folder.name in NO_DECKS and folder.name != "templates")
        or (folder / ENVIRONMENT).exists()
    )


def _existing(folder: Path) -> Path:
    while not folder.is_dir() and folder.parent != folder:
        folder = folder.parent
    return folder


class Watcher(Struct):
    """Watches folders until it is closed."""

    notify: Notify
    poll: bool = False
    """Whether to poll, for file systems that report nothing."""
    _observer: BaseObserver | None = None
    _watches: dict[tuple[Path, bool], ObservedWatch] = field(default_factory=dict)

    @property
    def closing(self) -> bool:
        """Whether the closing of written files is reported."""
        return not self.poll and sys.platform == "linux"

    def start(self) -> None:
        """Begin to listen."""
        if self.poll:
            from watchdog.observers.polling import PollingObserver

            self._observer = PollingObserver(timeout=POLL_INTERVAL)
        else:
            from watchdog.observers import Observer

            self._observer = Observer()
        self._observer.start()

    def watch(self, folders: WatchedFolders) -> None:
        """Watch these folders and no others; raises OSError if the system allows no more."""
        from watchdog.events import FileSystemEventHandler

        assert self._observer is not None
        tell = self._tell

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                tell(event)

        wanted = {(path, True) for path in folders.whole} | {(path, False) for path in folders.single}
        for key in [key for key in self._watches if key not in wanted or not key[0].is_dir()]:
            with suppress(KeyError, OSError):  # the folder may have been deleted, and its watch with it
                self._observer.unschedule(self._watches.pop(key))
        for path, recursive in sorted(wanted - self._watches.keys()):
            try:
                self._watches[path, recursive] = self._observer.schedule(
                    Handler(), str(path), recursive=recursive
                )
            except FileNotFoundError:
                continue  # it has been deleted since, which its parent reports

    def close(self) -> None:
        """Stop listening; no thread is left."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def _tell(self, event: FileSystemEvent) -> None:
        source = Path(os.fsdecode(event.src_path)) if event.src_path else None
        target = Path(os.fsdecode(event.dest_path)) if event.dest_path else None
        folder = event.is_directory
        kind = event.event_type
        if kind == "moved":
            if source is not None:
                self.notify(FileEvent.GONE, source, folder)
            if target is not None:
                self.notify(FileEvent.WHOLE, target, folder)
        elif source is None or (folder and kind not in ("created", "deleted")):
            return
        elif kind in EVENTS:
            self.notify(FileEvent.WHOLE if folder and kind == "created" else EVENTS[kind], source, folder)


EVENTS = {
    "created": FileEvent.APPEARED,
    "opened": FileEvent.OPENED,
    "modified": FileEvent.WRITING,
    "closed": FileEvent.WHOLE,
    "deleted": FileEvent.GONE,
}
