"""Block quotes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import MAX_DEPTH, Block, BlockRule, DialectParser
from slidegen.render.dialect.callouts import CalloutTitles
from slidegen.render.dialect.patterns import compiled

QUOTE = compiled(r"(?>(?: *+>[^\n]++(?>(?:\n[^\n]++)*)\n*+)+)")
MARKS = compiled(r"^ *+> ?", re.MULTILINE)


CALLOUT = compiled(
    r"\s*\[!(note|tip|important|warning|caution)\][ \t]*([^\n]*?)[ \t]*(?:\n|\Z)", re.IGNORECASE
)
"""What makes a callout of a quote, with its title if it has one of its own."""
BLANK_LINES = compiled(r"\n\n+")
BEFORE_CALLOUT = compiled(r"\n\n+(?= *> ?\[!(?:note|tip|important|warning|caution)\])", re.IGNORECASE)


class Quote(BlockRule):
    """Lines that begin with `>`, those that follow without a blank line, and the next such lines."""

    opening = ">"

    def __init__(self, parser: DialectParser, titles: CalloutTitles) -> None:
        super().__init__(parser)
        self.titles = titles

    def read(self, passage: Passage, at: int) -> Block | None:
        """The quote, its content read as blocks."""
        match = QUOTE.match(passage.text, at)
        if match is None or passage.depth >= MAX_DEPTH:
            return None
        written = match[0]
        if "[!" in written:
            written = _one_of_several(written)
        content = MARKS.sub("", written)
        kind = CALLOUT.match(content)
        if kind is None:
            quote = Element("blockquote")
        else:
            quote = self._callout(kind[1].lower(), kind[2])
            content = content[kind.end() :]
        self.parser.parse(quote, passage.within(content))
        return quote, at + len(written)

    def _callout(self, kind: str, title: str) -> Element:
        """The element of `> [!NOTE]`, with its title: its own, or the word for it in the deck's language."""
        callout = Element("div", {"class": f"callout callout-{kind}", "role": "note"})
        line = SubElement(callout, "p", {"class": "callout-title"})
        line.text = title or AtomicString(self.titles()[kind])
        return callout


def _one_of_several(written: str) -> str:
    """The first of quotes that blank lines separate: remark makes one of them, but a callout is one by itself."""
    is_callout = CALLOUT.match(MARKS.sub("", written)) is not None
    end = (BLANK_LINES if is_callout else BEFORE_CALLOUT).search(written)
    return written if end is None else written[: end.end()]
