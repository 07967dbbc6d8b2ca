"""Finds the works that a deck cites, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.deck.model import Deck, Slide
from slidegen.diagnostics import Code, Reporter
from slidegen.source import Span
from slidegen.spelling import nearest, suggest
from slidegen.syntax.citations import citations_in, read_citation
from slidegen.syntax.cited_work import CitedWork
from slidegen.syntax.nodes import Citation, ContentClass, MacroCall, Node, ReferenceList, Text, nodes_of

CITE, REFERENCES, BIBLIOGRAPHY = "cite", "references", "bibliography"


class Cited(Struct, frozen=True):
    """The works that a deck cites."""

    keys: tuple[str, ...]
    """In the order of their first citations; those cited only in notes come last."""
    on_slides: int
    """How many of them slides cite."""
    by_group: Mapping[int, tuple[str, ...]]
    """The works that a slide cites on all its steps, by `Slide.group`."""


class CitationResolver(Struct):
    """Finds the citations of a deck, reading each text once, since steps share their nodes."""

    keys: Mapping[str, str]
    """The keys of the bibliography, by the key in lower case."""
    reporter: Reporter
    has_macro: bool
    """Whether the user has a macro called `bibliography`, which takes precedence."""
    _done: dict[int, tuple[Node, tuple[Node, ...]]] = field(default_factory=dict)

    def deck(self, deck: Deck) -> tuple[Deck, Cited]:
        """The deck with its citations and lists of references as nodes, and what it cites."""
        slides = tuple(self._slide(slide) for slide in deck.slides)
        by_group: dict[int, tuple[str, ...]] = {}
        keys: dict[str, None] = {}
        for slide in slides:
            here = dict.fromkeys(_keys((*slide.content, *slide.footer)))
            by_group[slide.group] = tuple(dict.fromkeys((*by_group.get(slide.group, ()), *here)))
            keys.update(here)
        on_slides = len(keys)
        for slide in slides:
            keys.update(dict.fromkeys(_keys(slide.notes)))
        return replace(deck, slides=slides), Cited(tuple(keys), on_slides, by_group)

    def _slide(self, slide: Slide) -> Slide:
        content, notes, footer = map(self.nodes, (slide.content, slide.notes, slide.footer))
        if content is slide.content and notes is slide.notes and footer is slide.footer:
            return slide
        return replace(slide, content=content, notes=notes, footer=footer)

    def nodes(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """The nodes with citations; the same object if there are none."""
        found: list[Node] = []
        changed = False
        for node in nodes:
            known = self._done.get(id(node))
            if known is None:
                known = self._done[id(node)] = (node, self._node(node))
            changed = changed or len(known[1]) != 1 or known[1][0] is not node
            found.extend(known[1])
        return tuple(found) if changed else nodes

    def _node(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, Text):
            return self._text(node) if "@" in node.value and "[" in node.value else (node,)
        if isinstance(node, ContentClass):
            return (self._class(node),)
        if isinstance(node, MacroCall) and node.name == BIBLIOGRAPHY and not self.has_macro:
            return (ReferenceList(False, " ".join(node.args) or node.target, node.span),)
        return (node,)

    def _class(self, node: ContentClass) -> ContentClass:
        text = "".join(child.value if isinstance(child, Text) else "." for child in node.children)
        if REFERENCES in node.classes and not text.strip():
            return replace(node, block=True, children=(ReferenceList(True, "", node.span),))
        if CITE in node.classes and len(node.children) == 1 and isinstance(node.children[0], Text):
            child = node.children[0]
            inner = text.strip()
            bracketed = inner.startswith("[") and inner.endswith("]") and inner.count("[") == 1
            inner = inner[1:-1] if bracketed else inner
            if "[" not in inner:
                citation = self._citation(inner, child, child.value.find(inner))
                if citation is not None:
                    return replace(node, children=(citation,))
        children = self.nodes(node.children)
        if children is node.children:
            return node
        block = node.block or any(isinstance(child, ContentClass) and child.block for child in children)
        return replace(node, block=block, children=children)

    def _text(self, node: Text) -> tuple[Node, ...]:
        pieces: list[Node] = []
        at = 0
        for start, end, inner in citations_in(node.value):
            citation = self._citation(inner, node, start + 1)
            if citation is not None:
                if at < start:
                    pieces.append(Text(node.value[at:start], node.place(at, start)))
                pieces.append(replace(citation, span=node.place(start, end)))
                at = end
        if not pieces:
            return (node,)
        if at < len(node.value):
            pieces.append(Text(node.value[at:], node.place(at, len(node.value))))
        return tuple(pieces)

    def _citation(self, inner: str, node: Text, offset: int) -> Citation | None:
        """The citation at an offset of a text; None if it contains no known key."""
        works = read_citation(inner)
        known: list[CitedWork] = []
        for work in works:
            key = self.keys.get(work.key.lower())
            if key is None:
                self._unknown(work, node.place(offset + work.start, offset + work.end))
            known.append(replace(work, key=key or ""))
        if not any(work.key for work in known):
            return None
        written = tuple(work.key for work in works)
        return Citation(tuple(known), written, node.place(offset, offset + len(inner)))

    def _unknown(self, work: CitedWork, span: Span) -> None:
        near = (f"@{self.keys[key]}" for key in nearest(work.key.lower(), self.keys, most=3))
        self.reporter.report(
            Code.UNKNOWN_WORK,
            f"the bibliography has no {work.key}",
            span,
            hint=suggest(*near, otherwise=f"write \\[@{work.key}] if this is not a citation"),
        )


def _keys(nodes: Collection[Node]) -> Iterator[str]:
    """The keys that nodes cite, in order."""
    for citation in nodes_of(Citation, nodes):
        yield from (work.key for work in citation.works if work.key)
