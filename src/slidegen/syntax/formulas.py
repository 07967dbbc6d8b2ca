r"""Finds the formulas in a text before Markdown is parsed.

MathJax finds them in the finished page, in text that no element interrupts. So a formula ends within its
paragraph, its braces are balanced, and `\$` is part of it. Single dollars also follow Pandoc's rules, so that
amounts of money stay text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from slidegen.html_tags import TAG, TAG_NAME
from slidegen.patterns import lazy_compile
from slidegen.syntax.formula_names import ENVIRONMENTS
from slidegen.syntax.formula_places import PREFIX, FormulaPlaces, without_quote_marks

BEGIN = rf"begin\{{(?:{'|'.join(ENVIRONMENTS)})(?:\\?\*)?\}}"
"""Authors write this to keep Markdown from emphasising between stars: `\\begin{align\\*}`."""
OPENING = rf"\\{{1,2}}(?:[(\[]|{BEGIN}|(?:eq)?ref\{{[^{{}}\n]+\}})|\\\$|\$+"
"""The possible beginnings of a formula, a reference to one, or an escaped dollar."""

EVIDENT = lazy_compile(r"\\[a-zA-Z]|\^")
"""What is certainly TeX."""
ESCAPED_PATH = lazy_compile(r"\s*[a-zA-Z]:(?:\\\\[\w .$-]+)+(?:\\\\)?")
"""A path on Windows whose backslashes are escaped, as in `\\[C:\\\\temp\\]`."""
EQUATION = lazy_compile(
    r"(?=[ \t(|-]*[a-zA-Z])(?>(?:[a-zA-Z](?![a-zA-Z])|_\{?[a-zA-Z0-9]+\}?|[\d \t()|+*/.,'-])+)[=≤≥≈](?!=)"
)
"""What begins a formula in `$$` without an end: letters that stand alone, digits and signs up to a relation."""
CLASS = lazy_compile(r"(?<!\\)\.[a-zA-Z_-][a-zA-Z0-9_-]*\[")
CLASS_BEHIND = lazy_compile(r"(?:\.[a-zA-Z_-][a-zA-Z0-9_-]*)+\[")
NO_OPENING = lazy_compile(r"(?:[a-zA-Z]_*|[0-9]_+|[$\\])\Z")
"""What a formula in single dollars cannot follow: `US$5`, `data$column`. Other scripts put no spaces around it."""
ATTACHED = lazy_compile(
    r"(?:(?:[_^](?:\{[^{}$]*\}|[a-zA-Z0-9+*'-]|\\[a-zA-Z]+))+|\\[a-zA-Z]+(?:\{[^{}$]*\})*)\Z"
)
"""What a formula right after a letter or a digit is: an index, an exponent, or one command."""
VARIABLE = lazy_compile(r"(?:[a-zA-Z_]\w+|\{\w{2,}\})(?:/[\w.-]+)*[/:@.]\Z")
NAME = lazy_compile(r"\{?[a-zA-Z_]\w")
"""A variable of a shell, and what follows it, as in `$HOME/$USER`."""
COMMAND = lazy_compile(r"\\[a-zA-Z]")
ADDRESS = lazy_compile(r"://[^\s<>\"]*[/?&=#%+~-]\Z", re.ASCII)
"""What no dollar opens a formula after, as in `https://example.org/rows?$top=5&$skip=2`."""
LONGEST_ADDRESS = 300
MONEY = lazy_compile(r"\d[\d.,]*(?:\s|[^\x00-\x7f])(?=(?:[^\\^_={}]|\\\$)+\Z).*[^\W\d_]{2}", re.DOTALL)
"""A sum followed by words, without TeX: `$5 per head, or $` is not a formula."""
SIGNS = lazy_compile(r"[\s/|,.;:()~–—-]*")
WORDS = lazy_compile(r"\s*[),.;:!?\]|](?=[^\\^_={}]*\Z).*[^\W\d_]{2}", re.DOTALL)
"""What follows a dollar that stands for a price: `cheap ($), dear ($$)`."""
PLAIN_WORDS = lazy_compile(r"(?=[^\\^_={}]*\Z).*[^\W\d_]{2}", re.DOTALL)


class FoundFormula(Struct, frozen=True):
    """A formula, or marks that are meant to begin one."""

    end: int
    """The offset after it."""
    tex: str
    display: bool
    written: str
    """All of it as written, without the marks of the quotes around it."""
    problem: str = ""
    """Why it is text rather than a formula; empty if it is a formula."""


class FormulaFinder:
    """Finds the formulas of a text that is read from left to right, in linear time."""

    def __init__(self, text: str, start: int, end: int, find_next: Callable[[str, int], int]) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._next = find_next
        """Returns the offset of the next occurrence of a text, from an offset on."""
        self._places = FormulaPlaces(text, start, end, find_next)
        self._behind = start
        """The offset after the last formula found: another one may begin right there."""
        self._spent = -1
        """The closing marks of what has turned out not to be a formula."""

    def find(self, opening: str, start: int, inner: int) -> FoundFormula | None:
        """The formula whose opening marks are from `start` to `inner`; None if they are text."""
        kind = opening.lstrip("\\")
        if opening.startswith("$") and self._in_address(start):
            return None
        if opening == "$":
            return self._dollars(start, inner)
        if opening == "$$":
            return self._display("$$", start, inner)
        if kind in ("(", "["):
            return self._brackets(opening, start, inner)
        if kind.startswith("begin"):
            return self._environment(opening, start, inner)
        return FoundFormula(inner, opening, False, opening) if "ref" in kind else None

    def _in_address(self, at: int) -> bool:
        before = self.text[max(at - LONGEST_ADDRESS, self.start) : at]
        return "://" in before and ADDRESS.search(before) is not None

    def _dollars(self, start: int, inner: int) -> FoundFormula | None:
        """`$x$` as in Pandoc.

        There is no space inside next to a dollar; if a formula is evident, that is a problem. No `$` or backslash
        comes before, and a Latin letter or a digit only before what belongs to it, as in `H$_2$O` and `10$^3$`. What
        contains a command may touch digits, as in `3$\\times$3`.
        """
        text = self.text
        before = text[max(start - 3, self._behind, self.start) : start]
        attached = NO_OPENING.search(before) is not None
        if inner >= self.end or (attached and not (before[-1].isalpha() and text[inner] in "_^\\")):
            return None
        close = self._places.close("$", start, inner)
        if close < 0 or (attached and ATTACHED.match(text, inner, close) is None):
            return None
        if text[inner].isspace() or text[close - 1].isspace():
            if not self._is_spaced(before, inner, close):
                return None
            return FoundFormula(inner, "", False, "$", "spaces are inside the dollars of this formula")
        if VARIABLE.match(text, inner, close) and NAME.match(text, close + 1, self.end):
            return None
        follows = before[-1:].isdigit() and ATTACHED.match(text, inner, close) is None
        precedes = text[close + 1 : min(close + 2, self.end)].isdigit()
        if (follows or precedes) and COMMAND.search(text, inner, close) is None:
            return None
        if close > (self._places.row_end(start) or self._places.item_after(start)):
            return None
        if text[inner].isdigit() and MONEY.match(text[inner:close]):
            return None
        if self._is_price(inner, close, close + 1):
            return None
        return self._found(start, inner, close, close + 1, display=False)

    def _is_spaced(self, before: str, inner: int, close: int) -> bool:
        """Whether a formula is evident between dollars with spaces inside."""
        text = self.text
        after = text[close + 1 : min(close + 2, self.end)]
        if before[-1:].isalnum() or after.isalnum() or after == "\\" or "\n" in text[inner:close]:
            return False
        return (
            EVIDENT.search(text, inner, close) is not None or EQUATION.match(text, inner, close) is not None
        )

    def _brackets(self, opening: str, start: int, inner: int) -> FoundFormula | None:
        r"""`\\(` and `\\[` always begin formulas; `\(` and `\[` are brackets in Markdown, unless TeX is evident."""
        closing = opening[:-1] + {"(": ")", "[": "]"}[opening[-1]]
        if opening == "\\\\[":
            return self._display(closing, start, inner)
        close = self._places.close(closing, start, inner)
        if close < 0 or not self.text[inner:close].strip():
            return None
        end = close + len(closing)
        if len(opening) == 2 and not (
            self._places.in_html(start) or self._is_evident(start, inner, close, end)
        ):
            return None
        return self._found(start, inner, close, end, display=opening[-1] == "[")

    def _is_evident(self, start: int, inner: int, close: int, end: int) -> bool:
        """Whether there is TeX between single-backslash brackets that touch no class, tag or letter."""
        text = self.text
        tex = text[inner:close]
        if (
            EVIDENT.search(tex) is None
            or ESCAPED_PATH.fullmatch(tex)
            or CLASS.search(tex)
            or TAG_NAME.match(tex)
            or TAG.fullmatch(tex, max(tex.rfind("<"), 0))
        ):
            return False
        before = text[start - 1] if start > self.start else " "
        after = text[end] if end < self.end else " "
        if before.isalpha() or after.isalpha() or before == "]" or CLASS_BEHIND.match(text, end, self.end):
            return False
        tag = TAG_NAME.match(text, end, self.end)
        if before == ">" and text.startswith("</", max(text.rfind("<", 0, start), 0)):
            return False
        return tag is None or bool(tag["close"])

    def _display(self, closing: str, start: int, inner: int) -> FoundFormula | None:
        """A formula between `$$` or double-backslash brackets."""
        if start == self._spent:
            return None
        close = self._places.close(closing, start, inner)
        if close < 0:
            return self._without_end(closing, start, inner)
        end = close + len(closing)
        if not self.text[inner:close].strip() or (closing == "$$" and self._is_price(inner, close, end)):
            return None
        row_end = self._places.row_end(start)
        if row_end is not None and close > row_end:
            return None
        next_item = self._places.item_after(start)
        if close > next_item and not self._is_meant(start, inner, close):
            return None
        return self._found(start, inner, close, end, display=True)

    def _is_price(self, inner: int, close: int, end: int) -> bool:
        """Whether the text between dollars shows that they stand for price levels: `$/$$/$$$`."""
        between = self.text[inner:close]
        goes_on = self.text.startswith("$", end)
        if SIGNS.fullmatch(between):
            return goes_on or end - close > 1 or not between.strip(" |")
        return WORDS.match(between) is not None or (
            goes_on and end - close > 1 and PLAIN_WORDS.match(between) is not None
        )

    def _environment(self, opening: str, start: int, inner: int) -> FoundFormula | None:
        name = opening[opening.index("{") + 1 : -1].replace("\\", "")
        closings = (f"\\end{{{name}}}", f"\\end{{{name[:-1]}\\*}}")[: 1 + name.endswith("*")]
        closing = min(closings, key=lambda each: self._next(each, inner))
        close = self._next(closing, inner)
        if close >= self._places.edge_after(start):
            return self._without_end(closing, start, inner)
        end = close + len(closing)
        return self._found(start, start, end, end, display=True)

    def _without_end(self, closing: str, start: int, inner: int) -> FoundFormula | None:
        """Unclosed marks, if a formula is meant."""
        edge = self._places.edge_after(start)
        close = self._next(closing, inner)
        ends = close < self._places.slide_end_after(start)
        if not self._is_meant(start, inner, min(close, edge)):
            return None
        problem = f"no {closing} ends this formula"
        if ends:
            self._spent = close
            line = self.text[edge + 1 : self._places.line_of(edge + 1)[1]].strip(" \t>")
            problem = (
                "another block starts inside this formula" if line else "this formula contains an empty line"
            )
        opening = self.text[start:inner]
        return FoundFormula(inner, "", True, opening, problem)

    def _is_meant(self, start: int, inner: int, close: int) -> bool:
        """Whether TeX follows opening marks, or they are alone on their line."""
        text = self.text
        line_start, line_end = self._places.line_of(start)
        prefix = PREFIX.match(text, line_start, start)
        alone = prefix is not None and prefix.end() == start and not text[inner:line_end].strip()
        return (
            alone
            or text[start:inner].lstrip("\\").startswith("begin{")
            or EVIDENT.search(text, inner, close) is not None
            or (text.startswith("$$", start) and EQUATION.match(text, inner, close) is not None)
        )

    def _found(self, start: int, inner: int, close: int, end: int, *, display: bool) -> FoundFormula:
        tex, written = self.text[inner:close], self.text[start:end]
        if "\n" in tex:
            before = self.text[self._places.line_of(start)[0] : start]
            tex, written = without_quote_marks(tex, before), without_quote_marks(written, before)
        self._behind = end
        return FoundFormula(end, tex, display, written)
