"""R Markdown files: which of those in a folder are decks, and the files that their settings name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from slidegen.config import Setting
from slidegen.diagnostics import Code, DeckError, Reporter
from slidegen.reading.markdown import decode, read_markdown
from slidegen.reading.page import read_page
from slidegen.reading.written import WrittenDeck
from slidegen.reading.xaringan import other_format
from slidegen.site.files import DeckFiles
from slidegen.site.page_files import PageFiles
from slidegen.source import Patchwork, Piece, Source, Span

KNITTED = re.compile(rb"<textarea\b[^>]{0,200}\bid\s*=\s*[\"']?source\b", re.IGNORECASE)
"""What pages that xaringan has knitted hold."""


def is_passed_over(path: Path) -> bool:
    """Whether an R Markdown file in a folder is no deck.

    It is none where it becomes another kind of document, or where its knitted page stands beside it: that
    page is the deck then.
    """
    try:
        page = path.with_suffix(".html")
        if page.is_file() and KNITTED.search(page.read_bytes()):
            return True
        return other_format(read_markdown(decode(str(path), path.read_bytes())).settings) is not None
    except (OSError, DeckError):
        return False  # building it says what is wrong


BROUGHT = ("beforeInit", "includes")
SCRIPT = Markup('<script src="{}"></script>\n')
DECK = '<textarea id="source">#</textarea>\n'
"""Where the deck stands among what its settings name."""


def bring_along(written: WrittenDeck, deck: Path, files: DeckFiles, reporter: Reporter) -> WrittenDeck:
    """The deck with the scripts of `beforeInit` and the HTML of `includes`, read as those of a page are.

    `deck` is its absolute path.
    """
    given = {item.key: item for item in written.settings if item.key in BROUGHT}
    if not given:
        return written
    beside = PageFiles(deck, files)
    pieces: list[tuple[str, Span]] = []
    includes = {part.key: part for part in given["includes"].parts} if "includes" in given else {}
    pieces += _html(includes.get("in_header"), beside, reporter)
    if "beforeInit" in given:
        for reference, span in _references(given["beforeInit"]):
            pieces.append((str(SCRIPT.format(reference)), span))
    pieces.append((DECK, next(iter(given.values())).key_span))
    pieces += _html(includes.get("after_body"), beside, reporter)
    at, placed = 0, []
    for text, span in pieces:
        placed.append(Piece(at, span))
        at += len(text)
    text = "".join(piece for piece, _ in pieces)
    around = read_page(Source(written.source.path, text, Patchwork(tuple(placed))), beside, reporter)
    page = replace(around.page, formulas=True) if around.page is not None else None
    settings = [item for item in written.settings if item.key not in BROUGHT]
    keys = {item.key for item in settings}
    return replace(
        written, page=page, settings=(*settings, *(item for item in around.settings if item.key not in keys))
    )


def _html(setting: Setting | None, beside: PageFiles, reporter: Reporter) -> Iterator[tuple[str, Span]]:
    """The files that a key of `includes` names."""
    for reference, span in _references(setting) if setting is not None else ():
        source = beside.script(reference)
        if source is None:
            reporter.report(Code.MISSING_ASSET, f"there is no file {reference}", span)
        else:
            yield source.text, Span(source, 0, len(source.text))


def _references(setting: Setting) -> Iterator[tuple[str, Span]]:
    values = setting.value if isinstance(setting.value, list) else [setting.value]
    for value in values:
        if isinstance(value, str) and value:
            yield value, setting.value_span.find(value)
