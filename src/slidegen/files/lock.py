"""A lock that allows one build at a time per project."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG

LOCK_FILE = "lock"


@contextmanager
def locked(folder: Path, note: str, on_wait: Callable[[], None]) -> Iterator[str]:
    """Hold the lock of a project's folder `.slidegen`; raises OSError if that is not possible.

    Yields the note of a build that was killed while it held the lock, else an empty text; `on_wait` is called
    once if another process holds it. The lock is released when the process ends, however that happens.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(folder / LOCK_FILE, flags, 0o666)
    if not S_ISREG(os.fstat(handle).st_mode):  # a pipe would block
        os.close(handle)
        raise OSError(errno.EINVAL, "it is not a regular file", str(folder / LOCK_FILE))
    with os.fdopen(handle, "r+b") as file:
        _lock(file.fileno(), on_wait)
        try:
            file.seek(0)
            left = file.read().decode("utf-8", "replace")
            _write(file.fileno(), note)
            yield left
            _write(file.fileno(), "")
        finally:
            _unlock(file.fileno())


def _write(handle: int, note: str) -> None:
    """Leave a note in the lock's file; if the disk is full, it is only missed after a kill."""
    try:
        os.ftruncate(handle, 0)
        if note:
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, note.encode("utf-8", "surrogateescape"))
    except OSError:
        pass


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(handle: int, on_wait: Callable[[], None]) -> None:
        waited = False
        while True:
            try:
                os.lseek(handle, 1 << 20, os.SEEK_SET)
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
                return
            except OSError:
                if not waited:
                    on_wait()
                waited = True
                time.sleep(0.1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int, on_wait: Callable[[], None]) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
