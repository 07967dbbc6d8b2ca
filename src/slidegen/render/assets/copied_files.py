"""Assigns names to the files that are copied beside a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from msgspec import Struct, field

from slidegen.references import Files
from slidegen.render.assets.asset_css import hash_bytes

HASHED = "assets"
"""The folder of files under hashed names, beside the page."""
ALONG = "files"
"""The folder of files from outside the deck's own folder."""


class Copy(Struct, frozen=True):
    """The content of a file beside the page: an existing file, or bytes."""

    path: Path | None
    data: bytes = b""


class Copies(Struct):
    """The files to copy for a page, by their path relative to the page's folder."""

    files: Files
    deck: Path
    """The deck's file."""
    taken: Collection[Path] = ()
    """Files that are written anyway: the built pages."""
    page: Path | None = None
    """The page's own file."""
    made: dict[str, Copy] = field(default_factory=dict)

    def hashed(self, path: Path) -> str:
        """The URL of a copy whose name changes with its content."""
        return self._add(hashed_name(path.name, self.files.digest(path)), Copy(path))

    def hashed_bytes(self, name: str, data: bytes) -> str:
        """The URL of a copy of bytes made for the page."""
        return self._add(hashed_name(name, hash_bytes(data)), Copy(None, data))

    def along(self, path: Path, data: bytes | None = None) -> str:
        """The URL of a copy with a readable name, the same as beside the deck if the file is there.

        `data` is its content if that is not the file's.
        """
        return self._add(self._readable(path), Copy(path) if data is None else Copy(None, data))

    def _readable(self, path: Path) -> str:
        home, root = self.deck.parent, self.files.root
        if path.is_relative_to(home):
            name = path.relative_to(home).as_posix()
            if not self._is_taken(name):
                return name
        if path.is_relative_to(root):
            return (PurePosixPath(ALONG) / path.relative_to(root).as_posix()).as_posix()
        return (PurePosixPath(ALONG) / hash_bytes(str(path.parent).encode()) / path.name).as_posix()

    def _is_taken(self, name: str) -> bool:
        return self.page is not None and (self.page.parent / name) in self.taken

    def _add(self, name: str, copy: Copy) -> str:
        self.made.setdefault(name, copy)
        return quote(name)

    @property
    def mapping(self) -> Mapping[str, Copy]:
        """What to copy."""
        return self.made


def hashed_name(name: str, digest: str) -> str:
    """For example `assets/logo.0123456789.png`."""
    path = PurePosixPath(name)
    stem = re.sub(r"[^\w.-]+", "-", path.stem) or "file"
    return f"{HASHED}/{stem}.{digest}{path.suffix}"
