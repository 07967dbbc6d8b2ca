"""The drawings of served decks, in files beside them."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct, field

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.render.ink import MAX_BYTES, Ink, Stroke, ink_path, read_ink

MAX_KEY = 500
"""Limit for the characters of a slide key."""
MAX_SLIDES = 5_000
"""Limit for the slides of one deck that have drawings."""


class InkFiles(Struct):
    """Reads and writes the drawings of decks; a file that cannot be read is never overwritten."""

    _known: dict[Path, Ink] = field(default_factory=dict)

    def of(self, deck: Path) -> Ink:
        """The drawings of a deck; raises DeckError if the file holds something else."""
        if deck not in self._known:
            self._known[deck] = load_ink(deck)
        return self._known[deck]

    def keep(self, deck: Path, slide: str, strokes: tuple[Stroke, ...]) -> None:
        """Replace the drawings on a slide. Raises DeckError if the file cannot be read or written."""
        ink = self.of(deck)
        slides = {key: kept for key, kept in ink.slides.items() if key != slide}
        if strokes and len(slide) <= MAX_KEY and len(slides) < MAX_SLIDES:
            slides[slide] = strokes
        path = ink_path(deck)
        if slides or path.exists():
            data = msgspec.json.encode(kept := Ink(1, slides))
            if len(data) > MAX_BYTES:
                raise DeckError(_too_large(path))
            self._known[deck] = kept
            write_file(path, data, path.parent)


def load_ink(deck: Path) -> Ink:
    """The drawings beside a deck, empty without a file; raises DeckError if the file holds something else."""
    path = ink_path(deck)
    try:
        return read_ink(read_regular(path, MAX_BYTES))
    except FileNotFoundError:
        return Ink(1)
    except (OSError, ValueError) as error:
        raise DeckError(unreadable(path, error)) from error


def _too_large(path: Path) -> Diagnostic:
    """What to say instead of writing a file that could not be read again."""
    message = f"these drawings take more than {MAX_BYTES // 1_000_000} MB, so the last ones are not saved"
    hint = "the browser keeps them; clear slides whose drawings you no longer need"
    return Diagnostic(Code.INK_UNREADABLE, message, path=str(path), hint=hint)


def unreadable(path: Path, error: Exception) -> Diagnostic:
    """What is wrong with a file of drawings."""
    hint = "slidegen does not change it; move it away, and new drawings go to a new file"
    return Diagnostic(
        Code.INK_UNREADABLE, f"these drawings cannot be read: {error}", path=str(path), hint=hint
    )
