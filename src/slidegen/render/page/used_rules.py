"""The rules of a style sheet that a page can use, without unnecessary space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from slidegen.kept import kept
from slidegen.patterns import lazy_compile
from slidegen.render.html.names import Names
from slidegen.render.page.selectors import Complex, is_met, parsed_selectors

_SIGN = lazy_compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)"']*\)|(?P<sign>[{};])""", re.DOTALL)
_KEPT = lazy_compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)"']*\))|/\*.*?\*/""", re.DOTALL)
"""Where spaces must stay; and comments, which are removed."""
_SPACE = lazy_compile(r"\s*([{};,>])\s*|(?<=\()\s+|\s+(?=[)!])|(\s)\s*")
"""Unnecessary space, around the first group or without a group; and necessary space."""
_PROPERTY = lazy_compile(r"--[\w-]+")
_NAMED = lazy_compile(r"@(?:-webkit-)?keyframes\s+([\w-]+)")
_NAME = lazy_compile(r"[\w-]+")
_HOLDING = lazy_compile(r"@(?:media|supports|container|layer|scope)\b")
"""Groups of rules, which are useless when empty."""


class Plain(Struct, frozen=True, array_like=True, tag=0):
    """A rule that contains only declarations, none of which sets a custom property."""

    prelude: str
    """What precedes the braces: a selector, or an at-rule."""
    text: str
    """All of it, in its braces."""
    needs: tuple[Complex, ...] | None
    """What its selectors need, one of which has to match; None if it matches anything."""
    uses: tuple[str, ...]
    """The custom properties in its values."""
    animates: tuple[str, ...]
    """The words of its declarations for animations."""


class RuleBlock(Struct, frozen=True, array_like=True, tag=1):
    """Any other rule, and a group of rules."""

    prelude: str
    inside: tuple[RuleBlock | Plain | str, ...]
    """Declarations, without the semicolon after them, and rules."""
    needs: tuple[Complex, ...] | None


Rule: TypeAlias = RuleBlock | Plain | str
Sheet: TypeAlias = Sequence[Rule]


@kept(str)
def minified(css: str) -> str:
    """The style sheet on one line, without comments and unnecessary spaces."""
    return written(parsed_rules(css))


def custom_properties(text: str) -> frozenset[str]:
    """The custom properties named in any text: a style sheet, a script, HTML."""
    return frozenset(_PROPERTY.findall(text))


def without_unused(sheets: Sequence[Sheet], used: Iterable[str]) -> list[Sheet]:
    """Style sheets of one page without the custom properties that neither they nor `used` name.

    Animations that none of them runs are removed, too.
    """
    uses: set[str] = set(used)
    values: dict[str, tuple[str, ...]] = {}
    words: set[str] = set()
    for sheet in sheets:
        _note_uses(sheet, uses, values, words)
    waiting = list(uses)
    while waiting:
        new = set(values.get(waiting.pop(), ())) - uses
        uses |= new
        waiting += new
    return [tuple(_without(sheet, uses, words)) for sheet in sheets]


def _note_uses(sheet: Sheet, uses: set[str], values: dict[str, tuple[str, ...]], words: set[str]) -> None:
    """Record the custom properties in use, those in the values of others, and the words of animations."""
    for each in sheet:
        if isinstance(each, Plain):
            uses.update(each.uses)
            words.update(each.animates)
        elif isinstance(each, RuleBlock):
            _note_uses(each.inside, uses, values, words)
        elif each.startswith("--"):
            name, found = _value_uses(each)
            values[name] = (*values.get(name, ()), *found)
            words.update(_animated([each]))
        else:
            uses.update(_value_uses(each)[1])
            words.update(_animated([each]))


def _value_uses(declaration: str) -> tuple[str, list[str]]:
    """The property of a declaration, and the custom properties in its value."""
    name, _, value = declaration.partition(":")
    return name, _PROPERTY.findall(value) if "--" in value else []


def _animated(declarations: Iterable[str]) -> Iterator[str]:
    for declaration in declarations:
        name, _, value = declaration.partition(":")
        if "animation" in name:
            yield from _NAME.findall(value)


def _without(parts: Sheet, uses: set[str], animations: set[str]) -> Iterator[Rule]:
    for part in parts:
        if isinstance(part, str):
            name = part.partition(":")[0]
            if not name.startswith("--") or name in uses:
                yield part
        elif frames := part.prelude.startswith("@") and _NAMED.match(part.prelude):
            if frames[1] in animations:
                yield part
        elif isinstance(part, Plain):
            yield part
        elif inside := tuple(_without(part.inside, uses, animations)):
            yield RuleBlock(part.prelude, inside, part.needs)


def matching(parts: Sheet, names: Names) -> Sheet:
    """Those rules that can match in a page with these names on its slides."""
    return tuple(_matching(parts, names))


def _matching(parts: Sheet, names: Names) -> Iterator[Rule]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif part.needs is not None:
            if not is_met(part.needs, names):
                continue
            if isinstance(part, Plain):
                yield part
            elif inside := tuple(_matching(part.inside, names)):
                yield RuleBlock(part.prelude, inside, part.needs)
        elif isinstance(part, Plain) or not _HOLDING.match(part.prelude):
            yield part
        elif inside := tuple(_matching(part.inside, names)):
            yield RuleBlock(part.prelude, inside, None)


def written(parts: Iterable[Rule]) -> str:
    """The style sheet as text."""
    texts = []
    for part in parts:
        if isinstance(part, str):
            texts.append(f"{part};")
        elif isinstance(part, Plain):
            texts.append(part.text)
        else:
            texts.append(f"{part.prelude}{{{written(part.inside).removesuffix(';')}}}")
    return "".join(texts)


@kept(tuple[RuleBlock | Plain | str, ...])
def read_rules(css: str) -> Sheet:
    """The rules of a style sheet that is slidegen's own, or replaces one."""
    return parsed_rules(css)


def _rule(prelude: str, inside: Sequence[Rule]) -> Rule:
    needs = None if prelude.startswith("@") else parsed_selectors(prelude)
    declarations = [each for each in inside if isinstance(each, str) and not each.startswith("--")]
    if not inside or len(declarations) < len(inside) or any(each.startswith("@") for each in declarations):
        return RuleBlock(prelude, tuple(inside), needs)
    uses = dict.fromkeys(name for each in declarations for name in _value_uses(each)[1])
    text = f"{prelude}{{{';'.join(declarations)}}}"
    return Plain(prelude, text, needs, tuple(uses), tuple(dict.fromkeys(_animated(declarations))))


def parsed_rules(css: str) -> Sheet:
    """The rules of any style sheet."""
    parts: list[Rule] = []
    open_: list[tuple[str, list[Rule]]] = []
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
            outer.append(_rule(prelude, parts))
            parts = outer
    if rest := _declaration(css[start:]):
        parts.append(rest)
    while open_:  # CSS closes open blocks at its end
        prelude, outer = open_.pop()
        outer.append(_rule(prelude, parts))
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
