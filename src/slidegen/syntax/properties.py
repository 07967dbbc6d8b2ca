"""Slide properties as written: the `key: value` lines and comments at a slide's start."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from slidegen.config import deck_option_names
from slidegen.patterns import lazy_compile
from slidegen.spelling import one_slip_apart
from slidegen.syntax.slide_properties import SLIDE_PROPERTIES
from slidegen.syntax.tokens import Token, TokenKind

REMARK = tuple(name for name, row in SLIDE_PROPERTIES.items() if row.from_remark)
"""The keys that decks written for remark use."""
OWN = tuple(name for name, row in SLIDE_PROPERTIES.items() if not row.from_remark)
"""The keys that slidegen adds. They are also words of prose, which a capital letter makes them."""
KNOWN = frozenset(SLIDE_PROPERTIES)

BY_NAME = {"classe": "class", "counter": "count"}
"""Misspellings that are more than one letter away, or are words themselves."""
PLURALS = frozenset(f"{name}es" if name.endswith("s") else f"{name}s" for name in KNOWN)
FRONT_MATTER = frozenset((*deck_option_names(), "date", "subtitle")) - {"check"}
"""Keys of front matter without effect on a slide. `<!-- check: allow overflow -->` does have one."""

LINE = lazy_compile(r"(?P<key>[-a-zA-Z0-9_]+):(?P<value>[^\n]*)")
"""remark's `/^\\n*([-\\w]+):([^$\\n]*)/`, where `\\w` is ASCII; here a value may hold a `$`."""
COMMENT = lazy_compile(r"<!--\s*+(?P<key>[-a-zA-Z0-9_]+):(?P<value>(?>(?:(?!-->)[^\n])*))\s*+-->")
PLAIN_COMMENT = lazy_compile(r"<!--(?>(?:(?!-->|^(?:---?|\?\?\?)$)[\s\S])*)-->", re.MULTILINE)
"""A comment that ends on its slide."""
VARIABLE = lazy_compile(r"\{\{([^{}\n]++)\}\}")


class PropertyRules(Struct, frozen=True):
    """Which keys are properties: the known ones, and those that the deck uses as `{{key}}`."""

    used: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> PropertyRules:
        """The rules for a deck, by the variables in its text."""
        return cls(frozenset(match[1].strip() for match in VARIABLE.finditer(text)))

    def accepts(self, key: str) -> bool:
        """Whether a line with this key is a property by itself."""
        return key in KNOWN or key in self.used

    def mistakes(self, key: str) -> bool:
        """Whether a key has no effect, though its author probably thinks so."""
        return not self.accepts(key) and bool(intended(key) or of_front_matter(key))


def intended(key: str) -> str:
    """The property that a key is a misspelling of, in case or by one letter; empty if none."""
    lower = key.lower()
    if key in KNOWN or lower in PLURALS:
        return ""
    if lower in BY_NAME:
        return BY_NAME[lower]
    names = (*REMARK, *OWN) if key == lower else REMARK
    if lower in names:
        return lower
    return next((name for name in names if len(name) > 3 and one_slip_apart(lower, name)), "")


def of_front_matter(key: str) -> bool:
    """Whether a key is the name of an option of front matter."""
    return key[:1].islower() and key in FRONT_MATTER


def property_tokens(text: str, at: int, end: int, rules: PropertyRules) -> Iterator[Token]:
    """The properties at the beginning of a slide that starts at `at`, skipping prose.

    Consecutive lines are considered together: an unknown key beside a known one is a
    property; if all are unknown, they are prose. A misspelled key is hidden, as in remark, if no prose
    is beside it. Blank lines may come before and between, as in remark. The line break after the
    last one belongs to the content, as in remark, too.
    """
    while group := _group(text, at, end):
        keys = [entry.key for entry in group if entry.key]
        known = any(rules.accepts(key) or (key.islower() and rules.mistakes(key)) for key in keys)
        if known or all(map(rules.mistakes, keys)):
            for entry in group:
                if entry.key:
                    yield Token(TokenKind.PROPERTY, entry.start, entry.end, (entry.key, entry.value))
        at = group[-1].end


def property_comment(text: str, at: int, end: int, rules: PropertyRules) -> Token | None:
    """The property in a comment at `at`, which may be in a slide's first text, as remark finds it there."""
    match = COMMENT.match(text, at, end)
    if match is None or not (match["key"] in REMARK or match["key"] in rules.used):
        return None
    return Token(TokenKind.PROPERTY, at, match.end(), (match["key"], match["value"].strip()))


class _Entry(Struct, frozen=True):
    """A line or a comment at the start of a slide."""

    start: int
    """Including the line breaks before it."""
    end: int
    key: str = ""
    """Empty if it cannot be a property."""
    value: str = ""


def _group(text: str, start: int, end: int) -> list[_Entry]:
    """Consecutive lines with keys and comments, after any blank lines at `start`."""
    entries: list[_Entry] = []
    at = start
    while at < end and text[at] == "\n":
        at += 1
    while at < end:
        match = LINE.match(text, at, end) or COMMENT.match(text, at, end)
        if match is not None and not match["value"].startswith("//"):
            entries.append(_Entry(start, match.end(), match["key"], match["value"].strip()))
        else:
            match = match or PLAIN_COMMENT.match(text, at, end)
            if match is None:
                break
            entries.append(_Entry(start, match.end()))
        start = match.end()
        if not text.startswith("\n", start):
            break
        at = start + 1
    return entries
