"""Splits a deck's text into tokens as remark.js 0.14.1's lexer does, in one pass and linear time.

It departs from remark where remark is wrong: brackets inside code, formulas and escapes do not close a content
class, and prose with a colon on a slide's first line stays prose.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.syntax.code import CodeFinder
from slidegen.syntax.divisions import CLOSING, Event, division, division_pairs
from slidegen.syntax.formulas import OPENING, FormulaFinder, formula_in_code
from slidegen.syntax.properties import PropertyRules, property_comment, property_tokens
from slidegen.syntax.step_breaks import step_break
from slidegen.syntax.tokens import FormulaMarks, Token, TokenKind

TOKEN_START = lazy_compile(
    rf"""
      ^(?P<indented>(?>(?:\ {{4}}[^\n]+\n*)+))
    | (?:^|(?<=\[))\ *+(?P<fence>`{{3,}}+(?=[^`\n]*\n)|~{{3,}}+(?=[^~\n]*\n))[^\n]*\n
    | ^(?P<separator>---?|\?\?\?)(?:\n|\Z)
    | ^\ {{0,3}}(?P<division>:::)[^\n]*(?:\n|\Z)
    | ^\ *+\[(?P<id>[^\]^\n][^\]\n]*)\]:\ *<?(?P<url>[^\s>]+)>?(?:\ +["(](?P<title>[^\n]+)[")])?\ *(?:\n+|\Z)
    | (?P<ticks>`+)
    | (?P<math>{OPENING})
    | (?P<escape>\\)?(?P<classes>(?>(?:\.[a-zA-Z_-][a-zA-Z0-9_-]*)+))(?P<open>\[)?
    | (?P<backslash>\\[^\n])
    | !\[:(?P<macro>[^\]\[\s]+)(?P<args>[^\]\[]*)\](?:\((?P<target>(?>(?:[^()]|\([^()]*\))*))\))?
    | (?P<markup><(?:!--|/?[a-zA-Z][^<>\n]*>?))
    | (?P<bracket>[\[\]])
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Everything at which Markdown text can stop being just that. Links are not definitions of footnotes."""

INDENTED_MARK = lazy_compile(
    rf"(?P<ticks>`+)|(?P<math>{OPENING})|\\[^\n]|(?P<markup><(?:!--|/?[a-zA-Z][^<>\n]*>?))"
)
"""What matters in lines that are code, unless Markdown takes them for a list or HTML: nothing but formulas."""

STOP = lazy_compile(r"[\n\[\]`\\$.!<]")
"""What a mark begins with, but for those at the beginning of a line or behind a bracket."""
BRACKET = lazy_compile(r"[\[\]]")
BRACKET_OR_LINE = lazy_compile(r"(?<![\\.])\.[a-zA-Z_-][a-zA-Z0-9_-]*\[|[\[\]\n]")
BLANK_LINE = lazy_compile(r"\n[ \t]*\n")
SLIDE_END = lazy_compile(r"^(?:---?|\?\?\?)$", re.MULTILINE)
MAX_DEPTH = 100
"""How deep content classes may stand in each other; browsers stop at 512 elements."""
RAW_TEXT = ("script", "style", "textarea")
"""Elements that hold no HTML, and so no Markdown either."""
VERBATIM = {**{name: f"</{name}" for name in (*RAW_TEXT, "pre", "code")}, "!--": "-->"}
TAG_NAME = lazy_compile(r"<(!--|/?[a-zA-Z][a-zA-Z0-9]*)")


def lex(
    text: str,
    start: int,
    end: int,
    rules: PropertyRules,
    *,
    slides: bool = True,
    math: FormulaMarks = FormulaMarks.ALL,
) -> list[Token]:
    """The tokens of `text[start:end]`, in order and without gaps.

    With `slides` false, the text is the inside of something (a variable, a macro's output): separators,
    notes and properties are not looked for. `math` says which marks make formulas.
    """
    scan = _Scan(
        text=text,
        start=start,
        end=end,
        rules=rules if slides else None,
        no_math_until=0 if math else end,
        math=math,
    )
    marks = scan.marks()
    closing = _closing_brackets(marks)
    if any(mark.kind is TokenKind.DIVISION_OPEN or mark.kind is TokenKind.DIVISION_CLOSE for mark in marks):
        closing |= division_pairs(_division_events(marks, closing))
    return list(_tokens(text, start, end, marks, closing, rules if slides else None))


