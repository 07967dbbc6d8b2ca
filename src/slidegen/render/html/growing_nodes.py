"""The nodes of HTML that changes step by step: what a step begins and ends with like the one before is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.render.html.fragment import Node, OpenElements, read_on, shared_end, shared_length

_WORD = lazy_compile(r"\s*[^<\s]+|\s+")


class Later(Struct, frozen=True):
    """A place after the part of a step that changes."""

    rest: int
    """How many characters follow it: where it is counted from the end, which stays where it is."""
    opens: OpenElements
    """The elements that are open there."""


class _LaterNode(Later, frozen=True):
    """A node that begins at such a place."""

    node: Node
    opens_after: OpenElements


class ChangedNodes(Struct, frozen=True):
    """How the nodes of a step differ from those of the one before."""

    start: int
    """How many nodes both begin with."""
    end: int
    """How many further nodes both end with."""
    between: list[Node] | None
    """The nodes between them; None if tags do not pair up, and then nothing is in common."""


_Place = TypeVar("_Place", bound=Later)


def read_growing(texts: Iterable[str], *, by_word: bool = False) -> Iterator[ChangedNodes]:
    """The nodes of several pieces of HTML, each as it differs from the one before.

    Common beginnings and ends are read only once. With `by_word`, texts are split into words.
    """
    growing = _GrowingNodes(_WORD if by_word else None)
    return map(growing.read, texts)


def read_up_to(
    html: str,
    nodes: list[Node],
    ends: list[int],
    opens: list[OpenElements],
    later: list[_Place],
    text: re.Pattern[str] | None = None,
) -> bool:
    """Read nodes as `read_on` does, up to a place from which the rest is known; returns whether all could be read.

    `later` holds such places, the first one last; those that are not met are removed.
    """
    while later:
        stop = len(html) - later[-1].rest
        if ends[-1] < stop and not read_on(html, nodes, ends, opens, text, stop):
            return False
        if ends[-1] == stop and _are_same(opens[-1], later[-1].opens):
            return True
        later.pop()
    return read_on(html, nodes, ends, opens, text)


def _are_same(one: OpenElements, other: OpenElements) -> bool:
    while one is not other:
        if one is None or other is None or one[0] != other[0]:
            return False
        one, other = one[1], other[1]
    return True


class _GrowingNodes:
    """The nodes of the last step, divided where it was changed."""

    def __init__(self, text: re.Pattern[str] | None) -> None:
        self._text = text
        self._before = ""
        self._nodes, self._ends, self._opens = [Node("")], [0], list[OpenElements]([None])
        """The nodes up to the end of what was read last, after an empty one."""
        self._later: list[_LaterNode] = []
        """The nodes after them, the first one last."""
        self._is_paired = True

    def read(self, html: str) -> ChangedNodes:
        """How the nodes of the next step differ."""
        self._divide(html)
        start = len(self._nodes)
        whole = read_up_to(html, self._nodes, self._ends, self._opens, self._later, self._text)
        if not whole:
            self._later.clear()
        last = self._later[0].opens_after if self._later else self._opens[-1]
        was_paired, self._is_paired = self._is_paired, whole and last is None
        self._before = html
        if not self._is_paired:
            return ChangedNodes(0, 0, None)
        if not was_paired:
            return ChangedNodes(0, 0, [*self._nodes[1:], *(each.node for each in reversed(self._later))])
        return ChangedNodes(start - 1, len(self._later), self._nodes[start:])

    def _divide(self, html: str) -> None:
        """Keep what the next step begins with before the change, and what it ends with after it."""
        before, nodes, ends, opens, later = self._before, self._nodes, self._ends, self._opens, self._later
        same = shared_length(before, html)
        same_end = shared_end(before, html, min(len(before), len(html)) - same)
        # a node that ends where one more character agrees cannot be longer in one of them
        while len(nodes) > 1 and ends[-1] >= same:
            node, _, after = nodes.pop(), ends.pop(), opens.pop()
            later.append(_LaterNode(len(before) - ends[-1], opens[-1], node, after))
        while later and len(before) - later[-1].rest + len(later[-1].node.text) < same:
            known = later.pop()
            nodes.append(known.node)
            ends.append(len(before) - known.rest + len(known.node.text))
            opens.append(known.opens_after)
        while later and later[-1].rest > same_end:
            later.pop()
