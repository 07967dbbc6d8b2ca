"""The `key: value` lines and comments at the start of a slide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from slidegen.syntax.tokens import Kind, Token

KNOWN = frozenset(
    "name class layout template count exclude continued background-image background-color background-size "
    "background-position background-repeat highlight-style footer lang transition time only".split()
)
"""The keys that mean something: remark's, then slidegen's."""

LINE = re.compile(r"(?P<key>[-a-zA-Z0-9_]+):(?P<value>[^\n]*)")
"""remark's `/^\\n*([-\\w]+):([^$\\n]*)/`, where `\\w` is ASCII; here a value may hold a `$`."""
COMMENT = re.compile(r"<!--\s*+(?P<key>[-a-zA-Z0-9_]+):(?P<value>[^\n]*?)\s*-->(?=[ \t]*$)", re.MULTILINE)
VARIABLE = re.compile(r"\{\{([^{}\n]++)\}\}")


@dataclass(frozen=True, slots=True)
class PropertyRules:
    """Which keys are properties: the known ones, and those that the deck uses as `{{key}}`."""

    used: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> PropertyRules:
        """The rules for a deck, by the variables that stand in its text."""
        return cls(frozenset(match[1].strip() for match in VARIABLE.finditer(text)))

    def accepts(self, key: str) -> bool:
        """Whether a line with this key is a property by itself."""
        return key in KNOWN or key in self.used


def property_tokens(text: str, at: int, end: int, rules: PropertyRules) -> Iterator[Token]:
    """The properties at the start of a slide, which starts at `at`; nothing where prose stands there.

    Lines that follow each other are taken together: an unknown key beside one that is known is a
    property, all unknown ones are prose. Blank lines may stand before and between, as in remark. The
    line break behind the last one is the content's, as in remark, too.
    """
    while True:
        group = _group(text, at, end)
        if not any(rules.accepts(token.values[0]) for token in group):
            return
        yield from group
        at = group[-1].end


def _group(text: str, start: int, end: int) -> list[Token]:
    """The lines with keys that follow each other, after any blank lines at `start`."""
    tokens: list[Token] = []
    at = start
    while at < end and text[at] == "\n":
        at += 1
    while at < end:
        match = LINE.match(text, at, end) or COMMENT.match(text, at, end)
        if match is None:
            break
        tokens.append(Token(Kind.PROPERTY, start, match.end(), (match["key"], match["value"].strip())))
        start = match.end()
        if not text.startswith("\n", start):
            break
        at = start + 1
    return tokens
