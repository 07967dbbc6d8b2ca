"""Reads a file that was named on the command line."""

from __future__ import annotations

from pathlib import Path

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path
from slidegen.files.regular import LARGEST


def read_bytes(path: Path, folder: Path, reads: Reads, most: int = LARGEST) -> bytes:
    """A file's bytes, recorded in `reads`; raises DeckError if it is missing or cannot be read."""
    try:
        return reads.read(path if path.is_absolute() else folder / path, most)
    except FileNotFoundError as error:
        message = "it is a link that leads to nothing" if path.is_symlink() else "there is no such file"
        raise DeckError(Diagnostic(Code.NO_SUCH_FILE, message, path=display_path(path, folder))) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DeckError(
            Diagnostic(Code.CANNOT_READ, f"cannot be read: {reason}", path=display_path(path, folder))
        ) from error
