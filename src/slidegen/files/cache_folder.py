"""The `.slidegen` folder, in which slidegen keeps what it remembers about a project."""

from __future__ import annotations

from pathlib import Path

from slidegen.files.writing import write_file

CACHE_FOLDER = ".slidegen"
"""It stands at the project's root, and may be deleted at any time."""


def make_folder(root: Path) -> Path:
    """Make the folder, which git ignores; raises DeckError where it cannot be made."""
    folder = root / CACHE_FOLDER
    write_file(folder / ".gitignore", b"*\n", root, new=True)
    return folder
