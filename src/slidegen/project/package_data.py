"""Locates the templates that ship with slidegen."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def own_templates() -> Path:
    """The folder of slidegen's own templates: in the wheel beside the code, in a checkout at its top."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent.parent / "templates"
