"""The record of earlier builds: what each page was built from, so that unchanged decks are skipped."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics.stored import StoredDiagnostics
from slidegen.files.cache_folder import CACHE_FOLDER
from slidegen.files.file_state import CONTENT, digest, hash_file, state_now
from slidegen.files.regular import read_regular
from slidegen.json_data import read_json
from slidegen.output_formats import HTML

RECORD_FILE = "build.json"
FORMAT = 3
SETTLED = 2_000_000_000
"""Nanoseconds after a change until a file's times and size identify its content.

Earlier, another change could fall within the same tick of the file system's clock; FAT's is two seconds.
"""

FileStamp = list[int]
"""A file's times of change of content and of status, its size, and its inode."""


class Dependency(Struct):
    """A path and the state it was in, shared by the pages made from it."""

    path: str
    state: str
    stamp: FileStamp | None
    """The stamp of a file with this content; None if only reading it can tell."""
    same: bool | None = None
    """Whether it is still the same; None before anyone has looked."""


class OutputFile(Struct, frozen=True):
    """A file that slidegen wrote."""

    digest: str
    stamp: FileStamp | None = None


class PageEntry(Struct, frozen=True):
    """What is known about a page."""

    deck: str
    """Path of the deck, absolute like all paths here."""
    base: str
    """The folder that was searched for decks; empty if the deck was named."""
    target: str
    """The folder that the command writes to."""
    command: str
    """A digest of everything besides files that the page depends on: options, places, slidegen itself. Empty if
    the page is not from the last build."""
    folder: str
    """The working folder, to which paths in diagnostics are relative."""
    places: tuple[int, ...] = ()
    pages: Mapping[str, str | None] = field(default_factory=dict)
    """The decks whose pages it asked for, and the answers."""
    written: Mapping[str, OutputFile] = field(default_factory=dict)
    """The page and the files beside it, by path."""
    notices: StoredDiagnostics = ()
    slides: int = 0
    size: int = 0
    summary: str = ""
    """Name of the stored summary for the course page."""
    variant: str = ""
    """The version of the deck; empty for everything in it."""
    format: str = HTML.name
    """The name of its format."""


