"""Folds a slide's steps into one copy that records what each step changes.

remark repeats a slide's whole content for each `--`; the page contains only the last step. Two
neighbouring steps differ in one run of nodes, or in a few if the slide's footer grows as well. In the
later step's HTML, two comments enclose such a run, `<!--step K-->` and `<!--/step K-->` (`step K.1` for
the second run, and so on), and the earlier version is kept beside it. To go back from step K+1 to step K,
the browser replaces what is between the comments with the earlier version. It never touches nodes outside,
so a video in them plays on. Going forward undoes exactly that, in reverse order, so the pairs need not
nest.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from slidegen.render.html.fragment import Node, write_fragment
from slidegen.render.html.growing_nodes import read_growing

MANY = 12
"""The number of steps from which a growing text is stored by words rather than anew for each step."""
APART = 16
"""The number of unchanged nodes between two changes from which they form two runs."""


class StepDiff(Struct, frozen=True):
    """The steps of one slide, folded."""

    html: str
    """The last step, with marks."""
    before: tuple[tuple[str, ...], ...]
    """For each earlier step, the HTML between each pair of its marks while it is shown."""


class _Run(Struct, frozen=True):
    """Adjacent nodes that differ between a step and the one before it; balanced in both."""

    start: int
    end: int
    earlier_start: int
    earlier_end: int


class _Edit(Struct, frozen=True):
    """How the nodes of the step before are made of those of a step."""

    start: int
    end: int
    """Where the nodes end that are replaced."""
    earlier: list[Node]
    """What the step before has instead."""


class _Steps:
    """The nodes of the last step, first an empty one, and the edits that lead back to the step before."""

    def __init__(self, contents: Sequence[str]) -> None:
        self.nodes = [Node("")]
        self._edits: list[_Edit] = []
        for html, read in zip(contents, read_growing(contents, by_word=len(contents) >= MANY), strict=True):
            start = read.start + 1
            # all of it if its tags do not pair up
            between = [Node(html)] if read.between is None else read.between
            self._edits.append(
                _Edit(start, start + len(between), self.nodes[start : len(self.nodes) - read.end])
            )
            self.nodes[start : len(self.nodes) - read.end] = between
        self.length = len(self.nodes)
        """How many nodes the current step has."""

    def back(self) -> _Edit:
        """Go back to the step before."""
        edit = self._edits.pop()
        self.length += len(edit.earlier) - (edit.end - edit.start)
        return edit


class _Step:
    """The nodes of one step, with the text of each of them, listed once: to list those of a long foot takes long."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = list(nodes)
        self.texts = [node.text for node in nodes]

    def go_back(self, edit: _Edit, offset: int = 0) -> None:
        """Go back to the step before in nodes that begin at an offset."""
        place = slice(offset + edit.start, offset + edit.end)
        self.nodes[place] = edit.earlier
        self.texts[place] = [node.text for node in edit.earlier]


def fold_steps(contents: Sequence[str], feet: Sequence[str] = ()) -> StepDiff:
    """Fold the contents of a slide's steps, first step first; linear in what each adds, and in the feet.

    The foot of each step may be given separately, so that the content above it needs to be read only once.
    """
    if len(contents) == 1:
        return StepDiff("".join((*contents, *feet)), ())
    above, foot = _Steps(contents), _Steps(feet if any(feet) else ())
    last = [*above.nodes, *foot.nodes[1:]]
    later, earlier = _Step(last), _Step(last)
    before: list[list[list[Node]]] = []
    for step in range(len(contents) - 2, -1, -1):
        if any(feet):
            earlier.go_back(foot.back(), above.length - 1)
        edit = above.back()
        earlier.go_back(edit)
        runs = _changed(later, earlier, edit.start)
        put = list[list[Node]]()
        for place, run in enumerate(runs):
            # A node that is marked is in no earlier step, so it is marked once.
            mark = f"step {step}.{place}" if place else f"step {step}"
            later.nodes[run.start].mark_before = f"<!--{mark}-->"
            later.nodes[run.end - 1].mark_after = f"<!--/{mark}-->"
            kept = earlier.nodes[run.earlier_start : run.earlier_end]
            put.append([Node(each.text, each.name, each.depth) for each in kept])
        before.append(put)
        for run, own in zip(reversed(runs), reversed(put), strict=True):
            later.go_back(_Edit(run.start, run.end, own))
    return StepDiff(write_fragment(last), tuple(tuple(map(write_fragment, put)) for put in reversed(before)))


