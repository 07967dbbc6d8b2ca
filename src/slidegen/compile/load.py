"""Loads a deck: turns a file in any format into text and settings."""

from __future__ import annotations

from slidegen.compile.context import DeckContext
from slidegen.compile.misplaced_properties import warn_of_slide_properties
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.read_file import read_bytes
from slidegen.project.discovery import R_MARKDOWN, is_page
from slidegen.reading.front_matter import warn_of_front_matter
from slidegen.reading.markdown import JEKYLL_MARKS, decode, read_markdown
from slidegen.reading.other_tools import warn_of_other_tool
from slidegen.reading.source_deck import SourceDeck

LOOK = ("css", "theme")
"""Options that give a deck a look of its own."""


def load_deck(deck: DeckContext, data: bytes | None = None) -> SourceDeck:
    """The text and settings of a deck's file, and what comes with it; raises DeckError if it cannot be read.

    If `data` is given, it replaces the file's content.
    """
    path = deck.path
    data = read_bytes(deck.file, deck.folder, deck.reads) if data is None else data
    in_jekyll = deck.project.in_jekyll(path, deck.reads)
    if is_page(path) and not (in_jekyll and data.startswith(b"---")):
        from slidegen.compile.html_page import read_page_deck

        written = read_page_deck(data, deck.place, deck.files(), deck.reporter)
        if written.page is not None:
            return written
    else:
        written = read_markdown(decode(display_path(path, deck.folder), data))
    warn_of_front_matter(written, deck.reporter)
    warn_of_other_tool(written, deck.reporter, in_jekyll=in_jekyll)
    is_r = path.suffix.lower() == R_MARKDOWN
    if is_r or any(setting.key == "output" for setting in written.settings):
        from slidegen.reading.formats.xaringan import is_xaringan

        if is_r or is_xaringan(written.settings):
            return _as_xaringan(written, deck)
    marks = [setting.value for setting in written.settings if setting.key in JEKYLL_MARKS]
    for_jekyll = in_jekyll or any(mark not in (True, False) for mark in marks)
    if not for_jekyll:
        warn_of_slide_properties(written, deck.reporter)
    if for_jekyll or marks:
        return _in_jekyll(written, deck)
    return written if is_page(path) else _as_shown(written, deck)


def _as_xaringan(written: SourceDeck, deck: DeckContext) -> SourceDeck:
    """The deck as knitted by xaringan, with the files that its settings name."""
    from slidegen.compile.rmarkdown import add_included_files
    from slidegen.reading.formats.xaringan import read_xaringan

    written = read_xaringan(written, deck.reporter)
    return add_included_files(written, deck.place, deck.files(), deck.project.templates, deck.reporter)


def _in_jekyll(written: SourceDeck, deck: DeckContext) -> SourceDeck:
    """The deck in the layouts that Jekyll puts around it."""
    from slidegen.compile.jekyll_layouts import read_jekyll_deck

    config = deck.project.config_for(deck.path)[0]
    return read_jekyll_deck(
        written,
        deck.file,
        resolve_links(deck.project.root),
        deck.folder,
        deck.files(),
        deck.reporter,
        has_look=any(getattr(config, name) for name in LOOK),
    )


def _as_shown(written: SourceDeck, deck: DeckContext) -> SourceDeck:
    """The deck with the look of a page that is made from it or shows it, unless it has its own."""
    pages = deck.reads.listing(deck.file.parent, "*.htm*")
    given = {
        *(setting.key for setting in written.settings),
        *(name for name in LOOK if getattr(deck.project.config, name)),
    }
    if given.intersection(LOOK):
        return written
    from slidegen.compile.backslide import as_exported, find_template

    template = find_template(deck.file, resolve_links(deck.project.root), deck.reads)
    if template is not None:
        return as_exported(written, deck.file, template, deck.files(), deck.reporter)
    if not pages:
        return written
    from slidegen.compile.viewer_page import find_viewer, with_viewer_settings

    files = deck.files()
    viewer = find_viewer(deck.file.parent, pages, files)
    if viewer is None:
        return written
    return with_viewer_settings(written, viewer, files, deck.reporter)
