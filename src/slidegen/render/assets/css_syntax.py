"""The syntax of CSS as far as references need it: URLs, strings, groups, statements, conditions of imports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from slidegen.patterns import lazy_compile

_COMMENT = r"/\*(?>(?:[^*]|\*(?!/))*)(?:\*/|\Z)"
_STRING = r""""(?>(?:[^"\\\n]|\\[\s\S])*)"?|'(?>(?:[^'\\\n]|\\[\s\S])*)'?"""


_URL = (
    r"(?<![\w-])url\(\s*+(?:\"(?P<double>(?>(?:[^\"\\\n]|\\[\s\S])*))\"|'(?P<single>(?>(?:[^'\\\n]|\\[\s\S])*))'"
    r"|(?P<bare>(?>(?:[^\s\"'()\\]|\\[\s\S])*)))\s*+(?:\)|\Z)"
)
TOKEN = lazy_compile(
    rf"(?P<comment>{_COMMENT})|(?P<url>{_URL})|(?P<string>{_STRING})|(?P<open>[({{\[])|(?P<close>[)}}\]])"
    r"|(?P<import>@import(?![\w-]))|(?P<face>@font-face(?![\w-]))|(?P<charset>@charset(?![\w-])[^;{}]*+;)"
    r"|(?P<set>(?<!\w)(?:-webkit-)?image-set(?=\())|(?P<end>[;,])",
    re.IGNORECASE,
)
IMPORTED = lazy_compile(rf"\s*+(?:{_URL}|(?P<string>{_STRING}))", re.IGNORECASE)
ESCAPE = lazy_compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\n|([\s\S]))")
OF_WINDOWS = lazy_compile(r"[a-zA-Z]:\\|\\\\[\w.-]+\\")
"""How a path of Windows begins, whose backslashes are not CSS escapes."""
CONDITIONS = lazy_compile(
    r"(?P<layer>layer(?:\(\s*(?P<name>[\w.-]*)\s*\))?(?![\w-]))?\s*+(?P<supports>supports\()?", re.IGNORECASE
)

LONG_SELECTOR = 2_000
"""In characters; no condition is longer."""


class CssUrl(Struct, frozen=True):
    """A reference in a style sheet: its offsets, and its text."""

    start: int
    end: int
    text: str


def url_in(match: re.Match[str]) -> CssUrl:
    """The reference in a match of a `url()` or a string."""
    for name in ("double", "single", "bare"):
        if match[name] is not None:
            return CssUrl(match.start(name), match.end(name), _unescaped(match[name]))
    start, end = match.span("string")
    end -= end - start > 1 and match["string"][-1] == match["string"][0]
    return CssUrl(start + 1, end, _unescaped(match.string[start + 1 : end]))


def _unescaped(text: str) -> str:
    if "\\" not in text or OF_WINDOWS.match(text):
        return text

    def character(match: re.Match[str]) -> str:
        if match[1]:
            code = int(match[1], 16)
            return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        return match[2] or ""

    return ESCAPE.sub(character, text)


def quotable(url: str) -> str:
    """A URL in double quotes, safe even in a style element."""
    return url.replace("\\", "%5C").replace('"', "%22").replace("\n", "%0A").replace("<", "%3C")


def end_of_group(css: str, at: int) -> int:
    """The offset after the bracket that closes the next one after `at`."""
    depth = 0
    for match in TOKEN.finditer(css, at):
        depth += bool(match["open"]) - bool(match["close"])
        if depth <= 0 and (match["open"] or match["close"]):
            return match.end()
    return len(css)


def end_of_statement(css: str, at: int) -> int:
    """The offset after the next semicolon, or before what ends a statement without one."""
    depth = 0
    for match in TOKEN.finditer(css, at):
        if match["end"] == ";" and depth == 0:
            return match.end()
        if match["open"] == "{" or (match["close"] and depth == 0):
            return match.start()
        depth += bool(match["open"]) - bool(match["close"])
    return len(css)


def split_at(css: str, start: int, end: int, separator: str) -> Iterator[tuple[int, int]]:
    """The parts between separators outside brackets."""
    depth = 0
    for match in TOKEN.finditer(css, start, end):
        depth += bool(match["open"]) - bool(match["close"])
        if match["end"] == separator and depth == 0:
            yield start, match.start()
            start = match.end()
    yield start, end


def property_of(css: str, span: tuple[int, int]) -> str:
    """The name of the property that a declaration sets."""
    name, colon, _ = css[slice(*span)].partition(":")
    return re.sub(_COMMENT, "", name).strip().lower() if colon else ""


def under_conditions(css: str, conditions: str) -> str:
    """Imported rules under the conditions of their import: `layer(name) supports(test) media`."""
    match = CONDITIONS.match(conditions)
    media = conditions
    if match is not None:
        media = conditions[match.end() :].strip()
        if match["supports"]:
            end = end_of_group(conditions, match.end() - 1)
            test = conditions[match.end() - 1 : end]
            media = conditions[end:].strip()
            css = f"@supports {test}{{\n{css}\n}}"
        if match["layer"]:
            css = f"@layer {match['name'] or ''}{{\n{css}\n}}"
    return f"@media {media}{{\n{css}\n}}\n" if media else f"{css}\n"


def lost_brace(css: str) -> int | None:
    """Where a brace is without whose other end the rules after it do not apply; None if there is none.

    At the end of a style sheet, a missing one changes nothing.
    """
    if css.count("{") == css.count("}"):
        return None
    open_: list[tuple[int, bool]] = []
    """Where each is, and whether it may hold rules."""
    holding: list[int] = []
    """Those of rules with another rule in them."""
    for match in TOKEN.finditer(css):
        at = match.start()
        if match[0] == "{":
            holds = _prelude(css, at).startswith("@")
            if open_ and not open_[-1][1] and not holds and "&" not in _prelude(css, at):
                holding.append(open_[-1][0])
            open_.append((at, holds))
        elif match[0] == "}":
            if not open_:
                return at if "{" in css[at:] else None
            open_.pop()
    return holding[0] if open_ and holding else None


def _prelude(css: str, brace: int) -> str:
    """The selector or condition before a brace."""
    before = css[max(brace - LONG_SELECTOR, 0) : brace]
    begin = max(before.rfind(end) + len(end) if end in before else 0 for end in (";", "{", "}", "*/"))
    return before[begin:].strip()
