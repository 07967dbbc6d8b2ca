"""Gathers a slide's footers and footnotes at its lower edge, without overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.render.html.fragment import (
    Node,
    OpenElements,
    read_fragment,
    read_on,
    shared_length,
    write_fragment,
)
from slidegen.render.html.last_place import DividedHtml, LastPlace

FOOT = "slidegen-foot"
"""The class of the element at the foot of a slide."""

_CLASS = lazy_compile(r"""\sclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ORDER = {"slidegen-footnotes": 0, "footnote": 1, "footer": 2}
"""What belongs at the foot, by class, from top to bottom."""
FOOTNOTES = '<section class="slidegen-footnotes"'
FOOTNOTES_END = "</section>"
_WORD = lazy_compile(rf"(?<![\w-])(?:{'|'.join((FOOT, *_ORDER))})(?![\w-])")
"""What may be one of these classes."""
_WORD_OR_EMPTY = lazy_compile(rf"{_WORD.pattern}|>\s*</p>")
"""The same, or an empty paragraph."""
_OWN_FOOT = f'<div class="{FOOT}">'
"""Where the foot begins that a slide already has."""


def gather_foot(html: str) -> str:
    """The slide with its footnotes and footers in one element at its end, each kind in the order written.

    The content of an existing foot is included. HTML whose tags do not pair up is returned unchanged.
    """
    return "".join(next(divided([html])))


def divided(steps: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The content above the foot of each step of a slide, and the foot, which may be empty.

    See `gather_foot`. Only what each step adds to the one before it is read.
    """
    growing = _Growing()
    for html in steps:
        yield growing.divide(html)


class _Joint(Struct, frozen=True):
    """A place between two top-level elements, after which the rest can be read by itself."""

    at: int
    above: int
    """The length of the content above the foot up to there."""
    parts: int
    """How many parts of the foot come before it."""


class _Growing:
    """A slide that grows step by step, and its foot."""

    def __init__(self) -> None:
        self._divided, self._own_foot, self._word = (
            DividedHtml(FOOTNOTES),
            LastPlace(_OWN_FOOT),
            LastPlace("foot"),
        )
        self._plain = 0
        """The length of the beginning of the previous step that has no part of the foot in it."""
        self._before = ""
        self._above = ""
        self._parts: list[tuple[int, str]] = []
        self._joints = [_Joint(0, 0, 0)]

    def divide(self, html: str) -> tuple[str, str]:
        content, footnotes = self._divided.divide(html)
        self._plain = min(self._plain, content.same)
        start = len(content.html)
        if footnotes.html:
            end = html.rfind(FOOTNOTES_END, start) + len(FOOTNOTES_END)
        elif self._word.find(html) < 0:
            return html, ""
        elif (start := self._own_foot.find(html)) < 0:
            start = end = len(html)
        else:
            end = start
        if end < start:
            start = end = len(html)
        below = read_fragment(html[end:])
        if below is None:
            return html, ""
        parts, rest = _taken(below)
        if start < end:
            parts.append((_ORDER["slidegen-footnotes"], html[start:end]))
        above = html[:start]
        if self._has_part(above, _WORD if end == len(html) else _WORD_OR_EMPTY):
            if not self._read(above):
                return html, ""
            above, parts = self._above, [*self._parts, *parts]
        if not parts:
            return html, ""
        above += write_fragment(_without_empty_paragraphs(rest))
        return above, f'<div class="{FOOT}">{"".join(part for _, part in sorted(parts, key=_rank))}</div>'

    def _has_part(self, html: str, pattern: re.Pattern[str]) -> bool:
        """Whether the content above the footnotes may contain a part of the foot, or something to remove."""
        if pattern.search(html, max(0, html.rfind("<", 0, self._plain))) is not None:
            return True
        self._plain = len(html)
        return False

    def _read(self, html: str) -> bool:
        """Read what has been added; returns whether its tags pair up."""
        same = shared_length(self._before, html)
        while self._joints[-1].at > same:
            self._joints.pop()
        joint = self._joints[-1]
        nodes, ends, opens = list[Node](), [joint.at], list[OpenElements]([None])
        if not read_on(html, nodes, ends, opens) or opens[-1] is not None:
            return False
        above = [self._above[: joint.above]]
        del self._parts[joint.parts :]
        start, length = 0, joint.above
        for place, (end, open_) in enumerate(zip(ends[1:], opens[1:], strict=True), 1):
            if open_ is None:
                parts, rest = _taken(nodes[start:place])
                self._parts += parts
                above.append(write_fragment(_without_empty_paragraphs(rest)))
                length += len(above[-1])
                if nodes[place - 1].depth < 0:
                    self._joints.append(_Joint(end, length, len(self._parts)))
                start = place
        self._before, self._above = html, "".join(above)
        return True


def _rank(part: tuple[int, str]) -> int:
    return part[0]


def _taken(nodes: list[Node]) -> tuple[list[tuple[int, str]], list[Node]]:
    """The parts of the foot with their ranks, and the remaining nodes."""
    parts: list[tuple[int, str]] = []
    rest: list[Node] = []
    depths = list(accumulate(node.depth for node in nodes))
    ends: dict[int, int] = {}
    """The end of each element, by the index of its opening tag."""
    opened: list[int] = []
    for place, node in enumerate(nodes):
        if node.depth > 0:
            opened.append(place)
        elif node.depth < 0:
            ends[opened.pop()] = place
    wrappers: set[int] = set()
    place = 0
    while place < len(nodes):
        node = nodes[place]
        classes = _classes(node)
        ranks = [_ORDER[name] for name in classes if name in _ORDER]
        if place in wrappers or FOOT in classes:
            wrappers.add(ends.get(place, place))
        elif ranks and depths[place] > 0:
            end = ends[place]
            parts.append((min(ranks), write_fragment(nodes[place : end + 1])))
            place = end
        else:
            rest.append(node)
        place += 1
    return parts, rest


def _classes(node: Node) -> list[str]:
    match = _CLASS.search(node.text) if node.depth > 0 else None
    return (match[1] or match[2] or match[3] or "").split() if match else []


def _without_empty_paragraphs(nodes: list[Node]) -> list[Node]:
    """The nodes without paragraphs that are empty, or have become so."""
    kept: list[Node] = []
    for node in nodes:
        kept.append(node)
        if node.depth < 0 and node.name == "p":
            start = len(kept) - 2
            while start >= 0 and not kept[start].depth and not kept[start].text.strip():
                start -= 1
            if start >= 0 and kept[start].depth > 0 and kept[start].name == "p":
                del kept[start:]
    return kept
