"""Block quotes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import MAX_DEPTH, Block, BlockRule, DialectParser
from slidegen.render.dialect.callouts import BEGINNING, CalloutTitles
from slidegen.render.dialect.patterns import compiled

LINES = r" *+>[^\n]++(?>(?:\n[^\n]++)*)\n*+"
"""Lines up to a blank one, and following blank lines."""
CALLOUT = compiled(rf"(?={BEGINNING}){LINES}")
"""A callout is separate, whereas remark joins quotes separated by blank lines."""
QUOTE = compiled(rf"(?>{LINES}(?>(?!{BEGINNING}){LINES})*)")
MARKS = compiled(r"^ *+> ?", re.MULTILINE)
KIND = compiled(r" *+\[!(?P<kind>\w+)\][-+]?[ \t]*(?P<title>[^\n]*?)[ \t]*(?:\n|\Z)")
"""The first line of a callout, with its own title if it has one. Obsidian's marks for folding have no effect."""


class Quote(BlockRule):
    """Lines that begin with `>`, lines directly after them, and further such groups."""

    opening = ">"

    def __init__(self, parser: DialectParser, titles: CalloutTitles) -> None:
        super().__init__(parser)
        self.titles = titles

    def read(self, passage: Passage, at: int) -> Block | None:
        """The quote, with its content read as blocks."""
        callout = CALLOUT.match(passage.text, at)
        match = callout or QUOTE.match(passage.text, at)
        if match is None or passage.depth >= MAX_DEPTH:
            return None
        content = MARKS.sub("", match[0])
        kind = KIND.match(content) if callout is not None else None
        if kind is None:
            quote = Element("blockquote")
        else:
            quote = self._callout(kind["kind"].lower(), kind["title"])
            content = content[kind.end() :]
        self.parser.parse(quote, passage.within(content))
        return quote, match.end()

    def _callout(self, kind: str, title: str) -> Element:
        """The element of `> [!NOTE]`, with its own title or the word for it in the deck's language."""
        callout = Element("div", {"class": f"callout callout-{kind}", "role": "note"})
        line = SubElement(callout, "p", {"class": "callout-title"})
        line.text = title or AtomicString(self.titles()[kind])
        return callout
