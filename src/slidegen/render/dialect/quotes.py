"""Block quotes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import MAX_DEPTH, Block, BlockRule
from slidegen.render.dialect.patterns import compiled

QUOTE = compiled(r"(?>(?: *+>[^\n]++(?>(?:\n[^\n]++)*)\n*+)+)")
MARKS = compiled(r"^ *+> ?", re.MULTILINE)


class Quote(BlockRule):
    """Lines that begin with `>`, those that follow without a blank line, and the next such lines."""

    opening = ">"

    def read(self, passage: Passage, at: int) -> Block | None:
        """The quote, its content read as blocks."""
        match = QUOTE.match(passage.text, at)
        if match is None or passage.depth >= MAX_DEPTH:
            return None
        quote = Element("blockquote")
        self.parser.parse(quote, passage.within(MARKS.sub("", match[0])))
        return quote, match.end()
