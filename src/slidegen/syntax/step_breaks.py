"""Finds which blank lines around a `--` within a content class belong to it."""

from __future__ import annotations

from slidegen.patterns import lazy_compile

ITEM = lazy_compile(r" *+(?:[-*+]|[0-9]+\.) ")
TABLE_LINE = lazy_compile(r"[ |:-]*-[ |:-]*")
"""The delimiter row of a table."""
REACH = 4000
"""How many characters above a break to look at."""


def step_break(text: str, start: int, end: int, first: int) -> tuple[int, int]:
    """Start and end of the break at `text[start:end]`; nothing before `first` belongs to it.

    Blank lines around it belong to it if the text after it continues what comes before: the next item of a
    tight list, the next row of a table, the next line of a quotation.
    """
    before = start
    while before - 2 >= first and text.startswith("\n\n", before - 2):
        before -= 1
    after = end
    while text.startswith("\n", after):
        after += 1
    above = text[max(0, before - REACH) : before]
    if (before, after) == (start, end) or not _goes_on(above, _line(text, after)):
        return start, end
    return before, after


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[at:] if end < 0 else text[at:end]


def _goes_on(before: str, line: str) -> bool:
    """Whether a line continues the block at the end of a text."""
    blocks = before.rstrip("\n").rsplit("\n\n", 1)
    block = blocks[-1].split("\n")
    if ITEM.match(line):
        is_loose = len(blocks) > 1 and ITEM.match(block[0]) and _ends_in_item(blocks[0])
        return not is_loose and any(map(ITEM.match, block))
    if "|" in line:
        return any("|" in each and TABLE_LINE.fullmatch(each) for each in block)
    return line.startswith(">") and block[-1].startswith(">")


def _ends_in_item(text: str) -> bool:
    """Whether the block at the end of a text is a list item."""
    return any(map(ITEM.match, text.rpartition("\n\n")[2].split("\n")))
