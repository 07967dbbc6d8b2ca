"""Removes what a variant leaves out from the nodes of a slide."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.deck.footnotes import Scope
from slidegen.deck.html_marks import Cut, Cutter, EndTags, Open, Tag, apply_cuts, flat
from slidegen.deck.near_marks import NearMarks
from slidegen.deck.node_texts import place_in
from slidegen.deck.removed_places import Gone
from slidegen.deck.tex_comments import without_tex_comments
from slidegen.deck.variables import Expansion
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, Formula, MacroCall, Node


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


class EarlierSteps(Struct):
    """What the steps of a slide hold that have been read, to tell what belongs to something removed from them."""

    text: str = ""
    """Their `flat` text as written."""
    elements: dict[str, list[Cut]] = field(default_factory=dict)
    """The elements removed from it, by the names of their tags."""
    tags: dict[str, EndTags] = field(default_factory=dict)
    """How far their tags have been read, by name."""
    last: Span | None = None
    """The content class or division that was removed last."""
    calls_macros: bool = False
    """Whether macros could have written tags that belong to those in the text."""


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
    steps: EarlierSteps = field(default_factory=EarlierSteps)

    def nodes(self, nodes: tuple[Node, ...], *, top: bool = False) -> tuple[Node, ...]:
        """The remaining nodes; the same object if nothing is removed."""
        kept: list[Node] = []
        lost: list[tuple[int, Span]] = []
        if top and self.steps.last is not None:
            lost.append((-1, self.steps.last))
        for node in nodes:
            if not isinstance(node, ContentClass):
                kept.append(_without_comments(node) if isinstance(node, Formula) else node)
                continue
            before = self.steps.last
            if self.classes.isdisjoint(node.classes):
                children = self.nodes(node.children)
                kept.append(node if children is node.children else replace(node, children=children))
            else:
                self.removed.lose((node,), self.index)
                self.steps.last = node.span
            if self.steps.last is not None and self.steps.last is not before:
                lost.append((len(kept), self.steps.last))
        level = tuple(kept)
        self._look_behind(level, lost)
        text = flat(level)
        if "<" not in text and (self.carried is None or not top):
            if top:
                self.steps.text += text
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
        self._look_for_ends(level, text, cutter.elements, top=top)
        left, gone = apply_cuts(level, cuts)
        for span in gone:
            self.removed.gone.add(span)
        if gone:
            there = {id(node) for node in left}
            cut_out = [node for node in level if isinstance(node, ContentClass) and id(node) not in there]
            written = "\n".join(text[cut.start : cut.end] for cut in cuts)
            self.removed.scope.lose(self.index, cut_out, written)
        return left if len(left) != len(nodes) or any(map(_differ, left, nodes)) else nodes

    def _look_behind(self, level: tuple[Node, ...], lost: list[tuple[int, Span]]) -> None:
        """Report what follows something removed that was closed too early; -1 stands for an earlier step."""
        ends = [*(at for at, _ in lost[1:]), len(level)]
        for (at, span), end in zip(lost, ends, strict=False):
            text = flat(level[max(at, 0) : end])
            self.near.behind(text if at >= 0 else f"\n\n{text}", span)

    def _look_for_ends(
        self, level: tuple[Node, ...], text: str, elements: dict[str, list[Cut]], *, top: bool
    ) -> None:
        """Report end tags that nothing opens after removed elements, in this or an earlier step."""
        steps = self.steps if top else EarlierSteps()
        steps.calls_macros |= any(isinstance(node, MacroCall) for node in level)
        start = len(steps.text)
        steps.text += text
        for name, cuts in elements.items():
            moved = (replace(cut, start=cut.start + start, end=cut.end + start) for cut in cuts)
            steps.elements.setdefault(name, []).extend(moved)
        for name, cuts in steps.elements.items() if not steps.calls_macros else ():
            if f"</{name}" in text.lower():
                tags = steps.tags.setdefault(name, EndTags())
                for at, end in tags.behind(steps.text, name, cuts):
                    if at >= start:
                        self.near.end_behind(place_in(level, at - start, end - start), name)

    def _is_marked(self, tag: Tag) -> bool:
        for name, value in tag.attributes:
            if name == "class" and not self.classes.isdisjoint(self.expansion.text(value).split()):
                return True
        return False


def _without_comments(node: Formula) -> Formula:
    tex = without_tex_comments(node.tex)
    return node if tex == node.tex else replace(node, tex=tex)


def _differ(one: Node, other: Node) -> bool:
    return one is not other
