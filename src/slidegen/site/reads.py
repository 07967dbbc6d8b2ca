"""What a page was made from: the files that were read, looked for and listed on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(slots=True)
class Reads:
    """Collects what one build of a deck depends on; as long as none of it changes, neither does the page.

    All paths are absolute.
    """

    files: set[Path] = field(default_factory=set)
    """Files whose content was read."""
    probed: set[Path] = field(default_factory=set)
    """Places that were looked at, whether or not there was a file."""
    listed: set[tuple[Path, str]] = field(default_factory=set)
    """Folders whose entries were listed, with the glob that chose among them."""

    def file(self, path: Path) -> None:
        """A file is read."""
        self.files.add(path.absolute())

    def place(self, path: Path) -> None:
        """Somebody looks whether there is a file."""
        self.probed.add(path.absolute())

    def listing(self, folder: Path, pattern: str = "*") -> None:
        """The names in a folder that match a glob are asked for."""
        self.listed.add((folder.absolute(), pattern))

    def touched_by(self, changed: Iterable[Path]) -> bool:
        """Whether one of these changed paths, absolute, is among what the page was made from."""
        return any(path in self.files or path in self.probed or self._lists(path) for path in changed)

    def _lists(self, path: Path) -> bool:
        return any(path.parent == folder and fnmatchcase(path.name, glob) for folder, glob in self.listed)
