"""Strong, emphasised and deleted text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from slidegen.patterns import lazy_compile
from slidegen.render.dialect.inlines import Inline, InlineRule, Scan
from slidegen.render.dialect.patterns import NO_SPACE, compiled

STRONG_END = {"*": compiled(r"\*\*(?!\*)"), "_": compiled(r"__(?!_)")}
EMPHASIS = {
    "*": compiled(r"\*(?:\*\*|[\s\S])(?>(?:[^*]++|\*\*)*)\*(?!\*)"),
    "_": compiled(r"_(?:__|[\s\S])(?>(?:[^_]++|__|_(?=\w))*)_(?!\w)"),
}
LOOSE_END = {"*": compiled(r"\*(?!\*)"), "_": compiled(r"_(?!\w)")}
DELETED_START = compiled(rf"~~(?={NO_SPACE})")
DELETED_END = compiled(rf"(?<={NO_SPACE})~~")
MARKED_START = lazy_compile(r"(?<![\w=])==(?=[^\s=])")
MARKED_END = lazy_compile(r"(?<=[^\s=])==(?![\w=])")
RAISED = compiled(r"\^([^\s^]++)\^")
LOWERED = compiled(r"(?<!~)~([^\s~]++)~(?!~)")


class Strong(InlineRule):
    """`**text**` or `__text__`."""

    opening = "*_"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """From two stars to the next two without a third after them; at least one character between them."""
        text = scan.text
        if not text.startswith(text[at] * 2, at):
            return None
        end = scan.next(STRONG_END[text[at]], at + 3)
        if end < 0:
            return None
        return _element("strong", text[at + 2 : end]), end + 2


class Emphasis(InlineRule):
    """`*text*` or `_text_`; an underscore within a word does not end it."""

    opening = "*_"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """From a star to the next single one; if there is none, to the last star."""
        text = scan.text
        last = scan.last(LOOSE_END[text[at]])
        if last < at + 2:
            return None
        match = EMPHASIS[text[at]].match(text, at)
        end = match.end() - 1 if match else last
        return _element("em", text[at + 1 : end]), end + 1


class _BetweenPairs(InlineRule):
    """Text between two pairs of a character."""

    tag: str
    start: re.Pattern[str]
    end: re.Pattern[str]

    def read(self, scan: Scan, at: int) -> Inline | None:
        """From the first pair that may begin such a text to the next one that may end it."""
        if self.start.match(scan.text, at) is None:
            return None
        end = scan.next(self.end, at + 3)
        if end < 0:
            return None
        return _element(self.tag, scan.text[at + 2 : end]), end + 2


class Deleted(_BetweenPairs):
    """`~~text~~`, with the tildes adjacent to text."""

    opening, tag = "~", "del"
    start, end = DELETED_START, DELETED_END


class Marked(_BetweenPairs):
    """`==text==`, around words, without letters next to the equals signs outside."""

    opening, tag = "=", "mark"
    start, end = MARKED_START, MARKED_END


class Raised(InlineRule):
    """`x^2^`, if the deck's option `extras` enables it."""

    opening = "^"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The text between two carets, without spaces."""
        match = RAISED.match(scan.text, at)
        return None if match is None else (_element("sup", match[1]), match.end())


class Lowered(InlineRule):
    """`H~2~O`, if the deck's option `extras` enables it."""

    opening = "~"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The text between two tildes, without spaces."""
        match = LOWERED.match(scan.text, at)
        return None if match is None else (_element("sub", match[1]), match.end())


def _element(tag: str, text: str) -> Element:
    element = Element(tag)
    element.text = text
    return element
