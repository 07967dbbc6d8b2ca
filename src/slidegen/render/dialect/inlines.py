"""The inline parser: one left-to-right pass that applies the first matching rule at each position.

Python-Markdown applies each pattern to the whole text in turn; `marked` takes the leftmost match first, which
gives different results wherever two constructs overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry
from msgspec import Struct, field

from slidegen.html_tags import TagEnds
from slidegen.render.dialect.blocks import DialectParser
from slidegen.render.dialect.brackets import bracket_pairs
from slidegen.render.dialect.conversion_state import Conversion
from slidegen.render.dialect.fragments import MARKS
from slidegen.render.dialect.patterns import compiled
from slidegen.render.dialect.tree import RAW

MAX_DEPTH = 32
"""Emphasis and links nested more deeply are text."""
SPECIAL = compiled(rf"[\\<!\[_*`~{MARKS}]|https?://|==|(?<! ) {{2,}}+\n")
"""Where an inline rule may begin."""
SPECIAL_WITH_EXTRAS = compiled(rf"[\\<!\[_*`~^:{MARKS}]|https?://|==|(?<! ) {{2,}}+\n")
"""The same, if the deck's option `extras` enables more rules."""
BACKTICKS = compiled("`+")

Inline = tuple[Element | str, int]
"""What a rule made, and the offset after what it consumed."""


class Scan(Struct):
    """One text that is being read, and what is known about it."""

    text: str
    conversion: Conversion
    in_link: bool = False
    """Whether it is within a link, so that no other may begin."""
    depth: int = 0
    _ahead: dict[str, int] = field(default_factory=dict)
    _tag_ends: TagEnds | None = None
    _brackets: dict[int, int] | None = None
    _backticks: dict[int, list[int]] | None = None

    def within(self, text: str, *, in_link: bool) -> Scan:
        """The scan for the text of an element in this one."""
        return Scan(
            text=text, conversion=self.conversion, in_link=in_link or self.in_link, depth=self.depth + 1
        )

    def next(self, pattern: re.Pattern[str], at: int) -> int:
        """Where the pattern next matches; -1 if nowhere. The text is scanned once for each pattern."""
        known = self._ahead.get(pattern.pattern)
        if known is not None and (known == -1 or known >= at):
            return known
        match = pattern.search(self.text, at)
        found = match.start() if match else -1
        self._ahead[pattern.pattern] = found
        return found

    def last(self, pattern: re.Pattern[str]) -> int:
        """Where the pattern matches for the last time; -1 if nowhere."""
        key = f"last {pattern.pattern}"
        if key not in self._ahead:
            self._ahead[key] = max((match.start() for match in pattern.finditer(self.text)), default=-1)
        return self._ahead[key]

    def tag_end(self, at: int) -> int:
        """The offset after the tag whose inside begins at `at`; -1 if it is not closed."""
        if self._tag_ends is None:
            self._tag_ends = TagEnds(self.text)
        return self._tag_ends(at)

    def closing_bracket(self, at: int) -> int:
        """The `]` for the `[` at `at`; -1 if there is none."""
        if self._brackets is None:
            self._brackets = bracket_pairs(self.text, self.closing_backticks)
        return self._brackets.get(at, -1)

    def closing_backticks(self, at: int, end: int) -> int:
        """Where the run of backticks begins that closes the one from `at` to `end`; -1 if there is none."""
        if self._backticks is None:
            self._backticks = {}
            for run in BACKTICKS.finditer(self.text):
                self._backticks.setdefault(run.end() - run.start(), []).append(run.start())
        runs = self._backticks.get(end - at, [])
        index = bisect_left(runs, end)
        return runs[index] if index < len(runs) else -1


class InlineRule(InlineProcessor):
    """One kind of inline Markdown.

    As with Python-Markdown, a rule may be a pattern with `handleMatch`, and the text of the element that it
    returns is read as Markdown unless it is an `AtomicString`. Rules no pattern can express override `read`.
    """

    opening = ""
    """The characters it may begin with."""

    def __init__(self, pattern: str = "") -> None:
        super().__init__(pattern)

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The element that begins at `at`; None if there is none of this kind."""
        match = self.compiled_re.match(scan.text, at)
        if match is None:
            return None
        made, _, end = self.handleMatch(match, scan.text)
        return None if made is None or end is None else (made, end)


class InlineReader(Treeprocessor):
    """Reads the text of all elements of a tree."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.rules: Registry[InlineRule] = Registry()
        self.special = SPECIAL

    @cached_property
    def _candidates(self) -> dict[str, list[InlineRule]]:
        characters = {character for rule in self.rules for character in rule.opening}
        return {
            character: [rule for rule in self.rules if character in rule.opening] for character in characters
        }

    def run(self, root: Element) -> None:
        """Replace Markdown text by elements, everywhere."""
        parser = self.md.parser
        assert isinstance(parser, DialectParser)
        for element in list(root.iter()):
            text = element.text
            if text and element.tag != RAW and not isinstance(text, AtomicString):
                text = parser.conversion.fragments.opened(text)
                self._read(element, Scan(text, parser.conversion))

    def _read(self, element: Element, scan: Scan) -> None:
        text, search = scan.text, self.special.search
        match = search(text)
        if match is None:
            element.text = text
            return
        candidates = self._candidates
        element.text = None
        last: Element | None = None
        pieces: list[str] = []
        at = 0
        while match is not None:
            start = match.start()
            pieces.append(text[at:start])
            for rule in candidates.get(text[start], ()):
                found = rule.read(scan, start)
                if found is not None:
                    made, at = found
                    break
            else:
                made, at = text[start], start + 1
            if isinstance(made, str):
                pieces.append(made)
            else:
                _append_text(element, last, pieces)
                element.append(made)
                last = made
                inner = made.text
                if (
                    inner
                    and made.tag != RAW
                    and scan.depth < MAX_DEPTH
                    and not isinstance(inner, AtomicString)
                ):
                    self._read(made, scan.within(inner, in_link=made.tag == "a"))
            match = search(text, at)
        pieces.append(text[at:])
        _append_text(element, last, pieces)


def _append_text(parent: Element, last: Element | None, pieces: list[str]) -> None:
    text = "".join(pieces)
    if last is None:
        parent.text = text
    else:
        last.tail = text
    pieces.clear()
