"""The texts of nodes: places of their parts, names in braces, and how an author would write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from slidegen.deck.variables import VARIABLE, Expansion
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, Node, Text

CONTENT = "content"


def names_variables(nodes: Iterable[Node]) -> bool:
    """Whether the texts of nodes contain names in braces."""
    return any(
        names_variables(node.children)
        if isinstance(node, ContentClass)
        else isinstance(node, Text) and "{{" in node.value
        for node in nodes
    )


def expanded(nodes: Iterable[Node], expansion: Expansion) -> Iterator[Node]:
    """Nodes with variables in their texts replaced, as far as they are known here."""
    for node in nodes:
        if isinstance(node, ContentClass):
            yield replace(node, children=tuple(expanded(node.children, expansion)))
        elif isinstance(node, Text) and "{{" in node.value and not node.code:
            first = node.value.index("{{") if node.is_as_written else 0
            yield replace(node, value=expansion.text(node.value), span=node.span.within(first, first + 2))
        else:
            yield node


def place_in(nodes: Sequence[Node], start: int, end: int = -1) -> Span:
    """The place of a part of the nodes' `flat` text."""
    at = 0
    for node in nodes:
        size = len(node.value) if isinstance(node, Text) else 1
        if start < at + size:
            if not isinstance(node, Text):
                return node.span
            return node.span.within(start - at, min(max(end, start + 1) - at, size))
        at += size
    return nodes[-1].span


def has_place(nodes: Iterable[Node]) -> bool:
    """Whether nodes contain `{{content}}`."""
    return any(
        has_place(node.children)
        if isinstance(node, ContentClass)
        else isinstance(node, Text)
        and "{{" in node.value
        and any(not match[1] and match[2].strip() == CONTENT for match in VARIABLE.finditer(node.value))
        for node in nodes
    )


def as_written(nodes: Iterable[Node]) -> str:
    """Nodes as an author would write them."""
    pieces = []
    for node in nodes:
        if isinstance(node, ContentClass):
            pieces.append(f".{'.'.join(node.classes)}[{as_written(node.children)}]")
        else:
            pieces.append(node.value if isinstance(node, Text) else node.span.text)
    return "".join(pieces)
