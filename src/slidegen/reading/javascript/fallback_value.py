"""Evaluates a script expression, or its fallback if the value is only known in the browser."""

from __future__ import annotations

from slidegen.reading.javascript.static_values import (
    MAX_DEPTH,
    ComputedError,
    ScriptValues,
    text_of,
    value_of,
)
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind, read_code, template_parts


def otherwise(code: Expression, names: ScriptValues, depth: int = 0) -> object:
    """The value of an expression, or its fallback: after `||`, `??`, or a last `:`.

    `parameter("p") || "talk.md"` is `talk.md`. Raises ComputedError if there is no such value.
    """
    try:
        return value_of(code, names, depth)
    except ComputedError:
        if depth > MAX_DEPTH or not code.tokens:
            raise
    if code.tokens[0].text == "(" and code.closing(0) == len(code) - 1:
        return otherwise(code[1:-1], names, depth + 1)
    if len(code) == 1:
        return _single(code, names, depth)
    condition, *branches = code.split("?")
    if branches:
        chosen = code[len(condition) + 1 :]
        return otherwise(list(chosen.split(":"))[-1], names, depth + 1)
    for operator in ("||", "??"):
        parts = list(code.split(operator))
        if len(parts) > 1:
            return otherwise(parts[-1], names, depth + 1)
    values = [otherwise(part, names, depth + 1) for part in code.split("+")]
    texts = [value for value in values if isinstance(value, str)]
    if len(values) > 1 and len(texts) == len(values):
        return "".join(texts)
    raise ComputedError(code)


def _single(code: Expression, names: ScriptValues, depth: int) -> object:
    token = code.tokens[0]
    if (
        token.kind is ScriptTokenKind.NAME
        and token.text in names.expressions
        and token.text not in names.assigned
    ):
        return otherwise(names.expressions[token.text], names, depth + 1)
    if token.kind is not ScriptTokenKind.TEMPLATE:
        raise ComputedError(code)
    found = []
    for kind, start, end in template_parts(token.text):
        if kind == "text":
            found.append(text_of(token.text[start:end]))
        else:
            found.append(str(otherwise(_read_part(code, start, end), names, depth + 1)))
    return "".join(found)


def _read_part(code: Expression, start: int, end: int) -> Expression:
    """The code in a template's `${}`."""
    at = code.tokens[0].start
    return read_code(code.script.within(at + start, at + end))
