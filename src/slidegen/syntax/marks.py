"""The possible beginnings of tokens: the patterns, and the marks that they find."""

from __future__ import annotations

import re

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.syntax.formulas import OPENING
from slidegen.syntax.tokens import TokenKind

TOKEN_START = lazy_compile(
    rf"""
      ^(?P<indented>(?>(?:\ {{4}}[^\n]+\n*)+))
    | (?:^|(?<=\[))\ *+(?P<fence>`{{3,}}+(?=[^`\n]*\n)|~{{3,}}+(?=[^~\n]*\n))[^\n]*\n
    | ^(?P<separator>---?|\?\?\?)(?:\n|\Z)
    | ^\ {{0,3}}(?P<division>:::)[^\n]*(?:\n|\Z)
    | ^\ *+\[(?P<id>[^\]^\n][^\]\n]*)\]:\ *<?(?P<url>[^\s>]+)>?(?:\ +["(](?P<title>[^\n]+)[")])?\ *(?:\n+|\Z)
    | (?P<ticks>`+)
    | (?P<math>{OPENING})
    | (?P<escape>\\)?(?P<classes>(?>(?:\.[a-zA-Z_-][a-zA-Z0-9_-]*)+))(?P<open>\[)?
    | (?P<backslash>\\[^\n])
    | !\[:(?P<macro>[^\]\[\s]+)(?P<args>[^\]\[]*)\](?:\((?P<target>(?>(?:[^()]|\([^()]*\))*))\))?
    | (?P<markup><(?:!--|/?[a-zA-Z][^<>\n]*>?))
    | (?P<bracket>[\[\]])
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Everything that may interrupt plain Markdown text. Links are not definitions of footnotes."""

INDENTED_MARK = lazy_compile(
    rf"(?P<ticks>`+)|(?P<math>{OPENING})|\\[^\n]|(?P<markup><(?:!--|/?[a-zA-Z][^<>\n]*>?))"
)
"""What matters in lines that are code, unless Markdown takes them for a list or HTML: only formulas."""

STOP = lazy_compile(r"[\n\[\]`\\$.!<]")
"""The first characters of marks, except those at the beginning of a line or after a bracket."""


class Mark(Struct, frozen=True):
    """A possible token, found without regard to its context."""

    kind: TokenKind
    start: int
    end: int
    values: tuple[str, ...] = ()
    bracket: bool = False
    """A plain `[` or `]`, which matters only for finding the end of a content class."""


def past(match: re.Match[str]) -> int:
    """Where to continue after something that turned out to be plain text."""
    if match["fence"] is not None:
        return match.end("fence")
    if match["markup"] is not None:
        return match.start() + 1
    return match.end() if match["math"] is None else past_math(match)


def past_math(match: re.Match[str]) -> int:
    """Where to continue after a possible beginning of a formula: after an escaped backslash."""
    return match.start() + 2 if match["math"].startswith("\\\\") else match.end()
