"""Locates what ships with slidegen beside its code: templates, documentation and demonstration decks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from slidegen.files.regular import read_regular

PACKAGE = Path(__file__).parent.parent


def own_templates() -> Path:
    """The folder of slidegen's own templates."""
    return _own("templates")


def own_docs() -> Path:
    """The folder of the documentation's pages."""
    return _own("docs")


def own_slides() -> Path:
    """The folder of the demonstration decks."""
    return _own("slides")


@cache
def page_function(name: str) -> str:
    """One of slidegen's JavaScript functions for pages, by its path in the templates, without its leading comment."""
    text = read_regular(own_templates() / name).decode()
    return text[text.index("*/") + 2 :].strip().rstrip(";")


def _own(name: str) -> Path:
    """A folder that is beside the code in the wheel, and at the top of a checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent.parent / name
