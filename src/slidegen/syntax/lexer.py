"""Splits a deck's text into tokens as remark.js 0.14.1's lexer does, in one pass and linear time.

It departs from remark where remark is wrong: brackets inside code, formulas and escapes do not close a content
class, and prose with a colon on a slide's first line stays prose.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.syntax.divisions import ColonEvent, division_pairs
from slidegen.syntax.marks import Mark
from slidegen.syntax.properties import PropertyRules, property_tokens
from slidegen.syntax.scanner import MarkScanner
from slidegen.syntax.step_breaks import step_break
from slidegen.syntax.tokens import FormulaMarks, Token, TokenKind

OPEN_MACRO = lazy_compile(r"!\[:[^\]\[]*+(?:\Z|\]\((?>(?:[^()]|\([^()]*\))*)(?:\([^()]*+)?\Z)")
"""A macro call that does not end in its text."""
MAX_DEPTH = 100
"""How deeply content classes may nest; browsers stop at 512 elements."""


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

    With `slides` false, the text is the content of something (a variable, a macro's output): separators,
    notes and properties are not recognised. `math` says which marks make formulas.
    """
    own_rules = rules if slides else None
    marks = _scanner(text, start, end, own_rules, math).marks()
    return list(
        _tokens(text, start, end, _Nesting(text=text, marks=marks, closing=_closing_marks(marks)), own_rules)
    )


def lex_alone(text: str, rules: PropertyRules, math: FormulaMarks) -> list[Token] | None:
    """The tokens of some slides of a deck; None if they depend on what follows.

    They do if a fence, a content class, a macro call or a script begins and does not end: anything else ends
    with its slide. Otherwise, the tokens are the same as in the whole deck.
    """
    scanner = _scanner(text, 0, len(text), rules, math)
    marks = scanner.marks()
    closing = _closing_marks(marks)
    kinds = (TokenKind.CLASS_OPEN, TokenKind.ESCAPE)
    opened = any(mark.kind in kinds and index not in closing for index, mark in enumerate(marks))
    if scanner.reaches_on or opened or ("![:" in text and OPEN_MACRO.search(text) is not None):
        return None
    return list(_tokens(text, 0, len(text), _Nesting(text=text, marks=marks, closing=closing), rules))


def _scanner(text: str, start: int, end: int, rules: PropertyRules | None, math: FormulaMarks) -> MarkScanner:
    until = 0 if math else end
    return MarkScanner(text=text, start=start, end=end, rules=rules, no_math_until=until, math=math)


def _closing_marks(marks: list[Mark]) -> dict[int, int]:
    """For each closed content class and division, the index of its mark and that of what closes it."""
    closing = _closing_brackets(marks)
    if any(mark.kind is TokenKind.DIVISION_OPEN or mark.kind is TokenKind.DIVISION_CLOSE for mark in marks):
        closing |= division_pairs(_division_events(marks, closing))
    return closing


def _closing_brackets(marks: list[Mark]) -> dict[int, int]:
    """For each closed content class, the index of its mark and that of its bracket."""
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


def _division_events(marks: list[Mark], closing: dict[int, int]) -> Iterator[tuple[int, ColonEvent]]:
    ends = {end for index, end in closing.items() if marks[index].kind is TokenKind.CLASS_OPEN}
    for index, mark in enumerate(marks):
        if mark.kind is TokenKind.DIVISION_OPEN:
            yield index, ColonEvent.OPENING
        elif mark.kind is TokenKind.DIVISION_CLOSE:
            yield index, ColonEvent.CLOSING
        elif index in closing and mark.kind is TokenKind.CLASS_OPEN:
            yield index, ColonEvent.CLASS
        elif index in ends and mark.kind is TokenKind.CLASS_CLOSE:
            yield index, ColonEvent.CLASS_END
        elif mark.kind is TokenKind.NOTES or (mark.kind is TokenKind.SEPARATOR and mark.values == ("---",)):
            yield index, ColonEvent.SLIDE


def _cut_by_notes(marks: list[Mark], closing: dict[int, int]) -> set[int]:
    """The indices of the marks of divisions that are unpaired because `???` comes between them."""
    cut: set[int] = set()
    paired = {end for index, end in closing.items() if marks[index].kind is TokenKind.DIVISION_OPEN}
    opened: list[int] = []
    in_notes = False
    for index, mark in enumerate(marks):
        if mark.kind is TokenKind.NOTES:
            in_notes = True
        elif mark.kind is TokenKind.SEPARATOR and mark.values == ("---",):
            opened, in_notes = [], False
        elif mark.kind is TokenKind.DIVISION_OPEN and index not in closing and not in_notes:
            opened.append(index)
        elif mark.kind is TokenKind.DIVISION_CLOSE and index not in paired and in_notes and opened:
            cut |= {opened.pop(), index}
    return cut