class _Mark(Struct, frozen=True):
    """A token to be, found without regard to what it stands in."""

    kind: TokenKind
    start: int
    end: int
    values: tuple[str, ...] = ()
    bracket: bool = False
    """A plain `[` or `]`, which only counts for finding the end of a content class."""


class _Next(Struct):
    """Where something stands next, found by going through the text once."""

    text: str
    found: dict[str, int] = field(default_factory=dict)

    def __call__(self, needle: str, start: int) -> int:
        """Offset of the first `needle` at or after `start`; the length of the text where there is none."""
        at = self.found.get(needle, -1)
        if at < start:
            at = self.text.find(needle, start)
            at = len(self.text) if at < 0 else at
            self.found[needle] = at
        return at


@dataclass(slots=True)
class _Scan:
    """Goes through the text once and finds the marks."""

    text: str
    start: int
    end: int
    rules: PropertyRules | None
    """What makes a property; None in a text that is no slide, where nothing separates slides either."""
    next: _Next = dataclasses.field(init=False)
    formulas: FormulaFinder = dataclasses.field(init=False)
    code: CodeFinder = dataclasses.field(init=False)
    slide_ends: list[int] = dataclasses.field(init=False)
    bracket_ends: dict[int, int] = dataclasses.field(init=False)
    """For each opening bracket, its closing one, if every bracket in the text counts."""
    spare_ends: list[int] = dataclasses.field(init=False)
    """The closing brackets that close none of their line."""
    open_brackets: list[tuple[int, bool]] = dataclasses.field(default_factory=list)
    """Each bracket that is open, and whether it is a content class's."""
    open_classes: int = 0
    in_line: dict[int, bool] = dataclasses.field(default_factory=dict)
    """By the bracket of a content class, whether it ends in its line if every bracket counts."""
    comment_until: int = 0
    """Nothing begins before this offset: the inside of a comment."""
    tag_until: int = 0
    """No code begins before this offset: the inside of a tag."""
    math: FormulaMarks = FormulaMarks.ALL
    no_math_until: int = 0
    """No formula before this offset: also the inside of tags, comments, `<pre>` and `<code>`."""

    def __post_init__(self) -> None:
        self.next = _Next(self.text)
        self.formulas = FormulaFinder(self.text, self.start, self.end, self.next)
        self.slide_ends = [m.start() for m in SLIDE_END.finditer(self.text, self.start, self.end)]
        self.bracket_ends = _bracket_ends(self.text, self.start, self.end)
        self.spare_ends = _spare_ends(self.text, self.start, self.end)
        self.code = CodeFinder(self.text, self.start, self.end)

    def marks(self) -> list[_Mark]:
        marks: list[_Mark] = []
        at = self.start
        while at < self.end:
            match = self._next_mark(at)
            if match is None:
                break
            mark = self._mark(match)
            if mark is not None:
                marks += self._indented(mark) if match["indented"] is not None else (mark,)
                at = marks[-1].end
            else:
                at = _past(match)
            at = max(at, self.comment_until)
        return marks

    def _next_mark(self, at: int) -> re.Match[str] | None:
        """What `MARK.search` finds, but trying it only where it can begin: much of a deck is letters and data URLs."""
        text, end = self.text, self.end
        while at < end:
            if at and text[at - 1] not in "\n[":
                stop = STOP.search(text, at, end)
                if stop is None:
                    return None
                at = stop.start()
            match = TOKEN_START.match(text, at, end)
            if match is not None:
                return match
            at += 1
        return None

    def _mark(self, match: re.Match[str]) -> _Mark | None:
        start, end = match.span()
        if match["indented"] is not None:
            # a bracket in indented lines ends the content class it stands in, if no other does
            class_end = self._class_end() if self.open_classes else end
            return _Mark(TokenKind.CODE, start, class_end if start < class_end < end else end)
        if match["fence"] is not None:
            return self._fence(match)
        if match["separator"] is not None:
            if self.rules is None:
                return None
            kind = TokenKind.NOTES if match["separator"] == "???" else TokenKind.SEPARATOR
            return _Mark(kind, start, end, (match["separator"],))
        if match["division"] is not None:
            return self._division(start, end)
        if match["url"] is not None:
            return _Mark(TokenKind.DEFINITION, start, end, (match["id"], match["url"], match["title"] or ""))
        if match["ticks"] is not None:
            return self._code_span(match)
        if match["markup"] is not None:
            return self._markup(match)
        if match["math"] is not None and start >= self.no_math_until:
            return self._formula(match)
        if match["classes"] is not None:
            if match["open"] is None:
                return None
            if match["escape"] is not None:
                self._open_bracket(end - 1, of_class=False)
                return _Mark(TokenKind.ESCAPE, start, end)
            self._open_bracket(end - 1, of_class=True)
            return _Mark(TokenKind.CLASS_OPEN, start, end, tuple(match["classes"][1:].split(".")))
        if match["macro"] is not None:
            return _Mark(TokenKind.MACRO, start, end, (match["macro"], match["args"], match["target"] or ""))
        if match["bracket"] is not None:
            kind = TokenKind.CLASS_CLOSE if match["bracket"] == "]" else TokenKind.TEXT
            if kind is TokenKind.TEXT:
                self._open_bracket(start, of_class=False)
            else:
                self._close_bracket()
            return _Mark(kind, start, end, bracket=True)
        return None

    def _division(self, start: int, end: int) -> _Mark | None:
        """A line of colons that opens a division or closes one; in a text that is no slide, it is text."""
        if self.rules is None or start < self.comment_until:
            return None
        line = self.text[start:end].rstrip("\n")
        if CLOSING.fullmatch(line) is not None:
            return _Mark(TokenKind.DIVISION_CLOSE, start, end)
        found = division(line)
        return None if found is None else _Mark(TokenKind.DIVISION_OPEN, start, end, found.classes)

    def _open_bracket(self, start: int, *, of_class: bool) -> None:
        self.open_brackets.append((start, of_class))
        self.open_classes += of_class

    def _close_bracket(self) -> None:
        if self.open_brackets:
            self.open_classes -= self.open_brackets.pop()[1]

    def _fence(self, match: re.Match[str]) -> _Mark | None:
        """A fence ends at the first later line that ends in as many of its characters (`marked` 0.3)."""
        fence, within = match["fence"], self.open_classes > 0
        if self.text[match.start() - 1 : match.start()] == "[" and not within:
            return None
        for length in (
            len(fence),
            *range(min(len(fence) - 1, 6), 2, -1),
        ):  # as JavaScript's engine goes back: "````sh" may be "```" and "`sh"
            end = self.code.fence_end(fence[:length], match.end(), within=within)
            if end >= 0:
                return _Mark(TokenKind.CODE, match.start(), end)
        return None

    def _code_span(self, match: re.Match[str]) -> _Mark | None:
        """From a run of backticks to the next of as many in the same paragraph; a run alone is text.

        Code that starts in a content class ends in it, too, but brackets on its own line are code, where
        others close the class.
        """
        start, inner = match.span()
        if start < self.tag_until:
            return None
        close = self.code.span_end(inner - start, inner)
        if close < 0:
            return None
        end = close + inner - start
        if self.open_classes and close > self._class_end() and self._leaves_class(inner, close, end):
            return None
        return self._code(start, inner, close, end)

    def _leaves_class(self, inner: int, close: int, end: int) -> bool:
        """Whether code behind the bracket that may close a content class leaves none that does.

        What does is a bracket that closes no other: that of a link further on is the link's.
        """
        if "\n" in self.text[inner:close]:
            return True
        index = bisect_left(self.spare_ends, end)
        spare = self.spare_ends[index] if index < len(self.spare_ends) else self.end
        in_its_line = self.open_classes == 1 or self.next("\n", end) > spare
        return not in_its_line or spare >= self._class_limit(end)

    def _code(self, start: int, inner: int, close: int, end: int) -> _Mark:
        """Code from `start` to `end`, or the formula that is all there is between its backticks."""
        if FormulaMarks.IN_CODE in self.math and inner >= self.no_math_until:
            found = formula_in_code(self.text[inner:close], dollars=FormulaMarks.DOLLARS in self.math)
            if found is not None:
                return _Mark(
                    TokenKind.CODE_FORMULA, start, end, (found[0], "display" if found[1] else "inline")
                )
        return _Mark(TokenKind.CODE, start, end)

    def _class_start(self) -> int:
        return next(start for start, of_class in reversed(self.open_brackets) if of_class)

    def _class_end(self) -> int:
        """Where the innermost content class ends if every bracket counts."""
        return self.bracket_ends.get(self._class_start(), self.end)

    def _class_limit(self, at: int) -> int:
        """Where the innermost content class has to be closed: in its paragraph, if it goes over no line break."""
        start = self._class_start()
        in_line = self.in_line.get(start)
        if in_line is None:
            in_line = self.in_line[start] = "\n" not in self.text[start : self._class_end()]
        return self.code.edge(at) if in_line else self._slide_end(at)

    def _formula(self, match: re.Match[str]) -> _Mark | None:
        start, inner = match.span("math")
        opening = match["math"]
        if opening == "\\$":
            return _Mark(TokenKind.FORMULA_MARK, start, inner, ("$", ""))
        if opening == "$" and FormulaMarks.DOLLARS not in self.math:
            return None
        found = self.formulas.find(opening, start, inner)
        if found is None:
            return None
        if found.problem:
            shown = (
                opening[1:] if opening.startswith("\\\\") else opening
            )  # as Markdown shows two backslashes
            return _Mark(TokenKind.FORMULA_MARK, start, inner, (shown, found.problem))
        values = (found.tex, "display" if found.display else "inline", found.written)
        return _Mark(TokenKind.FORMULA, start, found.end, values)

    def _indented(self, lines: _Mark) -> list[_Mark]:
        """Lines that begin with four spaces, and in them what are formulas unless Markdown makes code of it."""
        text = self.text
        marks: list[_Mark] = []
        at = piece = lines.start
        while at < lines.end and (match := INDENTED_MARK.search(text, at, lines.end)) is not None:
            mark, at = None, match.end()
            if match["ticks"] is not None:
                mark = self._code_in_lines(match, lines.end)
            elif match["markup"] is not None:
                self._markup(match)
                at = match.start() + 1
            elif match["math"] is not None:
                mark = self._formula(match) if match.start() >= self.no_math_until else None
                at = _past_math(match)
            if mark is not None:
                at = mark.end
                if mark.kind is not TokenKind.CODE:
                    marks += (_Mark(TokenKind.CODE, piece, mark.start), mark)
                    piece = mark.end
        marks.append(_Mark(TokenKind.CODE, piece, lines.end))
        return [mark for mark in marks if mark.start < mark.end]

    def _code_in_lines(self, match: re.Match[str], lines_end: int) -> _Mark | None:
        """Code to the next run of as many backticks; what may be a fence closes it over blank lines, too."""
        start, inner = match.span()
        if start < max(self.comment_until, self.tag_until):
            return None
        ticks = inner - start
        close = self.code.span_end(ticks, inner) if ticks < 3 else self.code.next_run(ticks, inner)
        return None if close < 0 or close >= lines_end else self._code(start, inner, close, close + ticks)

    def _markup(self, match: re.Match[str]) -> _Mark | None:
        """Note what a tag or comment keeps from being something; a comment may be a property itself."""
        start, end = match.span()
        found = TAG_NAME.match(match["markup"])
        name = found[1].lower() if found else ""
        if match["markup"].endswith(">"):
            self.no_math_until = max(self.no_math_until, end)
            self.tag_until = end
        if name not in VERBATIM or start < self.comment_until:
            return None
        closing = f"</{found[1]}" if found and name in RAW_TEXT else VERBATIM[name]
        close = self.next(closing, end)
        if close >= self._slide_end(start):
            return None
        self.no_math_until = max(self.no_math_until, close)
        if name in RAW_TEXT:
            behind = self.next(">", close) + 1
            return _Mark(TokenKind.RAW, start, behind) if behind <= self.end else None
        if name == "!--":
            self.comment_until = close + len("-->")
            if self.rules is not None:
                token = property_comment(self.text, start, self.comment_until, self.rules)
                return None if token is None else _Mark(token.kind, start, token.end, token.values)
        return None

    def _slide_end(self, at: int) -> int:
        index = bisect_right(self.slide_ends, at)
        return self.slide_ends[index] if index < len(self.slide_ends) else self.end


