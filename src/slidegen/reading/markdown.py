"""Reads Markdown files, with or without YAML front matter."""

from __future__ import annotations

import re

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.patterns import lazy_compile
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Source, Span

FRONT_MATTER = lazy_compile(
    r"---[ \t]*\n(?P<yaml>(?>(?:(?!(?:---|\.\.\.)[ \t]*$)[^\n]*\n)*))(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
JEKYLL_MARKS = frozenset({"layout", "permalink", "categories", "category", "published"})
"""Keys of front matter that only Jekyll has."""
PRESENTATIONS = (".pptx", ".ppt", ".odp", ".key")
KEY_LINE = lazy_compile(r"^[\w.\-\"' ]+:(?:\s|$)", re.MULTILINE)


def decode(path: str, data: bytes) -> Source:
    """The text of a file, with any kind of line ends and with or without a byte order mark.

    Raises DeckError if it is not UTF-8, naming the byte, or is a PDF.
    """
    if data.startswith(b"%PDF-"):
        first = Source(path, data.partition(b"\n")[0].decode("utf-8", "replace"))
        message, hint = (
            "this is a PDF, not a deck",
            "choose the Markdown file or HTML page that it was made from",
        )
        raise DeckError(Diagnostic(Code.NOT_UTF8, message, Span(first, 0, len("%PDF-")), hint))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeckError(_not_utf8(path, data, error)) from error
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
    start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
    before = data[:start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    rest = data[start : start + 200].decode("utf-8", "replace").split("\n", 1)[0]
    source = Source(path, before.lstrip("\ufeff") + rest)
    offset = len(before.lstrip("\ufeff"))
    if path.lower().endswith(PRESENTATIONS):
        hint = "slidegen does not read presentations; `slidegen docs powerpoint` says how to bring one along"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "this is UTF-16, which some editors call Unicode: save the file with the encoding UTF-8"
    elif b"\0" in data[:4096]:
        hint = "this does not look like text"
    else:
        hint = "save the file with the encoding UTF-8"
    message = f"not UTF-8: byte {data[start]:#04x} at offset {start}"
    return Diagnostic(Code.NOT_UTF8, message, Span(source, offset, offset + 1), hint)


def read_markdown(source: Source) -> SourceDeck:
    """The deck in a Markdown file.

    Front matter extends from `---` on the very first line to the next `---` or `...`, unless
    it does not look like YAML at all: a deck may start with an empty slide. Raises DeckError for bad YAML.
    """
    match = FRONT_MATTER.match(source.text)
    if match is None or not _looks_like_yaml(match["yaml"]):
        return SourceDeck(source, 0, ())
    from slidegen.reading.settings import read_settings  # here, since many decks in a project need no YAML

    settings = read_settings(source, match.start("yaml"), match.end("yaml"))
    return SourceDeck(source, match.end(), tuple(settings))


def _looks_like_yaml(text: str) -> bool:
    stripped = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if not stripped:
        return not text.strip()  # comments alone are more likely headings of a first slide
    return KEY_LINE.match(stripped[0]) is not None
