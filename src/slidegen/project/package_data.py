"""Locates what ships with slidegen beside its code: templates, documentation and demonstration decks."""

from __future__ import annotations

from pathlib import Path

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


def _own(name: str) -> Path:
    """A folder that is beside the code in the wheel, and at the top of a checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent.parent / name
