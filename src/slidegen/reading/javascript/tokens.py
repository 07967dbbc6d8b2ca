"""Splits JavaScript into tokens and statements with positions, enough to see what a page configures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.source import Span

MAX_DEPTH = 40
"""How deeply templates may nest in each other's `${}`."""
TOKEN = lazy_compile(
    r"(?P<blank>(?>(?:\s|//[^\n]*|/\*(?>(?:[^*]|\*(?!/))*)(?:\*/|\Z)|<!--[^\n]*)+))"
    r"|(?P<string>\"(?>(?:[^\"\\\n]|\\[\s\S])*)\"?|'(?>(?:[^'\\\n]|\\[\s\S])*)'?)"
    r"|(?P<template>`)"
    r"|(?P<number>(?:0[xXbBoO][\da-fA-F_]++|(?:\d[\d_]*+(?:\.[\d_]*+)?|\.\d++)(?:[eE][+-]?\d++)?)n?)"
    r"|(?P<name>[\w$#@]++)"
    r"|(?P<sign>=>|\.\.\.|\?\.|\?\?=?|&&=?|\|\|=?|[=!]==?|[<>*]{1,3}=?|\+\+|--|[-+*/%&|^]=?|[\s\S])"
)
REGEX = lazy_compile(r"/(?>(?:[^/\\\[\n]|\\.|\[(?>(?:[^\]\\\n]|\\.)*)\])+)/\w*")
TEXT_OF_TEMPLATE = lazy_compile(r"(?>(?:[^`\\$]|\\[\s\S]|\$(?!\{))*)")
BEFORE_REGEX = frozenset(
    "return typeof case in of delete void throw new else do instanceof yield await".split()
)
OPENING, CLOSING = "([{", ")]}"
GOES_ON = frozenset("else catch finally while".split())
BLOCKS = frozenset("if for while function class try switch do with async".split())
CONTINUES = frozenset(
    ") ] } , ; . ? : ?. = => + - * / % & | ^ < > && || ?? ( [ == != === !== instanceof in".split()
)


class ScriptTokenKind(Enum):
    """The kind of a token."""

    STRING = auto()
    TEMPLATE = auto()
    NUMBER = auto()
    NAME = auto()
    REGEX = auto()
    SIGN = auto()


class ScriptToken(Struct, frozen=True):
    """A token, and whether it is the first on its line."""

    kind: ScriptTokenKind
    text: str
    start: int
    end: int
    after_newline: bool


class Expression(Struct, frozen=True):
    """A run of tokens of a script: an expression, a statement."""

    script: Span
    """The script that offsets of tokens are relative to."""
    tokens: tuple[ScriptToken, ...]

    @property
    def span(self) -> Span:
        """Its place; the beginning of its script if it is empty."""
        if not self.tokens:
            return self.script.within(0, 1)
        return self.script.within(self.tokens[0].start, self.tokens[-1].end)

    @property
    def texts(self) -> list[str]:
        """The tokens' texts."""
        return [token.text for token in self.tokens]

    def __getitem__(self, part: slice) -> Expression:
        return Expression(self.script, self.tokens[part])

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def is_whole(self) -> bool:
        """Whether all its strings and brackets are closed, so that it may parse."""
        expected: list[str] = []
        for token in self.tokens:
            if token.kind is ScriptTokenKind.SIGN and token.text in OPENING:
                expected.append(CLOSING[OPENING.index(token.text)])
            elif (
                token.kind is ScriptTokenKind.SIGN
                and token.text in CLOSING
                and (not expected or expected.pop() != token.text)
            ):
                return False
            if token.kind is ScriptTokenKind.STRING and (
                len(token.text) < 2 or token.text[-1] != token.text[0]
            ):
                return False
        return not expected

    def closing(self, at: int) -> int:
        """The index of the bracket that closes the one at an index; the number of tokens if none does."""
        depth = 0
        for index in range(at, len(self.tokens)):
            token = self.tokens[index]
            if token.kind is ScriptTokenKind.SIGN:
                depth += (token.text in OPENING) - (token.text in CLOSING)
                if depth <= 0:
                    return index
        return len(self.tokens)

    def split(self, separator: str) -> Iterator[Expression]:
        """The parts between separators outside brackets; none if empty."""
        depth = start = 0
        for index, token in enumerate(self.tokens):
            if token.kind is not ScriptTokenKind.SIGN:
                continue
            depth += (token.text in OPENING) - (token.text in CLOSING)
            if token.text == separator and depth == 0:
                yield self[start:index]
                start = index + 1
        if start < len(self.tokens):
            yield self[start:]

    def calls(self, *name: str) -> Iterator[tuple[int, Expression]]:
        """The calls of a function, such as `remark . create`: index, and arguments."""
        length = len(name)
        for index in range(len(self.tokens) - length):
            if self.tokens[index].text == name[0] and self.texts_at(index, length + 1) == [*name, "("]:
                end = self.closing(index + length)
                yield index, self[index + length + 1 : end]

    def texts_at(self, index: int, length: int) -> list[str]:
        """The texts of some tokens."""
        return [token.text for token in self.tokens[index : index + length]]


