"""Paragraphs, what interrupts them, and definition lists."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import MAX_DEPTH, Block, BlockRule
from slidegen.render.dialect.code import find_fence
from slidegen.render.dialect.definitions import FOOTNOTE, LINK_DEFINITION
from slidegen.render.dialect.fragments import BLOCK_MARK, RAW_MARK
from slidegen.render.dialect.patterns import BLOCK_TAG, BULLET, FENCE, RULE, compiled
from slidegen.render.dialect.tree import RUN

COLON = r" {0,3}: ++(?=\S)"
INTERRUPTION = compiled(
    rf"\n|\Z| *+(?:{BULLET} (?!\Z)|#[^\n]|>[^\n]|(?P<fence>{FENCE}))|{RULE}|<{BLOCK_TAG}|[{BLOCK_MARK}{RAW_MARK}]"
    rf"|{COLON}|{FOOTNOTE}|{LINK_DEFINITION}"
)
DEFINITION = compiled(rf"\n{{1,2}}{COLON}")
CONTINUATION = compiled(rf"\n(?!\n|{COLON})|\n++(?= {{2}})")
INDENT = compiled(r"\n {1,4}")


class Paragraph(BlockRule):
    """Lines up to a blank one or to one that begins another block."""

    anywhere = False

    def read(self, passage: Passage, at: int) -> Block | None:
        """The paragraph; a definition list if a line with a colon follows."""
        end = _end(passage, at)
        if DEFINITION.match(passage.text, end) and passage.depth < MAX_DEPTH:
            return self._definition_list(passage, at, end)
        element = Element("p")
        element.text = passage.text[at:end]
        return element, end + 1

    def _definition_list(self, passage: Passage, at: int, end: int) -> Block:
        """Terms, one per line, and their definitions, each after a colon."""
        text = passage.text
        element = Element("dl")
        colon = DEFINITION.match(text, end)
        while colon is not None:
            for line in text[at:end].split("\n"):
                SubElement(element, "dt").text = line.strip()
            while colon is not None:
                end = passage.hanging_end(colon.end(), CONTINUATION)
                content = text[colon.end() : end]
                loose = colon[0].startswith("\n\n") or "\n\n" in content
                self._definition(SubElement(element, "dd"), passage, content, loose)
                colon = DEFINITION.match(text, end)
            at = end
            while at < len(text) and text[at] == "\n":
                at += 1
            if at < len(text):
                next_end = _end(passage, at)
                colon = DEFINITION.match(text, next_end)
                end = next_end if colon is not None else end
        return element, end

    def _definition(self, element: Element, passage: Passage, content: str, loose: bool) -> None:
        self.parser.parse(element, passage.within(INDENT.sub("\n", content)))
        if not loose:
            for child in element:
                if child.tag == "p":
                    child.tag = RUN


def _end(passage: Passage, at: int) -> int:
    """Where the paragraph ends, before its line break."""
    text, length = passage.text, len(passage.text)
    end = passage.line_end(at)
    while end < length:
        interruption = INTERRUPTION.match(text, end + 1)
        if interruption is not None and (interruption["fence"] is None or find_fence(passage, end + 1)):
            break
        next_end = passage.line_end(end + 1)
        if passage.underlined(next_end):
            break
        end = next_end
    return end
