"""Writing files so that a reader sees either the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.render.assets import Copy


def write_file(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, and make its folders.

    Raises DeckError where that is not possible; then what was there before is there still.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
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


def write_copy(path: Path, copy: Copy) -> None:
    """Put a file beside a page.

    Raises DeckError where it cannot be read or written.
    """
    if copy.path is not None and path.resolve() == copy.path:
        return  # the page stands beside its deck, and so do its files
    if copy.path is None:
        write_file(path, copy.data)
        return
    try:
        data = copy.path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DeckError(
            Diagnostic(Code.CANNOT_READ, f"cannot be read: {reason}", path=str(copy.path))
        ) from error
    write_file(path, data)


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
