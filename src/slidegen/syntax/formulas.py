r"""Finds the formulas in a text before Markdown is parsed.

MathJax finds them in the finished page, in text that no element interrupts. So a formula ends within its
paragraph, its braces are balanced, and `\$` is part of it. Single dollars also follow Pandoc's rules, so that
amounts of money stay text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.syntax.formula_parts import Parts

ENVIRONMENTS = (
    "equation align alignat flalign gather multline eqnarray xalignat subequations math displaymath split aligned "
    "gathered alignedat multlined array darray matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases "
    "dcases rcases CD"
).split()
ENVIRONMENT = rf"(?:{'|'.join(ENVIRONMENTS)})\*?"
BEGIN = rf"begin\{{(?:{'|'.join(ENVIRONMENTS)})(?:\\?\*)?\}}"
"""Authors keep Markdown from making emphasis of the stars: `\\begin{align\\*}`."""
OPENING = rf"\\{{1,2}}(?:[(\[]|{BEGIN}|(?:eq)?ref\{{[^{{}}\n]+\}})|\\\$|\$+"
"""What a formula may begin with, a reference to one, or a dollar that is none."""

BLOCK_TAGS = (
    "address|article|aside|audio|blockquote|body|canvas|caption|center|col|colgroup|dd|details|dialog|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|html|iframe|li|main|nav|object|ol|p|picture|pre|script"
    "|section|style|summary|svg|table|tbody|td|template|textarea|tfoot|th|thead|tr|ul|video"
)
EDGE = lazy_compile(
    rf"""
      \n(?=[\ \t>]*$)                                   # a blank line
    | \n(?=(?:---?|\?\?\?)$)                            # the next slide, or notes
    | ^(?P<heading>[\ \t>]*\#[^\n]*)
    | \n(?=[\ \t>]*(?:`{{3}}|~{{3}}|[-=]{{2,}}[\ \t]*$))    # code; a line under a heading
    | (?i:<(?:!--|/[a-z]|(?:{BLOCK_TAGS})(?=[\s/>])[^<>\n]*>))
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What no formula reaches over."""
HTML = lazy_compile(
    rf"^[ \t>]*(?:(?:[*+-]|\d{{1,9}}\.)[ \t]+)*<(?P<name>(?i:{BLOCK_TAGS}))(?=[\s/>])", re.MULTILINE
)
"""The beginning of raw HTML, in which no backslash is an escape: MathJax sees it."""
ITEM = lazy_compile(r"\n(?=[ \t>]*(?:[*+-]|\d{1,9}\.)[ \t])")
"""What a formula reaches over only if it is sure to be one: a list's next item, or a line that looks like it."""
SLIDE_END = lazy_compile(r"^(?:---?|\?\?\?)$", re.MULTILINE)
EVIDENT = lazy_compile(r"\\[a-zA-Z]|\^")
"""What is TeX and nothing else."""
EQUATION = lazy_compile(
    r"(?=[ \t(|-]*[a-zA-Z])(?>(?:[a-zA-Z](?![a-zA-Z])|_\{?[a-zA-Z0-9]+\}?|[\d \t()|+*/.,'-])+)[=≤≥≈](?!=)"
)
"""What begins a formula in `$$` without an end: letters that stand alone, digits and signs up to a relation."""
CLASS = lazy_compile(r"(?<!\\)\.[a-zA-Z_-][a-zA-Z0-9_-]*\[")
TAG_BEFORE = lazy_compile(r"</?[a-zA-Z][^<>]*>\Z")
TAG_BEHIND = lazy_compile(r"(</?)[a-zA-Z]")
CLASS_BEHIND = lazy_compile(r"(?:\.[a-zA-Z_-][a-zA-Z0-9_-]*)+\[")
CODE = lazy_compile(
    rf"\\\((?P<inline>.+)\\\)|\\\[(?P<display>.+)\\\]|\$\$(?P<dollars>[^$].*)\$\$|\$(?P<dollar>[^$].*)\$"
    rf"|(?P<whole>\\begin\{{(?P<name>{ENVIRONMENT})\}}.+\\end\{{(?P=name)\}})",
    re.DOTALL,
)
"""xaringan writes `\\(x\\)`, `$x$`, `$$x$$` and environments in backticks."""
NO_OPENING = lazy_compile(r"(?:[a-zA-Z]_*|[0-9]_+|[$\\])\Z")
"""What no single dollar opens a formula behind: `US$5`, `data$column`. Other scripts put no blanks around it."""
COMMAND = lazy_compile(r"\\[a-zA-Z]")
ADDRESS = lazy_compile(r"://[^\s<>\"]*[/?&=#%+~-]\Z", re.ASCII)
"""What no dollar opens a formula behind, as in `https://example.org/rows?$top=5&$skip=2`."""
LONGEST_ADDRESS = 300
MONEY = lazy_compile(r"\d[\d.,]*(?:\s|[^\x00-\x7f])(?=(?:[^\\^_={}]|\\\$)+\Z).*[^\W\d_]{2}", re.DOTALL)
"""A sum and words after it, without TeX: `$5 per head, or $` is no formula."""
SIGNS = lazy_compile(r"[\s/|,.;:()~–—-]*")
WORDS = lazy_compile(r"\s*[),.;:!?\]|](?=[^\\^_={}]*\Z).*[^\W\d_]{2}", re.DOTALL)
"""What follows a dollar that stands for a price: `cheap ($), dear ($$)`."""
PLAIN_WORDS = lazy_compile(r"(?=[^\\^_={}]*\Z).*[^\W\d_]{2}", re.DOTALL)
DOLLAR = lazy_compile(r"\\[\s\S]|[{}$]")
SEAM = lazy_compile(r"\$\$`+\$\$")
PREFIX = lazy_compile(r"[ \t]*(?:(?:>|[*+-](?=[ \t])|\d{1,9}\.(?=[ \t]))[ \t]*)*")
"""What stands before the text of a line in quotes and lists."""


class FoundFormula(Struct, frozen=True):
    """A formula, or marks that are meant to begin one."""

    end: int
    """The offset behind it."""
    tex: str
    display: bool
    written: str
    """All of it as written, but for the marks of the quotes it stands in."""
    problem: str = ""
    """Why it is no formula but text; empty where it is one."""


class FormulaFinder:
    """Finds the formulas of a text that is gone through from left to right, in linear time."""

    def __init__(self, text: str, start: int, end: int, find_next: Callable[[str, int], int]) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._next = find_next
        """From a text and an offset to the offset where it stands next."""
        self._parts: dict[int, Parts] = {}
        self._line = (0, -1)
        """The line that was asked for last."""
        self._behind = start
        """The offset behind the last formula found: another one may begin right there."""
        self._spent = -1
        """Where the marks stand that would end a formula that has been found to be none."""

    def find(self, opening: str, start: int, inner: int) -> FoundFormula | None:
        """The formula whose opening marks stand from `start` to `inner`; None where they are text."""
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
        """`$x$` as Pandoc has it.

        No Latin letter, `$` or backslash stands before, no blank inside next to a dollar. Digits touch only what
        has a command in it, as in `3$\\times$3`.
        """
        text = self.text
        before = text[max(start - 3, self._behind, self.start) : start]
        if NO_OPENING.search(before) or inner >= self.end or text[inner].isspace():
            return None
        close = self._close("$", start, inner)
        if close < 0 or text[close - 1].isspace():
            return None
        by_digit = before[-1:].isdigit() or text[close + 1 : min(close + 2, self.end)].isdigit()
        if by_digit and COMMAND.search(text, inner, close) is None:
            return None
        if close > (self._row_end(start) or _first_after(self._items, start, self.end)):
            return None
        if text[inner].isdigit() and MONEY.match(text[inner:close]):
            return None
        if self._is_price(inner, close, close + 1):
            return None
        return self._found(start, inner, close, close + 1, display=False)

    def _brackets(self, opening: str, start: int, inner: int) -> FoundFormula | None:
        r"""`\\(` and `\\[` always begin formulas; `\(` and `\[` are brackets in Markdown, unless TeX is evident."""
        closing = opening[:-1] + {"(": ")", "[": "]"}[opening[-1]]
        if opening == "\\\\[":
            return self._display(closing, start, inner)
        close = self._close(closing, start, inner)
        if close < 0 or not self.text[inner:close].strip():
            return None
        end = close + len(closing)
        if len(opening) == 2 and not (self._in_html(start) or self._is_evident(start, inner, close, end)):
            return None
        return self._found(start, inner, close, end, display=opening[-1] == "[")

    def _is_evident(self, start: int, inner: int, close: int, end: int) -> bool:
        """Whether there is TeX between single-backslash brackets, which no class, tag or letter touches."""
        text = self.text
        tex = text[inner:close]
        if (
            EVIDENT.search(tex) is None
            or CLASS.search(tex)
            or TAG_BEHIND.match(tex)
            or TAG_BEFORE.search(tex)
        ):
            return False
        before = text[start - 1] if start > self.start else " "
        after = text[end] if end < self.end else " "
        if before.isalpha() or after.isalpha() or before == "]" or CLASS_BEHIND.match(text, end, self.end):
            return False
        tag = TAG_BEHIND.match(text, end, self.end)
        if before == ">" and text.startswith("</", max(text.rfind("<", 0, start), 0)):
            return False
        return tag is None or tag[1] == "</"

    def _display(self, closing: str, start: int, inner: int) -> FoundFormula | None:
        """A formula between `$$` or double-backslash brackets."""
        if start == self._spent:
            return None
        close = self._close(closing, start, inner)
        if close < 0:
            return self._without_end(closing, start, inner)
        end = close + len(closing)
        if not self.text[inner:close].strip() or (closing == "$$" and self._is_price(inner, close, end)):
            return None
        row_end = self._row_end(start)
        if row_end is not None and close > row_end:
            return None
        next_item = _first_after(self._items, start, self.end)
        if close > next_item and not self._is_meant(start, inner, close):
            return None
        return self._found(start, inner, close, end, display=True)

    def _is_price(self, inner: int, close: int, end: int) -> bool:
        """Whether what stands between dollars shows that they say how dear something is: `$/$$/$$$`."""
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
        if close >= _first_after(self._edges, start, self.end):
            return self._without_end(closing, start, inner)
        end = close + len(closing)
        return self._found(start, start, end, end, display=True)

    def _without_end(self, closing: str, start: int, inner: int) -> FoundFormula | None:
        """Marks to which no others are found, if a formula is meant."""
        edge = _first_after(self._edges, start, self.end)
        close = self._next(closing, inner)
        ends = close < _first_after(self._slide_ends, start, self.end)
        if not self._is_meant(start, inner, min(close, edge)):
            return None
        problem = f"no {closing} ends this formula"
        if ends:
            self._spent = close
            line = self.text[edge + 1 : self._line_of(edge + 1)[1]].strip(" \t>")
            problem = (
                "another block starts inside this formula" if line else "this formula contains an empty line"
            )
        opening = self.text[start:inner]
        return FoundFormula(inner, "", True, opening, problem)

    def _is_meant(self, start: int, inner: int, close: int) -> bool:
        """Whether TeX follows opening marks, or they stand alone on their line."""
        text = self.text
        line_start, line_end = self._line_of(start)
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
            before = self.text[self._line_of(start)[0] : start]
            tex, written = without_quote_marks(tex, before), without_quote_marks(written, before)
        self._behind = end
        return FoundFormula(end, tex, display, written)

    # Places

    def _close(self, closing: str, start: int, inner: int) -> int:
        """Where the marks stand that end a formula, -1 if nowhere."""
        block = bisect_right(self._edges, start) - 1
        parts = self._parts.get(block)
        if parts is None:
            end = self._edges[block + 1] if block + 1 < len(self._edges) else self.end
            parts = self._parts[block] = Parts.of(self.text, self._edges[block], end)
        return parts.close(closing, inner)

    def _row_end(self, at: int) -> int | None:
        """Where the line ends, if it looks like a table's row; no formula is in two of them."""
        start, end = self._line_of(at)
        prefix = PREFIX.match(self.text, start, at)
        return end if prefix is not None and self.text[prefix.end()] == "|" else None

    def _line_of(self, offset: int) -> tuple[int, int]:
        start, end = self._line
        if not start <= offset <= end:
            start = max(self.text.rfind("\n", 0, offset) + 1, self.start)
            end = self.text.find("\n", offset, self.end)
            self._line = start, end = start, self.end if end < 0 else end
        return start, end

    @cached_property
    def _edges(self) -> list[int]:
        edges = [self.start]
        for match in EDGE.finditer(self.text, self.start, self.end):
            edges.append(match.start())
            if match["heading"] is not None:
                edges.append(match.end())
        return edges

    def _in_html(self, offset: int) -> bool:
        """Whether raw HTML stands there, of which Markdown reads nothing."""
        index = bisect_right(self._html, (offset, self.end)) - 1
        return index >= 0 and offset < self._html[index][1]

    @cached_property
    def _html(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for match in HTML.finditer(self.text, self.start, self.end):
            if not found or match.start() >= found[-1][1]:
                close = self._next(f"</{match['name']}", match.end())
                if close < _first_after(self._slide_ends, match.start(), self.end):
                    found.append((match.start(), close))
        return found

    @cached_property
    def _items(self) -> list[int]:
        return [match.start() for match in ITEM.finditer(self.text, self.start, self.end)]

    @cached_property
    def _slide_ends(self) -> list[int]:
        return [match.start() for match in SLIDE_END.finditer(self.text, self.start, self.end)]


def without_quote_marks(text: str, before: str) -> str:
    """A text of several lines without the marks of the quotes it stands in; `before` begins its first line."""
    prefix = PREFIX.match(before)
    quotes = prefix[0].count(">") if prefix else 0
    return re.sub(rf"\n(?:[ \t]*> ?){{1,{quotes}}}", "\n", text) if quotes else text


def formula_in_code(code: str, *, dollars: bool) -> tuple[str, bool] | None:
    """The TeX of a formula that is all there is in backticks, and whether it stands alone; else None.

    `dollars` says whether single ones make a formula.
    """
    match = CODE.fullmatch(code.strip())
    if match is None:
        return None
    kind = match.lastgroup or ""
    tex = match[kind]
    if kind == "dollars":
        # Two formulas without a blank between their backticks are one piece of code to Markdown.
        tex = SEAM.sub(r"\\\\ ", tex)
    if kind == "dollar" and not dollars:
        return None
    if kind in ("dollar", "dollars"):
        depth = 0
        for mark in DOLLAR.finditer(tex):
            depth = max(depth + (mark[0] == "{") - (mark[0] == "}"), 0)
            if mark[0] == "$" and depth == 0:
                return None
    return tex, kind in ("display", "dollars", "whole")


def _first_after(offsets: list[int], at: int, end: int) -> int:
    """The first of ascending offsets that comes after `at`; `end` if none does."""
    index = bisect_right(offsets, at)
    return offsets[index] if index < len(offsets) else end
