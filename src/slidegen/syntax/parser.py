"""Parses tokens into slides as written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from slidegen.diagnostics import Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import GeneratedOrigin, Origin, Source, Span
from slidegen.syntax.fence_mistakes import FenceFault, report_fence_fault
from slidegen.syntax.include_splice import Include
from slidegen.syntax.lexer import lex
from slidegen.syntax.mistakes import warn_of_mistakes
from slidegen.syntax.node_builder import NodeBuilder
from slidegen.syntax.nodes import LinkDefinition, Node, Property, RawDeck, RawSlide
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.rebase_paths import moved_source
from slidegen.syntax.slide_builder import SlideBuilder
from slidegen.syntax.text_warnings import warn_of_prose, warn_of_trailing_blanks
from slidegen.syntax.tokens import FormulaMarks, Token

FULL_LINE = lazy_compile(r"^[^ \t\n]", re.MULTILINE)
"""A line without indentation."""
INDENT = lazy_compile(r"^([ \t]*+)[^ \t\n]", re.MULTILINE)


def parse_deck(
    source: Source,
    reporter: Reporter,
    *,
    start: int = 0,
    math: FormulaMarks = FormulaMarks.ALL,
    rules: PropertyRules | None = None,
    include: Include | None = None,
    folder: str = "",
) -> RawDeck:
    """The slides of a deck whose text starts at `start`, after its front matter.

    An indentation that all lines share is removed, as in remark. Warns of content classes that are
    never closed, prose that looks like a property, and separators followed by spaces. `include` returns
    the result of a call of that name; in a text that is itself included, `rules` are those of the deck,
    and `folder` leads from the deck's folder to that of the text.
    """
    source, start = dedent(source, start)
    end = len(source.text)
    own = PropertyRules.of(source.text)
    rules = own if rules is None else PropertyRules(own.used | rules.used)
    tokens = lex(source.text, start, end, rules, math=math)
    if folder:
        written = source
        source = moved_source(source, tokens, folder)
        if source is not written:
            end = len(source.text)
            tokens = lex(source.text, start, end, rules, math=math)
    part = parse_tokens(source, tokens, Span(source, start, end), rules, reporter, include, folder)
    return join_parts(source, (part,), reporter)


class ParsedPart(Struct, frozen=True):
    """Consecutive slides of a deck, and what in them applies to the whole deck."""

    slides: tuple[RawSlide, ...]
    definitions: tuple[tuple[str, LinkDefinition], ...]
    unchosen: tuple[RawSlide, ...]
    included: tuple[Source, ...]
    unclosed_fence: FenceFault | None


def parse_tokens(
    source: Source,
    tokens: list[Token],
    place: Span,
    rules: PropertyRules,
    reporter: Reporter,
    include: Include | None = None,
    folder: str = "",
) -> ParsedPart:
    """The slides made of the tokens of a `place` in a text; mistakes in them are reported."""
    nodes = NodeBuilder(source=source, reporter=reporter, include=include, folder=folder)
    slides = SlideBuilder(nodes, rules).slides(tokens, place.start, place.end)
    warn_of_trailing_blanks(source, tokens, reporter)
    fault = warn_of_mistakes(source, tokens, reporter)
    for slide in slides:
        if slide.span.source is source:
            warn_of_prose(slide, rules, reporter)
    return ParsedPart(
        slides=tuple(slides),
        definitions=tuple(nodes.definitions),
        unchosen=tuple(nodes.unchosen),
        included=tuple(nodes.sources),
        unclosed_fence=fault,
    )


def join_parts(source: Source, parts: Sequence[ParsedPart], reporter: Reporter) -> RawDeck:
    """The deck that consists of these parts."""
    report_fence_fault([part.unclosed_fence for part in parts if part.unclosed_fence is not None], reporter)
    definitions = tuple(item for part in parts for item in part.definitions)
    return RawDeck(
        source=source,
        slides=tuple(slide for part in parts for slide in part.slides),
        links=dict(definitions),
        included=tuple(text for part in parts for text in part.included),
        definitions=definitions,
        unchosen=tuple(slide for part in parts for slide in part.unchosen),
    )


def parse_content(source: Source, reporter: Reporter, folder: str = "") -> tuple[Node, ...]:
    """The nodes of a text within a slide: a footer, a variable, the output of a macro.

    `folder` is the one its relative paths are relative to, as seen from the deck.
    """
    tokens = lex(source.text, 0, len(source.text), PropertyRules(), slides=False)
    if folder:
        source = moved_source(source, tokens, folder)
        tokens = lex(source.text, 0, len(source.text), PropertyRules(), slides=False)
    return NodeBuilder(source, reporter, folder=folder).content(tokens)


def parse_value(item: Property, reporter: Reporter) -> tuple[Node, ...]:
    """The nodes of a property's value, each with its place if the value is as written."""
    at = item.span.text.find(item.value)
    written = at >= 0 and item.value
    origin = Origin(item.span.source, ((0, item.span.start + at),)) if written else GeneratedOrigin(item.span)
    return parse_content(Source(item.span.source.path, item.value, origin), reporter)


def dedent(source: Source, start: int) -> tuple[Source, int]:
    """The source without the indentation that all its lines share; it starts at 0 if something is removed."""
    text = source.text
    if FULL_LINE.search(text, start) is not None:
        return source, start
    shared = min((len(match[1]) for match in INDENT.finditer(text, start)), default=0)
    if not shared:
        return source, start
    lines, anchors, at, taken = [], [], start, 0
    for line in text[start:].splitlines(keepends=True):
        gap = min(shared, len(line) - len(line.lstrip(" \t")))
        anchors.append((taken, at + gap))
        lines.append(line[gap:])
        taken += len(line) - gap
        at += len(line)
    return Source(source.path, "".join(lines), Origin(source, tuple(anchors))), 0
