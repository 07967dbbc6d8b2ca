"""Marks elements with their source lines, so that the page can open the editor there.

Markdown conversion keeps no positions, so each element's first words are searched for in the slide's source,
after those of the previous element. Lines count from the slide's first line, so that editing one slide leaves the
others unchanged.
"""

from __future__ import annotations

import re
from html import unescape

from slidegen.patterns import lazy_compile

ELEMENT = lazy_compile(
    r"<(?P<name>h[1-6]|p|li|pre|td|th|dt|dd|blockquote|figcaption|summary|div|span)(?=[\s>])(?P<rest>[^>]*)>"
    r"(?P<text>(?:\s*<(?!/)[^>]*>)*[^<]*)"
)
"""An opening tag, and the text behind it and behind those that follow at once."""
CODE_LINE = "remark-code-line"
WORDS = lazy_compile(r"[^\W_](?:[^<>*_`\[\]$\\{}\n]{0,39}[^\W_])?")
"""What Markdown leaves as it is written."""
TAG = lazy_compile(r"<[^>]*>")
NEAR = 400
"""Characters in which even a single letter is taken for what is looked for."""
SURE = 6
"""Characters of which it is believed that they stand only where they are meant."""


def with_lines(html: str, source: str) -> str:
    """The slide's HTML, its elements with `data-line="+N"`: N lines below the first one of its source."""
    at = 0
    counted, line = 0, 0
    in_listing = False

    def mark(match: re.Match[str]) -> str:
        nonlocal at, counted, line, in_listing
        if in_listing and CODE_LINE in match["rest"]:
            at = max(source.find("\n", at) + 1, at)
        else:
            found = _found(match["text"], source, at)
            if found < 0:
                in_listing = False
                return match[0]
            at = found
            in_listing = CODE_LINE in match[0]
        line += source.count("\n", counted, at)
        counted = at
        name, rest = match["name"], match["rest"]
        return f'<{name} data-line="+{line}"{rest}>{match["text"]}'

    return ELEMENT.sub(mark, html)


def _found(text: str, source: str, at: int) -> int:
    words = WORDS.search(unescape(TAG.sub("", text)))
    if words is None:
        return -1
    end = len(source) if len(words[0]) >= SURE else min(at + NEAR, len(source))
    return source.find(words[0], at, end)
