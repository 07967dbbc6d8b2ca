r"""Rules in arrays: between columns by `{||c|c:c|}`, between rows by `\hline`, `\hdashline` and `\cline`.

math-core draws only single lines, and none below the last row. So it is given arrays without lines, inside an
element that lists them; here they become borders of the cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from slidegen.html_tags import tags_named
from slidegen.patterns import lazy_compile

BORDERS = {"|": "0.05em solid", "||": "0.2em double", ":": "0.05em dashed"}
_MARKED = lazy_compile(r'<mrow class="slidegen-math-lines" data-lines="([^"]*)">')
_STYLE = lazy_compile(r'\bstyle="([^"]*)"')


class ArrayLines(Struct):
    """The lines of one array."""

    columns: Sequence[str] = ()
    """Before the first column, between columns, after the last."""
    rows: list[tuple[int, str, int, int]] = field(default_factory=list)
    """Each with the row below it, its kind, and its first and last column; columns start at 1, 0 means all."""

    def above(self, row: int, kind: str, first: int = 0, last: int = 0) -> None:
        """Add a line; a second one makes it double."""
        if (row, "|", 0, 0) in self.rows and kind == "|" and not first:
            self.rows.remove((row, "|", 0, 0))
            kind = "||"
        self.rows.append((row, kind, first, last))

    def __bool__(self) -> bool:
        return any(self.columns) or bool(self.rows)

    def written(self) -> str:
        """As the value of an attribute."""
        rows = ("/".join((str(row), kind, str(first), str(last))) for row, kind, first, last in self.rows)
        return ";".join((",".join(self.columns), *rows))

    @classmethod
    def read(cls, text: str) -> ArrayLines:
        """From the value of an attribute."""
        columns, *rows = text.split(";")
        parts = (row.split("/") for row in rows)
        return cls(
            columns.split(",") if columns else (),
            [(int(row), kind, int(first), int(last)) for row, kind, first, last in parts],
        )


def column_lines(spec: str) -> list[str]:
    """The lines of an array's columns, given `l`, `c`, `r`, `|` and `:` only."""
    lines = [""]
    for sign in spec:
        if sign in "|:":
            lines[-1] = (lines[-1] + sign)[-2:] if sign == "|" else sign
        else:
            lines.append("")
    return ["|" if line == ":|" else line for line in lines]


def draw_lines(html: str) -> str:
    """MathML with the lines of its arrays, nested ones first."""
    for marked in reversed([*_MARKED.finditer(html)]):
        table = _table(html, marked.end(), ArrayLines.read(marked[1]))
        html = f'{html[: marked.start()]}<mrow class="slidegen-math-lines">{table}'
    return html


def _table(html: str, start: int, lines: ArrayLines) -> str:
    """The HTML from `start` on, with borders in the cells of the first table."""
    rows = _cells(html, start)
    width = max((len(row) for _, row in rows), default=0)
    edits: list[tuple[int, int, str]] = []
    for number, (row_end, row) in enumerate(rows):
        for column in range(max(width, len(lines.columns) - 1)):
            borders = _borders(lines, number, column, last_row=number == len(rows) - 1)
            if column < len(row):
                edits.append(_styled(row[column], borders))
            else:
                edits.append((row_end, row_end, f'<mtd style="{borders}"></mtd>'))
    pieces: list[str] = []
    at = start
    for begin, end, text in edits:
        pieces += (html[at:begin], text)
        at = end
    return "".join((*pieces, html[at:]))


def _cells(html: str, start: int) -> list[tuple[int, list[re.Match[str]]]]:
    """For each row of the first table, where it ends, and the opening tags of its cells."""
    rows: list[tuple[int, list[re.Match[str]]]] = []
    cells: list[re.Match[str]] = []
    depth = 0
    for tag in tags_named("mtable", "mtr", "mtd").finditer(html, start):
        closing, name = tag["close"], tag["name"]
        if name == "mtable":
            depth += -1 if closing else 1
            if depth == 0:
                break
        elif depth == 1 and name == "mtd" and not closing:
            cells.append(tag)
        elif depth == 1 and name == "mtr" and closing:
            rows.append((tag.start(), cells))
            cells = []
    return rows


def _styled(tag: re.Match[str], borders: str) -> tuple[int, int, str]:
    """A cell's tag with further declarations: its start, its end, and the new text."""
    if not borders:
        return tag.end(), tag.end(), ""
    style = _STYLE.search(tag[3])
    before = style[1].rstrip(";") + ";" if style is not None and style[1] else ""
    rest = _STYLE.sub("", tag[3]).rstrip()
    return tag.start(), tag.end(), f'<{tag[2]}{rest} style="{before}{borders}">'


def _borders(lines: ArrayLines, row: int, column: int, *, last_row: bool) -> str:
    found = {}
    if column == 0 and lines.columns and lines.columns[0]:
        found["left"] = lines.columns[0]
    if column + 1 < len(lines.columns) and lines.columns[column + 1]:
        found["right"] = lines.columns[column + 1]
    for place, kind, first, last in lines.rows:
        if not first or first <= column + 1 <= last:
            if place == row:
                found["top"] = kind
            elif last_row and place > row:
                found["bottom"] = kind
    return "".join(f"border-{side}:{BORDERS[kind]} currentcolor;" for side, kind in found.items())
