"""Explains in plain words what is wrong with YAML that does not parse."""

from __future__ import annotations

import re

from msgspec import Struct

from slidegen.patterns import lazy_compile

TAB = lazy_compile(r"^[ ]*(?P<it>\t+)", re.MULTILINE)
OPEN_QUOTE = lazy_compile(
    r"^[ \t]*(?:-[ \t]+)?(?:[\w.-]+[ \t]*:[ \t]+)(?P<it>\"(?:[^\"\\\n]|\\.)*|'[^'\n]*)$", re.MULTILINE
)
OPEN_BRACKET = lazy_compile(r"^[\w.-]+[ \t]*:[ \t]+(?P<it>\[[^\]\n]*|\{[^}\n]*)$", re.MULTILINE)
NO_SPACE = lazy_compile(r"^[ \t]*(?P<it>(?P<key>[a-zA-Z][\w-]*):(?P<value>[^\s:/][^\n]*))$", re.MULTILINE)
COLON_IN_VALUE = lazy_compile(
    r"^[ \t]*(?P<key>[\w.-]+):[ \t]+(?P<it>(?![\"'\[{|>])[^\n#]*:(?:[ \t][^\n]*)?)$", re.MULTILINE
)
INNER_QUOTE = lazy_compile(
    r"[ \t]*(?P<key>[\w.-]+):[ \t]+"
    r"(?P<it>(?P<mark>['\"])(?:(?!(?P=mark))[^\n])*(?P=mark)[^\n,:#\]}'\" \t][^\n]*(?P=mark))[ \t]*$",
    re.MULTILINE,
)
INDENTED = lazy_compile(r"[\w.-]+:[ \t]+[^\s|>&\[{'\"][^\n]*\n(?P<it>[ ]+[\w.-]+:)(?:[ \t]|$)", re.MULTILINE)
MARKDOWN = lazy_compile(
    r"^(?P<it>#{1,6}[ \t][^\n]*|(?![ \t#-])(?![\w.\"' -]+:(?:\s|$))[^\n]*[^\s\]}\"'][^\n]*)$", re.MULTILINE
)
"""A line that is not an option, part of one or a comment."""
AFTER_QUOTE = lazy_compile(
    r"[ \t]*(?:(?P<key>[\w.-]+):[ \t]+)(?P<value>\"[^\"\n]*\"|'[^'\n]*')[ \t]*(?P<it>[^\s#][^\n]*?)[ \t]*$",
    re.MULTILINE,
)
SIGN = lazy_compile(r"[ \t]*(?P<key>[\w.-]+):[ \t]+(?P<it>[@`%][^\n]*?)[ \t]*$", re.MULTILINE)
QUOTE = "quote a value that holds a colon, a # or starts with one of [ { * & ! % @ `"


class Explanation(Struct, frozen=True):
    """What is wrong, at which offsets of the text, and what to do."""

    message: str
    start: int
    end: int
    hint: str


def explain(text: str, problem: str, offset: int) -> Explanation:
    """The probable reason why a parser stopped at an offset; the parser's own words if none is found."""
    for rule in (
        _tab,
        _markdown,
        _open_quote,
        _open_bracket,
        _inner_quote,
        _indented,
        _after_quote,
        _sign,
        _colon,
        _no_space,
    ):
        found = rule(text, offset)
        if found is not None:
            return found
    return Explanation(problem, offset, offset + 1, QUOTE)


def _explained(match: re.Match[str], message: str, hint: str) -> Explanation:
    return Explanation(message, *match.span("it"), hint)


def _tab(text: str, offset: int) -> Explanation | None:
    match = TAB.match(text, text.rfind("\n", 0, offset) + 1) or TAB.search(text)
    if match is None or match.start() > offset:
        return None
    return _explained(
        match,
        "this line starts with a tab, which YAML does not allow",
        "write spaces instead of the tab",
    )


def _open_quote(text: str, offset: int) -> Explanation | None:
    match = OPEN_QUOTE.search(text)
    if match is None or (offset and match.start() > offset):
        return None
    mark = match["it"][0]
    return _explained(
        match, "this quote is not closed", f"write {mark} at the end of the value, or leave both quotes out"
    )


def _open_bracket(text: str, offset: int) -> Explanation | None:
    match = OPEN_BRACKET.search(text)
    if match is None or match.start() > offset:
        return None
    closing = "]" if match["it"][0] == "[" else "}"
    return _explained(
        match, f"this {match['it'][0]} is not closed", f"write {closing} at the end, or quote the value"
    )


def _inner_quote(text: str, offset: int) -> Explanation | None:
    match = INNER_QUOTE.match(text, text.rfind("\n", 0, offset) + 1)
    if match is None:
        return None
    inner, other = match["mark"], "'" if match["mark"] == '"' else '"'
    value = match["it"][1:-1]
    hint = (
        f"write {match['key']}: {other}{value}{other}"
        if other not in value
        else f"leave out the outer {inner}"
    )
    return _explained(match, f"the {inner} in the middle ends this value", hint)


def _indented(text: str, offset: int) -> Explanation | None:
    match = INDENTED.match(text, text.rfind("\n", 0, text.rfind("\n", 0, max(offset, 0))) + 1)
    if match is None:
        return None
    return _explained(
        match,
        "this line is indented, though it does not belong to the one above",
        "remove the spaces before it",
    )


def _after_quote(text: str, offset: int) -> Explanation | None:
    match = AFTER_QUOTE.match(text, text.rfind("\n", 0, offset) + 1)
    if match is None:
        return None
    mark = match["value"][0]
    other = "'" if mark == '"' else '"'
    whole = text[match.start("value") : match.end("it")]
    hint = f"write {match['key']}: {other}{whole}{other}" if other not in whole else "quote the whole value"
    return _explained(match, f"the second {mark} ends this value, but text follows it", hint)


def _sign(text: str, offset: int) -> Explanation | None:
    match = SIGN.match(text, text.rfind("\n", 0, offset) + 1)
    if match is None:
        return None
    quoted = match["it"].replace('"', "'")
    return _explained(
        match,
        f"a value that starts with {match['it'][0]} needs quotes",
        f'write {match["key"]}: "{quoted}"',
    )


def _colon(text: str, offset: int) -> Explanation | None:
    start = text.rfind("\n", 0, offset) + 1
    match = COLON_IN_VALUE.match(text, start)
    if match is None:
        return None
    value = match["it"].strip()
    if value[:1] in "“”„«":
        return _explained(
            match,
            "YAML does not treat curly quotes as quotes",
            f'write {match["key"]}: "{value.strip("“”„«»")}"',
        )
    quoted = value.replace('"', "'")
    return _explained(
        match, "this value holds a colon, so it needs quotes", f'write {match["key"]}: "{quoted}"'
    )


def _no_space(text: str, offset: int) -> Explanation | None:
    end = text.find("\n", offset)
    matches = list(NO_SPACE.finditer(text, 0, len(text) if end < 0 else end))
    if not matches:
        return None
    match = matches[-1]
    return _explained(match, "a space is missing after this colon", f"write {match['key']}: {match['value']}")


def _markdown(text: str, offset: int) -> Explanation | None:
    """Text of a slide that is not separated from the front matter."""
    end = text.find("\n", offset)
    for match in MARKDOWN.finditer(text, 0, len(text) if end < 0 else end):
        blank = text.rfind("\n\n", 0, match.start() + 1)
        if blank >= 0 and not text[blank : match.start()].strip() and NO_SPACE.match(match[0]) is None:
            return _explained(
                match,
                "this line is not an option, so front matter should end above it",
                "write --- alone on a line below the last option",
            )
    return None
