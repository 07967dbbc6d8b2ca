"""The rules of a style sheet that a page has any use for, without space that means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.render.html.names import Names
from slidegen.render.page.selectors import may_match

_SIGN = lazy_compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)"']*\)|(?P<sign>[{};])""", re.DOTALL)
_KEPT = lazy_compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)"']*\))|/\*.*?\*/""", re.DOTALL)
"""What no space is taken from; and comments, which go."""
_SPACE = lazy_compile(r"\s*([{};,>])\s*|(?<=\()\s+|\s+(?=[)!])|(\s)\s*")
"""Space that means nothing, around the first group and where there is no group; and space that does."""
_PROPERTY = lazy_compile(r"--[\w-]+")
_NAMED = lazy_compile(r"@(?:-webkit-)?keyframes\s+([\w-]+)")
_HOLDING = lazy_compile(r"@(?:media|supports|container|layer|scope)\b")
"""Groups of rules: without any, they are nothing."""


class _Block(Struct, frozen=True):
    """What stands in braces, with what stands before them: a selector, or an at-rule."""

    prelude: str
    inside: tuple[_Block | str, ...]
    """Declarations, without the semicolon after them, and blocks."""


@lru_cache(maxsize=256)
def minified(css: str) -> str:
    """The style sheet without comments, and spaces only where they mean something."""
    return _written(_parsed(css))


def used_rules(css: str, names: Names) -> str:
    """Those rules of the style sheet that can match in a page with these names on its slides."""
    return _written(_matching(_parsed(css), names))


def custom_properties(text: str) -> frozenset[str]:
    """The custom properties that any text names: a style sheet, a script, HTML."""
    return frozenset(_PROPERTY.findall(text))


def without_unused(css: Iterable[str], used: Iterable[str]) -> list[str]:
    """Style sheets of one page without the custom properties that nothing in them uses, nor `used` names.

    Animations that none of them runs go too.
    """
    sheets = [_parsed(each) for each in css]
    uses: set[str] = set(used)
    values: dict[str, set[str]] = {}
    words: set[str] = set()
    for declaration in _declarations(sheets):
        name, _, value = declaration.partition(":")
        found = _PROPERTY.findall(value)
        if name.startswith("--"):
            values.setdefault(name, set()).update(found)
        else:
            uses.update(found)
        if "animation" in name:
            words.update(re.findall(r"[\w-]+", value))
    waiting = list(uses)
    while waiting:
        new = values.get(waiting.pop(), set()) - uses
        uses |= new
        waiting += new
    return [_written(_without(sheet, uses, words)) for sheet in sheets]


def _declarations(sheets: Iterable[Iterable[_Block | str]]) -> Iterator[str]:
    for sheet in sheets:
        for each in sheet:
            if isinstance(each, _Block):
                yield from _declarations([each.inside])
            else:
                yield each


def _without(parts: Iterable[_Block | str], uses: set[str], animations: set[str]) -> Iterator[_Block | str]:
    for part in parts:
        if isinstance(part, str):
            name = part.partition(":")[0]
            if not name.startswith("--") or name in uses:
                yield part
            continue
        frames = _NAMED.match(part.prelude)
        if frames:
            if frames[1] in animations:
                yield part
        elif inside := tuple(_without(part.inside, uses, animations)):
            yield _Block(part.prelude, inside)


def _matching(parts: Iterable[_Block | str], names: Names) -> Iterator[_Block | str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif not part.prelude.startswith("@"):
            if may_match(part.prelude, names) and (inside := tuple(_matching(part.inside, names))):
                yield _Block(part.prelude, inside)
        elif not _HOLDING.match(part.prelude):
            yield part
        elif inside := tuple(_matching(part.inside, names)):
            yield _Block(part.prelude, inside)


def _written(parts: Iterable[_Block | str]) -> str:
    return "".join(
        f"{part.prelude}{{{_written(part.inside).removesuffix(';')}}}"
        if isinstance(part, _Block)
        else f"{part};"
        for part in parts
    )


@lru_cache(maxsize=64)
def _parsed(css: str) -> tuple[_Block | str, ...]:
    parts: list[_Block | str] = []
    open_: list[tuple[str, list[_Block | str]]] = []
    start = 0
    css = _spaced(css)
    for match in _SIGN.finditer(css):
        sign = match["sign"]
        if sign is None:
            continue
        text = css[start : match.start()]
        start = match.end()
        if sign == "{":
            open_.append((text.strip(), parts))
            parts = []
            continue
        if declaration := _declaration(text):
            parts.append(declaration)
        if sign == "}" and open_:
            prelude, outer = open_.pop()
            outer.append(_Block(prelude, tuple(parts)))
            parts = outer
    if rest := _declaration(css[start:]):
        parts.append(rest)
    while open_:  # CSS closes at its end what is open
        prelude, outer = open_.pop()
        outer.append(_Block(prelude, tuple(parts)))
        parts = outer
    return tuple(parts)


def _declaration(text: str) -> str:
    name, colon, value = text.strip().partition(":")
    return text.strip() if name.startswith("@") else f"{name.rstrip()}{colon}{value.lstrip()}"


def _spaced(css: str) -> str:
    parts = _KEPT.split(css)
    parts[::2] = [_SPACE.sub(_needed, part) for part in parts[::2]]
    return "".join(part or "" for part in parts)


def _needed(space: re.Match[str]) -> str:
    return space[1] or (" " if space[2] else "")
