"""Scans a text for possible tokens, in one pass and linear time, without regard to their context."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from msgspec import Struct, field

from slidegen.html_tags import OPENING as OPENING_TAG
from slidegen.patterns import lazy_compile
from slidegen.syntax.brackets import bracket_ends, spare_ends
from slidegen.syntax.code import CodeFinder
from slidegen.syntax.code_formulas import formula_in_code
from slidegen.syntax.divisions import CLOSING, division
from slidegen.syntax.formulas import FormulaFinder
from slidegen.syntax.marks import INDENTED_MARK, STOP, TOKEN_START, Mark, past, past_math
from slidegen.syntax.properties import PropertyRules, property_comment
from slidegen.syntax.tokens import FormulaMarks, TokenKind

SLIDE_END = lazy_compile(r"^(?:---?|\?\?\?)$", re.MULTILINE)
COMMENT = "!--"
RAW_TEXT = ("script", "style", "textarea")
"""Elements that contain no HTML, and so no Markdown either."""
VERBATIM = {**{name: f"</{name}" for name in (*RAW_TEXT, "pre", "code")}, COMMENT: "-->"}


class NextPlaces(Struct):
    """Finds where something occurs next, reading the text only once."""

    text: str
    found: dict[str, int] = field(default_factory=dict)

    def __call__(self, needle: str, start: int) -> int:
        """Offset of the first `needle` at or after `start`; the length of the text if there is none."""
        at = self.found.get(needle, -1)
        if at < start:
            at = self.text.find(needle, start)
            at = len(self.text) if at < 0 else at
            self.found[needle] = at
        return at


class MarkScanner:
    """Goes through the text once and finds the marks.

    `rules` say what makes a property; None in a text that is not a slide, and has no separators either. No formula
    begins before `no_math_until`, which also moves over tags, comments, `<pre>` and `<code>`.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        rules: PropertyRules | None,
        *,
        math: FormulaMarks = FormulaMarks.ALL,
        no_math_until: int = 0,
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.rules = rules
        self.math = math
        self.no_math_until = no_math_until
        self.next = NextPlaces(text)
        self.formulas = FormulaFinder(text, start, end, self.next)
        self.code = CodeFinder(text, start, end)
        self.slide_ends = [m.start() for m in SLIDE_END.finditer(text, start, end)]
        self.bracket_ends = bracket_ends(text, start, end)
        """For each opening bracket, its closing one, if every bracket in the text counts."""
        self.spare_ends = spare_ends(text, start, end)
        """The closing brackets that match none on their line."""
        self.open_brackets: list[tuple[int, bool]] = []
        """Each open bracket, and whether it belongs to a content class."""
        self.open_classes = 0
        self.in_line: dict[int, bool] = {}
        """By the bracket of a content class, whether it ends on its line if every bracket counts."""
        self.comment_until = 0
        """Nothing begins before this offset: the inside of a comment."""
        self.tag_until = 0
        """No code begins before this offset: the inside of a tag."""
        self.reaches_on = False
        """Whether something has begun that only text after the end could close."""

    def marks(self) -> list[Mark]:
        marks: list[Mark] = []
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
                at = past(match)
            at = max(at, self.comment_until)
        return marks

    def _next_mark(self, at: int) -> re.Match[str] | None:
        """Like `MARK.search`, but tried only where a mark can begin: much of a deck is letters and data URLs."""
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

    def _mark(self, match: re.Match[str]) -> Mark | None:
        start, end = match.span()
        if match["indented"] is not None:
            # a bracket in indented lines ends the content class around it, if no other does
            class_end = self._class_end() if self.open_classes else end
            return Mark(TokenKind.CODE, start, class_end if start < class_end < end else end)
        if match["fence"] is not None:
            return self._fence(match)
        if match["separator"] is not None:
            if self.rules is None:
                return None
            kind = TokenKind.NOTES if match["separator"] == "???" else TokenKind.SEPARATOR
            return Mark(kind, start, end, (match["separator"],))
        if match["division"] is not None:
            return self._division(start, end)
        if match["url"] is not None:
            return Mark(TokenKind.DEFINITION, start, end, (match["id"], match["url"], match["title"] or ""))
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
                return Mark(TokenKind.ESCAPE, start, end)
            self._open_bracket(end - 1, of_class=True)
            return Mark(TokenKind.CLASS_OPEN, start, end, tuple(match["classes"][1:].split(".")))
        if match["macro"] is not None:
            return Mark(TokenKind.MACRO, start, end, (match["macro"], match["args"], match["target"] or ""))
        if match["bracket"] is not None:
            kind = TokenKind.CLASS_CLOSE if match["bracket"] == "]" else TokenKind.TEXT
            if kind is TokenKind.TEXT:
                self._open_bracket(start, of_class=False)
            else:
                self._close_bracket()
            return Mark(kind, start, end, bracket=True)
        return None

    def _division(self, start: int, end: int) -> Mark | None:
        """A line of colons that opens or closes a division; in a text that is not a slide, it is text."""
        if self.rules is None or start < self.comment_until:
            return None
        line = self.text[start:end].rstrip("\n")
        if CLOSING.fullmatch(line) is not None:
            return Mark(TokenKind.DIVISION_CLOSE, start, end)
        found = division(line)
        return None if found is None else Mark(TokenKind.DIVISION_OPEN, start, end, found.classes)

    def _open_bracket(self, start: int, *, of_class: bool) -> None:
        self.open_brackets.append((start, of_class))
        self.open_classes += of_class

    def _close_bracket(self) -> None:
        if self.open_brackets:
            self.open_classes -= self.open_brackets.pop()[1]

    def _fence(self, match: re.Match[str]) -> Mark | None:
        """A fence ends at the first later line that ends in as many of its characters (`marked` 0.3)."""
        fence, within = match["fence"], self.open_classes > 0
        if self.text[match.start() - 1 : match.start()] == "[" and not within:
            return None
        for length in (
            len(fence),
            *range(min(len(fence) - 1, 6), 2, -1),
        ):  # as in JavaScript: "````sh" may be "```" and "`sh"
            end = self.code.fence_end(fence[:length], match.end(), within=within)
            if end >= 0:
                return Mark(TokenKind.CODE, match.start(), end)
            self.reaches_on = True
        return None

    def _code_span(self, match: re.Match[str]) -> Mark | None:
        """From a run of backticks to the next of as many in the same paragraph; a run alone is text.

        Code that starts in a content class also ends in it, but brackets on its own line are code, where
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
        """Whether code that extends beyond a possible closing bracket leaves a content class unclosed.

        Only a bracket that matches no other can close it: that of a later link belongs to the link.
        """
        if "\n" in self.text[inner:close]:
            return True
        index = bisect_left(self.spare_ends, end)
        spare = self.spare_ends[index] if index < len(self.spare_ends) else self.end
        in_its_line = self.open_classes == 1 or self.next("\n", end) > spare
        return not in_its_line or spare >= self._class_limit(end)

    def _code(self, start: int, inner: int, close: int, end: int) -> Mark:
        """Code from `start` to `end`, or the formula that fills its backticks."""
        if FormulaMarks.IN_CODE in self.math and inner >= self.no_math_until:
            found = formula_in_code(self.text[inner:close], dollars=FormulaMarks.DOLLARS in self.math)
            if found is not None:
                return Mark(
                    TokenKind.CODE_FORMULA, start, end, (found[0], "display" if found[1] else "inline")
                )
        return Mark(TokenKind.CODE, start, end)

    def _class_start(self) -> int:
        return next(start for start, of_class in reversed(self.open_brackets) if of_class)

    def _class_end(self) -> int:
        """Where the innermost content class ends if every bracket counts."""
        return self.bracket_ends.get(self._class_start(), self.end)

    def _class_limit(self, at: int) -> int:
        """The limit for the end of the innermost content class: its paragraph, if it contains no line break."""
        start = self._class_start()
        in_line = self.in_line.get(start)
        if in_line is None:
            in_line = self.in_line[start] = "\n" not in self.text[start : self._class_end()]
        return self.code.edge(at) if in_line else self._slide_end(at)

    def _formula(self, match: re.Match[str]) -> Mark | None:
        start, inner = match.span("math")
        opening = match["math"]
        if opening == "\\$":
            return Mark(TokenKind.FORMULA_MARK, start, inner, ("$", ""))
        if opening == "$" and FormulaMarks.DOLLARS not in self.math:
            return None
        found = self.formulas.find(opening, start, inner)
        if found is None:
            return None
        if found.problem:
            shown = (
                opening[1:] if opening.startswith("\\\\") else opening
            )  # as Markdown shows two backslashes
            return Mark(TokenKind.FORMULA_MARK, start, inner, (shown, found.problem))
        values = (found.tex, "display" if found.display else "inline", found.written)
        return Mark(TokenKind.FORMULA, start, found.end, values)

    def _indented(self, lines: Mark) -> list[Mark]:
        """Lines that begin with four spaces, and what would be formulas in them unless Markdown makes code of it."""
        text = self.text
        marks: list[Mark] = []
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
                at = past_math(match)
            if mark is not None:
                at = mark.end
                if mark.kind is not TokenKind.CODE:
                    marks += (Mark(TokenKind.CODE, piece, mark.start), mark)
                    piece = mark.end
        marks.append(Mark(TokenKind.CODE, piece, lines.end))
        return [mark for mark in marks if mark.start < mark.end]

    def _code_in_lines(self, match: re.Match[str], lines_end: int) -> Mark | None:
        """Code to the next run of as many backticks; a possible fence is closed across blank lines, too."""
        start, inner = match.span()
        if start < max(self.comment_until, self.tag_until):
            return None
        ticks = inner - start
        close = self.code.span_end(ticks, inner) if ticks < 3 else self.code.next_run(ticks, inner)
        return None if close < 0 or close >= lines_end else self._code(start, inner, close, close + ticks)

    def _markup(self, match: re.Match[str]) -> Mark | None:
        """Record what a tag or comment keeps from being a mark; a comment may itself be a property."""
        start, end = match.span()
        found = OPENING_TAG.match(match["markup"])
        name = (found["name"] or COMMENT).lower() if found else ""
        if match["markup"].endswith(">"):
            self.no_math_until = max(self.no_math_until, end)
            self.tag_until = end
        if name not in VERBATIM or start < self.comment_until:
            return None
        closing = f"</{found['name']}" if found and name in RAW_TEXT else VERBATIM[name]
        close = self.next(closing, end)
        if close >= self._slide_end(start):
            return None
        self.no_math_until = max(self.no_math_until, close)
        if name in RAW_TEXT:
            behind = self.next(">", close) + 1
            self.reaches_on = self.reaches_on or behind > self.end
            return Mark(TokenKind.RAW, start, behind) if behind <= self.end else None
        if name == COMMENT:
            self.comment_until = close + len("-->")
            if self.rules is not None:
                token = property_comment(self.text, start, self.comment_until, self.rules)
                return None if token is None else Mark(token.kind, start, token.end, token.values)
        return None

    def _slide_end(self, at: int) -> int:
        index = bisect_right(self.slide_ends, at)
        return self.slide_ends[index] if index < len(self.slide_ends) else self.end
