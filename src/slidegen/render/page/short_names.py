"""Gives the local names of a script short ones.

It knows as much of the language as the browser side uses: what declares a name, where that name counts, and which
names are those of properties. A name is the same wherever it is declared in a script, so a scope may be taken for
larger than it is, and each of the short names stands for several others that do not meet. Names that are not
declared, or are used outside of the scopes of their declarations, are those of the browser, and stay. So do those
that are declared at the top, which other scripts know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, product
from typing import Final

from slidegen.patterns import lazy_compile

_TOKEN = lazy_compile(
    r"""\s*(?:(?P<name>\#?[A-Za-z_$][\w$]*)|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"""|=>|\.{3}|\?\.(?!\d)|[=!]==?|.)"""
)
_REGEX = lazy_compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_TEMPLATE = lazy_compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(`|\$\{)")
_BEFORE_REGEX = frozenset("( , = : [ ! & | ? { } ; => return typeof".split())
_BEFORE_OBJECT = frozenset("( , = : [ ! & | ? ... return typeof in of const let var yield await".split())
_WORDS: Final = frozenset(
    "async await break case catch class const continue debugger default delete do else export extends false finally "
    "for function if import in instanceof let new null of return static super switch this throw true try typeof "
    "undefined var void while with yield arguments".split()
)
"""Names that are none, or that nobody may declare."""
_MODIFIERS = frozenset(("get", "set", "static", "async", "*"))
_LETTERS = "etnasriolcdumphfgvbykwxjqzSECTANPLRIODMUFHGBVWKXYJQZ_$"
_PAIRS = {")": "(", "]": "[", "}": "{"}

Region = tuple[int, int]
"""The tokens between which a declared name counts."""


def with_short_names(script: str) -> str:
    """The script with other names for what it declares. It has no comments, and a semicolon after each statement."""
    return _Script(script).renamed()


class _Script:
    """The tokens of a script."""

    def __init__(self, script: str) -> None:
        self.tokens: list[str] = []
        self.written: list[str] = []
        """The tokens with the spaces before them."""
        self.pairs: dict[int, int] = {}
        """Brackets by the ones that close or open them."""
        self.around: list[int] = []
        """The bracket that each token is directly in; -1 for none."""
        self.objects: set[int] = set()
        self.classes: set[int] = set()
        self.heads: dict[int, int] = {}
        """Where the parameters of a function begin, by the brace of its body."""
        self.ends: dict[int, str] = {}
        """What declares variables, by the semicolon at the end."""
        self._read(script)
        self.regions: dict[str, list[Region]] = {}
        for at, token in enumerate(self.tokens):
            self._declare(at, token)

    def _read(self, script: str) -> None:
        open_ = [-1]
        templates: list[int] = []
        at = 0
        script = script.rstrip()
        while at < len(script):
            match = _TOKEN.match(script, at)
            assert match is not None  # any character is a token
            written = match[0]
            token = written.lstrip()
            last = self.tokens[-1] if self.tokens else ";"
            if token == "/" and last in _BEFORE_REGEX and (regex := _REGEX.match(script, match.end() - 1)):
                written = written[:-1] + regex[0]
                token = "/"
            elif token == "`" or (token == "}" and templates and templates[-1] == open_[-1]):
                if token == "}":
                    self.pairs[open_[-1]] = len(self.tokens)
                    open_.pop()
                    templates.pop()
                text = _TEMPLATE.match(script, match.end())
                assert text is not None
                written += text[0]
                token = "${" if text[1] == "${" else "`"
            number = len(self.tokens)
            if token in _PAIRS and len(open_) > 1:
                self.pairs[number] = open_.pop()
                self.pairs[self.pairs[number]] = number
            self.around.append(open_[-1])
            if token in ("(", "[", "{", "${"):
                if token == "{":
                    self._note_brace(number, last)
                elif token == "${":
                    templates.append(number)
                open_.append(number)
            self.tokens.append(token)
            self.written.append(written)
            at += len(written)

    def _note_brace(self, at: int, last: str) -> None:
        """Note whether a brace opens an object (or a pattern for one), the body of a class or that of a function."""
        if last in _BEFORE_OBJECT:
            self.objects.add(at)
        elif last == "=>":
            before = at - 2
            self.heads[at] = self.pairs[before] if self.tokens[before] == ")" else before
        elif last == ")":
            head = self.pairs[at - 1]
            if self.tokens[head - 1] not in ("if", "for", "while", "switch", "with"):
                self.heads[at] = head
        elif "class" in (self._token(at - 2), self._token(at - 4)) or last == "class":
            self.classes.add(at)

    def _token(self, at: int) -> str:
        return self.tokens[at] if 0 <= at < len(self.tokens) else ";"

    def _declare(self, at: int, token: str) -> None:
        if token in ("const", "let", "var"):
            self._declare_variables(at)
        elif token in ("function", "class"):
            name = at + 1 + (self._token(at + 1) == "*")
            if self._is_name(name):
                self._add(name, self._scope(at))
        elif token == "=>":
            end = self.pairs[at + 1] if self._token(at + 1) == "{" else self._after_expression(at + 1)
            if self.tokens[at - 1] == ")":
                self._declare_parameters(self.pairs[at - 1], end)
            else:
                self._add(at - 1, (at - 1, end))
        elif at in self.heads and self.tokens[at - 1] == ")":
            self._declare_parameters(self.heads[at], self.pairs[at])

    def _declare_variables(self, at: int) -> None:
        scope = self._scope(at)
        if self.tokens[at] == "const" and scope[0] >= 0:
            self._write(at, "let")
        kind = self.tokens[at]
        at += 1
        while True:
            at = self._declare_pattern(at, scope)
            if self._token(at) == "=":
                at = self._after_expression(at + 1)
            if self._token(at) != ",":
                break
            at += 1
        if self._token(at) == ";" and scope[0] >= 0:
            self.ends[at] = kind

    def _write(self, at: int, token: str) -> None:
        """Put another token in the place of one."""
        written = self.written[at]
        self.written[at] = written[: len(written) - len(self.tokens[at])] + token
        self.tokens[at] = token

    def _declare_parameters(self, head: int, end: int) -> None:
        at, close = head + 1, self.pairs[head]
        while at < close:
            at = self._declare_pattern(at, (head, end))
            if self._token(at) == "=":
                at = self._after_expression(at + 1)
            at += 1

    def _declare_pattern(self, at: int, scope: Region) -> int:
        """Declare the names in a pattern; returns the place after it."""
        if self._token(at) == "...":
            at += 1
        if self._token(at) not in ("{", "["):
            if self._is_name(at):
                self._add(at, scope)
            return at + 1
        close = self.pairs[at]
        at += 1
        while at < close:
            if self._token(at) == ",":
                at += 1
                continue
            if self._token(at + 1) == ":":
                at += 2
            at = self._declare_pattern(at, scope)
            if self._token(at) == "=":
                at = self._after_expression(at + 1)
        return close + 1

    def _after_expression(self, at: int) -> int:
        while at < len(self.tokens) and self.tokens[at] not in (",", ";", ")", "]", "}"):
            at = self.pairs.get(at, at) + 1
        return at

    def _scope(self, at: int) -> Region:
        """The block around a declaration, with the parameters if it is the body of a function."""
        brace = self.around[at]
        while brace >= 0 and (self.tokens[brace] != "{" or brace in self.objects or brace in self.classes):
            brace = self.around[brace]
        return (self.heads.get(brace, brace), self.pairs.get(brace, len(self.tokens)))

    def _is_name(self, at: int) -> bool:
        token = self._token(at)
        return (token[0].isalpha() or token[0] in "_$") and token not in _WORDS and token != "${"

    def _add(self, at: int, scope: Region) -> None:
        regions = self.regions.setdefault(self.tokens[at], [])
        if scope not in regions:
            regions.append(scope)

    def _is_property(self, at: int) -> bool:
        """Whether a name is a property's: after a dot, a key, or that of a method or field."""
        last, following = self._token(at - 1), self._token(at + 1)
        if last in (".", "?."):
            return True
        around = self.around[at]
        if around not in self.objects and around not in self.classes:
            return False
        begins = last in ("{", ",", ";", "}") or (
            last in _MODIFIERS and self._token(at - 2) in ("{", ",", ";", "}", "static")
        )
        if not begins:
            return False
        if around in self.classes:
            return True
        is_modifier = self.tokens[at] in _MODIFIERS and following not in (",", "}", "=")
        return following in (":", "(") or is_modifier

    def _is_shorthand(self, at: int) -> bool:
        return (
            self.around[at] in self.objects
            and self._token(at - 1) in ("{", ",")
            and self._token(at + 1) in (",", "}", "=")
        )

    def renamed(self) -> str:
        uses: dict[str, list[int]] = {}
        for at in range(len(self.tokens)):
            if self._is_name(at) and not self._is_property(at):
                uses.setdefault(self.tokens[at], []).append(at)
        names = {
            name: uses[name]
            for name, regions in self.regions.items()
            if (-1, len(self.tokens)) not in regions
            and all(any(start <= at <= end for start, end in regions) for at in uses[name])
        }
        short = self._short_names(names, taken=uses.keys() - names.keys() | _WORDS)
        for name, places in names.items():
            for at in places:
                key = f"{name}:" if self._is_shorthand(at) and short[name] != name else ""
                self._write(at, key + short[name])
        return "".join(self._compact())

    def _compact(self) -> Iterator[str]:
        """The tokens without unnecessary spaces, semicolons and commas; variables are declared together."""
        joined = False
        for at, written in enumerate(self.written):
            token = written.lstrip()
            if joined:
                joined = False
                continue
            if self.ends.get(at) == self._token(at + 1):
                joined = True
                self.written[at + 1] = ","
                yield ","
                continue
            if self._is_needless(at, token):
                continue
            if len(token) < len(written) and self._separates(at, token):
                yield " "
            yield token

    def _is_needless(self, at: int, token: str) -> bool:
        last, following = self._token(at - 1), self._token(at + 1)
        if token == ",":
            return following in _PAIRS and last not in (",", "[")
        if token != ";" or following != "}":
            return False
        head = self.pairs.get(at - 1) if last == ")" else None
        return head is None or self._token(head - 1) not in ("if", "for", "while")

    def _separates(self, at: int, token: str) -> bool:
        """Whether a space before a token keeps it apart from the one before it."""
        last = self.written[at - 1][-1:] if at else ""
        first = token[0]
        return (_is_word(last) and _is_word(first)) or (last == first and first in "+-/")

    def _short_names(self, names: dict[str, list[int]], taken: Iterable[str]) -> dict[str, str]:
        avoided = frozenset(taken)
        given: dict[str, list[str]] = {}
        short: dict[str, str] = {}
        for name in sorted(names, key=lambda name: -len(names[name])):
            for candidate in _candidates():
                others = given.setdefault(candidate, [])
                if candidate not in avoided and not any(self._meet(name, other, names) for other in others):
                    others.append(name)
                    short[name] = candidate
                    break
        return short

    def _meet(self, one: str, other: str, uses: dict[str, list[int]]) -> bool:
        """Whether two names cannot have the same short one: a use of one of them is in the scope of the other."""
        regions, others = self.regions[one], self.regions[other]
        return (
            not set(regions).isdisjoint(others)
            or _any_inside(uses[one], others, regions)
            or _any_inside(uses[other], regions, others)
        )


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in ("_", "$", "#")


def _any_inside(uses: list[int], others: list[Region], own: list[Region]) -> bool:
    """Whether a name is used in another's scope, unless that use is in a scope of its own inside of it."""
    for start, end in others:
        at = bisect_left(uses, start)
        while at < len(uses) and uses[at] <= end:
            use = uses[at]
            if not any(start <= first <= use <= last <= end for first, last in own):
                return True
            at += 1
    return False


def _candidates() -> Iterator[str]:
    return chain(_LETTERS, map("".join, product(_LETTERS, f"{_LETTERS}0123456789")))
