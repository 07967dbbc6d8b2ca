"""Code blocks that say more than their language: a title, line numbers, steps, diffs; and terminal sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.render.code.marks import MarkedCode
from slidegen.syntax.fence_info import FenceInfo, HighlightedLines

CODE_STEP = "slidegen-code-step"
PROMPT = lazy_compile(
    r"(?:\([^()\n]*\) )?(?:(?:[\w.-]+@[\w.-]+)?[^\s$#%>❯]*[$#%❯]|(?:PS )?[A-Z]:\\[^>\n]*>|>>>|\.\.\.|>|"
    r"In \[\d+\]:) "
)
"""A terminal's prompt."""
ESCAPE = lazy_compile(r"(?:\x1b|\u241b|\\e|\\x1[bB]|\\033|\\u001[bB])\[(?P<codes>[0-9;]*)(?P<final>[A-Za-z])")
"""An escape sequence of a terminal, or a shell's notation for it."""


class Line(Struct, frozen=True):
    """A line of code and how it looks."""

    html: str
    classes: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()
    """The steps at which this line is highlighted, if the block has steps."""


def frame(pre: str, info: FenceInfo) -> str:
    """A block with its title, and attributes for how its lines are shown."""
    if len(info.steps) < 2 and not (info.title or info.numbers is not None or info.wrap or info.diff):
        return pre
    classes = ["slidegen-framed"]
    classes += ["slidegen-numbered"] * (info.numbers is not None) + ["slidegen-wrap"] * info.wrap
    attributes = f'class="{" ".join(classes)}"'
    if info.numbers not in (None, 1):
        attributes += f' style="--slidegen-first-line: {info.numbers}"'
    title = ""
    if info.title:
        attributes += f' role="figure" aria-label="{escape(info.title)}"'
        title = f'<div class="slidegen-code-title">{escape(info.title, quote=False)}</div>'
    return f"<div {attributes}>{title}{_step(info)}{pre}</div>"


def _step(info: FenceInfo) -> str:
    """The attribute that says which step the code is at; the lines themselves are in the page once."""
    if len(info.steps) < 2:
        return ""
    step = min(info.step, len(info.steps))
    shown = step if info.steps[step - 1].ranges else "all"
    return f'<span class="{CODE_STEP}" data-step="{shown}"></span>'


def highlighted(info: FenceInfo, count: int) -> frozenset[int]:
    """The lines that a block without steps highlights, counted from 0."""
    return info.steps[0].among(count) if len(info.steps) == 1 else frozenset()


def steps_of_lines(steps: tuple[HighlightedLines, ...], count: int) -> list[tuple[int, ...]]:
    """For each line, the steps that highlight it."""
    if len(steps) < 2:
        return [()] * count
    about = [each.among(count) for each in steps]
    return [tuple(step for step, lines in enumerate(about, 1) if line in lines) for line in range(count)]


def without_signs(marked: MarkedCode) -> tuple[MarkedCode, list[str]]:
    """Code without the `+`, `-` or space that begins each line, and the kind of each line."""
    rows = marked.text.split("\n")
    kinds = [{"+": "slidegen-added", "-": "slidegen-removed"}.get(row[:1], "") for row in rows]
    if any(row and row[0] not in "+- " for row in rows):  # only changed lines are marked
        rows = [" " + row if row and row[0] not in "+-" else row for row in rows]
    return MarkedCode("\n".join(row[1:] for row in rows), marked.lines, ()), kinds


def session(rows: Iterable[str]) -> tuple[list[str], list[str], Callable[[int], str | None]]:
    """A terminal session: its rows without escape sequences, their kinds, and the HTML of those that had some."""
    plain, kinds, coloured = [], [], {}
    state = _Colours()
    for number, row in enumerate(rows):
        is_input = PROMPT.match(row) is not None
        kinds.append("slidegen-input" if is_input else "slidegen-output")
        if is_input:  # a shell begins its prompt in its own colours
            state.classes.clear()
        plain.append(ESCAPE.sub("", row))
        if plain[-1] != row or state.classes:
            coloured[number] = state.html(row)
    if "slidegen-input" not in kinds:
        kinds = [""] * len(kinds)
    return plain, kinds, coloured.get


class _Colours:
    """The state set by escape sequences, which continues from line to line."""

    def __init__(self) -> None:
        self.classes: list[str] = []

    def html(self, row: str) -> str:
        return "".join(self._pieces(row))

    def _pieces(self, row: str) -> Iterator[str]:
        at = 0
        for match in ESCAPE.finditer(row):
            yield self._piece(row[at : match.start()])
            at = match.end()
            if match["final"] == "m":
                self._set(match["codes"])
        yield self._piece(row[at:])

    def _piece(self, text: str) -> str:
        shown = escape(text, quote=False)
        if not shown or not self.classes:
            return shown
        return f'<span class="{" ".join(self.classes)}">{shown}</span>'

    def _set(self, codes: str) -> None:
        numbers = [int(code[:4]) if code else 0 for code in codes.split(";")]
        if 38 in numbers or 48 in numbers:  # 256 colours and true colours are ignored
            return
        for number in numbers:
            if number == 0:
                self.classes.clear()
            elif number in (1, 2, 3, 4):
                self.classes.append(f"slidegen-ansi-{number}")
            elif number in (22, 39) or 30 <= number <= 37 or 90 <= number <= 97:
                self.classes = [each for each in self.classes if len(each) < len("slidegen-ansi-30")]
                if number >= 30 and number != 39:
                    self.classes.append(f"slidegen-ansi-{30 + number % 10}")
