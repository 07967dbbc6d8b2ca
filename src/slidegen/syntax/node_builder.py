"""Builds the nodes of a slide's content from its tokens."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from slidegen.diagnostics import Code, Reporter
from slidegen.source import Source, Span
from slidegen.syntax.divisions import division
from slidegen.syntax.formula_places import without_quote_marks
from slidegen.syntax.include_splice import (
    INCLUDE,
    Include,
    Included,
)
from slidegen.syntax.nodes import (
    ContentClass,
    Formula,
    FormulaMark,
    LinkDefinition,
    Listing,
    MacroCall,
    Node,
    RawSlide,
    StepBreak,
    Text,
)
from slidegen.syntax.text_warnings import warn_of_text
from slidegen.syntax.tokens import Token, TokenKind

TEXTS = (TokenKind.TEXT, TokenKind.CODE, TokenKind.UNCLOSED_CLASS, TokenKind.UNPAIRED_DIVISION)
"""Tokens that are text, whatever they look like."""
OPENINGS = (TokenKind.CLASS_OPEN, TokenKind.DIVISION_OPEN)
CLOSINGS = (TokenKind.CLASS_CLOSE, TokenKind.DIVISION_CLOSE)


class NodeBuilder(Struct):
    """Builds nodes, and collects those that apply to the whole deck."""

    source: Source
    reporter: Reporter
    include: Include | None = None
    folder: str = ""
    definitions: list[tuple[str, LinkDefinition]] = field(default_factory=list)
    unchosen: list[RawSlide] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    """The texts of the files that are included."""
    within: list[RawSlide] = field(default_factory=list)
    """What was included in content classes and notes of the current slide."""

    def content(self, tokens: Iterable[Token]) -> tuple[Node, ...]:
        """The nodes of tokens; adjacent text becomes one node."""
        levels: list[list[Node]] = [[]]
        opening: list[Token] = []
        text_start = text_end = -1
        code: list[tuple[int, int]] = []
        for token in tokens:
            if token.kind in TEXTS:
                warn_of_text(token, self.source, self.reporter)
                if token.start != text_end:
                    self._close_text(levels[-1], text_start, text_end, code)
                    text_start = token.start
                text_end = token.end
                if token.kind is TokenKind.CODE:
                    code.append((token.start, token.end))
                continue
            if token.kind is TokenKind.DEFINITION and self.source.text.endswith(
                "\n\n", max(code[-1][1] if code else 0, text_start, 0), text_end
            ):
                # As in remark, a definition includes the blank line before it, unless that belongs to code.
                text_end -= 1
            self._close_text(levels[-1], text_start, text_end, code)
            text_start = text_end = -1
            if token.kind is TokenKind.RAW:
                span = Span(self.source, token.start, token.end)
                levels[-1].append(Text(self._raw(token), span, raw=True))
            elif token.kind in OPENINGS:
                opening.append(token)
                levels.append([])
            elif token.kind is TokenKind.CLASS_CLOSE:
                children, start = tuple(levels.pop()), opening.pop()
                block = "\n" in self.source.text[start.end : token.start] or any(map(_has_lines, children))
                span = Span(self.source, start.start, token.end)
                breaks = any(map(_has_break, children))
                box = ContentClass(
                    classes=start.values, block=block, children=children, span=span, breaks=breaks
                )
                levels[-1].append(box)
            elif token.kind is TokenKind.DIVISION_CLOSE:
                levels[-2].append(self._division(opening.pop(), token, tuple(levels.pop())))
            elif token.kind is TokenKind.STEP:
                levels[-1].append(StepBreak(Span(self.source, token.start, token.end)))
            elif token.kind is TokenKind.MACRO:
                included = self._included_here(token)
                levels[-1].extend((self.call(token),) if included is None else included)
            else:
                node = self._node(token)
                if node is not None:
                    levels[-1].append(node)
        self._close_text(levels[-1], text_start, text_end, code)
        return tuple(levels[0])

    def _division(self, opening: Token, closing: Token, children: tuple[Node, ...]) -> ContentClass:
        found = division(self.source.text[opening.start : opening.end].rstrip("\n"))
        return ContentClass(
            classes=opening.values,
            block=True,
            children=children,
            span=Span(self.source, opening.start, closing.end),
            breaks=any(map(_has_break, children)),
            attributes=found.values if found is not None else (),
        )

    def _raw(self, token: Token) -> str:
        text = self.source.text
        raw = text[token.start : token.end]
        if "\n" not in raw:
            return raw
        return without_quote_marks(raw, text[text.rfind("\n", 0, token.start) + 1 : token.start])

    def _close_text(self, nodes: list[Node], start: int, end: int, code: list[tuple[int, int]]) -> None:
        if start >= 0:
            places = tuple((first - start, min(last, end) - start) for first, last in code)
            nodes.append(Text(self.source.text[start:end], Span(self.source, start, end), places))
            code.clear()

    def included(self, token: Token) -> Included | None:
        """The result of a call; None if the name means a macro of the user's."""
        if self.include is None or token.values[0] != INCLUDE:
            return None
        included = self.include(self.call(token))
        if included is not None:
            self.definitions += included.definitions
            self.unchosen += included.unchosen
            self.sources += included.sources
        return included

    def _included_here(self, token: Token) -> tuple[Node, ...] | None:
        """The result of a call within a content class or notes, where no slide can start."""
        included = self.included(token)
        if included is None:
            return None
        if len(included.slides) > 1:
            self.reporter.report(
                Code.BAD_INCLUDE,
                f"there are {len(included.slides)} slides and steps in this file, and slides cannot go here",
                self.call(token).span,
                hint="include slides outside content classes and notes; `slides: 1` chooses one of them",
            )
        self.within += included.slides[:1]
        return included.slides[0].content if included.slides else ()

    def _node(self, token: Token) -> Node | None:
        span = Span(self.source, token.start, token.end)
        values = token.values
        if token.kind is TokenKind.FORMULA:
            return Formula(values[0], values[1] == "display", span, written=values[2])
        if token.kind is TokenKind.CODE_FORMULA:
            return Formula(values[0], values[1] == "display", span, in_code=True, written=span.text)
        if token.kind is TokenKind.FORMULA_MARK:
            return FormulaMark(values[0], span, values[1])
        if token.kind is TokenKind.DEFINITION:
            self.definitions.append((values[0].lower(), LinkDefinition(values[1], values[2] or None, span)))
        return None

    def call(self, token: Token) -> MacroCall:
        """The macro call for a token."""
        name, written, target = token.values
        args = tuple(arg.strip() for arg in written.split(",")) if written.strip() else ()
        return MacroCall(name, args, target.strip(), Span(self.source, token.start, token.end), self.folder)


def _has_lines(node: Node) -> bool:
    """Whether a node adds a line break that its source does not have where it is included."""
    return isinstance(node, Listing) or (isinstance(node, Text) and "\n" in node.value)


def _has_break(node: Node) -> bool:
    return isinstance(node, StepBreak) or (isinstance(node, ContentClass) and node.breaks)
