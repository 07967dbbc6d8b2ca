"""Recognises misplaced or unclosed front matter."""

from __future__ import annotations

import re

from slidegen.config import deck_option_names
from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.reading.markdown import FRONT_MATTER, KEY_LINE
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Span

KEYS = frozenset((*deck_option_names(), "date", "subtitle", "institute", "output"))
"""Keys that only front matter has."""
SHARED = frozenset({"footer", "lang", "transition", "density"})
"""Options that are slide properties as well."""
KEY = lazy_compile(r"^[ \t]*(?P<key>[\w-]+)[ \t]*:(?:[ \t]|$)", re.MULTILINE)
ABOVE = lazy_compile(r"(?:[ \t]*\n|[ \t]*<!--(?>(?:(?!-->)[\s\S])*)-->[ \t]*\n)+(?=---[ \t]*\n)")
OTHER_MARKS = lazy_compile(r"(?P<mark>-{4,}|\+\+\+|(?:```|~~~)[ \t]*ya?ml|[ \t]+---|[–—]+-*|\*\*\*)[ \t]*\n")
GLUED = lazy_compile(
    r"---[ \t]*\n(?:[ \t]*\n|#[^\n]*\n|[\w-]+:[ \t][^\n]*\n)*(?P<key>[\w-]+):(?P<value>[^\s:/][^\n]*)"
    r"(?=\n(?:(?!---)[^\n]*\n)*---[ \t]*(?:\n|\Z))"
)
"""Front matter up to a key and a value with nothing between them but a colon."""
HEADING = lazy_compile(r"#{1,6}[ \t]+(?![\w-]+[ \t]*:)\S")
NO_END = "write --- alone on a line below the last option"


def warn_of_front_matter(deck: SourceDeck, reporter: Reporter) -> None:
    """Report front matter that does not end, contains a heading, or is not at the top of the file."""
    for rule in (no_end, swallowed_heading, not_on_first_line, other_marks, equal_signs, no_space):
        if rule(deck, reporter):
            return


def no_end(deck: SourceDeck, reporter: Reporter) -> bool:
    """Front matter that no line of three hyphens ends."""
    text = deck.source.text
    if deck.start or not text.startswith("---") or text[:100].partition("\n")[0].strip() != "---":
        return False
    if FRONT_MATTER.match(text) is not None or not _begins_options(text, text.index("\n") + 1):
        return False
    reporter.report(
        Code.OPEN_FRONT_MATTER,
        "this front matter is never closed, so its lines are not read as options",
        Span(deck.source, 0, 3),
        hint=NO_END,
    )
    return True


def swallowed_heading(deck: SourceDeck, reporter: Reporter) -> bool:
    """Front matter that extends to the end of the first slide, whose heading is a comment in YAML."""
    text = deck.source.text
    match = FRONT_MATTER.match(text) if deck.start else None
    if match is None:
        return False
    lines = match["yaml"].split("\n")[:-1]
    last = max((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), default=-1)
    rest = lines[last + 1 :]
    heading = next((at for at, line in enumerate(rest) if HEADING.match(line)), None)
    if last < 0 or heading is None or not any(not line.strip() for line in rest):
        return False
    if not all(HEADING.match(line) for line in rest if line.strip()):
        return False
    number = last + heading + 3
    reporter.report(
        Code.OPEN_FRONT_MATTER,
        f"this front matter goes on past the heading in line {number}, which is not shown",
        Span(deck.source, 0, 3),
        hint=NO_END,
    )
    return True


def not_on_first_line(deck: SourceDeck, reporter: Reporter) -> bool:
    """Front matter below blank lines or a comment."""
    text = deck.source.text
    above = None if deck.start else ABOVE.match(text)
    if above is None or not _has_options(text, above.end()):
        return False
    reporter.report(
        Code.LATE_FRONT_MATTER,
        "front matter must begin on the first line of the file; here it is shown as a slide",
        Span(deck.source, above.end(), above.end() + 3),
        hint="remove what is above it",
    )
    return True


def other_marks(deck: SourceDeck, reporter: Reporter) -> bool:
    """Front matter between marks other than three hyphens."""
    text = deck.source.text
    match = None if deck.start else OTHER_MARKS.match(text)
    if match is None or not _begins_options(text, match.end(), "=" if match["mark"] == "+++" else ":"):
        return False
    reporter.report(
        Code.LATE_FRONT_MATTER,
        "a space comes before ---, so this is not front matter"
        if match["mark"].strip() == "---"
        else f"front matter goes between two lines of ---, not of {match['mark']}",
        Span(deck.source, *match.span("mark")),
        hint="write --- on the first line, and again below the last option",
    )
    return True


def equal_signs(deck: SourceDeck, reporter: Reporter) -> bool:
    """Front matter with `=` between keys and values."""
    text = deck.source.text
    if deck.start or not text.startswith("---\n") or not _begins_options(text, 4, "="):
        return False
    if re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, 4) is None:
        return False
    at = 4 + len(text[4:]) - len(text[4:].lstrip())
    key = text[at : text.index("=", at)].strip()
    reporter.report(
        Code.LATE_FRONT_MATTER,
        "front matter has colons, not equal signs; here it is shown as a slide",
        Span(deck.source, at, text.index("=", at) + 1),
        hint=f"write {key}: ...",
    )
    return True


def no_space(deck: SourceDeck, reporter: Reporter) -> bool:
    """Front matter without a space after a colon."""
    text = deck.source.text
    match = None if deck.start else GLUED.match(text)
    if match is None or not _is_option(match["key"]):
        return False
    reporter.report(
        Code.LATE_FRONT_MATTER,
        "a colon without a space after it makes no option, so the front matter is shown as a slide",
        Span(deck.source, match.start("key"), match.end()),
        hint=f"write {match['key']}: {match['value']}",
    )
    return True


def _has_options(text: str, at: int) -> bool:
    match = FRONT_MATTER.match(text, at)
    return match is not None and any(_is_option(key["key"]) for key in KEY.finditer(match["yaml"]))


def _begins_options(text: str, at: int, sign: str = ":") -> bool:
    """Whether an option follows, below blank lines and comments."""
    for line in text[at : at + 2000].split("\n"):
        if line.strip() and not line.startswith("#"):
            key = line.partition(sign)[0].strip()
            return sign in line and (KEY_LINE.match(line) is not None or sign == "=") and _is_option(key)
    return False


def _is_option(key: str) -> bool:
    return key in KEYS and key not in SHARED
