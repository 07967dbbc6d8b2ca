"""The outcome of an export, deck by deck."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from slidegen.diagnostics import Diagnostic


class ExportedDeck(Struct, frozen=True):
    """The outcome for one deck."""

    path: Path
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False
    output: Path | None = None
    """The file, or the folder of files."""
    slides: int = 0
    size: int = 0
    """Size of all files together in bytes."""
    fresh: bool = False
    """Whether the files were up to date and left unchanged."""
