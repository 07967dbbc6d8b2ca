"""Paths: resolving links, shortening them for diagnostics, and titles from the names of folders."""

from __future__ import annotations

from pathlib import Path


def resolve_links(path: Path) -> Path:
    """A path with links resolved; unchanged if they form a circle, or the name is not valid."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def display_path(path: Path, folder: Path) -> str:
    """A path as diagnostics show it: relative if it is below the working folder."""
    absolute = path if path.is_absolute() else folder / path
    return str(absolute.relative_to(folder)) if absolute.is_relative_to(folder) else str(path)


def folder_title(folder: Path) -> str:
    """A folder's name as a title: `data-structures` is `Data structures`."""
    return resolve_links(folder).name.replace("-", " ").replace("_", " ").strip().capitalize()
