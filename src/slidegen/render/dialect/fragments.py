"""Finished HTML inside Markdown, represented by short markers that no rule looks into."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.html_tags import OPAQUE, without_tags
from slidegen.patterns import lazy_compile
from slidegen.render.dialect.footnotes import ends_in_footnote, without_marks
from slidegen.render.dialect.literals import RANGE
from slidegen.render.dialect.patterns import compiled

BLOCK_MARK, INLINE_MARK, RAW_MARK, MARK_END = "\x02", "\x03", "\x07", "\x04"
"""A marker is one of the first three, the fragment's number, and the last."""
MARKS = BLOCK_MARK + INLINE_MARK + RAW_MARK
FRAGMENT_MARK = lazy_compile(f"[{MARKS}]([0-9]+){MARK_END}")
FORMULA_START, FORMULA_END = "\x0e", "\x0f"
"""In HTML, around the number of a formula that is still to be rendered."""
RESERVED = lazy_compile(f"[\x02-\x07\x0e\x0f{RANGE}]")
"""Characters that are reserved for the dialect; HTML allows none of them."""
CLOSES_PARAGRAPH = lazy_compile(
    r"<(?:address|article|aside|blockquote|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|header|hgroup|hr|li|listing|main|menu|nav|ol|p|plaintext|pre|search|section|summary|table|ul"
    r"|xmp)(?![a-z0-9-])",
    re.IGNORECASE,
)
"""The tags at which a browser ends an open paragraph."""
PREFORMATTED = compiled(r"<pre\b(?! class=\"slidegen-listing\")(?>(?:(?!</pre>)[\s\S])*)</pre>")
LINE_INDENT = compiled(
    r"(?P<line>\n|(?<!remark-code\">)<div class=\"remark-code-line\">(?>(?:<span class=\"hljs-[^>]*>)*)) {1,4}"
)
"""Where a line of preformatted text or code begins with spaces, perhaps after a highlight mark.
The lines of an included file are independent of the list."""


class Fragment(Struct, frozen=True):
    """Finished HTML within Markdown text: a content class, a macro's output, a formula."""

    html: str
    block: bool
    """Whether it behaves like a block-level tag, `<div>`, or like an inline one, `<span>`."""
    source: str = ""
    """What its author wrote; used where no HTML can be: in code, attributes, comments, scripts."""
    alone: bool = False
    """Whether its block ends with it, as for fenced code; otherwise it ends at a blank line."""
    raw: bool = False
    """Whether it is a script or the like, which contains no Markdown and shows nothing."""
    again: tuple[str | Fragment, ...] = ()
    """What the surrounding line reads instead; empty if the fragment stays whole."""
    indent: int = 0
    """For a source of several lines, the indentation of its first line."""

    @property
    def text(self) -> str:
        """What replaces it where HTML is not allowed."""
        return self.source or without_marks(html.unescape(without_tags(self.html)))

    @property
    def closes_paragraph(self) -> bool:
        """Whether a browser would end a paragraph at it."""
        return self.block or CLOSES_PARAGRAPH.search(self.html) is not None


class Fragments(Struct):
    """The fragments of one text, by number."""

    items: list[Fragment] = field(default_factory=list)

    def joined(self, parts: Iterable[str | Fragment]) -> str:
        """The parts as one text, with a marker for each fragment.

        A text that begins a line after a part that ends in a footnote also begins a paragraph: it is the
        slide's next step.
        """
        pieces: list[str] = []
        before = ""
        for part in parts:
            if isinstance(part, Fragment):
                pieces.append(self.marker(part))
                before = ""
            else:
                if ends_in_footnote(before):
                    pieces.append("\n")
                pieces.append(RESERVED.sub("\ufffd", part))
                before = part
        return "".join(pieces)

    def marker(self, fragment: Fragment) -> str:
        """The marker of one more fragment."""
        self.items.append(fragment)
        mark = RAW_MARK if fragment.raw else BLOCK_MARK if fragment.block else INLINE_MARK
        return f"{mark}{len(self.items) - 1}{MARK_END}"

    def of(self, mark: re.Match[str]) -> Fragment:
        """The fragment for a marker."""
        return self.items[int(mark[1])]

    def opened(self, text: str) -> str:
        """The text of a line, with the content of fragments that it rereads in their place."""
        if not self._marked(text):
            return text
        return FRAGMENT_MARK.sub(lambda mark: self._again(self.of(mark)) or mark[0], text)

    def _again(self, fragment: Fragment) -> str:
        parts = fragment.again
        return "".join(self.marker(part) if isinstance(part, Fragment) else part for part in parts)

    def outdented(self, text: str) -> str:
        """The text of a list item, with up to four spaces removed from each line of code in its content classes.

        remark removes an item's indentation when its content classes are already HTML. The first line of a
        block of code does not begin a line there, so it keeps its spaces.
        """
        if not self._marked(text):
            return text
        return FRAGMENT_MARK.sub(self._outdented, text)

    def _outdented(self, mark: re.Match[str]) -> str:
        fragment = self.of(mark)
        if not fragment.block or "<pre" not in fragment.html:
            return mark[0]
        html = PREFORMATTED.sub(lambda code: LINE_INDENT.sub(r"\g<line>", code[0]), fragment.html)
        return mark[0] if html == fragment.html else self.marker(replace(fragment, html=html))

    def as_text(self, text: str) -> str:
        """The text with what the fragments' authors wrote, for places that cannot contain HTML."""
        return FRAGMENT_MARK.sub(self._written, text) if self._marked(text) else text

    def _written(self, mark: re.Match[str]) -> str:
        """What a fragment's author wrote, outdented as far as its first line was indented."""
        fragment = self.of(mark)
        written = fragment.text
        if not fragment.indent or "\n" not in written:
            return written
        line = mark.string[mark.string.rfind("\n", 0, mark.start()) + 1 : mark.start()]
        gone = fragment.indent - (len(line) - len(line.lstrip(" ")))
        return re.sub(rf"\n {{1,{gone}}}", "\n", written) if gone > 0 else written

    def as_attribute(self, text: str) -> str:
        """HTML for an attribute's value, with what the fragments' authors wrote."""
        if not self._marked(text):
            return text
        return FRAGMENT_MARK.sub(lambda mark: html.escape(self.of(mark).text), text)

    def in_html(self, text: str) -> str:
        """HTML with the fragments inserted; within tags, comments and scripts as they were written."""
        if not self._marked(text):
            return text
        pieces, at = [], 0
        for markup in OPAQUE.finditer(text):
            if self._marked(markup[0]):
                pieces.append(self._filled(text[at : markup.start()]))
                verbatim = markup["name"] is not None or markup[0].startswith("<!")
                pieces.append(self.as_text(markup[0]) if verbatim else self.as_attribute(markup[0]))
                at = markup.end()
        pieces.append(self._filled(text[at:]))
        return "".join(pieces)

    def _filled(self, text: str) -> str:
        return FRAGMENT_MARK.sub(lambda mark: self.of(mark).html, text)

    def _marked(self, text: str) -> bool:
        return bool(self.items) and MARK_END in text
