"""What a page tells MathJax or KaTeX, as the option `math`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from slidegen.config import Setting
from slidegen.reading.javascript import Code
from slidegen.reading.literals import ComputedError, Names, entries_of, value_of

ARGUMENT = re.compile(r"#([1-9])")


def math_setting(configurations: Sequence[tuple[str, Code]], names: Names) -> Setting | None:
    """The option `math` with the macros and the numbering that a page configures; None where it has neither."""
    macros: dict[str, Any] = {}
    number, place = False, None
    for _, code in configurations:
        for key, value in _entries(code, names):
            if key.lower() == "tex":
                for inner, part in _entries(value, names):
                    if inner.lower() == "macros":
                        macros.update(_macros(part, names))
                        place = part.span
                    elif inner in ("equationNumbers", "tags"):
                        number = _numbers(inner, part, names)
                        place = place or part.span
            elif key == "macros":
                macros.update(_macros(value, names))
                place = value.span
    if place is None:
        return None
    return Setting("math", {"macros": macros, "number": number}, "", place, place)


def _entries(code: Code, names: Names) -> list[tuple[str, Code]]:
    try:
        return [(entry.key, entry.value) for entry in entries_of(code, names)]
    except ComputedError:
        return []


def _macros(code: Code, names: Names) -> dict[str, Any]:
    """The macros of an object; those whose value is computed are left out."""
    found: dict[str, Any] = {}
    for key, value in _entries(code, names):
        try:
            body = value_of(value, names)
        except ComputedError:
            continue
        if isinstance(body, list) and body and not (len(body) >= 2 and isinstance(body[1], int)):
            body = body[0]
        if isinstance(body, str):
            arguments = max((int(digit) for digit in ARGUMENT.findall(body)), default=0)
            found[key.lstrip("\\")] = [body, arguments] if arguments else body
        elif isinstance(body, list) and body:
            found[key.lstrip("\\")] = body if body[1] else body[0]
    return found


def _numbers(key: str, code: Code, names: Names) -> bool:
    """Whether equations are numbered: `tags: "ams"`, or `equationNumbers: {autoNumber: "AMS"}`."""
    try:
        value = value_of(code, names)
    except ComputedError:
        return False
    if key == "equationNumbers":
        value = value.get("autoNumber") if isinstance(value, dict) else None
    return isinstance(value, str) and value.lower() in ("ams", "all")