def read_code(script: Span) -> Expression:
    """The tokens of a script."""
    return Expression(script, tuple(_tokens(script.text, 0, len(script.text), 0)))


def template_parts(text: str) -> Iterator[tuple[str, int, int]]:
    """The parts of a template literal, including back quotes: kind `text` or `code`, and their offsets."""
    at = 1
    while at < len(text):
        end = _match_end(TEXT_OF_TEMPLATE, text, at)
        if end > at:
            yield "text", at, end
        if not text.startswith("${", end):
            return
        at = _end_of_code(text, end + 2, 0)
        yield "code", end + 2, at - 1


def statements(code: Expression) -> Iterator[Expression]:
    """The statements outside brackets, without the semicolons that end them.

    Line breaks end statements as most authors intend: not before or after an operator.
    """
    start = depth = 0
    tokens = code.tokens
    for index, token in enumerate(tokens):
        if depth == 0 and start < index and _breaks(tokens[start], tokens[index - 1], token):
            yield code[start:index]
            start = index
        if token.kind is ScriptTokenKind.SIGN:
            depth = max(0, depth + (token.text in OPENING) - (token.text in CLOSING))
            if token.text == ";" and depth == 0:
                if index > start:
                    yield code[start:index]
                start = index + 1
    if start < len(tokens):
        yield code[start:]


def _breaks(first: ScriptToken, before: ScriptToken, token: ScriptToken) -> bool:
    """Whether a statement that begins with `first` ends before `token`."""
    if token.text in GOES_ON and token.kind is ScriptTokenKind.NAME and before.text == "}":
        return first.text not in BLOCKS
    if before.text == "}" and first.text in BLOCKS and first.kind is ScriptTokenKind.NAME:
        return token.text not in CONTINUES or token.text in OPENING
    if not token.after_newline or (token.text in CONTINUES and token.kind is not ScriptTokenKind.STRING):
        return False
    ends = before.kind is not ScriptTokenKind.SIGN or before.text in (")", "]", "}", "++", "--")
    return ends and before.text not in BEFORE_REGEX and not (before.text == ")" and first.text in BLOCKS)


def _tokens(text: str, at: int, end: int, depth: int) -> Iterator[ScriptToken]:
    before: ScriptToken | None = None
    newline = False
    while at < end:
        match = TOKEN.match(text, at)
        if match is None:
            return
        start, at = at, match.end()
        if match["blank"]:
            newline = newline or "\n" in match["blank"]
            continue
        kind = ScriptTokenKind[(match.lastgroup or "sign").upper()]
        if match["template"]:
            at = _end_of_template(text, at, depth)
        elif match[0] in ("/", "/=") and _may_be_regex(before) and (regex := REGEX.match(text, start)):
            kind, at = ScriptTokenKind.REGEX, regex.end()
        before = ScriptToken(kind, text[start:at], start, at, newline)
        newline = False
        yield before


def _may_be_regex(before: ScriptToken | None) -> bool:
    if before is None or before.text in BEFORE_REGEX:
        return True
    return before.kind is ScriptTokenKind.SIGN and before.text not in (")", "]", "}", "++", "--")


def _end_of_template(text: str, at: int, depth: int) -> int:
    """The offset after the back quote that closes a template whose text begins at an offset."""
    while at < len(text):
        at = _match_end(TEXT_OF_TEMPLATE, text, at)
        if not text.startswith("${", at):
            return min(at + 1, len(text))
        at = _end_of_code(text, at + 2, depth)
    return at


def _end_of_code(text: str, at: int, depth: int) -> int:
    """The offset after the brace that closes a `${`."""
    if depth > MAX_DEPTH:
        return len(text)
    open_ = 1
    for token in _tokens(text, at, len(text), depth + 1):
        if token.kind is ScriptTokenKind.SIGN:
            open_ += (token.text == "{") - (token.text == "}")
            if open_ == 0:
                return token.end
    return len(text)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match is not None else at
