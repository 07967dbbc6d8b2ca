"""Formats Markdown of the documentation for a terminal: headings, tables and lists that fit its width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import fill

import click

from slidegen.patterns import lazy_compile

CODE_OR_MARK = lazy_compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)|!?\[(?P<link>(?:`[^`]*`|[^\]`])*)\]\([^)\s]*\)|\*\*"
)
WIDTHS = (40, 100)
"""Fewest and most columns of the text."""


def for_terminal(text: str, columns: int) -> str:
    """The text with terminal styles, which `click.echo` strips when it prints to a pipe."""
    width = min(max(columns, WIDTHS[0]), WIDTHS[1])
    return "\n".join(_lines(text.splitlines(), width)) + "\n"


def _lines(lines: list[str], width: int) -> Iterator[str]:
    paragraph: list[str] = []
    fence = ""
    for place, line in enumerate([*lines, ""]):
        mark = re.match(r"`{3,}", line)
        if fence or mark:
            yield from _paragraph(paragraph, width)
            paragraph = []
            if not fence and mark:
                fence = mark[0]
            elif line.strip() == fence:
                fence = ""
            else:
                yield click.style(f"    {line}", fg="green")
        elif line.startswith("|"):
            if not re.fullmatch(r"[|\-: ]+", line) and not _is_head(lines, place):
                yield from _row(line, width)
        elif line.startswith("#"):
            yield click.style(_inline(line.lstrip("# ")), bold=True, underline=line.startswith("# "))
        elif not line.strip() or line.startswith(("![", "<!--")):
            yield from _paragraph(paragraph, width)
            paragraph = []
            yield ""
        elif re.match(r"\s*([-*]|\d+\.) ", line):
            yield from _paragraph(paragraph, width)
            paragraph = [line]
        else:
            paragraph.append(line)


def _is_head(lines: list[str], place: int) -> bool:
    return place + 1 < len(lines) and bool(re.fullmatch(r"\|[|\-: ]+", lines[place + 1]))


def _paragraph(lines: list[str], width: int) -> Iterator[str]:
    if lines:
        indent = re.match(r"\s*(?:(?:[-*]|\d+\.) )?", lines[0])
        space = " " * len(indent[0]) if indent else ""
        text = _inline(" ".join(line.strip() for line in lines))
        yield fill(text, width, initial_indent=space[:-2], subsequent_indent=space, break_long_words=False)


def _row(line: str, width: int) -> Iterator[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("| "))]
    yield click.style(_inline(cells[0]), bold=True)
    rest = " · ".join(_inline(cell) for cell in cells[1:] if cell)
    if rest:
        yield fill(rest, width, initial_indent="    ", subsequent_indent="    ", break_long_words=False)


def _inline(text: str) -> str:
    """Text without the marks of links and bold; code is unchanged, and keeps its backticks if it has spaces."""
    return CODE_OR_MARK.sub(_without_marks, text)


def _without_marks(found: re.Match[str]) -> str:
    code, link = found["code"], found["link"]
    if code is None:
        return _inline(link or "")
    return code if found["ticks"] == "`" and not re.search(r"\s", code) else found[0]
