"""Finds where the blocks of a Markdown text begin, which an incremental slide shows one by one.

It reads lines, not Markdown's whole grammar: a wrong guess changes when something appears, never how it
looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from slidegen.patterns import lazy_compile

BOX, INLINE, MACRO, HIDDEN, BREAK, CODE = "\x02", "\x01", "\x03", "\x04", "\x05", "\x06"
"""Placeholders for a box of several lines, another node, a macro's call, a script, a break, and code."""

ITEM = lazy_compile(r"( *+)(?:[-*+]|[0-9]+\.) ")
HEADING = lazy_compile(r" *#{1,6}(?!#)")
UNDERLINE = lazy_compile(r" *(?:=+|-{2,}) *")
TABLE_LINE = lazy_compile(r"(?=[^|]*\|)[ |:-]*-[ |:-]*")
UNSEEN = lazy_compile(rf"(?:</|<!--|\[\^[^\]]+\]:|<style\b|<script\b|[{HIDDEN}{BREAK} \t]*\Z)")
"""How lines begin that show nothing themselves."""
IMAGE = lazy_compile(rf"!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])|{MACRO}|<img\b[^>]*>")
IMAGES = lazy_compile(rf"(?:(?:{IMAGE.pattern})\s*)+")


class BlockStarts(Struct):
    """Finds the beginnings of blocks in the texts of a slide, read in order."""

    deep: bool = False
    """Whether items of nested lists begin a block, too."""
    shown: bool = False
    """Whether anything but headings has been seen: a slide's headings are there from the beginning."""
    headed: bool = False
    """Whether the slide's headings have been seen."""
    joined: bool = False
    """Whether the next block appears along with the current one: after a break, or a heading within the slide."""

    def find(self, text: str) -> Iterator[int]:
        """The offsets in a text at which something appears on its own; the caller reads boxes."""
        lines = text.split("\n")
        at, blank, list_indent, in_table, in_quote = 0, True, -1, False, False
        for number, line in enumerate(lines):
            start, at = at, at + len(line) + 1
            if BREAK in line:
                self.joined = blank = True
            if UNSEEN.match(line):
                blank = blank or not line.strip()
                in_table = in_quote = False
                continue
            item = ITEM.match(line)
            if list_indent >= 0 and not item and (line.startswith(" ") or not blank):
                blank = False
                continue
            if item:
                top = list_indent < 0 or len(item[1]) <= list_indent
                list_indent = len(item[1]) if top else list_indent
                blank = in_table = False
                if top or self.deep:
                    yield from self._appears(start)
                continue
            list_indent = -1
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if HEADING.match(line) or (UNDERLINE.fullmatch(following) and "|" not in line):
                yield from self._heading(start)
                blank, in_table = True, False
            elif UNDERLINE.fullmatch(line):
                blank = True
            elif in_table and "|" in line:
                if not TABLE_LINE.fullmatch(line):
                    yield from self._appears(start)
            elif blank and IMAGES.fullmatch(paragraph := _paragraph(lines, number)):
                for image in IMAGE.finditer(paragraph):
                    yield from self._appears(start + image.start())
                blank = False
            else:
                in_table = "|" in line and TABLE_LINE.fullmatch(following) is not None
                begins = blank or in_table or line.startswith(CODE) or (line.startswith(">") and not in_quote)
                if BOX in line:
                    boxes = [place for place, letter in enumerate(line) if letter == BOX]
                    for place in boxes if not begins or line[: boxes[0]].strip() == "" else (0, *boxes):
                        yield from self._appears(start + place)
                elif begins:
                    yield from self._appears(start)
                in_quote = line.startswith(">")
                blank = False

    def _appears(self, start: int) -> Iterator[int]:
        if not self.joined and (self.shown or self.headed):
            yield start
        self.shown, self.joined = True, False

    def _heading(self, start: int) -> Iterator[int]:
        if not self.shown:
            self.headed = True
            return
        if not self.joined:
            yield start
        self.joined = True


def _paragraph(lines: list[str], number: int) -> str:
    """The lines from this one up to a blank one."""
    end = number
    while end < len(lines) and lines[end].strip():
        end += 1
    return "\n".join(lines[number:end])
