"""Reads the page that backslide's template makes of a deck."""

from __future__ import annotations

import html
import re

from slidegen.patterns import lazy_compile
from slidegen.reading.formats.standing_in import AS_JSON
from slidegen.source import Composed, Source, Span

PLACEHOLDER = lazy_compile(
    r"\{\{\{\s*+(?P<raw>\w++)\s*+\}\}\}|\{\{\s*+&\s*+(?P<also_raw>\w++)\s*+\}\}|\{\{\s*+(?P<name>\w++)\s*+\}\}"
)
"""Mustache's tags, with three braces or `&` for HTML."""
SOURCE = lazy_compile(r"\{\{\{\s*+source\s*+\}\}\}|\{\{\s*+&\s*+source\s*+\}\}")
TITLE = lazy_compile(r"^title:[ \t]*+(.*)$", re.MULTILINE)
URL = lazy_compile(r"url\([^()\n]{1,500}\)|@import[^;\n]{1,500}")


def is_template(text: str) -> bool:
    """Whether a page is a backslide template."""
    return SOURCE.search(text) is not None


def title_of(deck: str, name: str) -> str:
    """The deck's title as backslide determines it: from a line of the deck, or its file's name."""
    match = TITLE.search(deck)
    return match[1].strip() if match is not None else name


def fill_template(template: Source, title: str, css: str, sheet: Source | None) -> Source:
    """The page with a mark in place of the deck; `css` is compiled from the style sheet `sheet`."""
    composed, at = Composed(), 0
    for match in PLACEHOLDER.finditer(template.text):
        composed.add_part(template, at, match.start())
        name = match["raw"] or match["also_raw"] or match["name"]
        place = Span(template, match.start(), match.end())
        if name == "source":
            composed.add(f'source: "{AS_JSON}"', place)
        elif name == "style" and sheet is not None:
            composed.add("<style>\n", place)
            _add_css(composed, css, sheet)
            composed.add("\n</style>", place)
        elif name == "title":
            composed.add(title if match["name"] is None else html.escape(title), place)
        at = match.end()
    composed.add_part(template, at, len(template.text))
    return composed.of(template.path)


def _add_css(composed: Composed, css: str, sheet: Source) -> None:
    """Add the compiled style sheet, giving references the places of the same ones in its source."""
    css, at = css.replace("</", "<\\/"), 0
    start = Span(sheet, 0, 1)
    for match in URL.finditer(css):
        composed.add(css[at : match.start()], start)
        found = sheet.text.find(match[0])
        composed.add(match[0], Span(sheet, found, found + len(match[0])) if found >= 0 else start)
        at = match.end()
    composed.add(css[at:], start)
