"""Parses tokens into slides as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import GeneratedOrigin, Origin, Source, Span
from slidegen.spelling import suggest
from slidegen.syntax.divisions import division
from slidegen.syntax.formulas import without_quote_marks
from slidegen.syntax.include_splice import (
    INCLUDE,
    Include,
    Included,
    before_separator,
    is_blank,
    joined,
    with_notes_and_properties,
)
from slidegen.syntax.lexer import MAX_DEPTH, lex
from slidegen.syntax.mistakes import warn_of_mistakes
from slidegen.syntax.nodes import (
    ContentClass,
    Formula,
    FormulaMark,
    LinkDefinition,
    Listing,
    MacroCall,
    Node,
    Property,
    RawDeck,
    RawSlide,
    StepBreak,
    Text,
)
from slidegen.syntax.properties import LINE, PropertyRules, intended
from slidegen.syntax.rebase_paths import moved_source
from slidegen.syntax.tokens import FormulaMarks, Token, TokenKind

TEXTS = (TokenKind.TEXT, TokenKind.CODE, TokenKind.UNCLOSED_CLASS, TokenKind.UNPAIRED_DIVISION)
"""Tokens that are text, whatever they look like."""
OPENINGS = (TokenKind.CLASS_OPEN, TokenKind.DIVISION_OPEN)
CLOSINGS = (TokenKind.CLASS_CLOSE, TokenKind.DIVISION_CLOSE)
SPOKEN = "notes"
"""The division that holds what the presenter says."""
INDENT = lazy_compile(r"^([ \t]*+)[^ \t\n]", re.MULTILINE)
TRAILING_BLANK = lazy_compile(r"^(---?|\?\?\?)[ \t]+$", re.MULTILINE)
FRONT_MATTER_FAULTS = (Code.OPEN_FRONT_MATTER, Code.LATE_FRONT_MATTER)
"""Where one of these has been reported, it is why options stand on a slide."""


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

    An indentation that all lines share is taken away, as remark does. Warns of content classes that are
    never closed, prose that looks like a property, and separators with blanks behind them. `include` gives
    what a call of that name stands for; in a text that is itself included, `rules` are those of the deck,
    and `folder` leads from the deck's folder to that of the text.
    """
    source, start = _dedent(source, start)
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
    builder = _Builder(source=source, reporter=reporter, include=include, folder=folder, rules=rules)
    slides = builder.slides(tokens, start, end)
    _warn_of_trailing_blanks(source, tokens, reporter)
    warn_of_mistakes(source, tokens, reporter)
    for slide in slides:
        if slide.span.source is source:
            _warn_of_prose(slide, rules, reporter)
    return RawDeck(
        source=source,
        slides=tuple(slides),
        links=dict(builder.definitions),
        included=tuple(builder.included),
        definitions=tuple(builder.definitions),
        unchosen=tuple(builder.unchosen),
    )


def parse_content(source: Source, reporter: Reporter, folder: str = "") -> tuple[Node, ...]:
    """The nodes of a text that stands inside a slide: a footer, a variable, what a macro wrote.

    `folder` is the one its relative paths are relative to, as seen from the deck.
    """
    tokens = lex(source.text, 0, len(source.text), PropertyRules(), slides=False)
    if folder:
        source = moved_source(source, tokens, folder)
        tokens = lex(source.text, 0, len(source.text), PropertyRules(), slides=False)
    return _Builder(source, reporter, folder=folder).content(tokens)


def parse_value(item: Property, reporter: Reporter) -> tuple[Node, ...]:
    """The nodes of a property's value, each with its place where the value stands as it is written."""
    at = item.span.text.find(item.value)
    written = at >= 0 and item.value
    origin = Origin(item.span.source, ((0, item.span.start + at),)) if written else GeneratedOrigin(item.span)
    return parse_content(Source(item.span.source.path, item.value, origin), reporter)


def _dedent(source: Source, start: int) -> tuple[Source, int]:
    """The source without the indentation that all its lines share; offset 0 where something is taken."""
    text = source.text
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


