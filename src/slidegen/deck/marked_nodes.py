"""Removes what a variant leaves out from the nodes of a slide."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.deck.footnotes import Scope
from slidegen.deck.html_marks import Cutter, Open, Tag, apply_cuts, flat, without_code
from slidegen.deck.near_marks import NearMarks
from slidegen.deck.node_texts import place_in
from slidegen.deck.removed_places import Gone
from slidegen.deck.variables import Expansion
from slidegen.syntax.nodes import ContentClass, Node, Text


class Removed(Struct, frozen=True):
    """What has been removed so far."""

    gone: Gone = field(default_factory=Gone)
    scope: Scope = field(default_factory=Scope)

    def lose(self, nodes: Iterable[Node], index: int) -> None:
        """Record that nodes of a slide are removed."""
        nodes = tuple(nodes)
        for node in nodes:
            self.gone.add(node.span)
        self.scope.lose(index, nodes)


class NodeFilter(Struct):
    """Removes what is marked from nodes, level by level of content classes."""

    classes: frozenset[str]
    """The classes of what is removed."""
    near: NearMarks
    removed: Removed
    expansion: Expansion
    """The variables in attributes."""
    index: int
    """The index of the slide; negative in values and the output of macros."""
    carried: Open | None = None
    """An element that has begun on the slide before, and still does not end on this one."""

    def nodes(self, nodes: tuple[Node, ...], *, top: bool = False) -> tuple[Node, ...]:
        """The remaining nodes; the same object if nothing is removed."""
        kept: list[Node] = []
        lost: list[tuple[int, ContentClass]] = []
        for node in nodes:
            if not isinstance(node, ContentClass):
                kept.append(node)
            elif self.classes.isdisjoint(node.classes):
                children = self.nodes(node.children)
                kept.append(node if children is node.children else replace(node, children=children))
            else:
                self.removed.lose((node,), self.index)
                lost.append((len(kept), node))
        level = tuple(kept)
        for at, node in lost:
            following = level[at] if at < len(level) else None
            if isinstance(following, Text):
                self.near.behind(without_code(following), node.span)
        text = flat(level)
        if "<" not in text and (self.carried is None or not top):
            return level if len(level) != len(nodes) or any(map(_differ, level, nodes)) else nodes
        cutter = Cutter(
            self._is_marked,
            lambda inside, at: self.near.comment(inside, place_in(level, at)),
            lambda start, end, name: self.near.open_element(place_in(level, start, end), name),
            self.carried if top else None,
        )
        places = (lambda start, end: place_in(level, start, end)) if top and self.index >= 0 else None
        cuts = cutter.cuts(text, continues=places)
        if top:
            self.carried = cutter.carried
        left, gone = apply_cuts(level, cuts)
        for span in gone:
            self.removed.gone.add(span)
        if gone:
            there = {id(node) for node in left}
            cut_out = [node for node in level if isinstance(node, ContentClass) and id(node) not in there]
            written = "\n".join(text[cut.start : cut.end] for cut in cuts)
            self.removed.scope.lose(self.index, cut_out, written)
        return left if len(left) != len(nodes) or any(map(_differ, left, nodes)) else nodes

    def _is_marked(self, tag: Tag) -> bool:
        for name, value in tag.attributes:
            if name == "class" and not self.classes.isdisjoint(self.expansion.text(value).split()):
                return True
        return False


def _differ(one: Node, other: Node) -> bool:
    return one is not other
