"""A piece of HTML as a sequence of tags and text, for edits that keep the rest as written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from slidegen.html_tags import TOKEN, VOID, tags_named
from slidegen.patterns import lazy_compile

_WORD = lazy_compile(r"\s*[^<\s]+|\s+")
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
    _, nodes = next(read_growing([html]))
    return nodes


def read_growing(texts: Iterable[str], *, by_word: bool = False) -> Iterator[tuple[int, list[Node] | None]]:
    """For each of several pieces of HTML how many nodes it begins with in common with the one before, and the rest.

    The common beginning is read only once. The rest is None, and nothing is in common, where tags do not pair up;
    with `by_word`, texts are split into words.
    """
    before, nodes, ends, opens, paired = "", list[Node](), list[int](), list[OpenElements](), True
    for html in texts:
        # a node that ends where one more character agrees cannot be longer in one of them
        same = bisect_left(ends, shared_length(before, html))
        del nodes[same:], ends[same:], opens[same:]
        whole = read_on(html, nodes, ends, opens, _WORD if by_word else None)
        before, was_paired = html, paired
        paired = whole and (not opens or opens[-1] is None)
        shared = same if paired and was_paired else 0
        yield shared, nodes[shared:] if paired else None


def read_on(
    html: str,
    nodes: list[Node],
    ends: list[int],
    opens: list[OpenElements],
    text: re.Pattern[str] | None = None,
) -> bool:
    """Read the nodes after those that are known; returns whether all could be read.

    `ends` holds the end of each node, `opens` the elements that are open there.
    """
    at = ends[-1] if ends else 0
    open_: OpenElements = opens[-1] if opens else None
    while at < len(html):
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
