"""slidegen's Markdown: what remark.js 0.14.1 reads, and footnotes, task lists, definition lists on top.

`Dialect` is the way in. It is an extension of Python-Markdown. The library applies its rules paragraph by
paragraph and pattern by pattern; here blocks and inlines are read from left to right, as `marked` reads them.
"""

from slidegen.render.dialect.conversion_state import LinkTarget
from slidegen.render.dialect.dialect import Dialect, plain_code_block, plain_code_span
from slidegen.render.dialect.footnotes import Footnotes, footnote_ids, with_footnotes
from slidegen.render.dialect.fragments import Fragment
from slidegen.render.dialect.rereading import read_again

__all__ = [
    "Dialect",
    "Footnotes",
    "Fragment",
    "LinkTarget",
    "footnote_ids",
    "plain_code_block",
    "plain_code_span",
    "read_again",
    "with_footnotes",
]
