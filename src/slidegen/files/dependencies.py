"""Records a page's dependencies: the files that were read, looked for or listed while building it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import Struct, field

from slidegen.files.file_state import (
    CHANGED,
    CONTENT,
    FILE_KIND,
    GONE,
    LINK,
    digest,
    hash_file,
    names_state,
    stat_kind,
)
from slidegen.files.regular import LARGEST, read_regular

MAX_TEXT_BYTES = 64_000_000
"""Size limit of a template or bibliography, in bytes."""


class Reads(Struct):
    """Collects what one build of a deck depends on; while none of it changes, neither does the page.

    All paths are absolute. States are those that the build saw.
    """

    files: dict[Path, str] = field(default_factory=dict)
    """Files whose content was read, with its state; empty if another part of the program read it."""
    probed: dict[Path, str] = field(default_factory=dict)
    """Places that were looked at, whether or not there was a file."""
    listed: dict[tuple[Path, str], str] = field(default_factory=dict)
    """Folders whose entries were listed, with the glob that selected them."""

    def read(self, path: Path, most: int = LARGEST) -> bytes:
        """The bytes of a file; raises OSError if it cannot be read, or has more than `most`."""
        try:
            data = read_regular(path, most)
        except OSError:
            self._note(path, GONE if stat_kind(str(path)) == GONE else CHANGED)
            raise
        self._note(path, CONTENT + digest(data))
        return data

    def hash(self, path: Path) -> str:
        """The digest of a file's content, read in pieces; raises OSError if it cannot be read."""
        try:
            found = hash_file(str(path))
        except OSError:
            self._note(path, CHANGED)
            raise
        self._note(path, CONTENT + found)
        return found

    def stat_kind(self, path: Path) -> str:
        """What is at a path: `FILE`, `FOLDER`, `OTHER` or `GONE`."""
        path = path.absolute()
        kind = stat_kind(str(path))
        self.probed.setdefault(path, kind)
        return kind

    def is_file(self, path: Path) -> bool:
        """Whether a file exists."""
        return self.stat_kind(path) == FILE_KIND

    def resolve(self, path: Path) -> Path:
        """The path with links resolved; unchanged if they form a circle."""
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            return path
        if real != path:
            self.probed[path.absolute()] = LINK + str(real)
        return real

    def file(self, path: Path) -> None:
        """Record a file that another part of the program reads."""
        self.files.setdefault(path.absolute(), "")

    def invalidate(self, path: Path) -> None:
        """Forget what was found at a path, so that it is looked at again."""
        self.files[path.absolute()] = CHANGED

    def place(self, path: Path) -> None:
        """Record a path that another part of the program looks at."""
        self.stat_kind(path)

    def listing(self, folder: Path, pattern: str = "*") -> list[str]:
        """The names in a folder that match a glob, sorted; empty if there is no folder."""
        folder = folder.absolute()
        names, state = names_state(str(folder), pattern)
        self.listed[folder, pattern] = state
        return names

    def add(self, other: Reads) -> None:
        """Add what was read for several pages."""
        self.files.update(other.files)
        self.probed.update(other.probed)
        self.listed.update(other.listed)

    def states(self) -> dict[str, str]:
        """The state of everything, by path; lists of names go by folder, separator and glob."""
        states = {str(path): state for path, state in self.probed.items()}
        states.update(
            (f"{folder}{os.sep}{pattern}", state) for (folder, pattern), state in self.listed.items()
        )
        for path, state in self.files.items():
            try:
                states[str(path)] = state or CONTENT + hash_file(str(path))
            except OSError:
                states[str(path)] = CHANGED
        return states

    def touched_by(self, changed: Iterable[Path]) -> bool:
        """Whether the page was made from any of these changed paths, which are absolute."""
        return any(path in self.files or path in self.probed or self._lists(path) for path in changed)

    def _lists(self, path: Path) -> bool:
        return any(path.parent == folder and fnmatchcase(path.name, glob) for folder, glob in self.listed)

    def _note(self, path: Path, state: str) -> None:
        path = path.absolute()
        known = self.files.get(path)
        self.files[path] = state if known in (None, "", state) else CHANGED
