"""Decides where what is made of each deck goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import resolve_links
from slidegen.files.writing import folded
from slidegen.project.discovery import FoundDeck, is_deck
from slidegen.project.output_formats import HTML, OutputFormat

DEFAULT_OUTPUT = Path("public")


STANDARD_OUTPUT = Path("-")


class PlannedDeck(Struct, frozen=True):
    """A deck to build, and its page."""

    path: Path
    """As the user would write it."""
    output: Path
    """The page; `-` is standard output."""

    @property
    def page(self) -> Path:
        """The page's absolute path."""
        return Path(os.path.normpath(self.output.absolute()))


@dataclass(frozen=True, slots=True)
class Pages(Mapping[Path, Path]):
    """The page of each deck, by the deck's own path with links followed; of decks not built this time, too.

    A deck that another links to is built another time, to where this build would have put it.
    """

    planned: Mapping[Path, Path]
    """The decks of this build."""
    base: Path | None
    """The folder whose decks are mirrored in `folder`; None where no other deck has a place."""
    folder: Path
    format: OutputFormat = HTML

    def __getitem__(self, deck: Path) -> Path:
        if deck in self.planned:
            return self.planned[deck]
        if self.base is None or not is_deck(deck) or not deck.is_relative_to(self.base):
            raise KeyError(deck)
        return self.folder / deck.relative_to(self.base).with_suffix(self.format.suffix)

    def top_of(self, page: Path) -> Path:
        """The folder below which a page and what stands beside it are written."""
        return self.folder if self.folder in page.parents else page.parent

    def __iter__(self) -> Iterator[Path]:
        return iter(self.planned)

    def __len__(self) -> int:
        return len(self.planned)


def is_one_page(output: Path, format: OutputFormat = HTML) -> bool:
    """Whether what a command names with `-o` is a page itself, or standard output, and no folder."""
    return output == STANDARD_OUTPUT or format.is_file(output)


def plan(found: Sequence[FoundDeck], output: Path | None, format: OutputFormat = HTML) -> list[PlannedDeck]:
    """Where each deck's page goes: below `public/`, or where `output` says.

    `output` is the page itself where it has a suffix of the format and there is one deck, `-` standard output,
    else a folder. Raises DeckError where two decks would have one page.
    """
    folder = output or DEFAULT_OUTPUT
    if is_one_page(folder, format):
        decks = [PlannedDeck(item.path, folder) for item in found]
    else:
        decks = [PlannedDeck(item.path, folder / item.relative.with_suffix(format.suffix)) for item in found]
    sources = {resolve_links(item.path) for item in found}
    first: dict[str, PlannedDeck] = {}
    for deck in decks:
        if deck.output != STANDARD_OUTPUT and resolve_links(deck.output) in sources:
            hint = "choose another place with -o"
            message = "the page would be written over a deck"
            raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(deck.output), hint=hint))
        other = first.setdefault(folded(deck.output), deck)
        if other is not deck:
            raise DeckError(
                Diagnostic(
                    Code.SAME_OUTPUT,
                    f"would be written to {deck.output}, as {other.path} would",
                    path=str(deck.path),
                    hint="rename one of them, or build them into different folders with -o",
                )
            )
    return decks
