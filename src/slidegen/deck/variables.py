"""Replaces `{{name}}` with the value of a variable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import is_

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.patterns import lazy_compile
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, Formula, MacroCall, Node, Property, Text

VARIABLE = lazy_compile(r"(\\)?\{\{([^{}\n]++)\}\}")
"""remark's expression, but without braces inside, so that it is linear; a backslash keeps the braces."""
CONTENT = "content"

Parse = Callable[[Property], tuple[Node, ...]]
"""Parses a property's value into nodes."""


class Allowance(Struct):
    """How much of a deck's text may occur more often than it is written.

    A template with two places for content doubles with every template made from it; a hundred lines could
    become more text than fits in memory.
    """

    left: int
    """In characters."""

    def take(self, size: int, place: Span) -> None:
        """Count repeated characters for what is written at a place; raises DeckError if there are too many."""
        self.left -= size
        if self.left < 0:
            message = "templates and variables repeat too much text on the slides up to this one"
            hint = "place {{content}} once in a template, and long values once on a slide"
            raise DeckError(Diagnostic(Code.TOO_MUCH_TEXT, message, place.written, hint))


def place_content(
    template: tuple[Node, ...], content: tuple[Node, ...], repeat: Callable[[int], None]
) -> tuple[tuple[Node, ...], bool]:
    """The template's nodes with `{{content}}` replaced by the content, and whether it occurs at all.

    `repeat` is called with the content's size whenever it is placed once more.
    """
    placed = False
    size = size_of(content)

    def place(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        nonlocal placed
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, ContentClass):
                children = place(node.children)
                result.append(node if children is node.children else replace(node, children=children))
            elif isinstance(node, Text) and "{{" in node.value and CONTENT in node.value:
                for piece in _cut(node):
                    if isinstance(piece, Text):
                        result.append(piece)
                    elif piece.name == CONTENT and not piece.escaped:
                        if placed:
                            repeat(size)
                        placed = True
                        result.extend(content)
                    else:
                        result.append(piece.text)
            else:
                result.append(node)
        return tuple(result) if len(result) != len(nodes) or any(map(_differ, result, nodes)) else nodes

    nodes = place(template)
    return nodes, placed


def awaits_content(nodes: tuple[Node, ...]) -> bool:
    """Whether nodes may have a place for content."""
    return any(
        awaits_content(node.children)
        if isinstance(node, ContentClass)
        else isinstance(node, Text) and "{{" in node.value and CONTENT in node.value
        for node in nodes
    )


def has_names(nodes: tuple[Node, ...]) -> bool:
    """Whether nodes contain names in braces, that is, at least two braces."""
    return any(
        has_names(node.children) if isinstance(node, ContentClass) else "{{" in _written(node)
        for node in nodes
    )


def _written(node: Node) -> str:
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Formula):
        return node.tex
    return "\n".join((node.target, *node.args)) if isinstance(node, MacroCall) else ""


def size_of(nodes: tuple[Node, ...]) -> int:
    """Roughly how many characters nodes have; each counts for at least one."""
    return sum(
        1 + (size_of(node.children) if isinstance(node, ContentClass) else _length(node)) for node in nodes
    )


def _length(node: Node) -> int:
    return len(node.value) if isinstance(node, Text) else node.span.end - node.span.start