def _changed(later: _Step, earlier: _Step, shared: int) -> list[_Run]:
    """The runs in which two steps differ; in order, without overlaps. Both begin with the same `shared` nodes."""
    new, old = later.texts, earlier.texts
    found: list[_Run] = []
    waiting = [_Run(shared, len(new), shared, len(old))]
    while waiting:
        run = _trimmed(new, old, waiting.pop())
        if run.start == run.end and run.earlier_start == run.earlier_end:
            continue
        split = _split(new, old, run)
        if split is None:
            found.append(run)
        else:
            waiting += reversed(split)
    if len(found) > 1:
        runs = [_balanced(later.nodes, earlier.nodes, run) for run in found]
        if _are_apart(runs):
            return [run for run in runs if run is not None]
    if not found:
        return []
    whole = _Run(found[0].start, found[-1].end, found[0].earlier_start, found[-1].earlier_end)
    # If the later step only removes something, there is nothing to put the marks around.
    return [_balanced(later.nodes, earlier.nodes, whole) or _Run(0, len(new), 0, len(old))]


def _trimmed(new: Sequence[str], old: Sequence[str], run: _Run) -> _Run:
    """The run without what is equal at its two ends."""
    start, earlier_start, end, earlier_end = run.start, run.earlier_start, run.end, run.earlier_end
    same = _same_from(new, old, start, earlier_start, min(end - start, earlier_end - earlier_start))
    start, earlier_start = start + same, earlier_start + same
    same = _same_to(new, old, end, earlier_end, min(end - start, earlier_end - earlier_start))
    return _Run(start, end - same, earlier_start, earlier_end - same)


def _split(new: Sequence[str], old: Sequence[str], run: _Run) -> tuple[_Run, _Run] | None:
    """What comes before and after the unchanged part of a run; None if the marks are not worth it."""
    size = run.earlier_end - run.earlier_start
    grown = run.end - run.start - size
    if size < APART:
        return None
    anchor = run.earlier_start + size // 2
    best, place = 0, (0, 0)
    for shift in range(min(0, grown), max(0, grown) + 1):
        at = anchor - run.earlier_start + run.start + shift
        if not run.start <= at < run.end or new[at] != old[anchor]:
            continue
        ahead = _same_from(new, old, at, anchor, min(run.end - at, run.earlier_end - anchor))
        behind = _same_to(new, old, at, anchor, min(at - run.start, anchor - run.earlier_start))
        if ahead + behind > best:
            best, place = ahead + behind, (at - behind, anchor - behind)
            if best > size // 2:
                break
    if best < APART:
        return None
    start, earlier_start = place
    return (
        _Run(run.start, start, run.earlier_start, earlier_start),
        _Run(start + best, run.end, earlier_start + best, run.earlier_end),
    )


def _same_from(new: Sequence[str], old: Sequence[str], at: int, earlier: int, most: int) -> int:
    """How many nodes are equal from two places on, found by comparing ever longer runs at once."""
    low, high = 0, most
    while low < high:
        middle = min((low + high + 1) // 2, 2 * low + 8)
        if new[at + low : at + middle] == old[earlier + low : earlier + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_to(new: Sequence[str], old: Sequence[str], end: int, earlier_end: int, most: int) -> int:
    """How many nodes are equal up to two places."""
    low, high = 0, most
    while low < high:
        middle = min((low + high + 1) // 2, 2 * low + 8)
        if new[end - middle : end - low] == old[earlier_end - middle : earlier_end - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _balanced(later: Sequence[Node], earlier: Sequence[Node], run: _Run) -> _Run | None:
    """The run extended to whole elements; None if none of it is in the later step."""
    earlier_lowest, earlier_depth = _climb(earlier[run.earlier_start : run.earlier_end])
    start, end, earlier_start, earlier_end = run.start, run.end, run.earlier_start, run.earlier_end
    # An addition may begin later if it ends like the text before it, which can make it whole elements.
    while earlier_start == earlier_end and start < end < len(later) and later[start].text == later[end].text:
        start, end, earlier_start, earlier_end = start + 1, end + 1, earlier_start + 1, earlier_end + 1
    lowest, depth = _climb(later[start:end])
    if depth != earlier_depth or start == end:
        return None
    if earlier_start == earlier_end and (moved := _moved(later, start, end, lowest)) is not None:
        back = start - moved
        return _Run(moved, end - back, earlier_start - back, earlier_end - back)
    lowest = min(lowest, earlier_lowest)
    while lowest < 0:  # include the elements that end in the run, from their opening tags
        start, earlier_start = start - 1, earlier_start - 1
        lowest += later[start].depth
        depth += later[start].depth
    while depth > 0:  # and those that start in it, to their closing tags
        depth += later[end].depth
        end, earlier_end = end + 1, earlier_end + 1
    return _Run(start, end, earlier_start, earlier_end)


def _are_apart(runs: Sequence[_Run | None]) -> bool:
    """Whether all runs exist and none overlaps another."""
    end = earlier_end = 0
    for run in runs:
        if run is None or run.start < end or run.earlier_start < earlier_end:
            return False
        end, earlier_end = run.end, run.earlier_end
    return True


def _moved(nodes: Sequence[Node], start: int, end: int, lowest: int) -> int | None:
    """Where the same addition is a balanced run: `<li>b</li>` for `</li><li>b`; None if nowhere."""
    while lowest < 0:
        if start == 0 or nodes[start - 1].text != nodes[end - 1].text:
            return None
        # The node that leaves at the end equals the one that enters at the start.
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
