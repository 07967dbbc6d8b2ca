"""Lists the regular files below a folder for all commands, visiting each real folder once."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from slidegen.files.paths import seen_from

Wants = Callable[[Path, str, bool], bool]
"""Whether a name in a folder is of interest; the last argument says whether it is a folder itself."""


class Irregular(Struct, frozen=True):
    """A file or folder that is skipped."""

    path: Path
    why: str
    """Continues a sentence after "because"."""
    hint: str = ""


class Walk(Struct):
    """The files of interest below a folder. Links are followed if they lead into one of `within`."""

    top: Path
    wants: Wants
    within: Sequence[Path]
    """Absolute, with links resolved."""
    linked: list[Path] = field(default_factory=list)
    """The real folders that links led to, complete once the files have been listed."""

    def files(self) -> Iterator[Path | Irregular]:
        """The files, and what is skipped despite being of interest, in no particular order."""
        seen: set[tuple[int, int]] = set()
        folders, links = deque([self.top]), deque[Path]()
        while folders or links:
            is_link = not folders
            folder = folders.popleft() if folders else links.popleft()
            try:
                status = os.stat(folder)  # noqa: PTH116
                with os.scandir(folder) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                yield Irregular(folder, _reason(error))
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            if is_link:
                self.linked.append(folder.resolve())
            for entry in entries:
                path = folder / entry.name
                try:
                    is_folder = stat.S_ISDIR(entry.stat().st_mode)
                except OSError as error:
                    if error.errno == errno.ELOOP or self.wants(folder, entry.name, False):
                        yield Irregular(path, _reason(error))
                    continue
                if not self.wants(folder, entry.name, is_folder):
                    continue
                if is_folder and not entry.is_symlink() and _is_utf8(path.name):
                    folders.append(path)
                    continue
                problem = irregular(path, self.within, is_folder=is_folder)
                if problem is not None:
                    yield problem
                elif is_folder:
                    links.append(path)
                else:
                    yield path


def irregular(path: Path, within: Sequence[Path], *, is_folder: bool = False) -> Irregular | None:
    """Why a file or folder cannot be read: a link that leads elsewhere, a pipe, a device; empty if it can."""
    if not _is_utf8(path.name):
        return Irregular(
            path, "its name is not UTF-8", "rename it: no link in a page can lead to such a name"
        )
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
        real = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        return Irregular(path, _reason(error))
    if not is_folder and not stat.S_ISREG(mode):
        return Irregular(path, "it is not a regular file", "pipes and devices may have no end")
    if path.is_symlink() and not any(real.is_relative_to(top) for top in within):
        place = real if is_folder else real.parent
        allowed = seen_from(within[0], place) if within else real
        hint = (
            "to allow it, write this line in the project's slidegen.yml:\n"
            f'assets: {{allow: ["{allowed.as_posix()}"]}}'
        )
        return Irregular(path, "it is a link that leads outside the project", hint)
    if not os.access(path, os.R_OK):
        return Irregular(path, "it cannot be read: permission denied")
    return None


def _is_utf8(name: str) -> bool:
    """Whether a name is valid text; otherwise, Python has surrogates for its bytes."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, RuntimeError) or (isinstance(error, OSError) and error.errno == errno.ELOOP):
        return "it is a link that leads to itself"
    if isinstance(error, FileNotFoundError):
        return "it is a link that leads to nothing"
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return f"it cannot be read: {reason.lower()}"
