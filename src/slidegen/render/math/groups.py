"""Finds the ends of LaTeX groups that are read as text."""

from __future__ import annotations

from slidegen.patterns import lazy_compile

_MARK = lazy_compile(r"\\[\s\S]|[{}\[\]]")


def group_end(text: str, start: int) -> int:
    """The offset after the brace or bracket that closes the one at `start`; the text's end if none does."""
    opening = text[start]
    closing = {"{": "}", "[": "]"}[opening]
    depth = 0
    for mark in _MARK.finditer(text, start):
        depth += (mark[0] == opening) - (mark[0] == closing)
        if depth == 0:
            return mark.end()
    return len(text)
