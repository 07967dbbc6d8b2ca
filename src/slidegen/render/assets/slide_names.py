"""Says which slides another deck has, as far as its text shows without building it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slidegen.patterns import lazy_compile
from slidegen.spelling import nearest

NAME = lazy_compile(r"^[ \t]*(?:<!--[ \t]*)?name:[ \t]*(?P<name>[^\n]*?)[ \t]*(?:-->)?[ \t]*$", re.MULTILINE)
ID = lazy_compile(r"""(?:\bid|\bname)\s*=\s*["']?(?P<id>[^\s"'>{}]+)|\{[^}\n]*\#(?P<braces>[\w:.-]+)""")
HEADING = lazy_compile(
    r"^[ \t>]*#{1,6}[ \t]*(?P<atx>[^\n]+)|^(?P<setext>[^\n]+)\n(?:={2,}|-{2,})[ \t]*$", re.MULTILINE
)
NUMBER = lazy_compile(r"p?\d+")
COMES_FROM_ELSEWHERE = lazy_compile(r"!\[:|\{\{|\{%|`r ")
"""A macro, an include, a variable, Liquid or R code, which may write what a link leads to."""


def lacks_slide(text: str, name: str) -> bool:
    """Whether a deck with this text certainly has no slide or element of that name.

    Numbers are not looked at, and nothing is certain about a deck that takes text from elsewhere.
    """
    if NUMBER.fullmatch(name) or COMES_FROM_ELSEWHERE.search(text):
        return False
    return name not in _names(text) and _slug(name) not in {_slug(each) for each in _headings(text)}


def near_slides(text: str, name: str) -> list[str]:
    """The name of a slide that is similar."""
    return nearest(name, sorted(_names(text)))


def _names(text: str) -> set[str]:
    found = {match["name"].strip() for match in NAME.finditer(text)}
    return found | {match["id"] or match["braces"] for match in ID.finditer(text)}


def _headings(text: str) -> Iterator[str]:
    for match in HEADING.finditer(text):
        yield match["atx"] or match["setext"]


def _slug(text: str) -> str:
    """Letters and digits alone: slidegen, remark and other programs make ids of headings in different ways."""
    return re.sub(r"[\W_]+", "", text.lower())
