"""Reads the files that decks refer to, within the limits of their project."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.config import Config
from slidegen.files.dependencies import Reads
from slidegen.files.file_state import FILE_KIND, FOLDER_KIND, GONE, allowed_folder, names_in
from slidegen.files.paths import display_path, resolve_links, seen_from
from slidegen.files.regular import LARGEST
from slidegen.references import FetchFailed, FoundFile, MissingFile, OutsideProject
from slidegen.spelling import nearest

if TYPE_CHECKING:
    from slidegen.files.downloads import Downloads

DECK_LIMIT = Config().deckLimit
LOOK_SUFFIXES = frozenset({".css", ".woff", ".woff2", ".ttf", ".otf"})
"""Files that may also be above the root: unlike pictures or text, style sheets and fonts hold nothing private."""
LOOK_LEVELS = 2
"""How many levels above the root they may be: authors keep one style sheet beside the folders of their decks."""

MOST_FOLDERS = 100
"""How many folders to search for a file that is not where a deck says."""
NOT_SEARCHED = frozenset({"node_modules", "public", "_site", "__pycache__", "venv"})


class DeckFiles(Struct):
    """Finds and reads files below a project's root, and remembers them as dependencies of the deck.

    Style sheets and fonts may also be in the folders just above the root, so that a deck built from its
    own folder keeps its look.
    """

    root: Path
    """Absolute, with links resolved."""
    folder: Path
    """The working folder, to which paths in diagnostics are relative."""
    allow: tuple[Path, ...] = ()
    """Folders outside the root that may also be read; absolute, with links resolved."""
    reads: Reads = field(default_factory=Reads)
    downloads: Downloads | None = None
    """Downloads remote files; None if remote references stay as they are."""
    deck_limit: int = DECK_LIMIT
    """Size limit in bytes of a deck that a page names."""
    other: Path | None = None
    """The folder that a page's relative references start from on the web, if that is another one."""
    _found: dict[tuple[Path, str], FoundFile | MissingFile | OutsideProject] = field(default_factory=dict)
    _names: dict[Path, list[str]] = field(default_factory=dict)
    _files_below: dict[Path, dict[str, Path]] = field(default_factory=dict)
    _digests: dict[Path, str] = field(default_factory=dict)

    @classmethod
    def of_project(
        cls,
        root: Path,
        folder: Path,
        allow: Iterable[str] = (),
        reads: Reads | None = None,
        deck_limit: int = DECK_LIMIT,
    ) -> DeckFiles:
        """The files of the project at `root`; `allow` is relative to it; `reads` receives what is read."""
        home = resolve_links(root)
        allowed = tuple(allowed_folder(home, name) for name in allow)
        return cls(
            root=home,
            folder=folder,
            allow=allowed,
            reads=Reads() if reads is None else reads,
            deck_limit=deck_limit,
        )

    def find(self, path: str, base: Path) -> FoundFile | MissingFile | OutsideProject:
        """What `path` means in the file `base`; a leading `/` stands for the project's root."""
        key = (base.parent, path)
        found = self._found.get(key)
        if found is None:
            found = self._find(path, base.parent)
            if isinstance(found, MissingFile) and self.other is not None and not path.startswith("/"):
                elsewhere = self._find(path, self.other)
                found = elsewhere if isinstance(elsewhere, FoundFile) else found
            self._found[key] = found
        return found

    def read(self, path: Path, most: int = LARGEST) -> bytes:
        """The bytes of a file that `find` found; raises OSError if it cannot be read, or has more than `most`."""
        return self.reads.read(path, most)

    def digest(self, path: Path) -> str:
        """Ten hexadecimal digits that identify the file's content."""
        known = self._digests.get(path)
        if known is None:
            known = self._digests[path] = self.reads.hash(path)[:10]
        return known

    def shown(self, path: Path) -> str:
        """A path as diagnostics show it."""
        return display_path(path, self.folder)

    def fetch(self, url: str, kind: str) -> FoundFile | FetchFailed | None:
        """The file at an address, downloaded now or earlier; None if nothing may be downloaded."""
        if self.downloads is None:
            return None
        found = self.downloads.get(url, kind)
        if isinstance(found, FetchFailed):
            self.reads.invalidate(self.downloads.entry(url))  # the next build tries again
        return found

    def address(self, path: Path) -> str:
        """The address that a file was downloaded from; empty for one of the project's own."""
        return self.downloads.address(path) if self.downloads is not None else ""

    def _find(self, path: str, home: Path) -> FoundFile | MissingFile | OutsideProject:
        if "\0" in path:
            return MissingFile(home)
        if path.lower().startswith("file:"):
            return MissingFile(Path(path))
        start = self.root if path.startswith("/") else home
        named = Path(os.path.normpath(start / path.lstrip("/")))  # like a browser, `..` removes a name
        real = resolve_links(named)
        if not self._may_read(real) and not self._is_shared_look(named, real):
            return self._outside(real)
        self.reads.resolve(named)
        kind = self.reads.stat_kind(real)
        if kind == GONE:
            return self._missing(path, start)
        if kind != FILE_KIND:  # reading a pipe might never end
            return MissingFile(real, folder=kind == FOLDER_KIND)
        try:
            return FoundFile(real, real.stat().st_size)
        except OSError:  # deleted since
            return self._missing(path, start)

    def _may_read(self, path: Path) -> bool:
        return path.is_relative_to(self.root) or any(path.is_relative_to(folder) for folder in self.allow)

    def _is_shared_look(self, named: Path, real: Path) -> bool:
        """Whether a file is a style sheet or font above the root under its own name, without links."""
        if named != real or real.suffix.lower() not in LOOK_SUFFIXES:
            return False
        for above in self.root.parents[:LOOK_LEVELS]:
            if above.parent != above and real.is_relative_to(above):
                return not any(part.startswith(".") for part in real.relative_to(above).parts)
        return False

    def _outside(self, path: Path) -> OutsideProject:
        return OutsideProject(path, seen_from(self.root, path.parent).as_posix())

    def _missing(self, path: str, start: Path) -> MissingFile:
        """Look for the file that is probably meant, folder by folder: a name in other case, else a similar one."""
        at, near, only_case = start, [], True
        for name in [part for part in path.split("/") if part]:
            if name in (".", "..") or _exists(at / name):
                at = at / name
                near.append(name)
                continue
            names = self._names_in(at)
            folded = next((other for other in names if other.casefold() == name.casefold()), None)
            if folded is None:
                only_case = False
                folded = next(iter(nearest(name, names, cutoff=0.7)), None)
            if folded is None:
                return MissingFile(start / path.lstrip("/"), self._elsewhere(path, start))
            at = at / folded
            near.append(folded)
        return MissingFile(start / path.lstrip("/"), "/" * path.startswith("/") + "/".join(near), only_case)

    def _elsewhere(self, path: str, start: Path) -> str:
        """Where a file of the same name is, in folders below or above up to the root; empty if there is none."""
        wanted = path.rpartition("/")[2].casefold()
        if not wanted or not self._may_read(resolve_links(start)):
            return ""
        for top in (start, *(above for above in start.parents if above.is_relative_to(self.root))):
            found = self._below(top).get(wanted)
            if found is not None:
                return seen_from(start, found).as_posix()
        return ""

    def _below(self, top: Path) -> dict[str, Path]:
        """The files and folders below a folder by name, nearest first, within a limit."""
        if top not in self._files_below:
            found: dict[str, Path] = {}
            waiting, looked = [top], 0
            while waiting and looked < MOST_FOLDERS:
                folder = waiting.pop(0)
                looked += 1
                for name in self._names_in(folder):
                    if name.startswith(".") or name in NOT_SEARCHED:
                        continue
                    here = folder / name
                    if here.is_dir():
                        waiting.append(here)
                    else:
                        found.setdefault(name.casefold(), here)
            self._files_below[top] = found
        return self._files_below[top]

    def _names_in(self, folder: Path) -> list[str]:
        if folder not in self._names:
            inside = self._may_read(resolve_links(folder))
            # not recorded as read: names only improve a hint
            self._names[folder] = names_in(str(folder)) if inside else []
        return self._names[folder]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long
        return False
