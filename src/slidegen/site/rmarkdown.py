"""R Markdown files in folders of decks: which of them are decks."""

from __future__ import annotations

import re
from pathlib import Path

from slidegen.diagnostics import DeckError
from slidegen.reading.markdown import decode, read_markdown
from slidegen.reading.xaringan import other_format

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
