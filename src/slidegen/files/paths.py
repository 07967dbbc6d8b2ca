"""Paths: resolving links, and shortening paths for diagnostics."""

from __future__ import annotations

from pathlib import Path


def resolve_links(path: Path) -> Path:
    """A path with links followed, as it is where they lead in a circle, or where no file can have its name."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def display_path(path: Path, folder: Path) -> str:
    """A path as a diagnostic names it: relative to the working folder where it is below it."""
    absolute = path if path.is_absolute() else folder / path
    return str(absolute.relative_to(folder)) if absolute.is_relative_to(folder) else str(path)
