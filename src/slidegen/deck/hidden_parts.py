"""Finds elements whose text a page contains but does not show."""

from __future__ import annotations

from collections.abc import Iterator

from slidegen.deck.html_marks import Tag, end_of, find_tags
from slidegen.html_tags import without_tags
from slidegen.patterns import lazy_compile

HIDING = lazy_compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:\D|$)|opacity\s*:\s*0\s*(?:;|!|$))",
)
WORD = lazy_compile(r"[^\W\d_]{2}")


def hidden_parts(text: str) -> Iterator[Tag]:
    """The start tags of elements with words in them that an attribute hides; none within another."""
    at = 0
    for tag in find_tags(text) if "<" in text else ():
        if tag.start >= at and not tag.empty and _is_hidden(tag):
            at, _ = end_of(text, tag.name, tag.end)
            if WORD.search(without_tags(text[tag.end : at])):
                yield tag


def _is_hidden(tag: Tag) -> bool:
    for name, value in tag.attributes:
        if name == "hidden" or (name == "style" and HIDING.search(value.lower())):
            return True
        if name in ("display", "visibility") and value.strip() in ("none", "hidden"):
            return True
    return tag.name == "template"
