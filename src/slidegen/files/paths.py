"""Paths: resolving links, shortening them for diagnostics, and titles from the names of folders."""

from __future__ import annotations

import os
from pathlib import Path


def resolve_links(path: Path) -> Path:
    """A path with links resolved; unchanged if they form a circle, or the name is not valid."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def seen_from(folder: Path | str, path: Path | str) -> Path:
    """A path relative to a folder, with `..` where necessary; absolute if it is on another drive of Windows."""
    try:
        return Path(os.path.relpath(path, folder))
    except ValueError:  # no path leads from one drive to another
        return Path(os.path.abspath(path))  # noqa: PTH100 - `..` undoes a name, as in relpath


def display_path(path: Path, folder: Path) -> str:
    """A path as diagnostics show it: relative if it is below the working folder."""
    absolute = path if path.is_absolute() else folder / path
    return str(absolute.relative_to(folder)) if absolute.is_relative_to(folder) else str(path)


def folder_title(folder: Path) -> str:
    """A folder's name as a title: `data-structures` is `Data structures`."""
    return resolve_links(folder).name.replace("-", " ").replace("_", " ").strip().capitalize()
