"""One copy of a slide for all of its steps: where each step changes it, and what stood there before.

remark repeats a slide's whole content for each `--`. The page holds the last step only. Between two
neighbouring steps everything stays but one run of nodes, so that run is marked in the later step's
HTML by two comments, `<!--step K-->` and `<!--/step K-->`, and kept as it was before beside it. The
browser goes back from step K+1 to step K by taking out what stands between the marks and putting in
what stood there; nodes outside are never touched, so what plays in them plays on. Going forward undoes
exactly that, in the opposite order, so marks need not nest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*+>|[^<]+", re.DOTALL
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_WHOLE = frozenset(
    "svg math script style textarea title iframe noscript template select video audio object".split()
)
"""Elements that are never changed inside: a part of one would not parse, or not run, by itself."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The steps of one slide, folded."""

    html: str
    """The last step, with marks."""
    before: tuple[str, ...]
    """For each earlier step, the HTML that stands between its marks while it is shown."""


@dataclass(slots=True, eq=False)
class _Node:
    """A tag, a text, or a whole element, in one place of the page; the steps that have it share it."""

    text: str
    depth: int
    """1 for an opening tag, -1 for a closing one."""
    mark_before: str = ""
    mark_after: str = ""


def fold_steps(contents: Sequence[str]) -> Fold:
    """Fold the contents of a slide's steps, first step first; linear in their length."""
    nodes = last = _nodes(contents[-1])
    before = []
    for step in range(len(contents) - 2, -1, -1):
        earlier = _nodes(contents[step])
        start, end, earlier_end = _changed(nodes, earlier)
        if start == end:  # the later step only takes away: nothing stands there to put the marks around
            start, end, earlier_end = 0, len(nodes), len(earlier)
        # A node that is marked stands in no earlier step, so it is marked once.
        nodes[start].mark_before = f"<!--step {step}-->"
        nodes[end - 1].mark_after = f"<!--/step {step}-->"
        own = earlier[start:earlier_end]
        before.append(own)
        nodes = [*nodes[:start], *own, *nodes[end:]]
    return Fold(_text(last), tuple(_text(own) for own in reversed(before)))


def _text(nodes: Sequence[_Node]) -> str:
    return "".join(node.mark_before + node.text + node.mark_after for node in nodes)


def _nodes(html: str) -> list[_Node]:
    """The HTML's tags and texts after an empty one; all of it as one text where its tags do not pair up."""
    start = _Node("", 0)
    nodes = [start]
    names: list[str] = []
    at = 0
    while at < len(html):
        match = _TOKEN.match(html, at)
        if match is None:
            return [start, _Node(html, 0)]
        end = match.end()
        name = (match["name"] or "").lower()
        depth = 0
        if name and match["close"]:
            if not names or names.pop() != name:
                return [start, _Node(html, 0)]
            depth = -1
        elif name in _WHOLE:
            end = _element_end(html, name, end)
            if end < 0:
                return [start, _Node(html, 0)]
        elif name and name not in _VOID:
            names.append(name)
            depth = 1
        nodes.append(_Node(html[at:end], depth))
        at = end
    return [start, _Node(html, 0)] if names else nodes


def _element_end(html: str, name: str, start: int) -> int:
    """Where the element ends whose opening tag ends at `start`; -1 if it does not."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b", re.IGNORECASE).finditer(html, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html.find(">", tag.end()) + 1 or -1
    return -1


def _changed(later: Sequence[_Node], earlier: Sequence[_Node]) -> tuple[int, int, int]:
    """Where the one run that differs starts, and where it ends in either; the runs are balanced."""
    shorter = min(len(later), len(earlier))
    start = 0
    while start < shorter and later[start].text == earlier[start].text:
        start += 1
    kept = 0
    while kept < shorter - start and later[-1 - kept].text == earlier[-1 - kept].text:
        kept += 1
    end, earlier_end = len(later) - kept, len(earlier) - kept
    lowest, depth = _climb(later[start:end])
    if start == earlier_end and (moved := _moved(later, start, end, lowest)) is not None:
        return moved, moved + end - start, moved
    lowest = min(lowest, _climb(earlier[start:earlier_end])[0])
    while lowest < 0:  # take in the elements that end in the run, from their opening tags
        start -= 1
        lowest += later[start].depth
        depth += later[start].depth
    while depth > 0:  # and those that start in it, to their closing tags
        depth += later[end].depth
        end += 1
        earlier_end += 1
    return start, end, earlier_end


def _moved(nodes: Sequence[_Node], start: int, end: int, lowest: int) -> int | None:
    """Where the same addition starts as a balanced run: `<li>b</li>` for `</li><li>b`; None if nowhere."""
    while lowest < 0:
        if start == 0 or nodes[start - 1].text != nodes[end - 1].text:
            return None
        # The node that leaves at the end is the one that comes in at the start.
        start, end = start - 1, end - 1
        lowest = min(0, lowest + nodes[start].depth)
    return start


def _climb(nodes: Sequence[_Node]) -> tuple[int, int]:
    """How far the run climbs out of the element it starts in (0 or negative), and the depth it ends at."""
    depth = lowest = 0
    for node in nodes:
        depth += node.depth
        lowest = min(lowest, depth)
    return lowest, depth
