"""Computes the message that takes a browser from one version of a page to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from slidegen.render.slide_keys import unique_key
from slidegen.serve.page_state import PageState, ShownSlide

Message = Mapping[str, Any]
"""What is sent, as JSON."""


def patch(old: PageState | None, new: PageState) -> Message | None:
    """What makes the page `old` show what `new` does; None if they are the same.

    A page whose state is no longer known, so that `old` is None, is sent everything. `{"reload": true}` means that
    the page has to be loaded again.

    `slides` lists the new page's slides: `[3, 7]` are seven of the old page, starting with the third, `[3, 7, 1]`
    are those that have moved past others, and an object is a changed or new slide, with its `html` and
    the index `was` of the slide that it replaces. `first` is the index of the first changed step.
    """
    message: dict[str, object] = {}
    if old is None:
        message |= {"slides": [{"html": slide.html, "was": None} for slide in new.slides], "whole": True}
        return {"epoch": new.epoch, **message, **_around(None, new)}
    if old.frame != new.frame:
        return {"epoch": new.epoch, "reload": True}
    if old.slides != new.slides:
        message |= _slides(old.slides, new.slides)
    message |= _around(old, new)
    return {"epoch": new.epoch, **message} if message else None


def _around(old: PageState | None, new: PageState) -> dict[str, object]:
    """What has changed besides the slides."""
    message: dict[str, object] = {}
    if old is None or old.title != new.title:
        message["title"] = new.title
    if old is None or old.styles != new.styles:
        message["styles"] = {"own": new.styles.own, "authors": new.styles.authors}
    if (() if old is None else old.plan) != new.plan:
        message["plan"] = list(new.plan)
    if old is None or old.problems != new.problems:
        message["problems"] = [asdict(problem) for problem in new.problems]
    return message


def _slides(old: Sequence[ShownSlide], new: Sequence[ShownSlide]) -> dict[str, object]:
    came_from = _matches(old, new)
    settled = _in_order(came_from)
    replaced = _replaced(came_from, settled, old, new)
    message: dict[str, object] = {}
    operations: list[object] = []
    first: int | None = None
    index = 0
    for place, slide in enumerate(new):
        source = came_from[place]
        if source is None:
            was = replaced.get(place)
            operations.append({"html": slide.html, "was": was})
            if first is None:
                first = index + (_changed_step(old[was], slide) if was is not None else 0)
        else:
            _keep(operations, source, moved=place not in settled)
        index += len(slide.steps)
    if any(kept != [0, len(old)] for kept in operations) or len(old) != len(new):
        message["slides"] = operations
    if first is not None:
        message["first"] = first
    renumbered = [
        [place, slide.attributes, slide.number]
        for place, slide in enumerate(new)
        if (source := came_from[place]) is not None
        and (old[source].attributes, old[source].number) != (slide.attributes, slide.number)
    ]
    if renumbered:
        message["numbers"] = renumbered
    if any(slide.line for slide in new):  # not for the audience
        message["lines"] = [slide.line for slide in new]
    return message


def changed_keys(old: Sequence[ShownSlide], new: Sequence[ShownSlide]) -> dict[str, str]:
    """The new keys, under their old ones, of slides that are known by another key now."""
    before, after = list(_keys(old)), list(_keys(new))
    if before == after:
        return {}
    came_from = _matches(old, new)
    replaced = _replaced(came_from, _in_order(came_from), old, new)
    sources = (replaced.get(place) if source is None else source for place, source in enumerate(came_from))
    pairs = ((before[source], after[place]) for place, source in enumerate(sources) if source is not None)
    return {one: other for one, other in pairs if one != other}


def _keys(slides: Sequence[ShownSlide]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for slide in slides:
        yield unique_key(slide.name, slide.title, seen)


def _keep(operations: list[object], source: int, *, moved: bool) -> None:
    """Add an unchanged slide, extending the previous run if it follows it."""
    last = operations[-1] if operations else None
    if isinstance(last, list) and last[0] + last[1] == source and (len(last) == 3) == moved:
        last[1] += 1
    else:
        operations.append([source, 1, 1] if moved else [source, 1])


def _matches(old: Sequence[ShownSlide], new: Sequence[ShownSlide]) -> list[int | None]:
    """For each new slide, the old one that shows the same; each is used once, and those at either end first."""
    came_from: list[int | None] = [None] * len(new)
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start].key == new[start].key:
        came_from[start] = start
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end].key == new[-1 - end].key:
        came_from[len(new) - 1 - end] = len(old) - 1 - end
        end += 1
    places: dict[str, deque[int]] = defaultdict(deque)
    for place in range(start, len(old) - end):
        places[old[place].key].append(place)
    for place in range(start, len(new) - end):
        if found := places.get(new[place].key):
            came_from[place] = found.popleft()
    return came_from


def _in_order(came_from: Sequence[int | None]) -> set[int]:
    """The indices of a longest sequence of slides that need not move: their old indices ascend."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place, source in enumerate(came_from):
        if source is None:
            continue
        at = bisect_left(tails, source)
        before[place] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(source)
            ends.append(place)
        else:
            tails[at], ends[at] = source, place
    settled: set[int] = set()
    at_end = ends[-1] if ends else None
    while at_end is not None:
        settled.add(at_end)
        at_end = before[at_end]
    return settled


def _replaced(
    came_from: Sequence[int | None], settled: set[int], old: Sequence[ShownSlide], new: Sequence[ShownSlide]
) -> dict[int, int]:
    """For each new slide, the old one that has disappeared from between the same neighbours.

    One with the same title is preferred to the one in the same place.
    """
    kept = {source for source in came_from if source is not None}
    replaced: dict[int, int] = {}
    after = 0
    waiting: list[int] = []

    def pair(until: int) -> None:
        gone = [source for source in range(after, until) if source not in kept]
        titled = {title: source for source in reversed(gone) if (title := old[source].title)}
        same = {place: titled.pop(title) for place in waiting if (title := new[place].title) in titled}
        taken = set(same.values())
        others = zip(
            (place for place in waiting if place not in same),
            (source for source in gone if source not in taken),
            strict=False,
        )
        replaced.update(same)
        replaced.update(others)
        waiting.clear()

    for place, source in enumerate(came_from):
        if source is None:
            waiting.append(place)
        elif place in settled:
            pair(source)
            after = source + 1
    pair(len(old))
    return replaced


def _changed_step(old: ShownSlide, new: ShownSlide) -> int:
    """The first step that shows something else than before."""
    for step, (one, other) in enumerate(zip(old.steps, new.steps, strict=False)):
        if one != other:
            return step
    return min(len(old.steps), len(new.steps) - 1)
