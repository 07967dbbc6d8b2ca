"""Viewer pages, which show a deck named in their address, and what they contribute to these decks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from slidegen.diagnostics import Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.files.file_state import FILE_KIND, stat_kind
from slidegen.files.regular import read_regular
from slidegen.reading.source_deck import SourceDeck
from slidegen.references import FoundFile

MAX_BYTES = 100_000
"""Size limit in bytes. A page without a deck is small; pages that slidegen has built are not, and need no look."""


def find_viewer(folder: Path, pages: Sequence[str], files: DeckFiles) -> Path | None:
    """The first page in a folder that chooses which deck it shows; links out of the project do not count."""
    for path in (folder / name for name in pages):
        try:
            if (
                stat_kind(str(path)) != FILE_KIND
                or (path.is_symlink() and not isinstance(files.find(path.name, path), FoundFile))
                or b"sourceUrl" not in read_regular(path, MAX_BYTES)
            ):
                continue
            from slidegen.reading.html_page.deck import (
                is_viewer,  # here, since few pages beside decks are viewers
            )

            if is_viewer(files.read(path)):
                return path
        except OSError:  # reported when that page is built
            continue
    return None


def with_viewer_settings(
    written: SourceDeck, viewer: Path, files: DeckFiles, reporter: Reporter
) -> SourceDeck:
    """A deck with the look and the scripts of the page that shows it; its own settings take precedence."""
    from slidegen.compile.html_page import PageFiles
    from slidegen.reading.html_page.encoding import decode_page
    from slidegen.reading.html_page.page import read_page

    page = decode_page(files.shown(viewer), files.read(viewer), "replace")
    around = read_page(page, PageFiles(viewer, files), reporter, shown=written)
    own = {item.key for item in written.settings}
    settings = (item for item in around.settings if item.key not in own)
    return replace(around, settings=(*settings, *written.settings))
