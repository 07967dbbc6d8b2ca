"""Finds which names a script's statements declare, and which declarations other statements need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.reading.javascript.static_values import ObjectEntry, ScriptValues, quoted
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind

DECLARING = ("var", "let", "const")
WORD = lazy_compile(r"[\w$]+")


class Statement(Struct, frozen=True):
    """A statement at the top level of a script."""

    script: int
    """Index of its script in the page."""
    code: Expression


def note_names(code: Expression, names: ScriptValues) -> None:
    """Record the names that a statement gives values to."""
    for name, value in declared(code):
        if value is not None:
            names.expressions[name] = value
    target = assigned_property(code)
    if target is not None:
        name, entry = target
        names.assigned.setdefault(name, []).append(entry)


def declared(code: Expression) -> Iterator[tuple[str, Expression | None]]:
    """The names that a statement declares or sets, with their values."""
    texts = code.texts
    if texts[0] in DECLARING:
        for item in code[1:].split(","):
            if item.tokens and item.tokens[0].kind is ScriptTokenKind.NAME:
                yield item.tokens[0].text, item[2:] if item.texts[1:2] == ["="] else None
    elif texts[0] in ("function", "class") and len(texts) > 1:
        yield texts[1], None
    elif texts[0] == "async" and texts[1:2] == ["function"] and len(texts) > 2:
        yield texts[2], None
    else:
        start = 2 if texts[:2] == ["window", "."] else 0
        if texts[start + 1 : start + 2] == ["="] and code.tokens[start].kind is ScriptTokenKind.NAME:
            yield texts[start], code[start + 2 :]


def assigned_property(code: Expression) -> tuple[str, ObjectEntry] | None:
    """What `name.key = value` or `name["key"] = value` sets."""
    texts, tokens = code.texts, code.tokens
    if len(tokens) < 5 or tokens[0].kind is not ScriptTokenKind.NAME:
        return None
    if texts[1] == "." and texts[3] == "=":
        key, value = tokens[2], code[4:]
    elif texts[1] == "[" and texts[3:5] == ["]", "="]:
        key, value = tokens[2], code[5:]
    else:
        return None
    name = quoted(key.text) if key.kind is ScriptTokenKind.STRING else key.text
    return texts[0], ObjectEntry(name, code.script.within(key.start, key.end), value)


def used_statements(
    found: Sequence[Statement],
    own: Sequence[str | None],
    others: Iterable[str],
    known: Collection[str],
    ours: Collection[str],
) -> list[tuple[Statement, str]]:
    """The statements to keep: those with effects, and declarations that these or `others` use.

    `known` are the names that scripts of the page declare, `ours` the names of objects that remark was given.
    """
    gives: dict[str, list[int]] = {}
    kept: set[int] = set()
    for index, (item, text) in enumerate(zip(found, own, strict=True)):
        names = _given_names(item.code, known, ours)
        for name in names:
            gives.setdefault(name, []).append(index)
        if text and not names:
            kept.add(index)
    open_ = [*others, *(own[index] or "" for index in kept)]
    while open_:
        for word in WORD.findall(open_.pop()):
            for index in gives.pop(word, ()):
                if index not in kept and own[index]:
                    kept.add(index)
                    open_.append(own[index] or "")
    return [(found[index], own[index] or "") for index in sorted(kept)]


def _given_names(code: Expression, known: Collection[str], ours: Collection[str]) -> list[str]:
    """The names that a statement only gives values to; empty if it does more."""
    texts = code.texts
    if texts[0] in ("function", "class") or texts[:2] == ["async", "function"]:
        return [name for name, _ in declared(code)]
    target = assigned_property(code)
    if target is not None:
        silent = target[0] in known and (target[0] in ours or not _acts(target[1].value))
        return [target[0]] if silent else []
    given = list(declared(code))
    if given and all(name in ours for name, _ in given):
        return [name for name, _ in given]
    if texts[:2] == ["window", "."] or any(value is not None and _acts(value) for _, value in given):
        return []
    return [name for name, _ in given]


def _acts(value: Expression) -> bool:
    """Whether an expression may have effects, because it calls something other than a function of its own."""
    if value.texts[:1] in (["function"], ["class"], ["async"]) or "=>" in value.texts[:12]:
        return False
    return "(" in value.texts and value.texts[:2] != ["remark", "."]
