"""Headings, written with hashes or underlined, and horizontal rules."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import Block, BlockRule
from slidegen.render.dialect.fragments import Fragments
from slidegen.render.dialect.patterns import RULE, compiled

HASHES = compiled(r" *+(#{1,6})( *+)")
BREAKS = compiled(r"\n*+")
UNDERLINE = compiled(r"\n *+([-=]{2,}+) *+(?:\n++|\Z)")
LINE = compiled(RULE + r"\n*+")
NO_WORD = compiled(r"\W+")


class Heading(BlockRule):
    """`# Heading`; the space may be missing, hashes may follow."""

    opening = "#"

    def read(self, passage: Passage, at: int) -> Block | None:
        """The heading on this line."""
        match = HASHES.match(passage.text, at)
        if match is None:
            return None
        level, end = len(match[1]), passage.line_end(match.end())
        line = passage.text[match.end() : end]
        text = line.rstrip(" ").rstrip("#").rstrip(" ") or line[:1]
        if not line and not match[2]:
            # In a line of hashes only, the last one is the text.
            level, text = level - 1, "#"
            if level == 0:
                return None
        return _heading(level, text, passage.conversion.fragments), _past_breaks(passage.text, end)


class UnderlinedHeading(BlockRule):
    """A line above two or more `=` or `-`."""

    def read(self, passage: Passage, at: int) -> Block | None:
        """The heading on this line and the next."""
        line_end = passage.line_end(at)
        if not passage.underlined(line_end):
            return None
        match = UNDERLINE.match(passage.text, line_end)
        if match is None:
            return None
        level = 1 if match[1][-1] == "=" else 2
        return _heading(level, passage.text[at:line_end], passage.conversion.fragments), match.end()


class HorizontalRule(BlockRule):
    """Three or more `-`, `*` or `_`, with or without spaces between them."""

    opening = "-*_"

    def read(self, passage: Passage, at: int) -> Block | None:
        """The rule on this line."""
        match = LINE.match(passage.text, at)
        return (Element("hr"), match.end()) if match else None


def _past_breaks(text: str, at: int) -> int:
    match = BREAKS.match(text, at)
    return match.end() if match else at


def _heading(level: int, text: str, fragments: Fragments) -> Element:
    element = Element(f"h{level}", {"id": NO_WORD.sub("-", fragments.as_text(text).lower())})
    element.text = text
    return element
