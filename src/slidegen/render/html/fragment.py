"""A piece of HTML as a sequence of tags and text, for edits that keep the rest as written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from slidegen.html_tags import TOKEN, VOID, tags_named

_WHOLE = frozenset(
    "svg math script style textarea title iframe noscript template select video audio object".split()
)
"""Elements that form one node, since a part of one would not parse, or not run, by itself."""


class Node(Struct, eq=False):
    """A tag, a text, or a whole element, at one place."""

    text: str
    name: str = ""
    """Name of the element it opens or closes, in lower case; otherwise empty."""
    depth: int = 0
    """1 for an opening tag, -1 for a closing one."""
    mark_before: str = ""
    mark_after: str = ""


PIECE = 8192
"""How many characters are compared at once to find where two texts differ."""

OpenElements = tuple[str, "OpenElements"] | None
"""The elements that are open at a place, the innermost first."""


def read_fragment(html: str) -> list[Node] | None:
    """The nodes of HTML, in order; None if its tags do not pair up. Linear in its length."""
    nodes, ends, opens = list[Node](), list[int](), list[OpenElements]()
    whole = read_on(html, nodes, ends, opens)
    return nodes if whole and (not opens or opens[-1] is None) else None


def read_on(
    html: str,
    nodes: list[Node],
    ends: list[int],
    opens: list[OpenElements],
    text: re.Pattern[str] | None = None,
    stop: int | None = None,
) -> bool:
    """Read the nodes after those that are known; returns whether all could be read.

    `ends` holds the end of each node, `opens` the elements that are open there. The last node to read is the one
    that reaches the offset `stop`, or the end.
    """
    at = ends[-1] if ends else 0
    open_: OpenElements = opens[-1] if opens else None
    stop = len(html) if stop is None else stop
    while at < stop:
        match = TOKEN.match(html, at)
        if match is None:
            return False
        end = match.end()
        if text is not None and html[at] != "<" and (part := text.match(html, at)) is not None:
            end = part.end()
        name = (match["name"] or "").lower()
        depth = 0
        if name and match["close"]:
            if open_ is None or open_[0] != name:
                return False
            open_ = open_[1]
            depth = -1
        elif name in _WHOLE:
            end = _element_end(html, name, end)
            if end < 0:
                return False
        elif name and name not in VOID:
            open_ = (name, open_)
            depth = 1
        nodes.append(Node(html[at:end], name if depth else "", depth))
        ends.append(end)
        opens.append(open_)
        at = end
    return True


def shared_length(one: str, other: str) -> int:
    """The length of the common beginning of two texts."""
    if other.startswith(one):  # the usual case, compared without a copy
        return len(one)
    low, high = 0, min(len(one), len(other))
    # By pieces: Python compares characters of different widths one by one, and two short pieces mostly have the same.
    while low < high:
        middle = min(low + PIECE, high)
        if one[low:middle] != other[low:middle]:
            high = middle - 1
            break
        low = middle
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def shared_end(one: Sequence[object], other: Sequence[object], most: int) -> int:
    """The length of the common end of two texts or lists, up to a number of characters or items."""
    low, high = 0, most
    piece = PIECE
    while low < high:
        length = min(piece, high - low)
        start, start_other = len(one) - low - length, len(other) - low - length
        if one[start : start + length] == other[start_other : start_other + length]:
            low += length
        else:
            high, piece = low + length - 1, (length + 1) // 2
    return low


def write_fragment(nodes: Sequence[Node]) -> str:
    """The HTML of nodes, including marks."""
    return "".join(node.mark_before + node.text + node.mark_after for node in nodes)


def _element_end(html: str, name: str, start: int) -> int:
    """Where the element ends whose opening tag ends at `start`; -1 if it does not."""
    depth = 1
    for tag in tags_named(name).finditer(html, start):
        depth += -1 if tag["close"] else 1
        if depth == 0:
            return tag.end()
    return -1
