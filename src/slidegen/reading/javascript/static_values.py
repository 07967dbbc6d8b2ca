"""Evaluates script expressions whose value is known without running the script."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind, template_parts
from slidegen.source import Span

MAX_DEPTH = 60
CONSTANTS: Mapping[str, object] = {"true": True, "false": False, "null": None, "undefined": None}
ESCAPE = lazy_compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n)|([\s\S]))")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


class ComputedError(Exception):
    """A value is known only by running the script."""

    def __init__(self, code: Expression) -> None:
        super().__init__(code.span.text)
        self.code = code


class ObjectEntry(Struct, frozen=True):
    """A key of an object, and the expression for its value."""

    key: str
    key_span: Span
    value: Expression


class ScriptValues(Struct):
    """The values of names in the scripts of a page, as far as top-level statements define them."""

    expressions: dict[str, Expression] = field(default_factory=dict)
    assigned: dict[str, list[ObjectEntry]] = field(default_factory=dict)
    """Properties added to an object later, by its name."""


def value_of(code: Expression, names: ScriptValues, depth: int = 0) -> object:
    """The value of an expression; raises ComputedError for the part that cannot be known."""
    tokens = code.tokens
    if not tokens or depth > MAX_DEPTH:
        raise ComputedError(code)
    if tokens[0].text == "(" and code.closing(0) == len(code) - 1:
        return value_of(code[1:-1], names, depth + 1)
    parts = list(code.split("+"))
    if len(parts) > 1:
        return _sum(code, parts, names, depth)
    if tokens[0].text == "{" and code.closing(0) == len(code) - 1:
        return {
            entry.key: value_of(entry.value, names, depth + 1) for entry in entries_of(code, names, depth)
        }
    if tokens[0].text == "[" and code.closing(0) == len(code) - 1:
        return [value_of(item, names, depth + 1) for item in code[1:-1].split(",")]
    if len(tokens) == 2 and tokens[0].text == "-" and tokens[1].kind is ScriptTokenKind.NUMBER:
        return -number(tokens[1].text)
    if len(tokens) == 2 and tokens[0].text == "!" and tokens[1].text in ("0", "1"):
        return tokens[1].text == "0"  # as minifiers write it
    if len(tokens) != 1:
        raise ComputedError(code)
    return _single(code, names, depth)


def entries_of(
    code: Expression, names: ScriptValues, depth: int = 0, unknown: list[Expression] | None = None
) -> list[ObjectEntry]:
    """The keys of an object: a literal, a name or `Object.assign({}, ...)`; the last value of a key wins.

    Raises ComputedError for an unknown object; unknown parts of an object go to `unknown` if that is given.
    """
    texts = code.texts
    if depth > MAX_DEPTH:
        raise ComputedError(code)
    if len(texts) == 1 and texts[0] in names.expressions:
        inner = entries_of(names.expressions[texts[0]], names, depth + 1, unknown)
        return _last([*inner, *names.assigned.get(texts[0], [])])
    if texts[:4] == ["Object", ".", "assign", "("] and code.closing(3) == len(code) - 1:
        parts = list(code[4:-1].split(","))
    elif not texts or texts[0] != "{" or code.closing(0) != len(code) - 1:
        raise ComputedError(code)
    else:
        parts = [item for item in code[1:-1].split(",") if item.tokens]
    found: list[ObjectEntry] = []
    for part in parts:
        try:
            if texts[0] == "Object":
                found += entries_of(part, names, depth + 1, unknown)
            elif part.tokens[0].text == "...":
                found += entries_of(part[1:], names, depth + 1, unknown)
            else:
                found.append(_entry(part))
        except ComputedError as error:
            if unknown is None:
                raise
            unknown.append(error.code)
    return _last(found)


def text_of(literal: str) -> str:
    """The text of a string, or of a part of a template."""

    def character(match: re.Match[str]) -> str:
        digits = match[1] or match[2] or match[3]
        if digits:
            code = int(digits, 16)
            return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        return "" if match[4] else ESCAPED.get(match[5], match[5])

    return ESCAPE.sub(character, literal)


def quoted(literal: str) -> str:
    """The text of a quoted string."""
    return text_of(literal[1:-1] if len(literal) > 1 and literal[-1] == literal[0] else literal[1:])


def number(text: str) -> int | float:
    """The value of a number."""
    text = text.replace("_", "").rstrip("n")
    try:
        return int(text, 0)
    except ValueError:
        return float(text) if re.fullmatch(r"[\d.eE+-]+", text) else 0


def _entry(item: Expression) -> ObjectEntry:
    key = item.tokens[0]
    name = quoted(key.text) if key.kind is ScriptTokenKind.STRING else key.text
    span = item.script.within(key.start, key.end)
    if len(item) == 1:  # shorthand for a key and a name
        return ObjectEntry(name, span, item)
    if item.tokens[1].text == "(":  # a method
        return ObjectEntry(name, span, item[1:])
    if item.tokens[1].text != ":":
        raise ComputedError(item)
    return ObjectEntry(name, span, item[2:])


def _last(entries: Sequence[ObjectEntry]) -> list[ObjectEntry]:
    return list({entry.key: entry for entry in entries}.values())


def _sum(code: Expression, parts: Sequence[Expression], names: ScriptValues, depth: int) -> object:
    values = [value_of(part, names, depth + 1) for part in parts]
    if all(isinstance(value, str | int | float) and not isinstance(value, bool) for value in values):
        numbers = [value for value in values if isinstance(value, int | float)]
        return sum(numbers) if len(numbers) == len(values) else "".join(map(str, values))
    raise ComputedError(code)


def _single(code: Expression, names: ScriptValues, depth: int) -> object:
    token = code.tokens[0]
    if token.kind is ScriptTokenKind.STRING:
        return quoted(token.text)
    if token.kind is ScriptTokenKind.NUMBER:
        return number(token.text)
    if token.kind is ScriptTokenKind.TEMPLATE:
        parts = list(template_parts(token.text))
        if all(kind == "text" for kind, _, _ in parts):
            return "".join(text_of(token.text[start:end]) for _, start, end in parts)
    elif token.kind is ScriptTokenKind.NAME and token.text in CONSTANTS:
        return CONSTANTS[token.text]
    elif (
        token.kind is ScriptTokenKind.NAME
        and token.text in names.expressions
        and token.text not in names.assigned
    ):
        return value_of(names.expressions[token.text], names, depth + 1)
    raise ComputedError(code)
