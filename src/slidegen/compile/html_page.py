"""Loads a deck from an HTML page and the files beside it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.project.discovery import limit_hint, size_above
from slidegen.reading.html_page.encoding import decode_page, is_page
from slidegen.reading.html_page.page import read_page
from slidegen.reading.markdown import decode, read_markdown
from slidegen.reading.source_deck import SourceDeck
from slidegen.references import FoundFile, MissingFile, OutsideProject, is_local, read_reference
from slidegen.source import Source, Span
from slidegen.spelling import suggest


class PageFiles(Struct, frozen=True):
    """Reads what a page refers to, within the limits of its project."""

    page: Path
    """Absolute, with links resolved."""
    files: DeckFiles

    def script(self, reference: str) -> Source | None:
        """The script that a reference names; None if it cannot be read."""
        found = self._find(reference)
        if not isinstance(found, FoundFile):
            return None
        try:
            data = self.files.read(found.path)
        except OSError:  # reported when it is embedded
            return None
        return Source(self.files.shown(found.path), _script_text(data))

    def deck(self, reference: str, place: Span) -> Source:
        """The text of the deck that `sourceUrl` names; raises DeckError if it cannot be read."""
        if not is_local(reference):
            message = f"the deck is on the network, at {reference}"
            hint = "save it next to the page, and name that file as sourceUrl"
            raise DeckError(Diagnostic(Code.NO_SUCH_FILE, message, place, hint))
        found = self._find(reference)
        if isinstance(found, OutsideProject):
            message = f"the deck {reference} is outside the project, {self.files.shown(self.files.root)}"
            hint = (
                f"to allow it, write this line in {self.files.shown(self.files.root / 'slidegen.yml')}:\n"
                f'assets: {{allow: ["{found.allow}"]}}'
            )
            raise DeckError(Diagnostic(Code.NO_SUCH_FILE, message, place, hint))
        if not isinstance(found, FoundFile):
            hint = suggest(found.near) if found is not None else ""
            raise DeckError(Diagnostic(Code.NO_SUCH_FILE, f"there is no deck {reference}", place, hint))
        if found.size > self.files.deck_limit:
            message = f"the deck {reference} {size_above(found.size, self.files.deck_limit)}"
            raise DeckError(Diagnostic(Code.CANNOT_READ, message, place, limit_hint(found.size)))
        try:
            data = self.files.read(found.path, self.files.deck_limit)
        except OSError as error:
            message = f"the deck {reference} cannot be read: {(error.strerror or str(error)).lower()}"
            raise DeckError(Diagnostic(Code.CANNOT_READ, message, place)) from error
        return decode(self.files.shown(found.path), data)

    def _find(self, reference: str) -> FoundFile | MissingFile | OutsideProject | None:
        if not is_local(reference):
            return None
        return self.files.find(read_reference(reference).path, self.page)


def read_page_deck(data: bytes, page: Path, files: DeckFiles, reporter: Reporter) -> SourceDeck:
    """The deck in the page at an absolute path; raises DeckError if there is none."""
    source = decode_page(files.shown(page), data)
    if not is_page(source.text):
        return read_markdown(source)
    return read_page(source, PageFiles(page, files), reporter)


def _script_text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