def _bracket_ends(text: str, start: int, end: int) -> dict[int, int]:
    ends: dict[int, int] = {}
    opening: list[int] = []
    for match in BRACKET.finditer(text, start, end):
        if match[0] == "[":
            opening.append(match.start())
        elif opening:
            ends[opening.pop()] = match.start()
    return ends


def _spare_ends(text: str, start: int, end: int) -> list[int]:
    """Brackets that close none of their line, nor a link. One that stays open before a content class takes none."""
    spare: list[int] = []
    depth = 0
    within = 0
    """How deep the brackets of the outermost content class stand; 0 outside of one."""
    for match in BRACKET_OR_LINE.finditer(text, start, end):
        if match[0] == "\n":
            depth = within = 0
        elif match[0] == "]":
            if not depth and not text.startswith("(", match.end()):
                spare.append(match.start())
            depth = max(depth - 1, 0)
            within = min(within, depth)
        elif match[0] == "[" or within:
            depth += 1
        else:
            depth = within = 1
    return spare


def _past(match: re.Match[str]) -> int:
    """Where to go on after something that turned out to be plain text."""
    if match["fence"] is not None:
        return match.end("fence")
    if match["markup"] is not None:
        return match.start() + 1
    return match.end() if match["math"] is None else _past_math(match)


