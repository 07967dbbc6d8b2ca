"""The drawings of a served deck, as changes make them, and the file beside it, which is never lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.render.ink import MAX_BYTES, Ink, InkChange, Stroke, ink_path, read_ink

T = TypeVar("T")
MAX_SLIDES = 5_000
"""Limit for the slides of one deck that have drawings."""
MAX_STROKES = 100_000
"""Limit for the strokes of one slide that are remembered, with those that were removed."""


class InkState(Struct):
    """The drawings of a deck, and which strokes were removed. Changes may arrive in any order, and twice."""

    slides: dict[str, dict[str, Stroke]] = field(default_factory=dict)
    """By slide key and stroke id, in drawing order."""
    gone: dict[str, dict[str, int]] = field(default_factory=dict)
    """The versions of removed strokes."""

    def apply(self, change: InkChange) -> None:
        """Apply a change, except where something later is known; a stroke removed and changed at once is removed."""
        if change.slide not in self.slides and len(self.slides) >= MAX_SLIDES:
            return
        strokes = self.slides.setdefault(change.slide, {})
        gone = self.gone.setdefault(change.slide, {})
        for name, version in change.gone.items():
            known = strokes.get(name)
            if version >= max(gone.get(name, 0), known.version if known else 0):
                strokes.pop(name, None)
                gone[name] = version
        for stroke in change.strokes:
            known = strokes.get(stroke.id)
            if stroke.version <= max(gone.get(stroke.id, 0), known.version if known else 0):
                continue
            if len(strokes) + len(gone) < MAX_STROKES:
                gone.pop(stroke.id, None)
                strokes[stroke.id] = stroke

    def changes(self) -> Iterator[InkChange]:
        """Everything in it, as changes that lead here from any earlier state."""
        for slide, strokes in self.slides.items():
            yield InkChange(slide, tuple(strokes.values()), dict(self.gone[slide]))

    def rename(self, keys: Mapping[str, str]) -> None:
        """Give drawings to their slides, whose keys have changed."""
        self.slides, self.gone = renamed(self.slides, keys), renamed(self.gone, keys)

    @property
    def ink(self) -> Ink:
        """What a file holds."""
        return Ink(1, {slide: tuple(all.values()) for slide, all in self.slides.items() if all})


def renamed(values: Mapping[str, T], keys: Mapping[str, str]) -> dict[str, T]:
    """Values under their new keys; what has one of those keys, and no new one of its own, gets the key that is free."""
    freed = {_end(key, keys): key for key in keys if key not in keys.values()}
    return {keys.get(key) or freed.get(key) or key: value for key, value in values.items()}


def _end(key: str, keys: Mapping[str, str]) -> str:
    while key in keys:
        key = keys[key]
    return key


def load_ink(deck: Path, said: Iterable[InkChange] = ()) -> InkState:
    """The drawings beside a deck with what was `said` since; raises DeckError if the file holds something else."""
    state = InkState()
    for slide, strokes in _read(deck).slides.items():
        named = (
            replace(each, id=each.id or f"{slide} {at}", version=each.version or 1)
            for at, each in enumerate(strokes)
        )
        state.apply(InkChange(slide, tuple(named)))
    for change in said:
        state.apply(change)
    return state


def save_ink(deck: Path, said: Iterable[InkChange], keys: Mapping[str, str] | None = None) -> None:
    """Add what was `said` to the file beside a deck, after slides got new `keys`.

    Raises DeckError if the file cannot be read or written.
    """
    path = ink_path(deck)
    state = load_ink(deck)
    if keys:
        state.rename(keys)
    for change in said:
        state.apply(change)
    ink = state.ink
    if not ink.slides and not path.exists():
        return
    data = msgspec.json.encode(ink)
    if len(data) > MAX_BYTES:
        raise DeckError(_too_large(path))
    write_file(path, data, path.parent)


def _read(deck: Path) -> Ink:
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
