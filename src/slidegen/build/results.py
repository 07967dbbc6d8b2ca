"""The outcome of a build, deck by deck."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from slidegen.diagnostics import Diagnostic


class BuiltDeck(Struct, frozen=True):
    """What became of one deck."""

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    output: Path | None = None
    """The page that was written; None where the build failed or the page goes to standard output."""
    page: bytes = b""
    """The page itself, where it goes to standard output."""
    slides: int = 0
    """Slides, their steps not counted."""
    size: int = 0
    """Of the page, in bytes."""
    fresh: bool = False
    """Whether the page was up to date and was left alone."""
    short: int = 0
    """Passages that a variant leaves out, and that are too short to be looked for in what is written."""
    summary: str = ""
    """What was kept of the deck, as JSON, where it was built now."""
