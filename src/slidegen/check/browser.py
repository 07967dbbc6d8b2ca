"""Looks at decks in a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from slidegen.check.found import CheckedDeck


def look(decks: Sequence[CheckedDeck], folder: Path, program: str | None, say: Callable[[str], None]) -> None:
    """Placeholder until the next commit."""
    del decks, folder, program, say
