"""Which elements, classes and attributes a CSS selector needs to match anything."""

from __future__ import annotations

import re
from typing import TypeAlias

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.render.html.names import Names

_PART = lazy_compile(
    r"""\.(?P<class>(?:[\w-]|[^\x00-\x7f]|\\.)+)"""
    r"""|\[\s*(?P<attribute>[\w-]+)(?:[^\]"']|"[^"]*"|'[^']*')*\]"""
    r"""|(?P<pseudo>::?[\w-]+)(?P<arguments>\()?"""
    r"""|(?P<element>[a-zA-Z][\w-]*)"""
    r"""|(?P<end>[,)])"""
    r"""|\#[\w-]+|[>+~&*\s]+|.""",
    re.DOTALL,
)
_OF = lazy_compile(r"[^()]*?\sof\s")
_BALANCED = lazy_compile(r"""["'()]""")

_SELECTED = frozenset((":is", ":where", ":has", ":matches", ":-webkit-any", "::slotted", ":host"))
"""Pseudo-classes with a list of selectors of which one has to match."""
_COUNTED = frozenset((":nth-child", ":nth-last-child"))
"""Those with a position and, after `of`, such a list."""
_WRITTEN = frozenset(("style", "align", "dir", "lang", "data-transition"))
"""Attributes that no module of the page sets: if slides have none, rules for them match nothing."""
_FURNITURE = frozenset("html body main div template nav button".split())
"""Elements that every page has."""
_CONTENT = lazy_compile(
    r"remark-(?:inline-)?code|slidegen-(?:foot|citation|references|missing|math|youtube|qr|card)"
)
"""Prefixes of those of slidegen's classes that depend on a slide's content; every page has the others."""
_OWN = ("remark-", "slidegen-")


class Needed(Struct, frozen=True, array_like=True, tag=0):
    """A simple selector."""

    kind: str
    name: str


class OneOf(Struct, frozen=True, array_like=True, tag=1):
    """Selectors of which one has to match, as in `:is()`."""

    selectors: tuple[Complex, ...]


Complex: TypeAlias = tuple[Needed | OneOf, ...]
"""Everything that a selector needs."""


def is_met(selectors: tuple[Complex, ...], names: Names) -> bool:
    """Whether one of these selectors can match in a page with these names on its slides.

    What names alone cannot decide, such as the order of elements, counts as matching, and so does `:not()`.
    """
    return any(_all_met(each, names) for each in selectors)


def _all_met(needs: Complex, names: Names) -> bool:
    for need in needs:
        if isinstance(need, Needed):
            if not _is_there(need, names):
                return False
        elif not is_met(need.selectors, names):
            return False
    return True


def _is_there(need: Needed, names: Names) -> bool:
    if need.kind == "class":
        own = need.name.startswith(_OWN) and not _CONTENT.match(need.name)
        return own or need.name in names.classes
    if need.kind == "attribute":
        return need.name not in _WRITTEN or need.name in names.attributes
    if need.kind == "language":
        wanted = [each.strip("\"' ").lower() for each in need.name.split(",")]
        return any(
            language == each or language.startswith(f"{each}-")
            for each in wanted
            for language in names.languages
        )
    return need.name in _FURNITURE or need.name in names.elements


def parsed_selectors(selectors: str) -> tuple[Complex, ...]:
    """What a list of selectors needs."""
    return _Parser(selectors).selectors()


class _Parser:
    """Parses a list of selectors from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def selectors(self) -> tuple[Complex, ...]:
        """The list, up to the parenthesis that ends it or the end of the text."""
        found: list[Complex] = []
        needs: list[Needed | OneOf] = []
        while match := _PART.match(self.text, self.at):
            self.at = match.end()
            if match["end"]:
                found.append(tuple(needs))
                needs = []
                if match["end"] == ")":
                    return tuple(found)
            elif match["pseudo"]:
                if match["arguments"]:
                    needs += self._arguments(match["pseudo"].lower())
            elif kind := match.lastgroup:
                name = match[kind] if kind == "class" else match[kind].lower()
                needs.append(Needed(kind, name.replace("\\", "")))
        return (*found, tuple(needs))

    def _arguments(self, pseudo: str) -> list[Needed | OneOf]:
        if pseudo in _COUNTED and (counted := _OF.match(self.text, self.at)):
            self.at = counted.end()
            return [OneOf(self.selectors())]
        if pseudo in _SELECTED:
            return [OneOf(self.selectors())]
        start = self.at
        self._skip()
        return [Needed("language", self.text[start : self.at - 1])] if pseudo == ":lang" else []

    def _skip(self) -> None:
        """Skip to after the parenthesis that ends the arguments."""
        depth = 1
        while depth and (match := _BALANCED.search(self.text, self.at)):
            self.at = match.end()
            if match[0] in "\"'":
                end = self.text.find(match[0], self.at)
                self.at = end + 1 if end >= 0 else len(self.text)
            else:
                depth += 1 if match[0] == "(" else -1
        if depth:
            self.at = len(self.text) + 1