def _past_math(match: re.Match[str]) -> int:
    """Where to go on after what might have begun a formula: behind an escaped backslash."""
    return match.start() + 2 if match["math"].startswith("\\\\") else match.end()


def _closing_brackets(marks: list[_Mark]) -> dict[int, int]:
    """For each content class that is closed, the index of its mark and that of its bracket."""
    closing: dict[int, int] = {}
    open_brackets: list[int] = []
    for index, mark in enumerate(marks):
        if mark.kind in (TokenKind.CLASS_OPEN, TokenKind.ESCAPE) or (
            mark.bracket and mark.kind is TokenKind.TEXT
        ):
            open_brackets.append(index)
        elif mark.bracket and open_brackets:
            closing[open_brackets.pop()] = index
    return closing


def _division_events(marks: list[_Mark], closing: dict[int, int]) -> Iterator[tuple[int, Event]]:
    ends = {end for index, end in closing.items() if marks[index].kind is TokenKind.CLASS_OPEN}
    for index, mark in enumerate(marks):
        if mark.kind is TokenKind.DIVISION_OPEN:
            yield index, Event.OPENING
        elif mark.kind is TokenKind.DIVISION_CLOSE:
            yield index, Event.CLOSING
        elif index in closing and mark.kind is TokenKind.CLASS_OPEN:
            yield index, Event.CLASS
        elif index in ends and mark.kind is TokenKind.CLASS_CLOSE:
            yield index, Event.CLASS_END
        elif mark.kind is TokenKind.NOTES or (mark.kind is TokenKind.SEPARATOR and mark.values == ("---",)):
            yield index, Event.SLIDE


