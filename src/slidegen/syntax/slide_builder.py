"""Builds slides as written from a deck's tokens."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from slidegen.diagnostics import Code
from slidegen.source import Span
from slidegen.syntax.include_splice import (
    INCLUDE,
    Included,
    before_separator,
    is_blank,
    joined,
    with_notes_and_properties,
)
from slidegen.syntax.node_builder import CLOSINGS, OPENINGS, NodeBuilder
from slidegen.syntax.nodes import (
    ContentClass,
    Node,
    Property,
    RawSlide,
    Text,
)
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.text_warnings import warn_of_property
from slidegen.syntax.tokens import Token, TokenKind

SPOKEN = "notes"
"""The name of the division for notes."""


class SlideBuilder(Struct):
    """Divides tokens into slides: their properties, content and notes, and what is included in them."""

    nodes: NodeBuilder
    rules: PropertyRules = PropertyRules()

    def slides(self, tokens: list[Token], start: int, end: int) -> list[RawSlide]:
        """The slides between `start` and `end`."""
        slides: list[RawSlide] = []
        first, continued, begin = 0, False, start
        for index, token in enumerate(tokens):
            if token.kind is TokenKind.SEPARATOR:
                slides += self._slide(
                    tokens[first:index], Span(self.nodes.source, begin, token.start), continued
                )
                first, continued, begin = index + 1, token.values[0] == "--", token.end
        slides += self._slide(tokens[first:], Span(self.nodes.source, begin, end), continued)
        return slides

    def _slide(self, tokens: list[Token], span: Span, continued: bool) -> list[RawSlide]:
        """The slide between two separators, or the slides that an included file makes of it."""
        properties = [self._property(token) for token in tokens if token.kind is TokenKind.PROPERTY]
        tokens = [token for token in tokens if token.kind is not TokenKind.PROPERTY]
        split = next((i for i, token in enumerate(tokens) if token.kind is TokenKind.NOTES), None)
        if any(token.kind is TokenKind.STEP for token in tokens):
            tokens = self._with_steps(tokens, properties, split)
        host = RawSlide(span=span, properties=tuple(properties), content=(), notes=None, continued=continued)
        slides = [host]
        spoken: list[ContentClass] = []
        has_spoken = any(token.kind is TokenKind.DIVISION_OPEN and SPOKEN in token.values for token in tokens)
        for piece in self._pieces(tokens if split is None else tokens[:split]):
            if isinstance(piece, Included):
                slides = joined(slides, piece.slides, host)
            else:
                content = self.nodes.content(piece)
                if has_spoken:
                    content = _without_spoken(content, spoken)
                slides[-1] = replace(slides[-1], content=slides[-1].content + content)
        if not _takes_line_breaks(tokens if split is None else tokens[:split]):
            slides[-1] = replace(slides[-1], content=before_separator(slides[-1].content))
        if spoken:
            slides[-1] = _with_spoken(slides[-1], spoken)
        if split is not None:
            notes = self.nodes.content(token for token in tokens[split:] if token.kind is not TokenKind.NOTES)
            place = Span(self.nodes.source, tokens[split].start, span.end)
            slides[-1] = replace(
                slides[-1],
                notes=(slides[-1].notes or ()) + notes,
                notes_at=(*slides[-1].notes_at, place),
            )
        for slide in self.nodes.within:  # properties belong to slides, and this is not one
            slides[-1] = with_notes_and_properties(slides[-1], replace(slide, properties=()))
        self.nodes.within.clear()
        return slides[:-1] if len(slides) > 1 and is_blank(slides[-1]) else slides

    def _with_steps(self, tokens: list[Token], properties: list[Property], split: int | None) -> list[Token]:
        """The tokens with breaks between steps where they make steps; elsewhere, they become text."""
        is_layout = any((item.key, item.value) == ("layout", "true") for item in properties)
        kept: list[Token] = []
        for index, token in enumerate(tokens):
            if token.kind is TokenKind.STEP and (is_layout or (split is not None and index > split)):
                if is_layout:
                    self.nodes.reporter.report(
                        Code.STEP_IN_LAYOUT,
                        "a layout has no steps, so this -- is shown as text",
                        Span(self.nodes.source, token.start, token.end).find("--"),
                        hint="write -- on the slides that have the layout",
                    )
                token = replace(token, kind=TokenKind.TEXT)
            kept.append(token)
        return kept

    def _pieces(self, tokens: list[Token]) -> Iterator[list[Token] | Included]:
        """The tokens of a slide's content, cut at includes outside content classes."""
        if self.nodes.include is None:
            yield tokens
            return
        first = depth = 0
        for index, token in enumerate(tokens):
            depth += (token.kind in OPENINGS) - (token.kind in CLOSINGS)
            if depth == 0 and token.kind is TokenKind.MACRO and token.values[0] == INCLUDE:
                yield tokens[first:index]
                first = index
                included = self.nodes.included(token)
                if included is not None:
                    yield included
                    first = index + 1
        yield tokens[first:]

    def _property(self, token: Token) -> Property:
        text = self.nodes.source.text
        start = token.start
        while text[start] == "\n":
            start += 1
        end = start + len(text[start : token.end].rstrip())
        item = Property(token.values[0], token.values[1], Span(self.nodes.source, start, end))
        if self.rules.mistakes(item.key):
            warn_of_property(item, self.nodes.reporter)
        return item


def _takes_line_breaks(tokens: list[Token]) -> bool:
    """Whether the last text includes the line breaks after it, as indented code does in remark.

    The separator then removes no line break, which affects how the next step is joined.
    """
    last = tokens[-1] if tokens else None
    return last is not None and last.kind in (TokenKind.CODE, TokenKind.DEFINITION)


def _without_spoken(nodes: tuple[Node, ...], spoken: list[ContentClass]) -> tuple[Node, ...]:
    """Nodes without divisions of notes, which are added to `spoken`."""
    kept: list[Node] = []
    for node in nodes:
        if not isinstance(node, ContentClass):
            kept.append(node)
        elif node.attributes is not None and SPOKEN in node.classes:
            spoken.append(node)
        else:
            children = _without_spoken(node.children, spoken)
            kept.append(node if children is node.children else replace(node, children=children))
    same = len(kept) == len(nodes) and all(one is other for one, other in zip(kept, nodes, strict=True))
    return nodes if same else tuple(kept)


def _with_spoken(slide: RawSlide, spoken: list[ContentClass]) -> RawSlide:
    """A slide with divisions of notes added to its notes."""
    notes: list[Node] = list(slide.notes or ())
    for box in spoken:
        gap = Text("\n\n", Span(box.span.source, box.span.start, box.span.start))
        notes += [gap, *box.children] if notes else box.children
    places = (*slide.notes_at, *(box.span for box in spoken))
    return replace(slide, notes=tuple(notes), notes_at=places)
