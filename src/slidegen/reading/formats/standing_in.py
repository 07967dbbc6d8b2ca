"""Placeholders for a deck's text while the page around it is rendered."""

from __future__ import annotations

import re

from slidegen.source import Composed, Source

MARK, ESCAPED, AS_JSON = "\uf8f0", "\uf8f1", "\uf8f2"
"""Stand for the deck as it is, with `&lt;` for `<`, and as a JSON string."""


def fill_json(text: Source, content: Source, start: int) -> Source:
    """A text with the content, from `start` on, in place of the mark for the deck as JSON."""
    composed, at = Composed(), 0
    for match in re.finditer(AS_JSON, text.text):
        composed.add_part(text, at, match.start())
        composed.add_part(content, start, len(content.text))
        at = match.end()
    composed.add_part(text, at, len(text.text))
    return composed.of(text.path)
