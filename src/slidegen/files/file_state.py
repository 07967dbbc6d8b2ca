"""The state of a file or folder as a string that can be saved and compared."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from slidegen.files.paths import resolve_links
from slidegen.files.regular import PIECE, open_regular

GONE = "gone"
"""There is nothing."""
FILE_KIND = "file"
"""A file, whatever its content."""
FOLDER_KIND = "folder"
OTHER = "other"
"""A pipe or a device."""
CHANGED = "changed"
"""A file that could not be read, or changed meanwhile; no file is ever in this state again."""
LINK = "link "
"""Followed by the path that a symbolic link, or a path through one, leads to."""
CONTENT = "content "
"""Followed by the digest of a file's content."""
NAMES = "names "
"""Followed by the digest of names in a folder."""


def digest(data: bytes) -> str:
    """The digest of content: 32 hexadecimal digits, of which assets use the first ten."""
    return blake2b(data, digest_size=16).hexdigest()


def hash_file(path: str) -> str:
    """The digest of a file's content, using little memory; raises OSError if it cannot be read."""
    state = blake2b(digest_size=16)
    with open_regular(path) as file:
        while piece := file.read(PIECE):
            state.update(piece)
    return state.hexdigest()


def allowed_folder(root: Path, name: str) -> Path:
    """The folder outside a project's root that `assets.allow` names, with links resolved; `~` is the user's home."""
    try:
        path = Path(name).expanduser()
    except RuntimeError:  # there is no such user
        path = Path(name)
    return resolve_links(root / path)


def stat_kind(path: str) -> str:
    """What is at a path, following links."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError):
        return GONE
    return FILE_KIND if S_ISREG(mode) else FOLDER_KIND if S_ISDIR(mode) else OTHER


def names_in(folder: str) -> list[str]:
    """The names in a folder, sorted; empty if there is no folder."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return []


def names_state(folder: str, pattern: str) -> tuple[list[str], str]:
    """The names in a folder that match a glob, sorted, and their state."""
    names = [name for name in names_in(folder) if fnmatchcase(name, pattern)]
    return names, NAMES + digest("\0".join(names).encode("utf-8", "surrogateescape"))


def state_now(path: str, then: str) -> str:
    """The current state of a path, of the same kind as `then`."""
    if then.startswith(CONTENT):
        try:
            return CONTENT + hash_file(path)
        except OSError:
            return GONE
    if then.startswith(LINK):
        return LINK + os.path.realpath(path)
    if then.startswith(NAMES):
        return names_state(*os.path.split(path))[1]
    return stat_kind(path)
