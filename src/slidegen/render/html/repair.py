"""Repairs HTML as a browser would: closes every element, and splits paragraphs around blocks."""

from __future__ import annotations

import re

from slidegen.html_tags import TAG_NAME, TagEnds
from slidegen.patterns import lazy_compile

EMPTY_PARAGRAPH = lazy_compile(r"<p>\s*</p>")
LONE_PARAGRAPH = lazy_compile(r"<p>((?:(?!</?p[\s>]).)*)</p>\s*", re.DOTALL)
SWALLOWING = lazy_compile(r"(</?)plaintext\b", re.IGNORECASE)
"""A tag that nothing closes, not even the end of its slide."""
FIRST_BREAK = lazy_compile(r"(<(?:pre|textarea|listing)(?:\s[^<>]*)?>)(?=\n)")
"""A line break that the browser ignores when it reads the page."""
NOT_NESTED = frozenset(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr "
    "track wbr".split()
)
"""Elements without content, or that end where the next one begins."""
MAX_DEPTH = 500
"""How deeply elements may nest; browsers stop at 512, and parsing takes quadratic time."""


def repaired(html: str) -> str:
    """The HTML that a browser would make of this, without empty paragraphs, which remark also drops."""
    # Most decks have no HTML of their own, so this need not be loaded.
    from selectolax.lexbor import LexborHTMLParser

    html = SWALLOWING.sub(r"\1pre", _shallow(html))
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    if body is None:
        return html
    whole = body.html or ""
    inside = whole[TagEnds(whole)(len("<body")) : whole.rindex("</body>")]
    return without_empty_paragraphs(FIRST_BREAK.sub(r"\1\n", inside))


def without_empty_paragraphs(html: str) -> str:
    """The HTML without paragraphs that contain only white space."""
    return EMPTY_PARAGRAPH.sub("", html)


def without_paragraph(html: str) -> str:
    """The content of the paragraph, if the HTML is just one."""
    match = LONE_PARAGRAPH.fullmatch(html)
    return match[1] if match else html


def _shallow(html: str) -> str:
    """The HTML without the tags that are nested too deeply."""
    if html.count("<") <= MAX_DEPTH:
        return html
    pieces, at, depth = [], 0, 0
    for tag in TAG_NAME.finditer(html):
        if tag["name"].lower() in NOT_NESTED or tag.start() < at:
            continue
        if tag["close"]:
            depth -= depth > 0
        else:
            depth += 1
        if depth + bool(tag["close"]) > MAX_DEPTH:
            end = html.find(">", tag.end())
            if end < 0:
                break
            pieces.append(html[at : tag.start()])
            at = end + 1
    return "".join(pieces) + html[at:]