class Expansion(Struct, frozen=True):
    """Replaces the names of a slide's properties and of the deck's variables with their values."""

    properties: Mapping[str, Property]
    variables: Mapping[str, Property]
    parse: Parse
    allowance: Allowance | None = None
    """None if only a few words are of interest."""
    place: Span | None = None
    """Of the slide."""
    used: set[str] = field(default_factory=set)
    """The names that were replaced."""
    expanded: dict[int, Expanded] = field(default_factory=dict)
    """Expanded texts by their identity, since the steps of a slide share them."""
    values: object = field(default_factory=object)
    """Equal for steps of a slide with the same properties."""

    def nodes(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """The nodes with all variables replaced; the same object if there are none."""
        result: list[Node] = []
        for node in nodes:
            result.extend(self._node(node))
        return tuple(result) if len(result) != len(nodes) or any(map(_differ, result, nodes)) else nodes

    def nodes_after(
        self, nodes: tuple[Node, ...], before: tuple[Node, ...], expanded: tuple[Node, ...]
    ) -> tuple[Node, ...]:
        """The same, if `before` became `expanded` in the previous step: only what follows it is expanded."""
        size = len(before)
        if not size or len(nodes) < size or not all(map(is_, nodes, before)):
            return self.nodes(nodes)
        return expanded + self.nodes(nodes[size:])

    def text(self, text: str) -> str:
        """A text with all variables replaced, as text."""
        if "{{" not in text:
            return text

        def value(match: re.Match[str]) -> str:
            if match[1]:
                return match[0][1:]
            found = self._value(match[2].strip())
            return match[0] if found is None else found.value

        return VARIABLE.sub(value, text)

    def _value(self, name: str) -> Property | None:
        found = self.properties.get(name) or self.variables.get(name)
        if found is not None:
            if name in self.used and self.allowance is not None and self.place is not None:
                self.allowance.take(1 + len(found.value), self.place)
            self.used.add(name)
        return found

    def _node(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, ContentClass):
            children = self.nodes(node.children)
            return (node if children is node.children else replace(node, children=children),)
        if isinstance(node, Text):
            if "{{" not in node.value:
                return (node,)
            return (replace(node, value=self.text(node.value)),) if node.raw else self._text(node)
        if isinstance(node, Formula):
            tex = self.text(node.tex)
            return (node if tex == node.tex else replace(node, tex=tex, written=self.text(node.written)),)
        return (self._call(node),) if isinstance(node, MacroCall) else (node,)

    def _call(self, call: MacroCall) -> MacroCall:
        target, args = self.text(call.target), tuple(self.text(arg) for arg in call.args)
        return (
            call if target == call.target and args == call.args else replace(call, target=target, args=args)
        )

    def _text(self, node: Text) -> tuple[Node, ...]:
        known = self.expanded.get(id(node))
        if known is not None and known.values is self.values:
            self.used.update(known.names)
            return known.nodes
        pieces = _cut(node)
        names = [piece.name for piece in pieces if isinstance(piece, _Variable) and not piece.escaped]
        found = [self._value(name) for name in names]
        nodes = tuple(self._put_in(pieces, found))
        names = [name for name, item in zip(names, found, strict=True) if item is not None]
        self.expanded[id(node)] = Expanded(node, self.values, frozenset(names), nodes)
        return nodes

    def _put_in(
        self, pieces: Sequence[Text | _Variable], values: Sequence[Property | None]
    ) -> Iterator[Node]:
        left = iter(values)
        for piece in pieces:
            if isinstance(piece, Text):
                yield piece
            elif piece.escaped:
                yield replace(piece.text, value=piece.text.value[1:])
            elif (found := next(left)) is not None:
                yield from self.parse(found)
            elif piece.name != CONTENT:
                yield piece.text


class _Variable(Struct, frozen=True):
    name: str
    escaped: bool
    text: Text


class Expanded(Struct, frozen=True):
    """An expanded text."""

    text: Text
    values: object
    """The values that were used, in the form of `Expansion.values`."""
    names: frozenset[str]
    nodes: tuple[Node, ...]


def _cut(node: Text) -> list[Text | _Variable]:
    """A text cut at its variables; each piece keeps its place where the text is as written."""
    pieces: list[Text | _Variable] = []

    def piece(start: int, end: int) -> Text:
        return Text(node.value[start:end], node.place(start, end))

    at = 0
    for match in VARIABLE.finditer(node.value):
        if at < match.start():
            pieces.append(piece(at, match.start()))
        pieces.append(_Variable(match[2].strip(), match[1] is not None, piece(*match.span())))
        at = match.end()
    if at < len(node.value):
        pieces.append(piece(at, len(node.value)))
    return pieces


def _differ(one: Node, other: Node) -> bool:
    return one is not other
