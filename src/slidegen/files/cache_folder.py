"""The `.slidegen` folder, in which slidegen keeps what it remembers about a project."""

from __future__ import annotations

from pathlib import Path

from slidegen.files.writing import write_file

CACHE_FOLDER = ".slidegen"
"""The name of the folder at the project's root, which may be deleted at any time."""


def make_folder(root: Path) -> Path:
    """Create the folder, which git ignores; raises DeckError if that fails."""
    folder = root / CACHE_FOLDER
    write_file(folder / ".gitignore", b"*\n", root, new=True)
    return folder
