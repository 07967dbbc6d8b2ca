"""The file in which one command leaves the next what it has computed from slidegen's own texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from slidegen.diagnostics import DeckError
from slidegen.files.writing import write_file
from slidegen.kept import STORE
from slidegen.kept_patterns import kept_patterns
from slidegen.project.cached_files import CACHE, read_cached
from slidegen.project.package_data import PACKAGE, own_templates

CODE = (".", "reading", "render", "render/code", "render/math", "render/page")
"""The folders of the modules that compute what is kept."""
MAX_BYTES = 4_000_000


class _File(Struct, frozen=True):
    code: str
    """Identifies the code that computed it."""
    values: dict[str, bytes]


@contextmanager
def kept_values() -> Iterator[None]:
    """Load what earlier commands have kept, and save what is new for later ones."""
    STORE.code = _code()
    STORE.values, STORE.open = _read(_path(), STORE.code), True
    try:
        with kept_patterns():
            yield
    finally:
        save()
        STORE.open = False


def save() -> None:
    """Save what this process has computed, along with what others have saved meanwhile."""
    if not STORE.open or not STORE.new or sys.dont_write_bytecode or STORE.code != _code():
        return
    path = _path()
    values = {**_read(path, STORE.code), **STORE.used}
    if sum(len(key) + len(value) for key, value in values.items()) > MAX_BYTES // 2:
        values = STORE.used
    data = msgspec.msgpack.encode(_File(STORE.code, values))
    STORE.new = 0
    if len(data) <= MAX_BYTES:
        with suppress(DeckError):  # the folder may be read-only; the next command computes it again
            write_file(path, data, own_templates())


def _path() -> Path:
    return own_templates() / CACHE / f"values.{sys.implementation.cache_tag}.msgpack"


def _read(path: Path, code: str) -> dict[str, bytes]:
    try:
        found = msgspec.msgpack.decode(read_cached(path, own_templates(), MAX_BYTES), type=_File)
    except (OSError, msgspec.MsgspecError):  # none is kept, or it is damaged
        return {}
    return found.values if found.code == code else {}


def _code() -> str:
    """Identifies the code of slidegen and Python that computes the values by size and time, as Python does."""
    files = [
        f"{entry.name} {state.st_size} {state.st_mtime_ns}"
        for folder in CODE
        for entry in os.scandir(PACKAGE / folder)
        if entry.name.endswith(".py")
        for state in (entry.stat(),)
    ]
    return blake2b("\n".join((sys.version, sys.byteorder, *sorted(files))).encode()).hexdigest()