class _Builder(Struct):
    source: Source
    reporter: Reporter
    include: Include | None = None
    folder: str = ""
    rules: PropertyRules = PropertyRules()
    definitions: list[tuple[str, LinkDefinition]] = field(default_factory=list)
    unchosen: list[RawSlide] = field(default_factory=list)
    included: list[Source] = field(default_factory=list)
    _within: list[RawSlide] = field(default_factory=list)
    """What was included in content classes and notes of the slide at hand."""

    def slides(self, tokens: list[Token], start: int, end: int) -> list[RawSlide]:
        slides: list[RawSlide] = []
        first, continued, begin = 0, False, start
        for index, token in enumerate(tokens):
            if token.kind is TokenKind.SEPARATOR:
                slides += self._slide(tokens[first:index], Span(self.source, begin, token.start), continued)
                first, continued, begin = index + 1, token.values[0] == "--", token.end
        slides += self._slide(tokens[first:], Span(self.source, begin, end), continued)
        return slides

    def _slide(self, tokens: list[Token], span: Span, continued: bool) -> list[RawSlide]:
        """The slide that stands between two separators, or those that an included file makes of it."""
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
                content = self.content(piece)
                if has_spoken:
                    content = _without_spoken(content, spoken)
                slides[-1] = replace(slides[-1], content=slides[-1].content + content)
        if not _takes_line_breaks(tokens if split is None else tokens[:split]):
            slides[-1] = replace(slides[-1], content=before_separator(slides[-1].content))
        if spoken:
            slides[-1] = _with_spoken(slides[-1], spoken)
        if split is not None:
            notes = self.content(token for token in tokens[split:] if token.kind is not TokenKind.NOTES)
            place = Span(self.source, tokens[split].start, span.end)
            slides[-1] = replace(
                slides[-1],
                notes=(slides[-1].notes or ()) + notes,
                notes_at=(*slides[-1].notes_at, place),
            )
        for slide in self._within:  # its properties are about a slide, and this is none
            slides[-1] = with_notes_and_properties(slides[-1], replace(slide, properties=()))
        self._within.clear()
        return slides[:-1] if len(slides) > 1 and is_blank(slides[-1]) else slides

    def _with_steps(self, tokens: list[Token], properties: list[Property], split: int | None) -> list[Token]:
        """The tokens with the breaks between steps only where they make steps; elsewhere they are text."""
        is_layout = any((item.key, item.value) == ("layout", "true") for item in properties)
        kept: list[Token] = []
        for index, token in enumerate(tokens):
            if token.kind is TokenKind.STEP and (is_layout or (split is not None and index > split)):
                if is_layout:
                    self.reporter.report(
                        Code.STEP_IN_LAYOUT,
                        "a layout has no steps, so this -- is shown as text",
                        Span(self.source, token.start, token.end).find("--"),
                        hint="write -- on the slides that have the layout",
                    )
                token = replace(token, kind=TokenKind.TEXT)
            kept.append(token)
        return kept

    def _pieces(self, tokens: list[Token]) -> Iterator[list[Token] | Included]:
        """The tokens of a slide's content, cut at what is included outside of content classes."""
        if self.include is None:
            yield tokens
            return
        first = depth = 0
        for index, token in enumerate(tokens):
            depth += (token.kind in OPENINGS) - (token.kind in CLOSINGS)
            if depth == 0 and token.kind is TokenKind.MACRO and token.values[0] == INCLUDE:
                yield tokens[first:index]
                first = index
                included = self._included(token)
                if included is not None:
                    yield included
                    first = index + 1
        yield tokens[first:]

    def _included(self, token: Token) -> Included | None:
        """What a call stands for; None where the name means a macro of the user's."""
        if self.include is None or token.values[0] != INCLUDE:
            return None
        included = self.include(self._call(token))
        if included is not None:
            self.definitions += included.definitions
            self.unchosen += included.unchosen
            self.included += included.sources
        return included

    def _included_here(self, token: Token) -> tuple[Node, ...] | None:
        """What a call within a content class or notes stands for, where no slide can start."""
        included = self._included(token)
        if included is None:
            return None
        if len(included.slides) > 1:
            self.reporter.report(
                Code.BAD_INCLUDE,
                f"there are {len(included.slides)} slides and steps in this file, and slides cannot go here",
                self._call(token).span,
                hint="slides are included outside of content classes and notes; "
                "`slides: 1` chooses one of them",
            )
        self._within += included.slides[:1]
        return included.slides[0].content if included.slides else ()

    def _property(self, token: Token) -> Property:
        text = self.source.text
        start = token.start
        while text[start] == "\n":
            start += 1
        end = start + len(text[start : token.end].rstrip())
        item = Property(token.values[0], token.values[1], Span(self.source, start, end))
        if self.rules.mistakes(item.key):
            self._warn_of_property(item)
        return item

    def _warn_of_property(self, item: Property) -> None:
        """Warn of a property that nothing reads, and that is hidden as in remark."""
        meant = intended(item.key)
        if meant:
            self.reporter.report(
                Code.MISSPELLED_PROPERTY,
                f"no property is called {item.key}, so this line does nothing",
                item.span,
                hint=suggest(meant),
            )
        elif not any(each.code in FRONT_MATTER_FAULTS for each in self.reporter):
            self.reporter.report(
                Code.OPTION_ON_SLIDE,
                f"{item.key} is an option of the deck; on a slide it does nothing, and is hidden",
                item.span,
                hint=f"write {item.key}: in the front matter, between two lines of --- at the top of the file",
            )

    def content(self, tokens: Iterable[Token]) -> tuple[Node, ...]:
        """The nodes of tokens; text that stands together becomes one node."""
        levels: list[list[Node]] = [[]]
        opening: list[Token] = []
        text_start = text_end = -1
        code: list[tuple[int, int]] = []
        for token in tokens:
            if token.kind in TEXTS:
                self._warn_of(token)
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
                # A definition takes the blank line before it along, as in remark, unless code has it already.
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
                levels[-1].extend((self._call(token),) if included is None else included)
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

    def _warn_of(self, token: Token) -> None:
        """Warn of text that is probably meant as something else."""
        if token.kind is TokenKind.UNPAIRED_DIVISION:
            self._warn_of_division(Span(self.source, token.start, token.end))
        elif token.kind is TokenKind.UNCLOSED_CLASS:
            span = Span(self.source, token.start, token.end)
            if token.values[0] == "deep":
                message = f"content classes are nested more than {MAX_DEPTH} deep; this one is shown as text"
                self.reporter.report(Code.TOO_DEEP, message, span)
                return
            self.reporter.report(
                Code.UNCLOSED_CLASS,
                f"no ] closes {span.text}, so it is shown as text",
                span,
                hint=f"close it with ], or write \\{span.text} where the text is meant",
            )

    def _warn_of_division(self, span: Span) -> None:
        line = span.text.strip()
        opens = bool(line.strip(": \t"))
        self.reporter.report(
            Code.UNPAIRED_DIVISION,
            f"no line ::: on this slide closes {line}, so it is shown as text"
            if opens
            else "this line closes no division, so it is shown as text",
            span.find(line),
            hint="write ::: alone on a line where it ends"
            if opens
            else "write ::: and a name where it begins",
        )

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

    def _call(self, token: Token) -> MacroCall:
        name, written, target = token.values
        args = tuple(arg.strip() for arg in written.split(",")) if written.strip() else ()
        return MacroCall(name, args, target.strip(), Span(self.source, token.start, token.end), self.folder)


