"""Recognises rows that are meant to be a table, and are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile
from slidegen.syntax.mistake_view import BREAK, View, follows_text, line_before

ROW = lazy_compile(r"^ {0,3}(?P<row>\|[^\n]*\|)[ \t]*$", re.MULTILINE)
BARE_ROW = lazy_compile(r"^ {0,3}(?![-+*>#]|\d+\.)\|?[^|\n]+(?: \| [^|\n]+)+$", re.MULTILINE)
PARAGRAPH = lazy_compile(rf"(?:^[^\n{BREAK}]*[^\s{BREAK}][^\n{BREAK}]*(?:\n|\Z))+", re.MULTILINE)
DELIMITER = lazy_compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")

LIKE_DELIMITER = lazy_compile(r"[|:=+_ \t\u2010-\u2015-]*[=+_\u2010-\u2015-][|:=+_ \t\u2010-\u2015-]*")
"""What is meant as a delimiter row."""


def tables_without_head(view: View) -> None:
    """Rows of a table without the delimiter row."""
    for rows in _blocks(view.markdown):
        texts = [row["row"] for row in rows]
        if len(rows) < 2 or any(text.count("|") < 3 or "{{" in text for text in texts[:2]):
            continue
        if line_before(view.markdown, rows[0].start()).lstrip().startswith(">"):
            continue  # the quote continues
        delimiter = next((at for at, text in enumerate(texts) if DELIMITER.match(text)), -1)
        first = rows[0]
        if delimiter < 0 and len({text.count("|") for text in texts}) == 1:
            columns = texts[0].count("|") - 1
            meant = LIKE_DELIMITER.fullmatch(texts[1]) is not None
            view.report(
                Code.NO_TABLE,
                "these rows are not a table: the second line is "
                + ("not made of hyphens alone" if meant else "missing"),
                *first.span("row"),
                f"write |{'---|' * columns} {'as the second line' if meant else 'below the first row'}",
            )
        elif delimiter == 0:
            view.report(
                Code.NO_TABLE,
                "these rows are not a table: it has no head",
                *first.span("row"),
                "write the names of the columns in a row above this line, such as | A | B |",
            )
        elif delimiter == 1 and follows_text(view.markdown, first.start()):
            view.report(
                Code.NO_TABLE,
                "these rows are not a table, because there is text directly above them",
                *first.span("row"),
                "put an empty line before the table",
            )


def bare_tables(view: View) -> None:
    """Rows of a table with bars only between cells, without the delimiter row."""
    for rows in _bare_blocks(view.markdown):
        cells = {row[0].count(" | ") for row in rows}
        if len(rows) > 1 and len(cells) == 1 and not any("](" in row[0] or "{{" in row[0] for row in rows):
            view.report(
                Code.NO_TABLE,
                "these rows are not a table: the second line is missing",
                rows[0].start(),
                rows[0].end(),
                f"write {' | '.join(['---'] * (cells.pop() + 1))} below the first row",
            )


def _bare_blocks(text: str) -> Iterator[list[re.Match[str]]]:
    """The paragraphs in which each line has a bar between two words."""
    for paragraph in PARAGRAPH.finditer(text):
        rows = list(BARE_ROW.finditer(text, *paragraph.span()))
        if len(rows) == paragraph[0].count("\n") + (not paragraph[0].endswith("\n")):
            yield rows


def _blocks(text: str) -> Iterator[list[re.Match[str]]]:
    """Groups of consecutive rows."""
    block: list[re.Match[str]] = []
    for row in ROW.finditer(text):
        if block and row.start() != block[-1].end() + 1:
            yield block
            block = []
        block.append(row)
    if block:
        yield block
