"""The block parser: tries its rules in `marked`'s order wherever a block may start."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ElementTree

from markdown.blockparser import BlockParser
from markdown.util import Registry

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.conversion_state import Conversion
from slidegen.render.dialect.fragments import Fragments
from slidegen.render.dialect.tree import RUN

if TYPE_CHECKING:
    from markdown import Markdown

MAX_DEPTH = 32
"""Quotes and lists nested more deeply are text; a browser gives up at 512 elements."""

Block = tuple[Element | None, int]
"""What a rule made, if anything, and the offset after what it consumed."""


class BlockRule(ABC):
    """One kind of block. Unlike Python-Markdown's processors, which get paragraphs, it reads from an offset."""

    opening = ""
    """The characters that may start such a block, after spaces; empty if any may."""
    anywhere = True
    """Whether it also applies in list items."""

    def __init__(self, parser: DialectParser) -> None:
        self.parser = parser

    @abstractmethod
    def read(self, passage: Passage, at: int) -> Block | None:
        """The block that begins at `at`, at the beginning of a line; None if there is none."""


class DialectParser(BlockParser):
    """Goes through a text block by block, once."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.rules: Registry[BlockRule] = Registry()
        self.conversion = Conversion(Fragments(), {})
        """That of the text being converted."""

    def parseDocument(self, lines: Iterable[str]) -> ElementTree[Element | None]:  # noqa: N802 (Python-Markdown's name)
        """The lines as a tree."""
        root = Element(RUN)
        self.parse(root, Passage("\n".join(lines), self.conversion))
        return ElementTree(root)

    @cached_property
    def _candidates(self) -> dict[tuple[bool, str], list[BlockRule]]:
        """The rules to try, by top level or not and a line's first character; "" is any other character."""
        characters = {"", *(character for rule in self.rules for character in rule.opening)}
        return {
            (top, character): [
                rule
                for rule in self.rules
                if (top or rule.anywhere) and (not rule.opening or (character and character in rule.opening))
            ]
            for top in (True, False)
            for character in characters
        }

    def parse(self, parent: Element, passage: Passage) -> None:
        """Append the passage's blocks to an element."""
        text, end, top = passage.text, len(passage.text), passage.top
        candidates = self._candidates
        lines: list[str] = []
        at = 0
        while at < end:
            if text[at] == "\n":
                start = at
                while at < end and text[at] == "\n":
                    at += 1
                if at - start > 1:
                    _flush(parent, lines, passage)
                if at == end:
                    break
            first = at
            while first < end and text[first] == " ":
                first += 1
            rules = candidates.get((top, text[first] if first < end else "")) or candidates[top, ""]
            for rule in rules:
                block = rule.read(passage, at)
                if block is not None:
                    _flush(parent, lines, passage)
                    element, at = block
                    if element is not None:
                        parent.append(element)
                    break
            else:
                line_end = passage.line_end(at)
                lines.append(text[at:line_end])
                at = line_end
        _flush(parent, lines, passage)


def _flush(parent: Element, lines: list[str], passage: Passage) -> None:
    """Append lines of a list item that no rule has consumed."""
    if lines:
        element = Element("p" if passage.loose else RUN)
        element.text = "\n".join(lines)
        parent.append(element)
        lines.clear()
