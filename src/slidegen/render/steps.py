"""One copy of a slide for all of its steps: where each step changes it, and what stood there before.

remark repeats a slide's whole content for each `--`. The page holds the last step only. Between two
neighbouring steps everything stays but one run of nodes, so that run is marked in the later step's
HTML by two comments, `<!--step K-->` and `<!--/step K-->`, and kept as it was before beside it. The
browser goes back from step K+1 to step K by taking out what stands between the marks and putting in
what stood there; nodes outside are never touched, so what plays in them plays on. Going forward undoes
exactly that, in the opposite order, so marks need not nest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slidegen.render.fragment import Node, read_fragments, write_fragment

MANY = 12
"""Steps from which on a text that grows is kept by its words, not anew for each step."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The steps of one slide, folded."""

    html: str
    """The last step, with marks."""
    before: tuple[str, ...]
    """For each earlier step, the HTML that stands between its marks while it is shown."""


def fold_steps(contents: Sequence[str]) -> Fold:
    """Fold the contents of a slide's steps, first step first; linear in their length."""
    if len(contents) == 1:
        return Fold(contents[0], ())
    read = list(map(_nodes, contents, read_fragments(contents, by_word=len(contents) >= MANY)))
    nodes = last = read[-1]
    before: list[list[Node]] = []
    for step in range(len(contents) - 2, -1, -1):
        earlier = read[step]
        start, end, earlier_end = _changed(nodes, earlier)
        if start == end == earlier_end:
            before.append([])
            continue
        if start == end:  # the later step only takes away: nothing stands there to put the marks around
            start, end, earlier_end = 0, len(nodes), len(earlier)
        # A node that is marked stands in no earlier step, so it is marked once.
        nodes[start].mark_before = f"<!--step {step}-->"
        nodes[end - 1].mark_after = f"<!--/step {step}-->"
        own = [Node(node.text, node.name, node.depth) for node in earlier[start:earlier_end]]
        before.append(own)
        nodes = [*nodes[:start], *own, *nodes[end:]]
    return Fold(write_fragment(last), tuple(write_fragment(own) for own in reversed(before)))


def _nodes(html: str, nodes: list[Node] | None) -> list[Node]:
    """The HTML's nodes after an empty one; all of it as one node where its tags do not pair up."""
    return [Node(""), *([Node(html)] if nodes is None else nodes)]


def _changed(later: Sequence[Node], earlier: Sequence[Node]) -> tuple[int, int, int]:
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


def _moved(nodes: Sequence[Node], start: int, end: int, lowest: int) -> int | None:
    """Where the same addition starts as a balanced run: `<li>b</li>` for `</li><li>b`; None if nowhere."""
    while lowest < 0:
        if start == 0 or nodes[start - 1].text != nodes[end - 1].text:
            return None
        # The node that leaves at the end is the one that comes in at the start.
        start, end = start - 1, end - 1
        lowest = min(0, lowest + nodes[start].depth)
    return start


def _climb(nodes: Sequence[Node]) -> tuple[int, int]:
    """How far the run climbs out of the element it starts in (0 or negative), and the depth it ends at."""
    depth = lowest = 0
    for node in nodes:
        depth += node.depth
        lowest = min(lowest, depth)
    return lowest, depth
