"""Reads regular files only: a pipe or a device may never end, and opening one can have side effects.

Only this module opens files that a project names; a test enforces it.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

LARGEST = 2_000_000_000
"""Size limit of a file that is held in memory, in bytes."""

PIECE = 1 << 20
"""How many bytes to read at a time."""
FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)  # in case a pipe takes the file's place meanwhile
)


def open_regular(path: str | Path) -> BinaryIO:
    """Open a regular file for reading, following links; raises OSError for anything else."""
    try:
        _refuse_irregular(os.stat(path).st_mode, path)  # noqa: PTH116 - without opening what may answer to that
        handle = os.open(path, FLAGS)
    except ValueError as error:  # NUL in its name, or a surrogate that stands for no byte
        raise OSError(errno.EINVAL, "no file can have this name", str(path)) from error
    try:
        _refuse_irregular(os.fstat(handle).st_mode, path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: str | Path, most: int = LARGEST) -> bytes:
    """The bytes of a regular file; raises OSError if it cannot be read, or has more than `most`."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size <= most:
            try:
                data = _pieces(file, size + 1, most + 1)
            except MemoryError as error:
                reason = f"it has {size / 1e6:.0f} MB, more than there is memory for"
                raise OSError(errno.EFBIG, reason, str(path)) from error
            if len(data) <= most:
                return data
    raise OSError(errno.EFBIG, f"it has {size / 1e6:.0f} MB, more than {most / 1e6:g} MB", str(path))


def _pieces(file: BinaryIO, first: int, most: int) -> bytes:
    """The content of a file up to `most` bytes; its size may be wrong, and may change."""
    pieces = []
    while most and (piece := file.read(min(first, most))):
        pieces.append(piece)
        most, first = most - len(piece), PIECE
    return b"".join(pieces) if len(pieces) != 1 else pieces[0]


def _refuse_irregular(mode: int, path: str | Path) -> None:
    if not S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
