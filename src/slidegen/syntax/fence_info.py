"""Reads what a fence says besides the language of its code: lines to highlight, a title, line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.syntax.code import CodeFinder

FENCE = lazy_compile(
    r"^ *+(?P<fence>`{3,}+(?=[^`\n]*+\n)|~{3,}+(?=[^~\n]*+\n))(?P<info>[^\n]*)\n", re.MULTILINE
)
COMMENT_START = lazy_compile(r"^ {0,3}(?>(?:<!--(?>(?:(?!-->)[^\n])*)--> *)*)<!--", re.MULTILINE)
"""The start of a comment that is HTML of its own, where Markdown knows no code."""
STEP_MARK = "\x11"
"""Follows the words after a fence, before the number of the step that its code shows; nobody writes it."""
MAX_STEPS = 24
"""How many steps a block of code may have, as many as `styles/code.css` has rules for."""
LANGUAGE = lazy_compile(
    r"\s*+(?:\{\s*+(?![\d\s,|}-]|(?:all|none)\b)(?>(?:\#\S++\s++)*)[.=]*+)?"
    r"(?P<name>(?:[^\s,{}=\"']++(?![=\"']))?)"
)
"""The language in the words after a fence; `title="a.py"` is not one."""
PART = lazy_compile(
    r"""
      \{(?P<lines>(?:[\d\s,|*-]|all|none)*)\}
    | (?P<key>[A-Za-z_][\w-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s,{}"']+))
    | [{}]?\.?(?P<word>[^\s,{}]+)
    | (?P<between>[\s,}]+|\{)
    """,
    re.VERBOSE,
)
RANGE = lazy_compile(r"(\d+)(?:\s*(-)\s*(\d*))?")
TITLES = frozenset(("title", "filename", "caption"))
NUMBERS = frozenset(
    ("linenums", "linenos", "startFrom", "startLine", "numberLines", "line-numbers", "showLineNumbers")
)
HIGHLIGHTS = frozenset(("hl_lines", "code-line-numbers"))
DIAGRAMS = frozenset(("mermaid", "dot", "graphviz"))
"""The languages of code that is drawn."""
LENGTH = lazy_compile(r"\d+(?:\.\d+)?(?:%|px|em|rem|vw)?")


class HighlightedLines(Struct, frozen=True):
    """The lines that a step of a block of code highlights."""

    ranges: tuple[tuple[int, int], ...] = ()
    """First and last line of each run, counted from 1; empty for the whole block."""

    def among(self, count: int) -> frozenset[int]:
        """Which of `count` lines they are, counted from 0."""
        return frozenset(
            line - 1 for first, last in self.ranges for line in range(max(first, 1), min(last, count) + 1)
        )

    def beyond(self, count: int) -> int | None:
        """The first of them beyond a block's last line; None if it has all of them."""
        for first, last in self.ranges:
            if not 1 <= first <= count:
                return first
            if count < last < OPEN_END:
                return last
        return None


PIECE = lazy_compile(r"(?P<first>\d+)(?:\s*-\s*(?P<last>\d*))?|all|none|\*")
OPEN_END = 1_000_000_000


class FenceInfo(Struct, frozen=True):
    """The words after a fence."""

    language: str = ""
    """As written, empty if missing."""
    steps: tuple[HighlightedLines, ...] = ()
    """What each step highlights; a single one is not a step, and nothing highlights nothing."""
    title: str = ""
    numbers: int | None = None
    """The number of the first line; None if lines have no numbers."""
    wrap: bool = False
    """Whether long lines are wrapped."""
    diff: bool = False
    """Whether each line begins with `+`, `-` or a space."""
    alt: str = ""
    """For a diagram, its text for screen readers."""
    width: str = ""
    """For a diagram; empty for its own width."""
    unknown: tuple[int, int] | None = None
    """Start and end of what has no meaning; None if there is nothing of the kind."""
    step: int = 1
    """Which of its steps the code shows."""
    lines_at: tuple[int, int] = (0, 0)
    """Where the lines to highlight are written."""

    @property
    def is_plain(self) -> bool:
        """Whether it names no more than a language."""
        return not (self.steps or self.title or self.numbers is not None or self.wrap or self.diff)


def fences_in(text: str) -> Iterator[tuple[int, str, str]]:
    """For each fence that opens code in a text, the offset of its words, the words, and the code."""
    code, at = CodeFinder(text, 0, len(text)), 0
    has_comments = "<!--" in text
    while (match := FENCE.search(text, at)) is not None:
        if has_comments and (hidden := _comment_end(text, at, match.start())):
            at = hidden
            continue
        end = code.fence_end(match["fence"], match.end(), within=False)
        if end >= 0:
            yield match.start("info"), match["info"], text[match.end() : end]
        at = max(end, match.end())


def _comment_end(text: str, at: int, fence: int) -> int:
    """The end of the comment that a fence is in; 0 if it is in none. The text from `at` to the fence is no code."""
    while (comment := COMMENT_START.search(text, at, fence)) is not None:
        at = text.find("-->", comment.end())
        if at < 0:
            break
        if at > fence:
            return at
    return 0


def language_name(info: str) -> str:
    """The language in the words after a fence, as written: `js` in `js`, `{.js}`, `{js, echo=TRUE}`.

    Knitr writes `{r label, fig.width=3}`, Pandoc `{.python #id}`, others `js{1,3-4}` or `rust,ignore`.
    """
    match = LANGUAGE.match(info)
    name = match["name"] if match else ""
    for prefix in ("language-", "lang-"):
        name = name.removeprefix(prefix)
    return name


def read_fence_info(info: str) -> FenceInfo:
    """Parse the words after a fence."""
    info, _, step = info.partition(STEP_MARK)
    match = LANGUAGE.match(info)
    at = match.end() if match else 0
    of_knitr = info.lstrip().startswith("{") and bool(match and match["name"]) and not _is_pandoc(info)
    language = language_name(info)
    reading = _Reading(is_diagram=language.lower() in DIAGRAMS)
    for part in PART.finditer(info, at):
        if part["between"] is None and (of_knitr or not reading.take(part)):
            reading.unknown.append(part.span())
    return FenceInfo(
        language=language,
        steps=reading.steps,
        title=reading.title,
        numbers=reading.numbers,
        wrap=reading.wrap,
        diff=reading.diff,
        alt=reading.alt,
        width=reading.width,
        unknown=_with_brace(info, reading.unknown[0][0], reading.unknown[-1][1]) if reading.unknown else None,
        step=int(step) if step.isdecimal() else 1,
        lines_at=reading.lines_at,
    )


def _with_brace(info: str, start: int, end: int) -> tuple[int, int]:
    """The range, with the brace that closes one within it."""
    is_open = info.count("{", start, end) > info.count("}", start, end)
    return start, end + (is_open and info[end : end + 1] == "}")


def _is_pandoc(info: str) -> bool:
    return info.lstrip(" \t{").startswith((".", "#", "="))


class _Reading(Struct):
    is_diagram: bool
    steps: tuple[HighlightedLines, ...] = ()
    title: str = ""
    numbers: int | None = None
    wrap: bool = False
    diff: bool = False
    alt: str = ""
    width: str = ""
    unknown: list[tuple[int, int]] = []
    lines_at: tuple[int, int] = (0, 0)

    def take(self, part: re.Match[str]) -> bool:
        """Read a part; returns whether it has a meaning."""
        if self.is_diagram:
            return part["key"] is not None and self._of_diagram(part["key"], part[_quotes(part)])
        if part["lines"] is not None:
            return self._highlight(part["lines"], part.span("lines"))
        word = part["word"]
        if word is not None:
            self.wrap = self.wrap or word == "wrap"
            self.diff = self.diff or word == "diff"
            if word in NUMBERS:
                self.numbers = self.numbers or 1
            return word in ("wrap", "diff") or word in NUMBERS
        kind = _quotes(part)
        return self._of_code(part["key"], part[kind], part.span(kind))

    def _of_diagram(self, key: str, value: str) -> bool:
        if key in TITLES:
            self.title = value
        elif key == "alt":
            self.alt = value
        elif key == "width" and LENGTH.fullmatch(value):
            self.width = value
        else:
            return False
        return True

    def _of_code(self, key: str, value: str, place: tuple[int, int]) -> bool:
        if key in TITLES:
            self.title = value
        elif key in HIGHLIGHTS and value.lower() in ("true", "false"):
            self.numbers = 1 if value.lower() == "true" else None
        elif key in HIGHLIGHTS:
            return self._highlight(value, place)
        elif key in NUMBERS and (value.isdecimal() or value.lower() in ("true", "false")):
            self.numbers = None if value.lower() == "false" else int(value) if value.isdecimal() else 1
        else:
            return False
        return True

    def _highlight(self, written: str, place: tuple[int, int]) -> bool:
        steps = tuple(map(_lines, written.split("|")))
        if len(steps) > MAX_STEPS or not written.strip():
            return False
        self.steps, self.lines_at = steps, place
        return True


def _quotes(part: re.Match[str]) -> str:
    """The name of the group that has the value of a part."""
    return next(kind for kind in ("double", "single", "bare") if part[kind] is not None)


def _lines(written: str) -> HighlightedLines:
    ranges = []
    for match in RANGE.finditer(written):
        first = int(match[1][:9])
        last = first if not match[2] else int(match[3][:9]) if match[3] else OPEN_END
        ranges.append((first, last))
    return HighlightedLines(tuple(ranges))


class RangeFault(Struct, frozen=True):
    """A part of the lines to highlight that stands for none: its offsets, what is wrong, and what to write."""

    start: int
    end: int
    message: str
    meant: str


def range_fault(written: str) -> RangeFault | None:
    """The first fault in lines to highlight as they are written between braces or quotes; None if all is well.

    Spaces separate lines as commas do, and a step may be empty.
    """
    at = 0
    for step in written.split("|"):
        pieces = step.split(",")
        for piece in pieces:
            fault = _piece_fault(piece, alone=len(pieces) == 1)
            if fault is not None:
                start = at + len(piece) - len(piece.lstrip()) if piece.strip() else max(at - 1, 0)
                end = start + max(len(piece.strip()), 1)
                return RangeFault(start, end, *fault)
            at += len(piece) + 1
    return None


def _piece_fault(piece: str, *, alone: bool) -> tuple[str, str] | None:
    if not piece.strip():
        return None if alone else ("no line comes before or after this comma", "2,4-5")
    at = 0
    piece = piece.strip()
    while at < len(piece):
        match = PIECE.match(piece, at)
        if match is None or piece[match.end() :][:1].strip():
            return f"{piece} is no range of lines", "2,4-5"
        if match["last"] and int(match["last"][:9]) < int(match["first"][:9]):
            return f"{match[0]} is backwards, so it highlights nothing", f"{match['last']}-{match['first']}"
        at = len(piece) - len(piece[match.end() :].lstrip())
    return None
