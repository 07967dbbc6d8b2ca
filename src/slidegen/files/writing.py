"""Writes files atomically: a reader sees either the old file or the new one, never a part."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.file_state import FILE_KIND, GONE, stat_kind
from slidegen.files.regular import read_regular
from slidegen.files.walk import Walk
from slidegen.patterns import lazy_compile

if TYPE_CHECKING:
    pass

UNFINISHED = ".slidegen.tmp"
"""The suffix of a file that is being written, which tells files of killed builds from others."""

IN_USE = (5, 32)
"""Windows's numbers for refusing to replace a file that is open: access denied, sharing violation."""

OWN_PAGE = b'<meta name="generator" content="slidegen '
HEAD = 4096
"""How many bytes at a page's beginning may contain that."""


ELSEWHERE = "choose another place with -o"
"""The hint for files of a command whose option `-o` says where they go."""


def write_file(
    path: Path, data: bytes, within: Path, *, new: bool = False, elsewhere: str = "", mode: int | None = None
) -> bool:
    """Write a file below the folder `within`, creating folders; one with the same content stays untouched.

    With `new`, an existing file stays whatever it holds, and the result is False. The file gets the permissions
    `mode`, or those of a new file. `elsewhere` is the hint for users who can choose another place. Raises
    DeckError if the path leads out of the folder, or the file cannot be written; the old file is then still there.
    """
    if not new and _holds(path, data) and not _leads_out(path, within):
        return True
    return write_by(path, lambda file: file.write(data), within, new=new, elsewhere=elsewhere, mode=mode)


def write_by(
    path: Path,
    fill: Callable[[BinaryIO], object],
    within: Path,
    *,
    new: bool = False,
    elsewhere: str = "",
    mode: int | None = None,
) -> bool:
    """Write a file like `write_file`, with what `fill` writes to it. No other function writes files."""
    if _leads_out(path, within):
        message = "this would be written outside the folder that it belongs in"
        hint = f"slidegen writes only below {within}; look for a link or a name that leads out of it"
        raise DeckError(Diagnostic(Code.OUTSIDE_TARGET, message, path=_printable(path), hint=hint))
    temporary: str | None = None
    try:
        if new and os.path.lexists(path):
            return False
        if stat_kind(str(path)) not in (FILE_KIND, GONE):
            raise OSError(errno.EINVAL, "it is not a regular file")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = _unnamed(path.parent)
        if handle is None:
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=UNFINISHED, dir=path.parent)
            os.chmod(temporary, 0o666 & ~_umask())  # noqa: PTH101
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            if temporary is None:
                temporary = str(path.with_name(f".{os.urandom(8).hex()}{UNFINISHED}"))
                os.link(f"/proc/self/fd/{handle}", temporary, src_dir_fd=handle, follow_symlinks=True)
        if mode is not None:
            os.chmod(temporary, mode)  # noqa: PTH101
        if new and _is_linked(temporary, path):
            return True
        os.replace(temporary, path)  # noqa: PTH105
        temporary = None
    except FileExistsError as error:
        if new and path.parent.is_dir():
            return False
        raise DeckError(_cannot_write(path, error, elsewhere)) from error
    except OSError as error:
        raise DeckError(_cannot_write(path, error, elsewhere)) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
    return True


def _is_linked(temporary: str, path: Path) -> bool:
    """Give a file its name unless that is taken; False if the file system has no links, and the name is free.

    Raises FileExistsError if the name is taken.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _unnamed(folder: Path) -> int | None:
    """A new file without a name, which leaves nothing behind however the process ends; None if unsupported."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag or not os.path.isdir("/proc/self/fd"):  # noqa: PTH112
        return None
    try:
        return os.open(folder, os.O_WRONLY | flag, 0o666)
    except OSError:  # this file system has none
        return None


def _leads_out(path: Path, within: Path) -> bool:
    """Whether a path or its name leads out of a folder, with links on the way resolved."""
    top, inner = os.path.abspath(within), os.path.abspath(path)  # noqa: PTH100 - `..` undoes a name
    try:
        name = Path(inner).relative_to(top)
        real = Path(inner).parent.resolve().is_relative_to(Path(top).resolve())
    except (OSError, RuntimeError, ValueError):
        return True
    on_windows = os.name == "nt" and not all(map(is_portable, name.parts))
    return on_windows or not real or "\0" in inner or not name.parts


RESERVED = lazy_compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³]|conin\$|conout\$) *(?:\..*)?", re.IGNORECASE)
"""Names of devices on Windows, in any folder and with any suffix."""
MAX_NAME_BYTES = 200
"""Size limit of a name, in bytes."""


def folded(path: PurePath) -> str:
    """A path in the form in which some systems compare it, ignoring case and the composition of accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(path)).casefold())


def is_portable(name: str) -> bool:
    """Whether a text can be the name of a new file on every system: as `is_readable_anywhere`, and not too long."""
    return (
        len(name.encode("utf-8", "surrogatepass")) <= MAX_NAME_BYTES
        and name.isprintable()
        and is_readable_anywhere(name)
    )


def is_readable_anywhere(name: str) -> bool:
    """Whether a file of this name can be opened on every system: it is no path, no device, and loses no letter."""
    return (
        bool(name)
        and min(name) >= " "
        and not set(name) & set('<>:"/\\|?*')
        and name[-1] not in ". "
        and not RESERVED.fullmatch(name)
    )


def _printable(path: Path) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in str(path))


def remove_unfinished(folder: Path) -> None:
    """Delete what a killed build left below a folder; no other process may be writing there."""
    walk = Walk(folder, lambda _, name, is_folder: is_folder or name.endswith(UNFINISHED), ())
    for path in walk.files():
        if isinstance(path, Path) and path.name.startswith("."):
            path.unlink(missing_ok=True)


def remove_file(path: Path, top: Path) -> bool:
    """Delete a file, and folders below `top` that are empty then; False if it stays."""
    if _leads_out(path, top):
        return False
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
        return (
            stat_kind(str(path)) == FILE_KIND
            and path.stat().st_size == len(data)
            and read_regular(path, len(data)) == data
        )
    except (OSError, ValueError):
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError, elsewhere: str) -> Diagnostic:
    reason = (error.strerror or str(error)).lower()
    hints = [
        "the old file is unchanged",
        elsewhere or "check the permissions of its folder, and the space on the disk",
    ]
    refused = getattr(error, "winerror", 0) in IN_USE and error.filename2 is not None
    if refused and os.access(path, os.W_OK):
        reason = "another program has it open"
        hints = [
            "the old file is unchanged",
            f"close it there and try again{elsewhere and f', or {elsewhere}'}",
        ]
    hint = "; ".join(hints)
    return Diagnostic(Code.CANNOT_WRITE, f"cannot be written: {reason}", path=_printable(path), hint=hint)
