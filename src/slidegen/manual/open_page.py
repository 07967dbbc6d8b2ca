"""Writes a page that a command shows in the browser, outside of any project."""

from __future__ import annotations

import tempfile
from pathlib import Path

from slidegen.files.writing import write_file


def write_page(name: str, html: str) -> Path:
    """Write a page into a new temporary folder, and return its path."""
    page = Path(tempfile.mkdtemp(prefix=f"{name}-"), f"{name}.html")
    write_file(page, html.encode("utf-8"), page.parent)
    return page
