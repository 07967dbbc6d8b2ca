"""Marks elements with their source lines, so that the page can open the editor there.

Markdown conversion keeps no positions, so each element's first words are searched for in the slide's source,
after those of the previous element. Lines count from the slide's first line, so that editing one slide leaves the
others unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from msgspec import Struct, structs

from slidegen.html_tags import without_tags
from slidegen.patterns import lazy_compile
from slidegen.render.html.fragment import shared_length

ELEMENT = lazy_compile(
    r"<(?P<name>h[1-6]|p|li|pre|td|th|dt|dd|blockquote|figcaption|summary|div|span)(?=[\s>])(?P<rest>[^>]*)>"
    r"(?P<text>(?:\s*<(?!/)[^>]*>)*[^<]*)"
)
"""An opening tag, and the text after it and after tags that directly follow."""
CODE_LINE = "remark-code-line"
WORDS = lazy_compile(r"[^\W_](?:[^<>*_`\[\]$\\{}\n]{0,39}[^\W_])?")
"""Text that Markdown leaves unchanged."""
NEAR = 400
"""The distance in characters within which even a single letter counts as a match."""
SURE = 6
"""The length from which a match counts wherever it is."""


class _Place(Struct, frozen=True):
    """A place after an element where the search for lines can continue."""

    end: int
    """Offset in the HTML."""
    done: int
    """Offset in the HTML with lines."""
    at: int
    """Offset in the source."""
    line: int
    in_listing: bool


def with_lines(steps: Iterable[str], source: str) -> Iterator[str]:
    """The HTML of a slide's steps, with `data-line="+N"` on elements: N lines below the first line of its source.

    The common beginning of a step and the one before it is not searched again.
    """
    before = marked = ""
    places = [_Place(end=0, done=0, at=0, line=0, in_listing=False)]
    for html in steps:
        same = shared_length(before, html)
        while places[-1].end and not _is_whole(html, places[-1].end, same):
            places.pop()
        place = places[-1]
        pieces, start = [marked[: place.done]], place.end
        for match in ELEMENT.finditer(html, start):
            pieces.append(html[place.end : match.start()])
            place, text = _marked(match, source, place)
            pieces.append(text)
            place = structs.replace(place, done=place.done + len(pieces[-2]) + len(text))
            places.append(place)
        pieces.append(html[place.end :])
        before, marked = html, "".join(pieces)
        yield marked


def _is_whole(html: str, end: int, same: int) -> bool:
    """Whether the text after an element, which ends there, is the same in all HTML that begins with `same` characters.

    It extends to the next tag, but tags before its first word belong to it.
    """
    if html.startswith("</", end, same):
        return True
    return html.startswith("<", end, same) and html[html.rfind(">", 0, end) + 1 : end].strip() != ""


def _marked(match: re.Match[str], source: str, place: _Place) -> tuple[_Place, str]:
    """Where the search continues after an element, and the element with its line."""
    if place.in_listing and CODE_LINE in match["rest"]:
        at = max(source.find("\n", place.at) + 1, place.at)
        in_listing = True
    else:
        at = _found(match["text"], source, place.at)
        if at < 0:
            return structs.replace(place, end=match.end(), in_listing=False), match[0]
        in_listing = CODE_LINE in match[0]
    line = place.line + source.count("\n", place.at, at)
    text = f'<{match["name"]} data-line="+{line}"{match["rest"]}>{match["text"]}'
    return _Place(end=match.end(), done=place.done, at=at, line=line, in_listing=in_listing), text


def _found(text: str, source: str, at: int) -> int:
    words = WORDS.search(unescape(without_tags(text)))
    if words is None:
        return -1
    end = len(source) if len(words[0]) >= SURE else min(at + NEAR, len(source))
    return source.find(words[0], at, end)