class Record(Struct):
    """The record of a project. If a file contradicts it, the file is right."""

    root: Path
    entries: dict[str, PageEntry] = field(default_factory=dict)
    """By page."""
    places: list[Dependency] = field(default_factory=list)
    changed: bool = False
    _index: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The path of the record's own file."""
        return self.root / CACHE_FOLDER / RECORD_FILE

    @classmethod
    def load(cls, root: Path) -> Record:
        """The record of the project at `root`; empty if there is none that can be read."""
        record = cls(root)
        try:
            value = read_json(read_regular(record.path))
            if value["format"] == FORMAT:
                record._fill(value)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return cls(root)
        return record

    def save(self) -> None:
        """Save the record if possible: without it, the next build only takes longer."""
        if not self.changed:
            return
        from slidegen.diagnostics import DeckError
        from slidegen.files.writing import write_file

        try:
            write_file(self.path, json.dumps(self._value(), separators=(",", ":")).encode(), self.root)
            self.changed = False
        except DeckError:
            pass

    def is_fresh(self, entry: PageEntry, command: str, pages: Mapping[Path, Path]) -> bool:
        """Whether a build would write again what is already there."""
        return (
            entry.command == command
            and all(map(self._is_same, entry.places))
            and all(_text(pages.get(Path(deck))) == page for deck, page in entry.pages.items())
            and all(is_unchanged(path, written) for path, written in entry.written.items())
        )

    def put(self, page: str, entry: PageEntry, states: Mapping[str, str], started: int) -> None:
        """Remember a page built from files in these states; reading began at `started`, in ns."""
        places = tuple(self._place(path, state, started) for path, state in states.items())
        self.entries[page] = replace(entry, places=places)
        self.changed = True

    def drop(self, page: str) -> None:
        """Forget a page."""
        del self.entries[page]
        self.changed = True

    def forget_lost(self) -> None:
        """Forget pages that someone else has deleted along with their files."""
        for page, entry in list(self.entries.items()):
            if not any(map(os.path.lexists, entry.written)):
                self.drop(page)

    def _is_same(self, index: int) -> bool:
        place = self.places[index]
        if place.same is None:
            place.same = self._look_again(place)
        return place.same

    def _look_again(self, place: Dependency) -> bool:
        if not place.state.startswith(CONTENT):
            return state_now(place.path, place.state) == place.state
        now = time.time_ns()
        stamp = stamp_of(place.path)
        if stamp is not None and stamp == place.stamp:
            return True
        if stamp is None or state_now(place.path, place.state) != place.state:
            return False
        if is_settled(stamp, now):
            place.stamp = stamp
            self.changed = True
        return True

    def _place(self, path: str, state: str, started: int) -> int:
        index = self._index.get((path, state))
        if index is None:
            stamp = stamp_of(path) if state.startswith(CONTENT) else None
            if stamp is not None and not is_settled(stamp, started):
                stamp = None
            index = self._index[path, state] = len(self.places)
            self.places.append(Dependency(path, state, stamp, same=True))
        return index

    def _fill(self, value: dict[str, Any]) -> None:
        """Load the content of the file; raises LookupError, TypeError or ValueError if it is damaged."""
        whole = self._whole
        self.places = [Dependency(whole(path), state, stamp) for path, state, stamp in value["places"]]
        self._index = {(place.path, place.state): index for index, place in enumerate(self.places)}
        for page, items in value["pages"].items():
            deck, base, target, command, folder, indices, asked, written, *rest = items
            notices, slides, size, summary, variant, format = rest
            entry = PageEntry(
                deck=whole(deck),
                base=whole(base),
                target=whole(target),
                command=command,
                folder=folder,
                places=tuple(indices),
                pages={whole(path): None if to is None else whole(to) for path, to in asked.items()},
                written={whole(path): OutputFile(*item) for path, item in written.items()},
                notices=notices,
                slides=slides,
                size=size,
                summary=summary,
                variant=variant,
                format=format,
            )
            if not all(0 <= index < len(self.places) for index in entry.places):
                raise ValueError
            self.entries[whole(page)] = entry

    def _value(self) -> object:
        short = self._short
        used = sorted({index for entry in self.entries.values() for index in entry.places})
        number = {index: place for place, index in enumerate(used)}
        places = [self.places[index] for index in used]
        return {
            "format": FORMAT,
            "places": [[short(place.path), place.state, place.stamp] for place in places],
            "pages": {
                short(page): [
                    short(entry.deck),
                    short(entry.base),
                    short(entry.target),
                    entry.command,
                    entry.folder,
                    [number[index] for index in entry.places],
                    {
                        short(deck): None if page is None else short(page)
                        for deck, page in entry.pages.items()
                    },
                    {short(path): [item.digest, item.stamp] for path, item in entry.written.items()},
                    entry.notices,
                    entry.slides,
                    entry.size,
                    entry.summary,
                    entry.variant,
                    entry.format,
                ]
                for page, entry in self.entries.items()
            },
        }

    def _short(self, path: str) -> str:
        """A path as stored: relative if below the root, so that the project can be moved."""
        top = f"{self.root}{os.sep}"
        return path[len(top) :] if path.startswith(top) else path

    def _whole(self, path: str) -> str:
        if os.pardir in path and os.pardir in Path(path).parts:
            raise ValueError(path)  # not one that slidegen wrote
        absolute = os.path.isabs(path)  # noqa: PTH117 - paths are texts here, there are many of them
        return path if not path or absolute else f"{self.root}{os.sep}{path}"


def stamp_of(path: str) -> FileStamp | None:
    """The stamp of the file at a path; None if there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def is_settled(stamp: FileStamp, now: int) -> bool:
    """Whether the stamp distinguishes the file's content at `now` from any later one."""
    return max(stamp[0], stamp[1]) + SETTLED <= now


def is_unchanged(path: str, written: OutputFile) -> bool:
    """Whether a file is as slidegen wrote it."""
    stamp = stamp_of(path)
    if stamp is None:
        return False
    if stamp == written.stamp:
        return True
    try:
        return hash_file(path) == written.digest
    except OSError:
        return False


def command_digest(*parts: object) -> str:
    """A digest of a command; parts are texts, numbers, booleans, None."""
    return digest(json.dumps(parts, default=str).encode())


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def remove_unneeded(record: Record, gone: Mapping[str, OutputFile], target: str) -> list[Path]:
    """Delete the files below `target` that slidegen wrote, that have not changed since, and that no page uses now."""
    kept = {path for entry in record.entries.values() for path in entry.written}
    unneeded = [
        Path(path)
        for path, written in gone.items()
        if path not in kept and path.startswith(f"{target}{os.sep}") and is_unchanged(path, written)
    ]
    if not unneeded:
        return []
    from slidegen.files.writing import remove_file  # few builds remove anything

    return [path for path in unneeded if remove_file(path, Path(target))]
