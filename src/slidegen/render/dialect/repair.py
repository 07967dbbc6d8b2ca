"""HTML as a browser understands it: every element closed, no paragraph with blocks in it."""

from __future__ import annotations

import re

EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>")
LONE_PARAGRAPH = re.compile(r"\s*<p>((?:(?!</?p[\s>]).)*)</p>\s*", re.DOTALL)


def repaired(html: str) -> str:
    """The HTML that a browser would make of this; empty paragraphs are left out, as remark leaves them out."""
    # Most decks hold no HTML of their own, so this need not be loaded.
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    if body is None:
        return html
    whole = body.html or ""
    return without_empty_paragraphs(whole[whole.index(">") + 1 : whole.rindex("</body>")])


def without_empty_paragraphs(html: str) -> str:
    """The HTML without paragraphs of nothing but white space."""
    return EMPTY_PARAGRAPH.sub("", html)


def without_paragraph(html: str) -> str:
    """The inside of the paragraph, if the HTML is just one."""
    match = LONE_PARAGRAPH.fullmatch(html)
    return match[1] if match else html
