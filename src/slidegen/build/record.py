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
from slidegen.output_formats import HTML

RECORD_FILE = "build.json"
FORMAT = 3
SETTLED = 2_000_000_000
"""Nanoseconds after a file's last change from which on its times and size tell that it is the same.

Before, another change may have come within one tick of the file system's clock; FAT's is two seconds.
"""

FileStamp = list[int]
"""Time of change of content and of status, size, and number of a file."""


class Dependency(Struct):
    """A path and the state in which it was, of which several pages are made."""

    path: str
    state: str
    stamp: FileStamp | None
    """The stamp that a file of this content had; None where it has to be read to know."""
    same: bool | None = None
    """Whether it is still so; None before anybody looked."""


class OutputFile(Struct, frozen=True):
    """A file that slidegen wrote."""

    digest: str
    stamp: FileStamp | None = None


class PageEntry(Struct, frozen=True):
    """What is known of a page."""

    deck: str
    """Path of the deck, absolute, as all paths are."""
    base: str
    """The folder that was searched for decks; empty where the deck was named."""
    target: str
    """The folder that the command writes to."""
    command: str
    """Names all else on which the page depends beside files: options, places, slidegen itself. Empty where
    the page is not of the last build."""
    folder: str
    """The working folder, to which paths in notices are relative."""
    places: tuple[int, ...] = ()
    pages: Mapping[str, str | None] = field(default_factory=dict)
    """Decks whose pages it asked for, and what it was told."""
    written: Mapping[str, OutputFile] = field(default_factory=dict)
    """The page and the files beside it, by path."""
    notices: StoredDiagnostics = ()
    slides: int = 0
    size: int = 0
    summary: str = ""
    """Name of what the course page says of the deck."""
    variant: str = ""
    """The version of the deck; empty for all that is in it."""
    format: str = HTML.name
    """The name of the format that it was made in."""


class Record(Struct):
    """The record of a project. Nothing in it is believed that a file contradicts."""

    root: Path
    entries: dict[str, PageEntry] = field(default_factory=dict)
    """By page."""
    places: list[Dependency] = field(default_factory=list)
    changed: bool = False
    _index: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The record's own file."""
        return self.root / CACHE_FOLDER / RECORD_FILE

    @classmethod
    def load(cls, root: Path) -> Record:
        """The record of the project at `root`; an empty one where there is none that can be read."""
        record = cls(root)
        try:
            value = json.loads(read_regular(record.path))
            if value["format"] == FORMAT:
                record._fill(value)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return cls(root)
        return record

    def save(self) -> None:
        """Keep the record, if it can be kept: without it the next build only takes longer."""
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
        """Whether a build would write again what is there."""
        return (
            entry.command == command
            and all(map(self._is_same, entry.places))
            and all(_text(pages.get(Path(deck))) == page for deck, page in entry.pages.items())
            and all(is_unchanged(path, written) for path, written in entry.written.items())
        )

    def put(self, page: str, entry: PageEntry, states: Mapping[str, str], started: int) -> None:
        """Remember a page that was built from files in these states; reading began at `started`, in ns."""
        places = tuple(self._place(path, state, started) for path, state in states.items())
        self.entries[page] = replace(entry, places=places)
        self.changed = True

    def drop(self, page: str) -> None:
        """Forget a page."""
        del self.entries[page]
        self.changed = True

    def forget_lost(self) -> None:
        """Forget pages that somebody else has taken away, with all that stood beside them."""
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
        """Take over what stands in the file; raises LookupError, TypeError or ValueError where it is broken."""
        whole = self._whole
        self.places = [Dependency(whole(path), state, stamp) for path, state, stamp in value["places"]]
        self._index = {(place.path, place.state): index for index, place in enumerate(self.places)}
        for page, items in value["pages"].items():
            deck, base, target, command, folder, indices, asked, written, *told = items
            notices, slides, size, summary, variant, format = told
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
                        short(deck): None if told is None else short(told)
                        for deck, told in entry.pages.items()
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
        """A path as it is kept: one below the root is good wherever the project stands."""
        top = f"{self.root}{os.sep}"
        return path[len(top) :] if path.startswith(top) else path

    def _whole(self, path: str) -> str:
        if os.pardir in path and os.pardir in Path(path).parts:
            raise ValueError(path)  # none that slidegen has written
        absolute = os.path.isabs(path)  # noqa: PTH117 - paths are texts here, there are many of them
        return path if not path or absolute else f"{self.root}{os.sep}{path}"


def stamp_of(path: str) -> FileStamp | None:
    """The stamp of what stands at a path; None where nothing does."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def is_settled(stamp: FileStamp, now: int) -> bool:
    """Whether a stamp of `now` can be told from that of any later content."""
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
    """Names what a command says; parts are texts, numbers, booleans, None."""
    return digest(json.dumps(parts, default=str).encode())


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def remove_unneeded(record: Record, gone: Mapping[str, OutputFile], target: str) -> list[Path]:
    """Remove those of the files that slidegen wrote below `target`, that are as it wrote them and no page's now."""
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
