"""The outcome of a build, deck by deck."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from slidegen.diagnostics import Diagnostic


class BuiltDeck(Struct, frozen=True):
    """The outcome for one deck."""

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    output: Path | None = None
    """The page that was written; None if the build failed or the page went to standard output."""
    page: bytes = b""
    """The page itself, if it goes to standard output."""
    slides: int = 0
    """Number of slides, not counting their steps."""
    size: int = 0
    """Size of the page in bytes."""
    fresh: bool = False
    """Whether the page was up to date and left unchanged."""
    short: int = 0
    """How many left-out passages are too short to look for in what is written."""
    summary: str = ""
    """The deck's summary as JSON, if it was built now."""
