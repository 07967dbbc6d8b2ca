"""Writing files so that a reader sees either the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.site.states import digest

if TYPE_CHECKING:
    from slidegen.render.assets import Copy
    from slidegen.site.reads import Reads

UNFINISHED = ".slidegen.tmp"
"""How the name of a file ends that is being written; one that a killed build leaves is not taken for ours."""

OWN_PAGE = b'<meta name="generator" content="slidegen '
HEAD = 4096
"""Bytes at a page's beginning in which that stands."""


def write_file(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, and make its folders; one that holds it stays as it is.

    Raises DeckError where that is not possible; then what was there before is there still.
    """
    if _holds(path, data):
        return
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=UNFINISHED, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o666 & ~_umask())  # noqa: PTH101
        os.replace(temporary, path)  # noqa: PTH105
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise DeckError(_cannot_write(path, error)) from error
    except BaseException:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise


def refuse_to_write_over_page(path: Path, shown: Path) -> None:
    """Raise DeckError where a page would be written over one that somebody wrote around a deck."""
    try:
        with path.open("rb") as file:
            if OWN_PAGE in file.read(HEAD):
                return
            file.seek(0)
            data = file.read()
    except OSError:
        return
    from slidegen.reading.page_deck import is_deck_page

    if is_deck_page(data):
        message = "the page would be written over one that holds a deck"
        hint = "choose another place with -o"
        raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(shown), hint=hint))


def write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; False, and nothing is changed, where it is.

    Raises DeckError where that is not possible.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        if path.parent.is_dir():
            return False
        raise DeckError(_cannot_write(path, error)) from error
    except OSError as error:
        raise DeckError(_cannot_write(path, error)) from error
    return True


def write_copy(path: Path, copy: Copy, reads: Reads) -> str | None:
    """Put a file beside a page and give its digest; None where it stands there already as itself.

    `reads` hears of the file that is copied. Raises DeckError where it cannot be read or written.
    """
    if copy.path is None:
        write_file(path, copy.data)
        return digest(copy.data)
    try:
        data = reads.read(copy.path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DeckError(
            Diagnostic(Code.CANNOT_READ, f"cannot be read: {reason}", path=str(copy.path))
        ) from error
    if path.resolve() == copy.path:
        return None  # the page stands beside its deck, and so do its files
    write_file(path, data)
    return digest(data)


def remove_unfinished(folder: Path) -> None:
    """Take away what a killed build left below a folder; nobody may be writing there."""
    for path in folder.rglob(f".*{UNFINISHED}"):
        path.unlink(missing_ok=True)


def remove_file(path: Path, top: Path) -> bool:
    """Take a file away, and the folders below `top` that are empty then; False where it stays."""
    try:
        path.unlink()
        for parent in path.parents:
            if parent == top or not parent.is_relative_to(top):
                break
            parent.rmdir()
    except OSError:
        return not path.exists()
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except (OSError, ValueError):
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> Diagnostic:
    reason = (error.strerror or str(error)).lower()
    return Diagnostic(
        Code.CANNOT_WRITE,
        f"cannot be written: {reason}",
        path=str(path),
        hint="what stood there before is unchanged; choose another place with -o",
    )
