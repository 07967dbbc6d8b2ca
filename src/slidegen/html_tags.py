"""The grammar of HTML's tags, and what finds, reads and strips them, in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct, field

from slidegen.patterns import lazy_compile

_NAME = r"[a-zA-Z][^\s/>\"'<]*+"
_ATTRIBUTES = r"(?>[^>\"'<]*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"'<]*+)*)"
_VALUES = r"(?>(?:[^>\"'<=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)"
"""The same, but only a value may be in quotes, as browsers read it: an apostrophe in prose is none."""
_INSIDE = rf"(?P<inside>{_ATTRIBUTES})"
"""A `>` in quotes does not end a tag. An unquoted `<` gives up, or unclosed tags would be read again and again."""
_COMMENT = r"<!--(?:>|->|(?>(?:[^-]|-(?!->|-!>))*)--!?>)"

COMMENT = lazy_compile(_COMMENT)
"""A comment, as browsers read it."""
START_TAG = lazy_compile(rf"<(?P<name>{_NAME}){_INSIDE}>")
TAG = lazy_compile(rf"<(?P<close>/?)(?P<name>{_NAME}){_INSIDE}>")
"""A start tag or an end tag, with its attributes as written."""
TOKEN = lazy_compile(rf"{_COMMENT}|<(?P<close>/?)(?P<name>{_NAME}){_INSIDE}>|[^<]+")
"""A comment, a tag, or the text up to the next of them."""
OPENING = lazy_compile(r"<!--|<(?P<name>[a-zA-Z][^\s/>]*+)")
"""The start of a comment or a start tag; `ATTRIBUTE` continues from there, whatever the tag contains."""
TAG_NAME = lazy_compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)")
"""The start of a tag, whether or not it is closed."""
ATTRIBUTE = lazy_compile(
    r"[\s/]*+(?:(?P<end>>)|(?P<name>=?[^\s/>=]*+)(?:\s*+=\s*+"
    r"(?:\"(?P<double>[^\"]*+)\"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]*+)))?)"
)
"""An attribute, or the end of its tag."""
_OPEN_COMMENT = r"<!--(?:>|->|(?>(?:[^-]|-(?!->|-!>))*)(?:--!?>|\Z))"
OPEN_COMMENT = lazy_compile(_OPEN_COMMENT)
"""A comment; an unclosed one extends to the end, as in browsers."""
NOT_SHOWN = lazy_compile(rf"{_OPEN_COMMENT}|<[!?][^>]*+>?")
"""Such a comment, a declaration, or a processing instruction."""
MARKUP = lazy_compile(rf"{NOT_SHOWN.pattern}|</[a-zA-Z][^>]*+>?|<(?P<name>[a-zA-Z][^\s/>]*+)")
"""One of these, an end tag, or the start of a start tag; `ATTRIBUTE` continues from there."""
PAGE_OPENING = lazy_compile(rf"{OPENING.pattern}|<[!?](?![dD][oO][cC][tT])[^>]*+>?")
"""`OPENING`, or one of the declarations that browsers read as comments: all but a doctype."""
_STRIPPED = rf"(?:/?{_NAME}{_ATTRIBUTES}|[!?/][^<>]*+)>"
STRIPPED = lazy_compile(rf"{_OPEN_COMMENT}|<{_STRIPPED}")
"""A tag, a declaration, or such a comment."""
_WITHIN_LINE = (
    "a|abbr|annotation|b|bdi|cite|code|del|em|i|ins|kbd|m[a-z]+|q|s|semantics|small|span|strong|sub|sup|u|var"
)
SPLITTING = lazy_compile(rf"{_OPEN_COMMENT}|<(?=(/?(?:{_WITHIN_LINE})\b)?){_STRIPPED}")
"""The same; the group is set where the tag does not start a new line, as those of formulas do not."""
UNREAD = lazy_compile(
    rf"<(?P<name>(?i:script|style|annotation))(?=[\s/>]){_INSIDE}>[\s\S]*?</(?i:(?P=name))\s*+>"
)
"""An element whose text nobody reads; an annotation is the source of a formula."""
OPAQUE = lazy_compile(
    rf"{_OPEN_COMMENT}"
    r"|<(?P<name>(?i:script|style|textarea|title))\b(?>(?:(?!</(?i:(?P=name)))[\s\S])*)"
    r"|</?[a-zA-Z](?>(?:\"[^\"]*+\"|'[^']*+'|[^'\">])*)>?"
)
"""Where HTML cannot contain HTML: comments, text-only elements, the inside of tags, closed or not."""
_QUOTE_OR_END = lazy_compile("[\"'>]")

TEXT_ONLY = frozenset("script style xmp iframe noembed noframes textarea title".split())
"""Elements whose content is text, without tags."""
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without content and end tag."""


