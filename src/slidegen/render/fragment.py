"""A piece of HTML as the run of its tags and texts, for changes that leave the rest as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)(?>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>|[^<]+",
    re.DOTALL,
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_WHOLE = frozenset(
    "svg math script style textarea title iframe noscript template select video audio object".split()
)
"""Elements that are one node: a part of one would not parse, or not run, by itself."""


@dataclass(slots=True, eq=False)
class Node:
    """A tag, a text, or a whole element, in one place."""

    text: str
    name: str = ""
    """Name of the element it opens or closes, in lower case; empty for all else."""
    depth: int = 0
    """1 for an opening tag, -1 for a closing one."""
    mark_before: str = ""
    mark_after: str = ""


def read_fragment(html: str) -> list[Node] | None:
    """The nodes of HTML, in order; None where its tags do not pair up. Linear in its length."""
    nodes: list[Node] = []
    names: list[str] = []
    at = 0
    while at < len(html):
        match = _TOKEN.match(html, at)
        if match is None:
            return None
        end = match.end()
        name = (match["name"] or "").lower()
        depth = 0
        if name and match["close"]:
            if not names or names.pop() != name:
                return None
            depth = -1
        elif name in _WHOLE:
            end = _element_end(html, name, end)
            if end < 0:
                return None
        elif name and name not in _VOID:
            names.append(name)
            depth = 1
        nodes.append(Node(html[at:end], name if depth else "", depth))
        at = end
    return None if names else nodes


def write_fragment(nodes: Sequence[Node]) -> str:
    """The HTML of nodes, marks included."""
    return "".join(node.mark_before + node.text + node.mark_after for node in nodes)


def _element_end(html: str, name: str, start: int) -> int:
    """Where the element ends whose opening tag ends at `start`; -1 if it does not."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b", re.IGNORECASE).finditer(html, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html.find(">", tag.end()) + 1 or -1
    return -1
