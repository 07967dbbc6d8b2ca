"""Decides where the files made from each deck go."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import resolve_links
from slidegen.files.writing import folded, is_readable_anywhere
from slidegen.output_formats import HTML, OutputFormat, is_one_export
from slidegen.project.discovery import FoundDeck, is_deck

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


class Pages(Mapping[Path, Path]):
    """The page of each deck, by the deck's own path with links resolved, including decks that are not built now.

    A deck that another links to may be built later, to where this build would have put it.
    """

    def __init__(self, planned: Mapping[Path, Path], base: Path | None, folder: Path) -> None:
        self.planned: Final = planned
        """The decks of this build."""
        self.base: Final = base
        """The folder whose decks are mirrored in `folder`; None if other decks have no place."""
        self.folder: Final = folder

    def __getitem__(self, deck: Path) -> Path:
        if deck in self.planned:
            return self.planned[deck]
        if self.base is None or not is_deck(deck) or not deck.is_relative_to(self.base):
            raise KeyError(deck)
        return self.folder / deck.relative_to(self.base).with_suffix(HTML.suffix)

    def top_of(self, page: Path) -> Path:
        """The folder below which a page and the files beside it are written."""
        return self.folder if self.folder in page.parents else page.parent

    def __iter__(self) -> Iterator[Path]:
        return iter(self.planned)

    def __len__(self) -> int:
        return len(self.planned)


def is_one_page(output: Path) -> bool:
    """Whether the argument of `-o` is a page or standard output rather than a folder."""
    return output == STANDARD_OUTPUT or HTML.is_file(output)


def address_of(path: Path, url: str, site: Path) -> str:
    """Where a file, or a folder, of the folder `site` is published, if that folder is at `url`."""
    relative = quote(path.relative_to(site).as_posix())
    return f"{url.rstrip('/')}/{'' if relative == '.' else relative}"


def plan(found: Sequence[FoundDeck], output: Path | None, format: OutputFormat = HTML) -> list[PlannedDeck]:
    """Where each deck's files go: below `public/`, or to `output`.

    `output` is the file itself if it has the right suffix and there is one deck, `-` is standard output for a page,
    anything else is a folder. Raises DeckError if two decks would share a file, or a deck would be overwritten.
    """
    folder = output or DEFAULT_OUTPUT
    is_one = is_one_page(folder) if format == HTML else is_one_export(folder)
    decks = [
        PlannedDeck(item.path, folder if is_one else _below(folder, item, format, alone=len(found) == 1))
        for item in found
    ]
    made = "build" if format == HTML else "export"
    sources = {resolve_links(item.path) for item in found}
    first: dict[str, PlannedDeck] = {}
    for deck in decks:
        if deck.output != STANDARD_OUTPUT and resolve_links(deck.output) in sources:
            message, hint = "this would be written over a deck", "choose another place with -o"
            raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(deck.output), hint=hint))
        other = first.setdefault(folded(deck.output), deck)
        if other is not deck:
            message = f"this deck and {other.path} would both be written to {deck.output}"
            hint = f"rename one of them, or {made} them into different folders with -o"
            raise DeckError(Diagnostic(Code.SAME_OUTPUT, message, path=str(deck.path), hint=hint))
    return decks


def warn_of_names(planned: Sequence[PlannedDeck], output: Path) -> Iterator[Diagnostic]:
    """Name the decks whose files get a name in the output folder that some systems cannot have."""
    for deck in planned:
        parts = deck.output.relative_to(output).parts if deck.output.is_relative_to(output) else ()
        wrong = next((part for part in parts if not is_readable_anywhere(part)), None)
        if wrong is not None:
            yield Diagnostic(
                Code.UNUSABLE_NAME,
                f"{wrong} is not a file name on every system: Windows cannot open or unpack it",
                path=str(deck.path),
                hint="rename the deck or its folder; letters, digits, hyphens and spaces within are safe",
            )


def _below(folder: Path, item: FoundDeck, format: OutputFormat, *, alone: bool) -> Path:
    """Where a deck's file goes in a folder; for pictures, that is a folder, too."""
    if format.is_folder:
        is_own = alone and item.relative == Path(item.path.name) and folder.name != DEFAULT_OUTPUT.name
        return folder if is_own else folder / item.relative.with_suffix("")
    return folder / item.relative.with_name(item.relative.stem + format.suffix)
