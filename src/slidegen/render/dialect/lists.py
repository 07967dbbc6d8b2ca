"""Lists, including task lists."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import MAX_DEPTH, Block, BlockRule
from slidegen.render.dialect.patterns import BULLET, RULE, compiled
from slidegen.render.dialect.tree import RUN

FIRST_BULLET = compiled(rf"( *+)({BULLET}) (?!\Z)")
BULLET_AND_BLANKS = compiled(rf" *+{BULLET} ++")
INDENT = compiled(r"^ {1,4}", re.MULTILINE)
TASK = compiled(r"\[([ xX])\] ++(?=\S)")


class List(BlockRule):
    """Items that begin with bullets or numbers of one kind, at one indent.

    A list ends at a rule across the slide, at two blank lines, or at a blank line before text that is
    neither indented nor an item. Items nest by any indent of one to four spaces, which is removed.
    """

    opening = "*+-0123456789"

    def read(self, passage: Passage, at: int) -> Block | None:
        """The list that begins with the item on this line."""
        text = passage.text
        first = FIRST_BULLET.match(text, at)
        if first is None or passage.depth >= MAX_DEPTH:
            return None
        ordered = len(first[2]) > 1
        items, end = _items(text, at, first)
        element = Element("ol" if ordered else "ul")
        loose = False
        for number, item in enumerate(items):
            bullet = BULLET_AND_BLANKS.match(item)
            content = item[bullet.end() :] if bullet else item
            if "\n " in content:
                content = INDENT.sub("", content)
            content = passage.conversion.fragments.outdented(content)
            # An item is loose if there is a blank line in it or before it.
            blank_line_behind = number < len(items) - 1 and content.endswith("\n")
            is_loose = loose or blank_line_behind or "\n\n" in content.rstrip()
            loose = blank_line_behind
            self._item(element, passage, content, is_loose)
        return element, end

    def _item(self, parent: Element, passage: Passage, content: str, loose: bool) -> None:
        item = SubElement(parent, "li")
        task = TASK.match(content)
        if task is not None and passage.conversion.link(task[1]) is None:
            parent.set("class", "task-list")
            item.set("class", "task-list-item")
            content = content[task.end() :]
        else:
            task = None
        self.parser.parse(item, passage.item(content, loose=loose))
        if task is not None:
            _check_box(item, checked=task[1] != " ")


def _items(text: str, at: int, first: re.Match[str]) -> tuple[list[str], int]:
    """The items' texts, including bullets, and the offset after the list."""
    indent, kind = first[1], _kind(first[2])
    items, start = [], at
    for stop in _stops(indent).finditer(text, first.end() + 1):
        bullet = stop["bullet"]
        if bullet is None:
            end = stop.end()
            items.append(text[start:end])
            return items, end
        items.append(text[start : stop.start("line_break")])
        start = stop.start("item")
        if _kind(bullet) != kind:
            return items, start
    items.append(text[start:])
    return items, len(text)


@lru_cache(maxsize=64)
def _stops(indent: str) -> re.Pattern[str]:
    """What ends an item: a rule, two blank lines, a blank line before other text, the next item."""
    return compiled(
        rf"\n++(?={RULE})"
        rf"|\n{{3,}}+|\n\n(?! )(?!{indent}{BULLET} )"
        rf"|(?P<before>\n*)(?P<line_break>\n)(?P<item>{indent}(?P<bullet>{BULLET}) )"
    )


def _kind(bullet: str) -> str:
    return "1." if len(bullet) > 1 else bullet


def _check_box(item: Element, *, checked: bool) -> None:
    """Put a check box before the item's first text, which becomes its label."""
    label = Element("label")
    box = SubElement(label, "input", {"type": "checkbox", "disabled": ""})
    if checked:
        box.set("checked", "")
    box.tail = " "
    if len(item) and item[0].tag in ("p", RUN):
        SubElement(label, RUN).text = item[0].text
        item[0].text = None
        item[0].append(label)
    else:
        item.insert(0, label)
