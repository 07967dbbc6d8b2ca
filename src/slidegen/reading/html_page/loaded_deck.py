"""Finds the file of a deck that a page's script loads itself, to give its text to `remark.create`."""

from __future__ import annotations

from collections.abc import Iterator

from slidegen.patterns import lazy_compile
from slidegen.reading.javascript.static_values import quoted
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind
from slidegen.source import Span

DECK_FILE = lazy_compile(r"(?!\s)[^?#\n]*\.(?i:md|markdown|mdown|mkd|[rq]md)(?:[?#].*)?")
"""What the name of a deck's file looks like: `talk.md`, `decks/talk.md?v=2`."""


def deck_files(code: Expression) -> Iterator[tuple[str, Span]]:
    """The names of decks' files in a statement: texts that say nothing else."""
    for token in code.tokens:
        if token.kind in (ScriptTokenKind.STRING, ScriptTokenKind.TEMPLATE):
            text = token.text[1:-1] if token.kind is ScriptTokenKind.TEMPLATE else quoted(token.text)
            if "${" not in text and DECK_FILE.fullmatch(text):
                yield text, code.script.within(token.start, token.end)
