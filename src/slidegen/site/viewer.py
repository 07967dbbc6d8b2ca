"""Pages that show the decks beside them by name: what such a page gives to a Markdown deck in its folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from slidegen.diagnostics import Reporter
from slidegen.reading.page import read_page
from slidegen.reading.page_deck import is_viewer
from slidegen.reading.page_text import decode_page
from slidegen.reading.written import WrittenDeck
from slidegen.render.assets.references import Found
from slidegen.site.files import DeckFiles
from slidegen.site.page_files import PageFiles
from slidegen.site.regular import read_regular
from slidegen.site.states import FILE, look

LARGEST = 100_000
"""Bytes. A page that holds no deck is small; those that slidegen has built are not, and need no look."""


def find_viewer(folder: Path, pages: Sequence[str], files: DeckFiles) -> Path | None:
    """The first of the pages in a folder that chooses which deck it shows; links out of the project are none."""
    for path in (folder / name for name in pages):
        try:
            if (
                look(str(path)) != FILE
                or (path.is_symlink() and not isinstance(files.find(path.name, path), Found))
                or b"sourceUrl" not in read_regular(path, LARGEST)
            ):
                continue
            if is_viewer(files.read(path)):
                return path
        except OSError:  # whoever builds it is told
            continue
    return None


def as_shown(written: WrittenDeck, viewer: Path, files: DeckFiles, reporter: Reporter) -> WrittenDeck:
    """A deck with the look and the scripts of the page that shows it; its own settings count."""
    page = decode_page(files.shown(viewer), files.read(viewer), "replace")
    around = read_page(page, PageFiles(viewer, files), reporter, shown=written)
    own = {item.key for item in written.settings}
    settings = (item for item in around.settings if item.key not in own)
    return replace(around, settings=(*settings, *written.settings))
