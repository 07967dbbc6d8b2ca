"""The folder in which slidegen keeps what it remembers of a project."""

from __future__ import annotations

from pathlib import Path

from slidegen.site.output import write_file
from slidegen.site.project import CONFIG_FILE
from slidegen.site.regular import read_regular
from slidegen.site.resources import own_templates
from slidegen.site.schema import FILE

FOLDER = ".slidegen"
"""It stands at the project's root, and may be deleted at any time."""


def make_folder(root: Path) -> Path:
    """Make the folder; it is none of the repository's, and has the schema of slidegen.yml for editors.

    Raises DeckError where it cannot be made.
    """
    folder = root / FOLDER
    write_file(folder / ".gitignore", b"*\n", root, new=True)
    schema, own = folder / FILE, own_templates() / FILE
    if (root / CONFIG_FILE).is_file() and not (schema.exists() and _size(schema) == _size(own)):
        write_file(schema, read_regular(own), root)
    return folder


def _size(path: Path) -> int:
    return path.stat().st_size
