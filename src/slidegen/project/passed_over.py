"""Recognises R Markdown files in a folder that are not decks."""

from __future__ import annotations

import re
from pathlib import Path

from slidegen.diagnostics import DeckError
from slidegen.files.regular import read_regular
from slidegen.patterns import lazy_compile
from slidegen.reading.formats.xaringan import other_format
from slidegen.reading.markdown import decode, read_markdown

KNITTED = lazy_compile(rb"<textarea\b[^>]{0,200}\bid\s*=\s*[\"']?source\b", re.IGNORECASE)
"""What pages knitted by xaringan contain."""


def is_not_a_deck(path: Path) -> bool:
    """Whether an R Markdown file in a folder is not a deck.

    It is not if it becomes another kind of document, or if its knitted page is beside it, which is
    the deck then.
    """
    if _is_knitted(path.with_suffix(".html")):
        return True
    try:
        return other_format(read_markdown(decode(str(path), read_regular(path))).settings) is not None
    except (OSError, DeckError):
        return False  # building it reports what is wrong


def _is_knitted(page: Path) -> bool:
    """Whether a file is a page knitted by xaringan, which shows at its beginning."""
    try:
        return KNITTED.search(read_regular(page)) is not None
    except OSError:  # there is none, or it is skipped
        return False
