"""Finds the words of a text in Markdown, HTML, JSON, CSS or a script, however it is escaped."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from slidegen.patterns import lazy_compile

EDGE = "\ue000"
"""Marks the border between two texts: cells, paragraphs, attributes."""
WRITTEN_ALONE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Characters of scripts that put no spaces between words."""
WORD = lazy_compile(rf"[{WRITTEN_ALONE}{EDGE}]|[^\W_{WRITTEN_ALONE}{EDGE}]+")
TAG = lazy_compile(r"</?[a-zA-Z][^<>]*>")
"""A tag in decoded text, where quotes need not pair; the content of a comment counts as text here."""
EDGES = lazy_compile(r"""[<>{}]|["'][\s,:\[\]]+["']|=["']|["']\s+[\w:-]+=""")
"""Where texts end in markup and JSON."""
EMPHASIS = lazy_compile(r"(?<=[^\W_])(?:\*{1,3}|~~)(?=[^\W_])")
"""Markdown's emphasis within a word, which is one word on the page."""
CLASSES = lazy_compile(r"(?>(?:\.[a-zA-Z_-][\w-]*)+)\[")
"""The opening of a content class, which is not text on the page."""
WITHIN_WORD = lazy_compile(
    r"(?<=[^\W_])(?>(?:\.[a-zA-Z_-][\w-]*)+)\[([^\[\]\n]*)\]|(?>(?:\.[a-zA-Z_-][\w-]*)+)\[([^\[\]\n]*)\](?=[^\W_])"
)
"""A content class that begins or ends within a word, which is one word on the page."""
INLINE = lazy_compile(
    r"</?(?:abbr|a|bdi|b|code|del|em|ins|i|kbd|mark|q|small|span|strong|sub|sup|s|u|wbr)(?:\s[^<>]*)?>"
)
"""A tag that may occur within a word."""
CALL = lazy_compile(r"\s*(?:[\w$.]+\s*\(\s*)?(?=[\[{])")
"""What comes before JSON in a file, perhaps the name of a function that a script calls with it."""
SEARCH = "slidegenSearch("
"""The beginning of the course page's search, whose texts have a line for each paragraph, cell and item."""
LINK = lazy_compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\n]{0,500})\)")
BY_NAME = lazy_compile(r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,200}\]")
"""A link that names its definition; the page shows its text only."""
FORMULA = lazy_compile(r"\$\$?([^$\n]{1,500})\$\$?")
BREAK = lazy_compile(
    r"\{\{[^{}\n]*\}\}|!\[:[^\]\n]*\]|\[\^[^\]\n]*\](?!:)|\\[()\[\]]|(?<=[ \t])\|(?=[ \t])|^\|"
)
"""Replaced on the page: variables, macros, references to footnotes, the ends of formulas and cells."""
LINE_MARK = lazy_compile(r"^[ \t]*(?:(?:\[[^\]\n]*\]:|[#>*+-]+|\d{1,3}[.)])[ \t]+)+", re.MULTILINE)
"""Marks of lists, headings, quotes and definitions."""
ESCAPE = lazy_compile(
    r"\\u\{(?P<long>[0-9a-fA-F]{1,6})\}|\\u(?P<four>[0-9a-fA-F]{4})|\\x(?P<two>[0-9a-fA-F]{2})|\\(?P<sign>[nrt\"'/\\])"
)
PERCENT = lazy_compile(r"(?:%[0-9A-Fa-f]{2})+")
JSON = json.JSONDecoder(object_pairs_hook=list)
"""Reads objects as lists of pairs, so that a repeated key hides nothing."""
MAX_DEPTH = 4
"""How often to decode a text nested in another."""


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case and with each character normalised."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\xad", "").replace("\u200b", "")
    return WORD.findall(text.casefold())


def views_of(text: str) -> Iterator[list[str]]:
    """The words of a text in every form a reader could decode: with tags removed, and from within tags."""
    decoded = decode(text)
    if "<" not in decoded:
        yield words_of(EDGES.sub(f" {EDGE} ", decoded))
        return
    plain = INLINE.sub("", decoded)
    yield words_of(TAG.sub(f" {EDGE} ", plain))
    inline = set(INLINE.findall(decoded))
    parts = {*inline, *TAG.findall(plain), *(_around_shared(decoded) if inline else ())}
    yield words_of(EDGES.sub(f" {EDGE} ", EDGE.join(parts)))


def _around_shared(text: str) -> Iterator[str]:
    """The texts on both sides of tags that may occur within a word, each by itself, since they may be two words."""
    start = end = 0
    for match in (*INLINE.finditer(text), None):
        if match is not None and match.start() == end:
            end = match.end()
            continue
        if text[start - 1 : start].isalnum() and text[end : end + 1].isalnum():
            yield text[text.rfind(">", 0, start) + 1 : start]
            last = text.find("<", end)
            yield text[end : last if last >= 0 else None]
        if match is not None:
            start, end = match.span()


def read_strings(text: str) -> str:
    """The strings in JSON, with a border between them; empty if the text is not JSON."""
    match = CALL.match(text)
    if match is None:
        return ""
    try:
        value, end = JSON.raw_decode(text, match.end())
    except (ValueError, RecursionError):
        return ""
    if text[end:].strip(" \t\r\n;)"):
        return ""
    strings = f" {EDGE} ".join(_strings(value))
    return strings.replace("\n", f" {EDGE} ") if text.startswith(SEARCH) else strings


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def spellings(text: str) -> set[str]:
    """Markdown as written, and with words put together where marks split them, each in `split_apart` form."""
    joined = WITHIN_WORD.sub(r"\1\2", text) if "]" in text else text
    if "*" in joined or "~" in joined:
        joined = EMPHASIS.sub("", joined)
    return {split_apart(text), split_apart(joined)} if joined != text else {split_apart(text)}


def split_apart(text: str) -> str:
    """Markdown with a line for each part that a page shows in one piece."""
    text = CLASSES.sub(" ", text)
    text = LINK.sub(lambda match: f"\n{match[1]}\n{match[2]}\n" if match[0][0] == "!" else match[1], text)
    text = BY_NAME.sub(r"\1", text)
    text = FORMULA.sub(lambda match: f"\n{match[1]}\n", text)
    return LINE_MARK.sub("", BREAK.sub("\n", text))


def decode(text: str) -> str:
    """A text with character references, escapes of JSON and JavaScript, and percent-encoding decoded."""
    for _ in range(MAX_DEPTH):
        before = text
        if "&" in text:
            text = unescape(text)
        if "\\" in text:
            text = ESCAPE.sub(_character, text)
        if "%" in text:
            text = PERCENT.sub(
                lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), text
            )
        if text == before:
            break
    return text


def _character(match: re.Match[str]) -> str:
    code = match["long"] or match["four"] or match["two"]
    if code is None:
        return {"n": "\n", "r": "\r", "t": "\t"}.get(match["sign"], match["sign"])
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""
