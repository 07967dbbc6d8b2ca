"""Finds all network references of a deck, so that they can be fetched in parallel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from slidegen.patterns import lazy_compile
from slidegen.reading.source_deck import AuthorPage
from slidegen.references import absolute, is_remote
from slidegen.render.page_model import RenderedSlide

LOADED = lazy_compile(
    r"""<(?:img|image|script|input)\b[^>]{0,2000}?\s(?:src|href)=["']((?:https?:)?//[^"'\s>]+)"""
    r"""|<link\b[^>]{0,2000}?\shref=["']((?:https?:)?//[^"'\s>]+)"""
    r"""|url\(\s{0,9}(?:["']|&quot;)?((?:https?:)?//(?>(?:[^"'()\s&]|&(?!quot;))+))""",
    re.IGNORECASE,
)
STYLE_SHEET = lazy_compile(r"rel=[\"']?[^\"'>]{0,80}stylesheet", re.IGNORECASE)


def remote_references(
    slides: Iterable[RenderedSlide], css: Iterable[str], page: AuthorPage | None
) -> Iterator[str]:
    """The addresses that will probably be downloaded for a deck, in the order in which they are needed."""
    for slide in slides:
        for text in (slide.html, slide.notes, slide.style):
            yield from _in_html(text)
    sheets = [sheet.reference for sheet in page.sheets] if page is not None else []
    scripts = [script.attributes.get("src", "") for script in page.scripts] if page is not None else []
    for reference in (*css, *sheets, *scripts):
        if is_remote(reference):
            yield _address(reference)


def _in_html(text: str) -> Iterator[str]:
    if "//" not in text:
        return
    for match in LOADED.finditer(text):
        if match[2] and not STYLE_SHEET.search(match[0]):
            continue
        yield _address(match[1] or match[2] or match[3])


def _address(reference: str) -> str:
    return absolute(reference.strip().partition("#")[0].replace("&amp;", "&"))
