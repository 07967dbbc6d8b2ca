"""Tokenizes code by a grammar: rules that start at a pattern, some with nested rules until their end.

highlight.js works this way. Where it differs from a lexer that understands the language, authors are used to
the colours of highlight.js. The grammars are in `grammars`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from slidegen.patterns import lazy_compile

Piece = tuple[str, str]
"""Scopes, the outer one first, joined by `NESTED`, empty for code without a colour of its own; and a text."""

NESTED = ">"


class WordRule(Struct, frozen=True):
    """Words with a meaning."""

    scopes: Mapping[str, str]
    pattern: str = r"\w+"
    """What counts as a word."""
    any_case: bool = False

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """The words in a text."""
        return _word_pattern(self.pattern).finditer(text)

    def scope(self, word: str) -> str:
        """The scope of a word, empty if it has none."""
        return self.scopes.get(word.lower() if self.any_case else word, "")


@cache
def _word_pattern(pattern: str) -> re.Pattern[str]:
    return lazy_compile(pattern)


def words(pattern: str = r"\w+", *, any_case: bool = False, **scopes: str) -> WordRule:
    """Words by their scopes: `keyword="if else"`, with `meta_keyword` for `meta-keyword`."""
    by_word = {
        word: scope if scope == "built_in" else scope.replace("_", "-")
        for scope, listed in scopes.items()
        for word in listed.split()
    }
    return WordRule(by_word, pattern, any_case)


class Rule(Struct, frozen=True, eq=False):
    """What begins at a pattern. It is a token or, if it has an end, a region up to there.

    A pattern may look ahead and behind. One that begins a region matches at least one character, or
    what follows is not the end, so that the scan makes progress.
    """

    scope: str
    begin: str
    end: str = ""
    inside: Sequence[Rule] = ()
    words: WordRule | None = None
    itself: bool = False
    """Whether the rule may be nested in itself."""
    groups: tuple[str, ...] = ()
    """For a token of several parts: the scope of each group of the pattern; together, the groups cover all of it."""
    language: str = ""
    """The language of the content, if it is another one."""
    then: tuple[str, str] = ("", "")
    """After the end: the language of what follows, and the pattern before which that ends."""
    extent: Callable[[str, int], int] | None = None
    """Finds where code in that language ends, given the text and where it begins."""


class Grammar(Struct, frozen=True, eq=False):
    """The rules of a language."""

    rules: Sequence[Rule]
    words: WordRule | None = None
    any_case: bool = False


class _State:
    """A rule while its content is scanned; its patterns are compiled once, into one."""

    __slots__ = ("_inside", "pattern", "rule", "rules", "words")

    def __init__(self, rule: Rule | None, inside: Sequence[Rule], known: WordRule | None, flags: int) -> None:
        self.rule = rule
        self.rules = (*inside, rule) if rule is not None and rule.itself else tuple(inside)
        self.words = known
        parts = [f"(?P<r{number}>{each.begin})" for number, each in enumerate(self.rules)]
        if rule is not None and rule.end:
            parts.append(f"(?P<end>{rule.end})")
        self.pattern = lazy_compile("|".join(parts) or r"(?!)", flags)
        self._inside: dict[int, tuple[_State, re.Pattern[str]]] = {}

    def inside(self, number: int, flags: int) -> tuple[_State, re.Pattern[str]]:
        """The state in a rule, and the rule's own pattern."""
        found = self._inside.get(number)
        if found is None:
            rule = self.rules[number]
            state = self if rule is self.rule else _State(rule, rule.inside, rule.words, flags)
            found = self._inside[number] = (state, lazy_compile(rule.begin, flags))
        return found


class CodeScanner:
    """Scans code by a grammar."""

    def __init__(self, grammar: Grammar, of: Callable[[str], CodeScanner | None]) -> None:
        """`of` returns the scanner of another language that code may contain."""
        self._flags = re.MULTILINE | (re.IGNORECASE if grammar.any_case else 0)
        self._top = _State(None, grammar.rules, grammar.words, self._flags)
        self._of = of

    def pieces(self, text: str, within: str = "") -> list[Piece]:
        """The code as pieces that join to it again; `within` is the scope around all of it."""
        out: list[Piece] = []
        stack = [(self._top, within)]
        start = at = 0
        """Where text without a piece begins, and where the scan continues."""
        while (match := stack[-1][0].pattern.search(text, at)) is not None:
            state, scope = stack[-1]
            name = match.lastgroup or ""
            if name == "end":
                _words(out, text[start : match.end()], scope, state.words)
                start = at = match.end()
                stack.pop()
                if state.rule is not None and state.rule.then[0]:
                    at = start = self._embedded(out, text, *state.rule.then, at, stack[-1][1])
                continue
            number = int(name[1:])
            rule = state.rules[number]
            _words(out, text[start : match.start()], scope, state.words)
            inner = f"{scope}{NESTED}{rule.scope}" if scope and rule.scope else scope or rule.scope
            below, own = state.inside(number, self._flags)
            start, at = match.start(), match.end()
            if rule.extent is not None:
                start = at = self._read(out, text, rule.language, start, rule.extent(text, start), inner)
            elif rule.language:
                _words(out, text[start:at], inner, rule.words)
                start = at = self._embedded(out, text, rule.language, rule.end, at, inner)
            elif rule.end:
                stack.append((below, inner))
            elif rule.groups:
                parts = own.match(text, start)
                for each, part in zip(rule.groups, parts.groups() if parts else (), strict=False):
                    out.append((f"{inner}{NESTED}{each}" if inner and each else inner or each, part or ""))
                start = at
            else:
                _words(out, match[0], inner, rule.words)
                start = at
        for state, scope in reversed(stack):
            _words(out, text[start:], scope, state.words)
            break
        return out

    def _embedded(self, out: list[Piece], text: str, language: str, end: str, at: int, scope: str) -> int:
        """Scan code in another language up to a pattern; returns where it ends."""
        found = re.compile(end, self._flags).search(text, at)
        return self._read(out, text, language, at, found.start() if found else len(text), scope)

    def _read(self, out: list[Piece], text: str, language: str, at: int, stop: int, scope: str) -> int:
        scanner = self._of(language)
        out += [(scope, text[at:stop])] if scanner is None else scanner.pieces(text[at:stop], scope)
        return stop


def _words(out: list[Piece], text: str, scope: str, known: WordRule | None) -> None:
    """A stretch of code without rules, by its words."""
    if not text:
        return
    at = 0
    if known is not None:
        for match in known.find(text):
            own = known.scope(match[0])
            if own:
                if match.start() > at:
                    out.append((scope, text[at : match.start()]))
                out.append((f"{scope}{NESTED}{own}" if scope else own, match[0]))
                at = match.end()
    if at < len(text):
        out.append((scope, text[at:]))
