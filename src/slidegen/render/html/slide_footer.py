"""Gathers a slide's footers and footnotes at its lower edge, without overlap."""

from __future__ import annotations

import re
from itertools import accumulate

from slidegen.render.html.fragment import Node, read_fragment, write_fragment

FOOT = "slidegen-foot"
"""Class of the element that holds what stands at the foot of a slide."""

_CLASS = re.compile(r"""\sclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ORDER = {"slidegen-footnotes": 0, "footnote": 1, "footer": 2}
"""What belongs to the foot, by class, from above."""
FOOTNOTES = '<section class="slidegen-footnotes"'
_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join((FOOT, *_ORDER))})(?![\w-])")
"""What may be one of these classes."""


def gather_foot(html: str) -> str:
    """The slide with its footnotes and footers in one element at its end, each kind in the order written.

    What stands in such an element already is taken along. HTML whose tags do not pair up stays as it is.
    """
    return "".join(divided(html))


def divided(html: str) -> tuple[str, str]:
    """What stands above a slide's foot, and the foot, empty where there is none; see `gather_foot`."""
    if "foot" not in html:
        return html, ""
    if html.endswith("</section>"):
        start = html.rfind(FOOTNOTES)
        if start >= 0 and _WORD.search(html, 0, start) is None:  # nothing of it has to be read
            return html[:start], f'<div class="{FOOT}">{html[start:]}</div>'
    nodes = read_fragment(html)
    if nodes is None:
        return html, ""
    parts, rest = _taken(nodes)
    if not parts:
        return html, ""
    parts.sort(key=lambda part: part[0])
    above = write_fragment(_without_empty_paragraphs(rest))
    return above, f'<div class="{FOOT}">{"".join(part for _, part in parts)}</div>'


def _taken(nodes: list[Node]) -> tuple[list[tuple[int, str]], list[Node]]:
    """The parts of the foot with their ranks, and the nodes that are left."""
    parts: list[tuple[int, str]] = []
    rest: list[Node] = []
    depths = list(accumulate(node.depth for node in nodes))
    ends: dict[int, int] = {}
    """Where an element ends, by the place of its opening tag."""
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
    """The nodes without paragraphs that hold nothing, or nothing any more."""
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
