"""Matches brackets."""

from __future__ import annotations

import re
from collections.abc import Callable

from slidegen.patterns import lazy_compile

BRACKET = lazy_compile(r"\\.|`+|[\[\]]", re.DOTALL)


def bracket_pairs(text: str, closing_backticks: Callable[[int, int], int]) -> dict[int, int]:
    """The offset of the closing bracket for each `[`; brackets in code or after a backslash do not count."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    match = BRACKET.search(text)
    while match is not None:
        at = match.end()
        mark = match[0]
        if mark == "[":
            opened.append(match.start())
        elif mark == "]":
            if opened:
                pairs[opened.pop()] = match.start()
        elif mark[0] == "`":
            close = closing_backticks(match.start(), at)
            if close >= 0:
                at += close - match.start()
        match = BRACKET.search(text, at)
    return pairs
