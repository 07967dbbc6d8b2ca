"""Code blocks: indented by four spaces, or fenced."""

from __future__ import annotations

import re
from collections.abc import Callable

from slidegen.render.dialect.block_state import Passage
from slidegen.render.dialect.blocks import Block, BlockRule, DialectParser
from slidegen.render.dialect.patterns import compiled
from slidegen.render.dialect.tree import raw

CodeBlock = Callable[[str, str], str]
"""Turns code and what follows its fence, starting with the language, into `<pre>...</pre>`."""

INDENTED = compiled(r"(?>(?: {4}[^\n]++\n*+)+)")
INDENT = compiled(r"^ {4}", re.MULTILINE)
OPENING_FENCE = compiled(r" *+(`{3,}+|~{3,}+)")
INFO = {"`": compiled(r" *+([^`\n]*)\n"), "~": compiled(r" *+([^~\n]*)\n")}
"""By the character of the fence, what may follow it on its line."""
MAX_REREAD_LENGTH = 8
"""A longer fence is only read as it is; of a shorter one, fewer characters may be the fence."""


class IndentedCode(BlockRule):
    """Lines that begin with four spaces. They may follow a paragraph, but not interrupt one."""

    opening = ""

    def __init__(self, parser: DialectParser, code_block: CodeBlock) -> None:
        super().__init__(parser)
        self.code_block = code_block

    def read(self, passage: Passage, at: int) -> Block | None:
        """The code without the four spaces; as in remark, blank lines after it belong to it."""
        if not passage.text.startswith("    ", at):
            return None
        match = INDENTED.match(passage.text, at)
        if match is None:
            return None
        code = passage.conversion.fragments.as_text(INDENT.sub("", match[0]))
        return raw(self.code_block(code, "")), match.end()


class FencedCode(BlockRule):
    """Code from a line of three or more backticks or tildes to the next line that ends in as many."""

    opening = "`~"

    def __init__(self, parser: DialectParser, code_block: CodeBlock) -> None:
        super().__init__(parser)
        self.code_block = code_block

    def read(self, passage: Passage, at: int) -> Block | None:
        """The code between the fences; None if the first is not closed."""
        fence = find_fence(passage, at)
        if fence is None:
            return None
        info, start, closing = fence
        fragments = passage.conversion.fragments
        code = passage.text[start : max(closing.start(), start)]
        code = code[: max(len(code.rstrip()), 1)]
        html = self.code_block(fragments.as_text(code), fragments.as_text(info))
        return raw(html + "\n"), closing.end()


def find_fence(passage: Passage, at: int) -> tuple[str, int, re.Match[str]] | None:
    """What follows the fence of the code at `at`, where the code's text begins, and the closing fence.

    The closing fence may follow text on its line. Of four unclosed backticks, three may be the fence.
    """
    text = passage.text
    opening = OPENING_FENCE.match(text, at)
    if opening is None:
        return None
    start, end = opening.span(1)
    length = end - start
    info = INFO[text[start]].match(text, end)
    if info is None:
        return None
    for shorter in range(min(length - 3, MAX_REREAD_LENGTH) + 1):
        closing = passage.closing_fence(text[start] * (length - shorter), info.end())
        if closing is not None:
            return info[1].rstrip(), info.end(), closing
    return None
