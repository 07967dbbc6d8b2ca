"""Deck summaries for the course page, saved between builds."""

from __future__ import annotations

from collections.abc import Collection
from errno import EINVAL
from pathlib import Path

from slidegen.diagnostics import DeckError
from slidegen.files.cache_folder import CACHE_FOLDER
from slidegen.files.file_state import digest
from slidegen.files.regular import read_regular

SUMMARIES = "summaries"
"""The folder in slidegen's own folder that holds summaries, named by digest."""


def save_summary(root: Path, summary: str) -> str:
    """Save a deck's summary, and return its name."""
    from slidegen.files.writing import write_file

    name = digest(summary.encode())
    try:
        write_file(_path(root, name), summary.encode(), root)
    except DeckError:  # the deck will be built again
        return ""
    return name


def load_summary(root: Path, name: str) -> str:
    """A saved summary; raises OSError if it is not there, or is not the one that was saved."""
    data = read_regular(_path(root, name))
    if digest(data) != name:
        raise OSError(EINVAL, "it has been changed", str(_path(root, name)))
    return data.decode("utf-8")


def has_summary(root: Path, name: str) -> bool:
    """Whether a summary exists as it was saved."""
    try:
        return bool(name) and bool(load_summary(root, name))
    except OSError:
        return False


def keep_summaries(root: Path, names: Collection[str]) -> None:
    """Delete all other summaries."""
    for path in (root / CACHE_FOLDER / SUMMARIES).glob("*.json"):
        if path.stem not in names:
            path.unlink(missing_ok=True)


def _path(root: Path, name: str) -> Path:
    return root / CACHE_FOLDER / SUMMARIES / f"{name}.json"