def _tokens(
    text: str,
    start: int,
    end: int,
    marks: list[_Mark],
    closing: dict[int, int],
    rules: PropertyRules | None,
) -> Iterator[Token]:
    at = start
    properties = _Properties(text, end, rules)
    properties.slide_starts(at)
    open_classes: list[int] = []
    literal_until = 0
    for index, mark in enumerate(marks):
        for token in properties.before(mark.start, at, within=bool(open_classes)):
            yield token
            at = token.end
        if mark.start < at:
            if open_classes and open_classes[-1] == index:
                open_classes.pop()
            continue
        kind = mark.kind
        if kind is TokenKind.CLASS_CLOSE:
            if not open_classes or open_classes[-1] != index:
                continue
            open_classes.pop()
        elif kind is TokenKind.CLASS_OPEN:
            if mark.start < literal_until:
                continue
            if index not in closing:
                mark = _Mark(TokenKind.UNCLOSED_CLASS, mark.start, mark.end, ("unclosed",))
            elif len(open_classes) >= MAX_DEPTH:
                mark = _Mark(TokenKind.UNCLOSED_CLASS, mark.start, mark.end, ("deep",))
            else:
                open_classes.append(closing[index])
        elif kind is TokenKind.DIVISION_OPEN:
            if index not in closing or len(open_classes) >= MAX_DEPTH:
                mark = _Mark(TokenKind.UNPAIRED_DIVISION, mark.start, mark.end)
            else:
                open_classes.append(closing[index])
        elif kind is TokenKind.DIVISION_CLOSE:
            if open_classes and open_classes[-1] == index:
                open_classes.pop()
            else:
                mark = _Mark(TokenKind.UNPAIRED_DIVISION, mark.start, mark.end)
        elif kind is TokenKind.ESCAPE:
            if index not in closing or mark.start < literal_until:
                continue
            literal_until = max(literal_until, marks[closing[index]].start)
            mark = _Mark(TokenKind.ESCAPE, mark.start, mark.start + 1)
        elif open_classes and kind is TokenKind.SEPARATOR and mark.values == ("--",):
            mark = _Mark(TokenKind.STEP, *step_break(text, mark.start, mark.end, at))
        elif mark.bracket or (
            kind in (TokenKind.SEPARATOR, TokenKind.NOTES, TokenKind.PROPERTY) and open_classes
        ):
            continue
        start = mark.start
        if kind is TokenKind.PROPERTY:
            if not properties.in_first_text:
                continue
            while start > at and text[start - 1] == "\n":  # as remark has it
                start -= 1
        if at < start:
            yield Token(TokenKind.TEXT, at, start)
        yield Token(mark.kind, start, mark.end, mark.values)
        at = mark.end
        if kind is TokenKind.SEPARATOR:
            properties.slide_starts(at)
        elif kind in (TokenKind.CLASS_OPEN, TokenKind.DIVISION_OPEN, TokenKind.NOTES):
            properties.in_first_text = False
    for token in properties.before(end, at, within=False):
        yield token
        at = token.end
    if at < end:
        yield Token(TokenKind.TEXT, at, end)


class _Properties(Struct):
    """The properties at the start of the slide at hand, and whether comments may still hold others."""

    text: str
    end: int
    rules: PropertyRules | None
    waiting: deque[Token] = field(default_factory=deque)
    in_first_text: bool = True
    """Whether no content class and no notes stand before: remark takes comments there for properties."""

    def slide_starts(self, at: int) -> None:
        """Look for the properties of the slide that starts at `at`."""
        if self.rules is not None:
            self.waiting = deque(property_tokens(self.text, at, self.end, self.rules))
        self.in_first_text = True

    def before(self, until: int, at: int, *, within: bool) -> Iterator[Token]:
        """Those that begin up to `until`, with the text before each, which begins at `at`.

        They count only outside of content classes, and not in a code span that prose before them opens.
        """
        while self.waiting and self.waiting[0].start <= until:
            token = self.waiting.popleft()
            if within or token.start < at:
                continue
            if at < token.start:
                yield Token(TokenKind.TEXT, at, token.start)
            yield token
            at = token.end
