"""Finds marks and comments of other programs, which neither mark nor hide anything in a deck."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slidegen.deck.near_names import MarkNames
from slidegen.deck.near_patterns import WORD
from slidegen.patterns import lazy_compile

MARK = lazy_compile(
    r"(?:^[ \t>]{0,12}(?:#\+(?i:begin|end)_|\.\.[ ]|\[\.(?=[^\[\]\n]{3,40}\][ \t]*$)"
    r"|(?:\#{1,3}|//|%|--)[ \t]*</(?=[\w-]{3,40}>))"
    r"|\[/(?=[^\[\]\n]{3,40}\](?!\())|\{\{[~]?[#/^](?:(?:if|unless)[ ]{1,4})?|\\(?:begin|end)\{)"
    rf"(?P<name>{WORD}{{3,40}}+)(?:\}}{{1,2}}|\]{{1,2}}|>|::)?",
    re.MULTILINE,
)
"""A named block of Org, reStructuredText, AsciiDoc, BBCode, Handlebars or LaTeX, or the end of an element in a
comment of code."""
TEX_MARK = lazy_compile(rf"\\(?:begin|end)\{{(?P<name>{WORD}{{3,40}}+)")
COMMENT = lazy_compile(
    r"\{%-?[ \t]{0,4}comment\b[^%{}\n]{0,80}%\}|\{#(?=[ \t\n-])[^{}]{1,400}#\}|\{\{!(?=[ \t\n-])|\{/\*"
    r"|%%[^%\n]{1,300}%%|^%%[ \t]*$|^/{4,}[ \t]*$|\\begin\{comment\}|\\iffalse\b|<comment>"
    r"|^#\+(?:begin|BEGIN)_(?:comment|COMMENT)\b",
    re.MULTILINE,
)
"""How comments begin in Liquid, Jinja2, Handlebars, MDX, Obsidian, AsciiDoc, LaTeX and Org."""
SIGNS = ("{", "%%", "//", "\\", "[", "#", "..", "<", "--")
"""One of these is in all of them."""


def foreign_marks(text: str, names: MarkNames) -> Iterator[tuple[int, int, str]]:
    """Where the marks of other programs are in a text, and the class that each names."""
    if any(sign in text for sign in SIGNS):
        for match in MARK.finditer(text):
            if name := names.of_class(match["name"]):
                yield *match.span(), name


def marks_of_tex(text: str, names: MarkNames) -> Iterator[str]:
    """The environments of LaTeX in a formula that are named after a class, each with the class."""
    for match in TEX_MARK.finditer(text) if "{" in text else ():
        if name := names.of_class(match["name"]):
            yield name


def foreign_comments(text: str) -> Iterator[tuple[int, int]]:
    """Where comments of other programs begin in a text, which shows them."""
    if any(sign in text for sign in ("{", "%%", "//", "\\", "#", "<")):
        yield from (match.span() for match in COMMENT.finditer(text))