def _takes_line_breaks(tokens: list[Token]) -> bool:
    """Whether what stands last takes the line breaks behind it along, as code in lines does in remark.

    No line break is left there that the separator takes: it counts for what the next step joins on to.
    """
    last = tokens[-1] if tokens else None
    return last is not None and last.kind in (TokenKind.CODE, TokenKind.DEFINITION)


def _has_lines(node: Node) -> bool:
    """Whether a node brings a line break that does not stand where it is included."""
    return isinstance(node, Listing) or (isinstance(node, Text) and "\n" in node.value)


def _without_spoken(nodes: tuple[Node, ...], spoken: list[ContentClass]) -> tuple[Node, ...]:
    """Nodes without the divisions of notes in them, which are put to those found before."""
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
    """A slide with divisions of notes among its notes."""
    notes: list[Node] = list(slide.notes or ())
    for box in spoken:
        gap = Text("\n\n", Span(box.span.source, box.span.start, box.span.start))
        notes += [gap, *box.children] if notes else box.children
    places = (*slide.notes_at, *(box.span for box in spoken))
    return replace(slide, notes=tuple(notes), notes_at=places)


def _has_break(node: Node) -> bool:
    return isinstance(node, StepBreak) or (isinstance(node, ContentClass) and node.breaks)


def _warn_of_trailing_blanks(source: Source, tokens: list[Token], reporter: Reporter) -> None:
    for token in tokens:
        if token.kind is TokenKind.TEXT:
            for match in TRAILING_BLANK.finditer(source.text, token.start, token.end):
                reporter.report(
                    Code.TRAILING_BLANK,
                    f"{match[1]} has spaces after it, so it does not separate slides",
                    Span(source, match.end(1), match.end()),
                    hint=f"remove the spaces after {match[1]}",
                )


def _warn_of_prose(slide: RawSlide, rules: PropertyRules, reporter: Reporter) -> None:
    """Warn where remark would have taken a slide's first line for a property."""
    if not slide.content or not isinstance(slide.content[0], Text):
        return
    text = slide.content[0]
    at = len(text.value) - len(text.value.lstrip("\n"))
    match = LINE.match(text.value, at)
    if match is None or match["value"].startswith("//") or rules.accepts(match["key"]):
        return
    reporter.report(
        Code.PROSE_PROPERTY,
        f"remark would take this line for the property {match['key']}; it is shown as text",
        text.span.within(at, match.end("key") + 1),
        hint="start the line with another word, or put text before it; "
        f"for a property, use it as {{{{{match['key']}}}}} or put it next to a known property",
    )
