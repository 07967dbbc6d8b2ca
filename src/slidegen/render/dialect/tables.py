"""Tables, with or without outer pipes."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import Block, BlockRule, DialectParser
from slidegen.render.dialect.patterns import compiled

BAR = compiled(r"(?<!\\)\|")
OPEN_DELIMITERS = compiled(r"\n *+([-:]++ *+\|[-| :]*+)\n")
BARRED_DELIMITERS = compiled(r"\n *+\|( *+[-:]++[-| :]*+)\n")
COLUMN = compiled(r"(:?)-+(:?)")
ALIGNMENT = {(True, True): "center", (True, False): "left", (False, True): "right"}


class Table(BlockRule):
    """A line with bars, a line of dashes, bars and colons, and all following lines with bars."""

    anywhere = False

    def __init__(self, parser: DialectParser, *, barred: bool) -> None:
        super().__init__(parser)
        self.barred = barred
        """Whether each line begins with a bar. Such tables are tried after the others."""
        self.opening = "|" if barred else ""

    def read(self, passage: Passage, at: int) -> Block | None:
        """The table that begins with this line."""
        line_end = passage.line_end(at)
        delimiters = (BARRED_DELIMITERS if self.barred else OPEN_DELIMITERS).match(passage.text, line_end)
        if delimiters is None:
            return None
        header = passage.text[at:line_end].lstrip(" ")
        if ("|" not in header[1:] and not self.barred) or len(header) < 2 or header[0].isspace():
            return None
        table = Element("table")
        columns = [_alignment(cell) for cell in _cells(delimiters[1])]
        _row(SubElement(table, "thead"), "th", _cells(header, trim_start=self.barred), columns)
        body = SubElement(table, "tbody")
        at = delimiters.end()
        while at < len(passage.text):
            line_end = passage.line_end(at)
            line = passage.text[at:line_end].strip(" ")
            if not (line.startswith("|") if self.barred else "|" in line):
                break
            # Without outer bars, a bar at the edge separates an empty cell.
            _row(body, "td", _cells(line, trim_start=self.barred, trim_end=self.barred), columns)
            at = line_end + 1
        while at < len(passage.text) and passage.text[at] == "\n":
            at += 1
        return table, min(at, len(passage.text))


def _row(parent: Element, tag: str, cells: Sequence[str], columns: Sequence[str]) -> None:
    row = SubElement(parent, "tr")
    for number, text in enumerate(cells):
        cell = SubElement(row, tag)
        cell.text = text
        if number < len(columns) and columns[number]:
            cell.set("style", f"text-align:{columns[number]}")


def _cells(line: str, *, trim_start: bool = False, trim_end: bool = True) -> list[str]:
    cells = [cell.strip(" ") for cell in BAR.split(line)]
    if trim_start and len(cells) > 1 and not cells[0]:
        del cells[0]
    if trim_end and len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells


def _alignment(cell: str) -> str:
    match = COLUMN.fullmatch(cell)
    return ALIGNMENT.get((bool(match[1]), bool(match[2])), "") if match else ""
