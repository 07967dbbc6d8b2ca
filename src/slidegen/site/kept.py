"""The folder in which slidegen keeps what it remembers of a project."""

from __future__ import annotations

from pathlib import Path

from slidegen.site.project import CONFIG_FILE
from slidegen.site.resources import own_templates
from slidegen.site.schema import FILE

FOLDER = ".slidegen"
"""It stands at the project's root, and may be deleted at any time."""


def make_folder(root: Path) -> Path:
    """Make the folder; it is none of the repository's, and has the schema of slidegen.yml for editors.

    Raises OSError where it cannot be made.
    """
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", "utf-8")
    schema, own = folder / FILE, own_templates() / FILE
    if (root / CONFIG_FILE).is_file() and not (schema.exists() and _size(schema) == _size(own)):
        schema.write_bytes(own.read_bytes())
    return folder


def _size(path: Path) -> int:
    return path.stat().st_size
