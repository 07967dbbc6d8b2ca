"""Makes each list item, paragraph, table row and picture of incremental slides and boxes a step of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from slidegen.deck.block_starts import BOX, BREAK, CODE, HIDDEN, INLINE, MACRO, BlockStarts
from slidegen.syntax.nodes import ContentClass, MacroCall, Node, StepBreak, Text

INCREMENTAL, NOT, DEEP = "incremental", "nonincremental", "deep"
ALL, NONE = "true", "false"


def with_breaks(nodes: tuple[Node, ...], classes: Sequence[str], of_deck: str) -> tuple[Node, ...]:
    """A slide's content with breaks where its classes, its boxes or the deck's option ask for them.

    It is the same object if nothing asks for breaks.
    """
    mode = _mode(classes, of_deck)
    starts = BlockStarts(deep=mode == DEEP)
    walk = _Walk(starts)
    return walk.blocks(nodes) if mode != NONE else walk.boxes(nodes)


def _mode(classes: Sequence[str], otherwise: str) -> str:
    if NOT in classes:
        return NONE
    if INCREMENTAL in classes:
        return DEEP if DEEP in classes else ALL
    return otherwise


class _Walk(Struct):
    starts: BlockStarts

    def boxes(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """The nodes of a slide that is not incremental, with breaks in its incremental boxes."""
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, ContentClass):
                if _mode(node.classes, NONE) != NONE:
                    result += self._incremental_box(node)
                    continue
                children = self.boxes(node.children)
                if children is not node.children:
                    node = replace(node, children=children, breaks=True)
            elif isinstance(node, StepBreak):
                self.starts.joined = True
            elif not isinstance(node, Text) or (node.value.strip() and not node.raw):
                self.starts.shown, self.starts.joined = True, False
            result.append(node)
        return tuple(result) if any(map(_differ, result, nodes)) or len(result) != len(nodes) else nodes

    def _incremental_box(self, node: ContentClass) -> tuple[Node, ...]:
        before = self.starts.shown and not self.starts.joined
        place = StepBreak(node.span.within(0, 0))
        outer, self.starts = self.starts, BlockStarts(deep=DEEP in node.classes)
        children = self.blocks(node.children) if node.block else node.children
        outer.shown, outer.joined = True, False
        self.starts = outer
        if children is not node.children:
            node = replace(node, children=children, breaks=True)
        return (place, node) if before else (node,)

    def blocks(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Nodes with a break before each block, and within content classes that hold several."""
        inner = [self._box(node) if isinstance(node, ContentClass) and node.block else node for node in nodes]
        texts = list(map(_flat, nodes))
        cuts = deque(self.starts.find("".join(texts)))
        result: list[Node] = []
        start = 0
        for node, text in zip(inner, texts, strict=True):
            places: list[int] = []
            while cuts and cuts[0] < start + len(text):
                places.append(cuts.popleft() - start)
            result += _cut(node, places)
            start += len(text)
        return tuple(result) if any(map(_differ, result, nodes)) or len(result) != len(nodes) else nodes

    def _box(self, node: ContentClass) -> ContentClass:
        """A content class in incremental content: it appears with its first block."""
        if NOT in node.classes:
            return node
        outer, self.starts = self.starts, BlockStarts(deep=self.starts.deep or DEEP in node.classes)
        children = self.blocks(node.children)
        self.starts = outer
        return node if children is node.children else replace(node, children=children, breaks=True)


def _flat(node: Node) -> str:
    """The text of a node, without anything that is not Markdown."""
    if isinstance(node, Text):
        if node.raw:
            return HIDDEN * len(node.value)
        return _without_fences(node)
    if isinstance(node, ContentClass):
        return BOX if node.block else INLINE
    if isinstance(node, StepBreak):
        return BREAK + "\n"
    return MACRO if isinstance(node, MacroCall) else INLINE


def _without_fences(node: Text) -> str:
    """A text in which code between fences is one long line."""
    if not node.code:
        return node.value
    pieces, at = [], 0
    for start, end in node.code:
        code = node.value[start:end]
        if code.lstrip(" ").startswith(("```", "~~~")) and "\n" in code:
            indent = len(code) - len(code.lstrip(" "))
            size = len(code.rstrip("\n"))
            pieces += [node.value[at:start], " " * indent, CODE * (size - indent), code[size:]]
            at = end
    return "".join((*pieces, node.value[at:]))


def _cut(node: Node, places: Sequence[int]) -> list[Node]:
    """A node with breaks before it or, if it is text, within it."""
    if not places:
        return [node]
    if not isinstance(node, Text):
        return [StepBreak(node.span.within(0, 0)), node]
    result: list[Node] = []
    at = 0
    for place in (*places, len(node.value)):
        if place > at:
            result.append(_part(node, at, place))
        if place < len(node.value):
            result.append(StepBreak(node.place(place, place)))
        at = place
    return result


def _part(node: Text, start: int, end: int) -> Text:
    code = tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in node.code
        if first < end and last > start
    )
    return Text(node.value[start:end], node.place(start, end), code)


def _differ(one: Node, other: Node) -> bool:
    return one is not other
