"""slidegen's Markdown dialect: that of remark.js 0.14.1, plus footnotes, task lists and definition lists.

`Dialect` is the entry point, an extension of Python-Markdown. Python-Markdown applies its rules paragraph by
paragraph and pattern by pattern; the dialect parses blocks and inlines from left to right, as `marked` does.
"""

from slidegen.render.dialect.conversion_state import LinkTarget
from slidegen.render.dialect.dialect import Dialect, plain_code_block, plain_code_span
from slidegen.render.dialect.footnotes import Footnotes, footnote_ids, with_footnotes
from slidegen.render.dialect.fragments import Fragment
from slidegen.render.dialect.growing_footnotes import GrowingFootnotes
from slidegen.render.dialect.rereading import read_again

__all__ = [
    "Dialect",
    "Footnotes",
    "Fragment",
    "GrowingFootnotes",
    "LinkTarget",
    "footnote_ids",
    "plain_code_block",
    "plain_code_span",
    "read_again",
    "with_footnotes",
]
