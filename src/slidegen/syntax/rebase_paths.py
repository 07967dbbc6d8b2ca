"""Rewrites relative paths in text that a deck in another folder includes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slidegen.patterns import lazy_compile
from slidegen.source import Origin, Source
from slidegen.syntax.tokens import Token, TokenKind

RELATIVE = r"(?![/#?\\{\s]|[a-zA-Z][a-zA-Z0-9+.-]*+:)"
"""Precedes the first character of a path that is relative to its file: no root, slide, variable or scheme."""
DESTINATION = lazy_compile(rf"(?<!\\)\]\([ \t]*+<?{RELATIVE}(?=[^\s>)])")
"""The start of the path in `[text](path)`."""
DEFINITION = lazy_compile(rf"[^\n]*?\]: *+<?{RELATIVE}(?=\S)")
TAG = lazy_compile(r"<[a-zA-Z][^<>]*")
ATTRIBUTE = lazy_compile(
    rf"""\s(?:src|href|poster|data|xlink:href)\s*=\s*["']?{RELATIVE}(?=[^\s"'>])""", re.IGNORECASE
)
CANDIDATES = lazy_compile(r"""\ssrcset\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
CANDIDATE = lazy_compile(rf"(?:\A|,\s)\s*+{RELATIVE}(?=[^\s,])")
CSS = lazy_compile(rf"""url\(\s*+["']?{RELATIVE}(?=[^\s"')])""", re.IGNORECASE)
STYLE = lazy_compile(r"<style\b[^>]*>", re.IGNORECASE)
STYLE_END = "</style"


def moved_source(source: Source, tokens: list[Token], folder: str) -> Source:
    """The text with `folder` before every path in it that is relative to its file.

    Every other character keeps its place; code and formulas stay unchanged.
    """
    places = sorted({at for token in tokens for at in _paths_of(source.text, token)})
    if not places:
        return source
    text, pieces, anchors, at = source.text, [], [(0, 0)], 0
    for count, place in enumerate(places):
        pieces += [text[at:place], folder]
        anchors += [(place + count * len(folder), place), (place + (count + 1) * len(folder), place)]
        at = place
    pieces.append(text[at:])
    return Source(source.path, "".join(pieces), Origin(source, tuple(anchors)))


def moved_html(html: str, folder: str) -> str:
    """HTML with `folder` before every relative path in it."""
    pieces, at = [], 0
    for place in sorted(set(_paths_in_markup(html, 0, len(html)))):
        pieces += [html[at:place], folder]
        at = place
    return "".join((*pieces, html[at:]))


def _paths_of(text: str, token: Token) -> Iterator[int]:
    """Where relative paths start in a token."""
    if token.kind in (TokenKind.TEXT, TokenKind.RAW):
        yield from (match.end() for match in DESTINATION.finditer(text, token.start, token.end))
        yield from _paths_in_markup(text, token.start, token.end)
    elif token.kind is TokenKind.DEFINITION:
        match = DEFINITION.match(text, token.start, token.end)
        if match is not None:
            yield match.end()
    elif token.kind is TokenKind.PROPERTY:
        yield from (match.end() for match in CSS.finditer(text, token.start, token.end))
        yield from (match.end() for match in DESTINATION.finditer(text, token.start, token.end))


def _paths_in_markup(text: str, start: int, end: int) -> Iterator[int]:
    """Where relative paths start in the tags of a text, and in the style sheets between them."""
    for tag in TAG.finditer(text, start, end):
        yield from (match.end() for match in ATTRIBUTE.finditer(text, *tag.span()))
        yield from (match.end() for match in CSS.finditer(text, *tag.span()))
        for group in CANDIDATES.finditer(text, *tag.span()):
            index = 1 if group[1] is not None else 2
            offset = group.start(index)
            yield from (offset + match.end() for match in CANDIDATE.finditer(group[index]))
    for style in STYLE.finditer(text, start, end):
        close = text.find(STYLE_END, style.end(), end)
        if close < 0:
            break
        yield from (match.end() for match in CSS.finditer(text, style.end(), close))