def _tokens(
    text: str, start: int, end: int, nesting: _Nesting, rules: PropertyRules | None
) -> Iterator[Token]:
    at = start
    properties = _Properties(text, end, rules)
    properties.slide_starts(at)
    for index, found in enumerate(nesting.marks):
        for token in properties.before(found.start, at, within=bool(nesting.open)):
            yield token
            at = token.end
        mark = nesting.meaning(index, found, at)
        if mark is None:
            continue
        start, kind = mark.start, found.kind
        if kind is TokenKind.PROPERTY:
            if not properties.in_first_text:
                continue
            while start > at and text[start - 1] == "\n":  # as in remark
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


class _Nesting(Struct):
    """The content classes and divisions that are open, and what each mark means within them."""

    text: str
    marks: list[Mark]
    closing: dict[int, int]
    """For the index of an opening mark, that of the mark that closes it."""
    open: list[int] = field(default_factory=list)
    """The indices of the marks that close what is open, the innermost last."""
    literal_until: int = 0
    """Where the bracket of an escaped content class closes: marks up to there are text."""
    cut: set[int] | None = None
    """The indices of divisions' marks that `???` comes between, once one has been asked for."""

    def meaning(self, index: int, mark: Mark, at: int) -> Mark | None:
        """The mark as it counts here; None if it is text. What comes before `at` has been read."""
        kind = mark.kind
        if mark.start < at:
            self._closes(index)
            return None
        if kind is TokenKind.CLASS_CLOSE:
            return mark if self._closes(index) else None
        if kind is TokenKind.CLASS_OPEN:
            return None if mark.start < self.literal_until else self._class(index, mark)
        if kind is TokenKind.DIVISION_OPEN:
            return mark if self._opens(index) else self._unpaired(index, mark)
        if kind is TokenKind.DIVISION_CLOSE:
            return mark if self._closes(index) else self._unpaired(index, mark)
        if kind is TokenKind.ESCAPE:
            return self._escape(index, mark)
        if self.open and kind is TokenKind.SEPARATOR and mark.values == ("--",):
            return Mark(TokenKind.STEP, *step_break(self.text, mark.start, mark.end, at))
        of_slide = kind in (TokenKind.SEPARATOR, TokenKind.NOTES, TokenKind.PROPERTY)
        return None if mark.bracket or (of_slide and self.open) else mark

    def _unpaired(self, index: int, mark: Mark) -> Mark:
        """The mark of a division without its other end, which has a value if `???` comes between them."""
        if self.cut is None:
            self.cut = _cut_by_notes(self.marks, self.closing)
        return Mark(TokenKind.UNPAIRED_DIVISION, mark.start, mark.end, ("???",) if index in self.cut else ())

    def _class(self, index: int, mark: Mark) -> Mark:
        if self._opens(index):
            return mark
        why = "unclosed" if index not in self.closing else "deep"
        return Mark(TokenKind.UNCLOSED_CLASS, mark.start, mark.end, (why,))

    def _escape(self, index: int, mark: Mark) -> Mark | None:
        if index not in self.closing or mark.start < self.literal_until:
            return None
        self.literal_until = max(self.literal_until, self.marks[self.closing[index]].start)
        return Mark(TokenKind.ESCAPE, mark.start, mark.start + 1)

    def _opens(self, index: int) -> bool:
        """Open what begins at a mark; returns whether it can be."""
        if index not in self.closing or len(self.open) >= MAX_DEPTH:
            return False
        self.open.append(self.closing[index])
        return True

    def _closes(self, index: int) -> bool:
        """Close what ends at a mark; returns whether it is the innermost that is open."""
        if not self.open or self.open[-1] != index:
            return False
        self.open.pop()
        return True


class _Properties(Struct):
    """The properties at the start of the current slide, and whether comments may still contain others."""

    text: str
    end: int
    rules: PropertyRules | None
    waiting: deque[Token] = field(default_factory=deque)
    in_first_text: bool = True
    """Whether no content class and no notes come before, so that remark takes comments there for properties."""

    def slide_starts(self, at: int) -> None:
        """Look for the properties of the slide that starts at `at`."""
        if self.rules is not None:
            self.waiting = deque(property_tokens(self.text, at, self.end, self.rules))
        self.in_first_text = True

    def before(self, until: int, at: int, *, within: bool) -> Iterator[Token]:
        """Those that begin up to `until`, with the text before each, which begins at `at`.

        They count only outside content classes, and outside a code span that prose before them opens.
        """
        while self.waiting and self.waiting[0].start <= until:
            token = self.waiting.popleft()
            if within or token.start < at:
                continue
            if at < token.start:
                yield Token(TokenKind.TEXT, at, token.start)
            yield token
            at = token.end
