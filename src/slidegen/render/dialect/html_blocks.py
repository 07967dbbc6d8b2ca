"""Blocks of raw HTML and block-level fragments, whose content is not Markdown."""

from __future__ import annotations

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import Block, BlockRule
from slidegen.render.dialect.fragments import BLOCK_MARK, FRAGMENT_MARK, MARK_END, RAW_MARK
from slidegen.render.dialect.patterns import BLOCK_TAG, compiled
from slidegen.render.dialect.tree import raw

START = compiled(
    rf" *+(?:(?P<comment><!--)|<(?P<tag>{BLOCK_TAG})"
    rf"|(?P<fragment>{BLOCK_MARK}\d+{MARK_END})|(?P<raw>{RAW_MARK}\d+{MARK_END}))"
)
LINE_ENDS = compiled(r" *+\n*+")
MORE_RAW = compiled(rf"(?>(?: *+\n? *+{RAW_MARK}\d+{MARK_END})*) *+(?:\n{{2,}}+|\s*+\Z)")
BEHIND = compiled(r" *+(?:\n{2,}+|\s*+\Z)")


class HtmlBlock(BlockRule):
    """From a tag that is not inline to the next that closes one of its name and is followed by a blank line.

    So two boxes and the text between them are one block unless a blank line follows the first. A tag alone
    before a blank line is a block, too, and so are a comment, and consecutive scripts.
    """

    opening = "<" + BLOCK_MARK + RAW_MARK

    def read(self, passage: Passage, at: int) -> Block | None:
        """The block, as raw HTML."""
        match = START.match(passage.text, at)
        if match is None:
            return None
        end = _end(passage, match.lastgroup or "", match["tag"], match.end())
        if end is None:
            return None
        conversion = passage.conversion
        html = conversion.fragments.in_html(passage.text[at:end])
        if match.lastgroup not in ("fragment", "raw") or match.end() < len(passage.text[:end].rstrip()):
            conversion.balanced = False
        return raw(html), end


def _end(passage: Passage, kind: str, tag: str | None, start: int) -> int | None:
    """Where the block ends whose opening ends at `start`."""
    if kind == "comment":
        closing = passage.closing_tag("-->", start)
        return closing.end() if closing else None
    if kind == "raw":
        behind = MORE_RAW.match(passage.text, start)
        return behind.end() if behind else None
    if kind == "fragment":
        mark = FRAGMENT_MARK.match(passage.text, passage.text.rindex(BLOCK_MARK, 0, start))
        if mark is not None and passage.conversion.fragments.of(mark).alone:
            alone = LINE_ENDS.match(passage.text, start)
            return alone.end() if alone else start
        behind = BEHIND.match(passage.text, start)
        closing = behind or passage.closing_tag(CLOSING_DIV, start)
        return closing.end() if closing else None
    # At least one character separates the tags' names.
    closing = passage.closing_tag(CLOSING_DIV if tag == "div" else f"</{tag}>", start + 1)
    if closing is not None:
        return closing.end()
    tag_end = passage.tag_end(start)
    behind = BEHIND.match(passage.text, tag_end) if tag_end >= 0 else None
    return behind.end() if behind else None


CLOSING_DIV = f"(?:</div>|{BLOCK_MARK}[0-9]+{MARK_END})"
"""A fragment that is a block ends in `</div>`, as remark splices it."""