@cache
def tags_named(*names: str) -> re.Pattern[str]:
    """Start tags and end tags of these elements, in the form of `TAG`."""
    return re.compile(rf"<(?P<close>/?)(?P<name>(?i:{'|'.join(names)}))(?=[\s/>]){_INSIDE}>")


@cache
def _up_to_tags(name: str) -> re.Pattern[str]:
    """The start of a comment, a declaration, a tag of this name, or another tag that is closed."""
    return re.compile(
        rf"<!--|<[!?][^>]*+>?|<(?P<close>/?)(?i:{re.escape(name)})(?=[\s/>]){_VALUES}>?"
        rf"|<(?P<other>{_NAME})(?=[\s/>]){_VALUES}>"
    )


@cache
def end_tag(name: str) -> re.Pattern[str]:
    """The start of an element's end tag, in upper or lower case."""
    return re.compile(rf"</(?i:{re.escape(name)})(?=[\s/>])")


def closing_tag(text: str, name: str, start: int, depth: int = 1) -> tuple[re.Match[str] | None, int]:
    """The end tag of an element whose content begins at `start`, and 0.

    If there is none: nothing, and how many elements of the name are open. `depth` says how many are at the start.
    """
    for match in tags_of(text, name, start):
        depth += -1 if match["close"] else 1
        if depth == 0:
            return match, 0
    return None, depth


def tags_of(text: str, name: str, start: int = 0, endless: set[str] | None = None) -> Iterator[re.Match[str]]:
    """The start tags and end tags of a name from an offset on, except in comments, attributes, scripts and the like.

    `endless` receives the names of those that do not end, whose content is read like other text.
    """
    pattern = _up_to_tags(name)
    at = start
    endless = set() if endless is None else endless
    while match := pattern.search(text, at):
        at = match.end()
        if match["close"] is not None:
            yield match
        elif match[0] == "<!--" or _has_only_text(match, name):
            opened = (match["other"] or "<!--").lower()
            if opened not in endless:
                end = _end_of_text_only(text, opened, match)
                at = max(at, end)
                if end < 0:
                    endless.add(opened)


def _has_only_text(match: re.Match[str], name: str) -> bool:
    """Whether a tag begins another element than `name` whose content is text."""
    other = (match["other"] or "").lower()
    return other in TEXT_ONLY and other != name.lower() and not match[0].endswith("/>")


def _end_of_text_only(text: str, opened: str, match: re.Match[str]) -> int:
    """Where a comment, or the text in an element, ends; -1 if nowhere."""
    if opened == "<!--":
        comment = COMMENT.match(text, match.start())
        return comment.end() if comment else -1
    closing = end_tag(opened).search(text, match.end())
    return closing.start() if closing else -1


def without_tags(html: str) -> str:
    """The text of HTML: without its tags and comments, with character references as written."""
    return STRIPPED.sub("", html) if "<" in html else html


class TagEnds(Struct):
    """Finds the `>` that ends a tag, skipping quoted ones, and reads a text only once."""

    text: str
    _part: tuple[int, int] | None = None
    """From where a quote or `>` was last searched, and where it was found; -1 if nowhere."""
    _ends: dict[int, int] = field(default_factory=dict)
    """By offset of a quote or `>` outside of quotes, the end of the tag that contains it."""

    def __call__(self, at: int) -> int:
        """The offset after the tag whose inside begins at `at`; -1 if it is not closed."""
        passed = []
        end = -1
        part = self._next(at)
        while part >= 0:
            if part in self._ends:
                end = self._ends[part]
                break
            passed.append(part)
            if self.text[part] == ">":
                end = part + 1
                break
            quote = self.text.find(self.text[part], part + 1)
            part = self._next(quote + 1) if quote >= 0 else -1
        self._ends.update(dict.fromkeys(passed, end))
        return end

    def _next(self, at: int) -> int:
        if self._part is not None:
            since, part = self._part
            if since <= at and (at <= part or part < 0):
                return part
        match = _QUOTE_OR_END.search(self.text, at)
        part = match.start() if match else -1
        self._part = (at, part)
        return part
