"""Makes a step of each group of lines that a block of code highlights, as in `{1|2-3|all}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from slidegen.syntax.fence_info import STEP_MARK, fences_in, read_fence_info
from slidegen.syntax.nodes import ContentClass, Node, RawSlide, Text

Fence = tuple[int, int]
"""A block of code: the identity of its text, and where its fence ends there."""


def with_code_steps(slides: Sequence[RawSlide], *, whole: bool = False) -> list[RawSlide]:
    """The steps of a slide and those of the code on each, in the order of the text.

    What follows a block is there from the beginning. With `whole`, each block is at its last step.
    """
    steps: list[RawSlide] = []
    states: dict[Fence, int] = {}
    for slide in slides:
        new = {fence: count for fence, count in _stepped(slide.content) if fence not in states}
        states.update(new if whole else dict.fromkeys(new, 1))
        steps.append(_at(slide, states))
        for fence, count in new.items():
            for step in range(states[fence] + 1, count + 1):
                states[fence] = step
                steps.append(_at(slide, states))
    return steps


def _stepped(nodes: Sequence[Node]) -> Iterator[tuple[Fence, int]]:
    """The blocks that have steps, and how many."""
    for node in nodes:
        if isinstance(node, ContentClass):
            yield from _stepped(node.children)
        elif isinstance(node, Text) and "|" in node.value:
            for start, info, _ in fences_in(node.value):
                if "|" in info and (count := len(read_fence_info(info).steps)) > 1:
                    yield (id(node), start + len(info)), count


def _at(slide: RawSlide, states: Mapping[Fence, int]) -> RawSlide:
    """A slide with its code at these steps; at the first, nothing is marked."""
    marks: dict[int, dict[int, int]] = {}
    for (node, place), step in states.items():
        if step > 1:
            marks.setdefault(node, {})[place] = step
    return replace(slide, content=_marked(slide.content, marks)) if marks else slide


def _marked(nodes: tuple[Node, ...], marks: Mapping[int, Mapping[int, int]]) -> tuple[Node, ...]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, ContentClass):
            children = _marked(node.children, marks)
            result.append(node if children is node.children else replace(node, children=children))
        elif isinstance(node, Text) and id(node) in marks:
            result.append(_with_marks(node, marks[id(node)]))
        else:
            result.append(node)
    return tuple(result) if any(one is not other for one, other in zip(result, nodes, strict=True)) else nodes


def _with_marks(node: Text, marks: Mapping[int, int]) -> Text:
    value, code = node.value, node.code
    for place, step in sorted(marks.items(), reverse=True):
        mark = f"{STEP_MARK}{step}"
        value = value[:place] + mark + value[place:]
        code = tuple(
            (start + len(mark) * (start > place), end + len(mark) * (end > place)) for start, end in code
        )
    return replace(node, value=value, code=code)
