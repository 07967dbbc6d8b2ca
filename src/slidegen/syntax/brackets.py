"""Finds which brackets of a text match if every one counts, in linear time."""

from __future__ import annotations

from slidegen.patterns import lazy_compile

BRACKET = lazy_compile(r"[\[\]]")
BRACKET_OR_LINE = lazy_compile(r"\.(?<![\\.]\.)[a-zA-Z_-][a-zA-Z0-9_-]*\[|[\[\]\n]")


def bracket_ends(text: str, start: int, end: int) -> dict[int, int]:
    """For each opening bracket that is closed, its closing one."""
    ends: dict[int, int] = {}
    opening: list[int] = []
    for match in BRACKET.finditer(text, start, end):
        if match[0] == "[":
            opening.append(match.start())
        elif opening:
            ends[opening.pop()] = match.start()
    return ends


def spare_ends(text: str, start: int, end: int) -> list[int]:
    """Brackets that match none on their line, nor a link's. An unclosed one before a content class takes none."""
    spare: list[int] = []
    depth = 0
    within = 0
    """How deep the brackets of the outermost content class are; 0 outside of one."""
    for match in BRACKET_OR_LINE.finditer(text, start, end):
        if match[0] == "\n":
            depth = within = 0
        elif match[0] == "]":
            if not depth and not text.startswith("(", match.end()):
                spare.append(match.start())
            depth = max(depth - 1, 0)
            within = min(within, depth)
        elif match[0] == "[" or within:
            depth += 1
        else:
            depth = within = 1
    return spare
