"""Finds backslide decks by the template beside them, and reads each as the page that backslide would make."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from slidegen.diagnostics import DeckError, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.files.dependencies import Reads
from slidegen.files.regular import read_regular
from slidegen.reading.markdown import decode
from slidegen.reading.source_deck import SourceDeck

TEMPLATE = "template/index.html"
SHEETS = ("style.scss", "style.sass", "style.css")
MAX_BYTES = 2_000_000
"""Size limit of a template, in bytes."""


def find_template(deck: Path, root: Path, reads: Reads) -> Path | None:
    """backslide's template for a deck: in the deck's folder, or the nearest folder above it in the project."""
    for parent in deck.parents:
        path = parent / TEMPLATE
        if reads.is_file(path) and reads.resolve(path).is_relative_to(root):
            try:
                from slidegen.reading.formats.backslide import is_template

                if is_template(read_regular(path, MAX_BYTES).decode("utf-8", "replace")):
                    return path
            except OSError:
                return None
        if parent == root:
            break
    return None


def as_exported(
    written: SourceDeck, deck: Path, template: Path, files: DeckFiles, reporter: Reporter
) -> SourceDeck:
    """The deck as in the page that the template makes; its own settings take precedence.

    `deck` and `template` are absolute. Raises DeckError if the template cannot be read.
    """
    from slidegen.compile.html_page import PageFiles
    from slidegen.compile.sass import compile_sass
    from slidegen.reading.formats.backslide import fill_template, title_of  # few decks have a template
    from slidegen.reading.formats.standing_in import fill_json
    from slidegen.reading.html_page.page import read_page

    page = decode(files.shown(template), files.read(template))
    css, sheet = "", None
    for path in (template.with_name(name) for name in SHEETS):
        if files.reads.is_file(path):
            sheet = decode(files.shown(path), files.read(path))
            css = compile_sass(sheet, path, files.root, (), files.reads, reporter)
            break
    text = written.source.text[written.start :]
    filled = fill_template(page, title_of(text, deck.stem), css, sheet)
    files.other = template.parent
    try:
        around = read_page(filled, PageFiles(deck, files), reporter, content=written.source)
    except DeckError:
        return written  # the template has no remark deck
    given = {item.key for item in written.settings}
    settings = (*(item for item in around.settings if item.key not in given), *written.settings)
    around = replace(
        around, source=fill_json(around.source, written.source, written.start), settings=settings
    )
    assert around.page is not None
    return replace(around, page=replace(around.page, address=str(template.parent)))
