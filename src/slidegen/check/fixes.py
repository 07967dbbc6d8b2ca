"""Fixes mistakes that have one right answer, and leaves every other byte of a file alone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from slidegen.diagnostics import Code, Diagnostic, DiagnosticCode
from slidegen.patterns import lazy_compile
from slidegen.reading.markdown import FRONT_MATTER
from slidegen.source import on_one_line

BARE_NUMBER = lazy_compile(r"!\[:[\w.-]+[ \t]+(?P<number>\d+(?:\.\d+)?|\.\d+)(?=[ \t]*[,\]])")
SPACED_UNIT = lazy_compile(r"!\[:[\w.-]+[ \t]+[\d.]+(?P<space>[ \t]+)(?=[%a-z])", re.IGNORECASE)
NOTES = lazy_compile(r"[ \t]*\?{2,}(?P<rest>[ \t]*)", re.MULTILINE)
SPACE = lazy_compile(r"(?:\.[a-zA-Z_][\w-]*)+(?P<space>[ \t]+)\[")
CURLY = lazy_compile(
    r"^[ \t]*(?:-[ \t]+)?(?:[\w.-]+:[ \t]+)?"
    r"(?P<open>[“”„«‘‚])(?P<text>[^\n“”„«»‘’‚]*)(?P<close>[“”»’‘])[ \t]*$",
    re.MULTILINE,
)


class Edit(Struct, frozen=True):
    """Replaces the characters from `start` to `end` with a text."""

    start: int
    end: int
    text: str


def fixed(data: bytes, found: Iterable[Diagnostic], path: str) -> bytes:
    """The bytes of a deck's file with the diagnosed mistakes fixed. Text that is not UTF-8 is left unchanged."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        return data
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    edits = [
        *(edit for item in found if _is_in(item, path, text) for edit in _edits(item, text)),
        *_curly_quotes(text),
    ]
    return mark + _applied(text, edits).encode("utf-8")


def diff(before: bytes, after: bytes, path: str) -> str:
    """The changes in the format of `diff -u`."""
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    lines, shown = [], on_one_line(path)
    for line in difflib.unified_diff(old, new, f"a/{shown}", f"b/{shown}"):
        lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines).replace("\r", "␍")


def _is_in(item: Diagnostic, path: str, text: str) -> bool:
    """Whether a diagnostic is about the file itself, rather than an included file or an indented part."""
    span = item.span
    return span is not None and span.source.path == path and span.source.text == text


def _edits(item: Diagnostic, text: str) -> Iterator[Edit]:
    mend = FIXES.get(item.code)
    if mend is not None and item.span is not None:
        yield from mend(text, item.span.start, item.span.end)


def _unit(text: str, start: int, end: int) -> Iterator[Edit]:
    """Add a unit to a number: percent up to 100, pixels above."""
    spaced = SPACED_UNIT.match(text, start, end)
    if spaced is not None:
        yield Edit(*spaced.span("space"), "")
        return
    match = BARE_NUMBER.match(text, start, end)
    if match is None:
        return
    number = float(match["number"])
    unit = f"{number * 100:g}%" if number <= 1 else match["number"] + ("%" if number <= 100 else "px")
    yield Edit(*match.span("number"), unit)


def _notes(text: str, start: int, end: int) -> Iterator[Edit]:
    """Put `???` alone on its line."""
    del end
    line = text.rfind("\n", 0, start) + 1
    match = NOTES.match(text, line)
    if match is not None:
        rest = text[match.end() : text.find("\n", match.end()) if "\n" in text[match.end() :] else len(text)]
        yield Edit(line, match.end(), "???\n" if rest.strip() else "???")


def _space(text: str, start: int, end: int) -> Iterator[Edit]:
    match = SPACE.match(text, start, end)
    if match is not None:
        yield Edit(*match.span("space"), "")


def _nothing(text: str, start: int, end: int) -> Iterator[Edit]:
    del text
    yield Edit(start, end, "")


FIXES: Mapping[DiagnosticCode, Callable[[str, int, int], Iterator[Edit]]] = {
    Code.NO_SIZE: _unit,
    Code.NOTES_MARK: _notes,
    Code.SPACE_IN_CLASS: _space,
    Code.TRAILING_BLANK: _nothing,
}


def _curly_quotes(text: str) -> Iterator[Edit]:
    """Replace curly quotes around values of front matter with straight ones."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return
    for value in CURLY.finditer(text, *match.span("yaml")):
        quote = "'" if '"' in value["text"] else '"'
        inner = value["text"].replace("\\", "\\\\") if quote == '"' else value["text"].replace("'", "''")
        yield Edit(value.start("open"), value.end("close"), f"{quote}{inner}{quote}")


def _applied(text: str, edits: Iterable[Edit]) -> str:
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join((*pieces, text[at:]))
