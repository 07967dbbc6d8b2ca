"""The state of a text that is being parsed into blocks."""

from __future__ import annotations

import re

from msgspec import Struct, field

from slidegen.html_tags import TagEnds
from slidegen.render.dialect.conversion_state import Conversion
from slidegen.render.dialect.patterns import compiled

BLANK_LINE = compiled(r"^ ++$", re.MULTILINE)
UNDERLINE = compiled(r"\n *+[-=]{2,}+ *+(?=\n|\Z)")
CLOSING_FENCE = r"%s *+(?:\n+|\Z)"
CLOSING_TAG = r"%s *+(?:\n{2,}+|\s*+\Z)"


class Passage(Struct):
    """The text of a slide, or of a quote, list item, definition or footnote in it."""

    text: str
    conversion: Conversion
    top: bool = True
    """Whether paragraphs and tables are allowed, which they are not in list items."""
    loose: bool = True
    """Whether text here is wrapped in paragraphs."""
    depth: int = 0
    """How many containers are around it."""
    _underlines: frozenset[int] | None = None
    _tag_ends: TagEnds | None = None
    _ahead: dict[str, re.Match[str] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = BLANK_LINE.sub("", self.text)

    def within(self, text: str) -> Passage:
        """The passage for a quote or a definition in this one."""
        return Passage(text=text, conversion=self.conversion, top=self.top, depth=self.depth + 1)

    def item(self, text: str, *, loose: bool) -> Passage:
        """The passage for a list item in this one."""
        return Passage(text, self.conversion, top=False, loose=loose, depth=self.depth + 1)

    def note(self, text: str) -> Passage:
        """The passage for a footnote in this one."""
        return Passage(text, self.conversion, depth=self.depth + 1)

    def line_end(self, at: int) -> int:
        """The end of the line at `at`: the offset of its line break, or of the text's end."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def hanging_end(self, at: int, continuation: re.Pattern[str]) -> int:
        """Where a text ends that continues as long as its line breaks match a pattern."""
        while True:
            end = self.line_end(at)
            match = continuation.match(self.text, end)
            if match is None or match.end() == len(self.text):
                return end
            at = match.end()

    def underlined(self, line_end: int) -> bool:
        """Whether the next line, after this line's end, consists of `---` or `===`."""
        if self._underlines is None:
            self._underlines = frozenset(match.start() for match in UNDERLINE.finditer(self.text))
        return line_end in self._underlines

    def closing_fence(self, fence: str, at: int) -> re.Match[str] | None:
        """The end of the code that begins at `at`; it is empty only as a last resort."""
        pattern = CLOSING_FENCE % fence
        return self._next(pattern, at + 1) or re.compile(pattern, re.ASCII).match(self.text, at)

    def closing_tag(self, tag: str, at: int) -> re.Match[str] | None:
        """The next match of this pattern that is followed by a blank line or nothing."""
        return self._next(CLOSING_TAG % tag, at)

    def tag_end(self, at: int) -> int:
        """The offset after the tag whose inside begins at `at`; -1 if it is not closed."""
        if self._tag_ends is None:
            self._tag_ends = TagEnds(self.text)
        return self._tag_ends(at)

    def _next(self, pattern: str, at: int) -> re.Match[str] | None:
        """The pattern's next match; the text is scanned once for each pattern."""
        if pattern in self._ahead:
            known = self._ahead[pattern]
            if known is None or known.start() >= at:
                return known
        found = self._ahead[pattern] = re.compile(pattern, re.ASCII).search(self.text, at)
        return found
