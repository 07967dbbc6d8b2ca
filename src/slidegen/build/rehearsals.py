"""How long each slide took when a talk was rehearsed: the file beside the deck."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.json_data import read_json_as

MAX_BYTES = 5_000_000
"""Size limit of the file."""
MAX_REHEARSALS = 20
"""How many rehearsals are kept; the oldest are dropped."""
Seconds = Annotated[float, Meta(ge=0, le=1_000_000)]


class Rehearsal(Struct, frozen=True):
    """One rehearsal."""

    date: Annotated[str, Meta(max_length=40)]
    """When it began, in ISO 8601."""
    slides: Annotated[Mapping[Annotated[str, Meta(max_length=500)], Seconds], Meta(max_length=5_000)]
    """Seconds by slide key."""


class Rehearsals(Struct, frozen=True):
    """The rehearsals of a deck, the latest last."""

    version: Literal[1]
    rehearsals: tuple[Rehearsal, ...] = ()


def rehearsal_path(deck: Path) -> Path:
    """The path of a deck's rehearsals."""
    return deck.with_name(f"{deck.stem}.rehearsal.json")


def read_rehearsal(message: object) -> Rehearsal:
    """The rehearsal that a page sends; raises ValueError for anything else."""
    return msgspec.convert(message, Rehearsal)


def load_rehearsals(deck: Path) -> Rehearsals:
    """The rehearsals of a deck; raises DeckError if the file holds something else."""
    path = rehearsal_path(deck)
    try:
        return read_json_as(read_regular(path, MAX_BYTES), Rehearsals)
    except FileNotFoundError:
        return Rehearsals(1)
    except (OSError, ValueError) as error:
        hint = "slidegen does not change it; move it away, and new rehearsals go to a new file"
        message = f"these rehearsals cannot be read: {error}"
        raise DeckError(Diagnostic(Code.REHEARSAL_UNREADABLE, message, path=str(path), hint=hint)) from error


def keep_rehearsal(deck: Path, rehearsal: Rehearsal) -> None:
    """Write a rehearsal beside its deck. Raises DeckError if the file cannot be read or written."""
    others = (each for each in load_rehearsals(deck).rehearsals if each.date != rehearsal.date)  # sent twice
    kept = (*others, rehearsal)[-MAX_REHEARSALS:]
    path = rehearsal_path(deck)
    data = msgspec.json.format(msgspec.json.encode(Rehearsals(1, kept)), indent=1)
    write_file(path, data + b"\n", path.parent)
