"""Removes footnotes that only left-out content refers to.

Names are compared without regard to case, so that a stray capital in a solution does not keep its footnote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.deck.html_marks import Cut, apply_cuts, flat
from slidegen.patterns import lazy_compile
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, Node, RawSlide, Text

NAME = r"[^\]\s^\x01]+"
REFERENCE = lazy_compile(rf"\[\^({NAME})\]")
START = lazy_compile(rf"^[ \t>*+-]{{0,12}}\[\^({NAME})\]:(?=[ \n]|\Z)", re.MULTILINE)
LINE = lazy_compile(r"[^\n]*\n?")
INDENTED = lazy_compile(r"  | ?\t")


class Scope(Struct):
    """Which slides share footnotes: the steps of one, and the slides they inherit from. Slides are given by index."""

    groups: dict[int, int] = field(default_factory=dict)
    """The first step of each slide."""
    members: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """For each of these, the slides whose content is on it."""
    lost: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The footnotes that left-out parts of a slide refer to."""

    def lose(self, index: int, nodes: Iterable[Node], text: str = "") -> None:
        """Record nodes or text as left out of a slide."""
        self.lost[index].update(_references(nodes), _names(text))


class _Found(Struct):
    """The footnotes in some content."""

    outside: set[str] = field(default_factory=set)
    """Those referred to from outside footnotes."""
    defined: dict[str, set[str]] = field(default_factory=dict)
    """Those defined here, and the footnotes they refer to themselves."""


def without_needless(
    slides: Mapping[int, RawSlide], scope: Scope, gone: Callable[[Span], None]
) -> dict[int, RawSlide]:
    """The slides without the footnotes that only left-out parts refer to; `gone` receives their places."""
    if not any(scope.lost.values()):
        return dict(slides)
    content = _needless({index: _find(slide.content) for index, slide in slides.items()}, scope)
    notes = _needless({index: _find(slide.notes or ()) for index, slide in slides.items()}, scope)
    kept = {}
    for index, slide in slides.items():
        changed = slide
        if content[index]:
            changed = replace(changed, content=_without(changed.content, content[index], gone))
        if notes[index] and changed.notes is not None:
            changed = replace(changed, notes=_without(changed.notes, notes[index], gone))
        kept[index] = changed
    return kept


def _needless(found: Mapping[int, _Found], scope: Scope) -> dict[int, set[str]]:
    """The footnotes to remove from each slide."""
    used: dict[int, set[str]] = defaultdict(set)
    lost: dict[int, set[str]] = defaultdict(set)
    elsewhere = _lost_elsewhere(found, scope)
    for group, members in scope.members.items():
        here = [found[index] for index in members if index in found]
        defined = {name: names for each in here for name, names in each.defined.items()}
        if not defined:
            continue
        seen = _reached(set().union(*(each.outside for each in here)), defined)
        gone = _reached(elsewhere.union(*(scope.lost[index] for index in {*members, group})), defined)
        for index in members:
            if index in found:
                used[index] |= seen
                lost[index] |= gone
    return {index: (each.defined.keys() & lost[index]) - used[index] for index, each in found.items()}


def _lost_elsewhere(found: Mapping[int, _Found], scope: Scope) -> set[str]:
    """The footnotes referred to by what was left out of slides that do not define them."""
    names: set[str] = set()
    for group, members in scope.members.items():
        here = {*members, group}
        lost = set().union(*(scope.lost[index] for index in here if index in scope.lost))
        if lost:
            names |= lost.difference(*(found[index].defined for index in here if index in found))
    return names


def _reached(names: set[str], defined: Mapping[str, set[str]]) -> set[str]:
    """The footnotes reachable from some, through the references within footnotes."""
    reached, waiting = set(names), list(names)
    while waiting:
        for name in defined.get(waiting.pop(), ()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def _references(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ContentClass):
            yield from _references(node.children)
        elif isinstance(node, Text) and "[^" in node.value:
            yield from _names(node.value)


def _names(text: str) -> list[str]:
    return [name.casefold() for name in REFERENCE.findall(text)]


def _find(nodes: Sequence[Node]) -> _Found:
    found = _Found()
    _note(nodes, found)
    return found


def _note(nodes: Sequence[Node], found: _Found) -> None:
    if not any(isinstance(node, ContentClass) or "[^" in _value(node) for node in nodes):
        return
    text = flat(nodes)
    places = list(_definitions(text))
    at, index = 0, 0
    for start, end, name in places:
        names = found.defined.setdefault(name, set())
        names.update(_names(text[text.index("]:", start) : end]))
        found.outside.update(_names(text[at:start]))
        at = end
    found.outside.update(_names(text[at:]))
    at = 0
    for node in nodes:
        if isinstance(node, ContentClass):
            while index < len(places) and places[index][1] <= at:
                index += 1
            if index < len(places) and places[index][0] <= at:
                found.defined[places[index][2]].update(_references(node.children))
            else:
                _note(node.children, found)
        at += len(_value(node)) if isinstance(node, Text) else 1


def _value(node: Node) -> str:
    return node.value if isinstance(node, Text) else ""


def _definitions(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each footnote is defined: its lines, and indented lines after a blank one."""
    at = 0
    while match := START.search(text, at):
        at = _line_end(text, match.end())
        while at < len(text) and not START.match(text, at):
            line = LINE.match(text, at)
            if line is None or not line[0].strip():
                later = at
                while later < len(text) and not text[later : _line_end(text, later)].strip():
                    later = _line_end(text, later)
                if not INDENTED.match(text, later):
                    break
                at = later
            at = _line_end(text, at)
        yield match.start(), at, match[1].casefold()


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _without(
    nodes: tuple[Node, ...], names: Collection[str], gone: Callable[[Span], None]
) -> tuple[Node, ...]:
    kept = tuple(
        replace(node, children=_without(node.children, names, gone))
        if isinstance(node, ContentClass) and any(name in names for name in _references(node.children))
        else node
        for node in nodes
    )
    cuts = [Cut(start, end) for start, end, name in _definitions(flat(kept)) if name in names]
    left, places = apply_cuts(kept, cuts)
    for place in places:
        gone(place)
    return left
