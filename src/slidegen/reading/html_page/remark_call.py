"""Reads a call of `remark.create`: its options, its callback, and the statement around it."""

from __future__ import annotations

from slidegen.reading.html_page.loaded_deck import deck_files
from slidegen.reading.html_page.script_math import only_shows_math
from slidegen.reading.html_page.script_reading import ScriptReading
from slidegen.reading.html_page.superseded_scripts import is_code
from slidegen.reading.javascript.declarations import declared
from slidegen.reading.javascript.static_values import ComputedError, entries_of
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind, statements


def read_call(code: Expression, arguments: list[Expression], reading: ScriptReading) -> str | None:
    """Read the options passed to `remark.create`; only the callback remains of its statement."""
    given = arguments[0] if arguments else None
    if given is not None and given.texts not in (["undefined"], ["null"]):
        reading.ours.update(
            token.text for token in given.tokens if token.kind is ScriptTokenKind.NAME and len(given) == 1
        )
        _read_options(given, reading)
    texts = code.texts
    named = next((name for name, _ in declared(code)), "slideshow")
    at = next(index for index, _ in code.calls("remark", ".", "create"))
    at_top = at <= 4 and (at == 0 or texts[at - 1] in ("=", "("))
    if not at_top:
        return _own_within(code, at)
    callback = arguments[1] if len(arguments) > 1 else None
    kept = []
    if named != "slideshow":
        kept.append(f"var {named} = slideshow;")
    if callback is not None and not only_shows_math(callback, reading):
        kept.append(f"remark.create({{}}, {callback.span.text});")
    chained = code[code.closing(at + 3) + 1 :]
    if chained.texts[:1] == ["."]:
        kept.append(f"slideshow{chained.span.text};")
    return "\n".join(kept) or None


def _own_within(code: Expression, at: int) -> str | None:
    """The statement around a `remark.create` in a function; None if it does nothing else but load the deck."""
    opening = at
    depth = 0
    for opening in range(at - 1, -1, -1):
        text = code.tokens[opening].text
        depth += (text in ("}", ")", "]")) - (text in ("{", "(", "["))
        if text == "{" and depth < 0:
            break
    body = list(statements(code[opening + 1 : code.closing(opening)]))
    loads = any(any(deck_files(item)) for item in body)
    others = [
        item
        for item in body
        if "remark.create" not in "".join(item.texts)
        and not is_code(item.span.text)
        and not (loads and (any(deck_files(item)) or any(item.calls("text"))))
    ]
    return code.span.text if others else None


def _read_options(given: Expression, reading: ScriptReading) -> None:
    unknown: list[Expression] = []
    try:
        reading.options += entries_of(given, reading.names, unknown=unknown)
    except ComputedError as error:
        unknown.append(error.code if error.code.tokens else given)
    for code in unknown:
        reading.report_unsupported(f"{_short(code.span.text)}, given to remark.create,", code)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
