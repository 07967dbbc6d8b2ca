"""Finds the macros that scripts define."""

from __future__ import annotations

from slidegen.reading.html_page.macros import image_macro, read_macro
from slidegen.reading.html_page.script_reading import ScriptReading
from slidegen.reading.javascript.declarations import assigned_property
from slidegen.reading.javascript.static_values import ComputedError, ObjectEntry, entries_of
from slidegen.reading.javascript.tokens import Expression


def reads_macros(code: Expression, reading: ScriptReading) -> bool:
    """Read the macros that a statement defines; False if it defines none."""
    texts = code.texts
    start = 2 if texts[:2] == ["window", "."] else 0
    if texts[start : start + 3] != ["remark", ".", "macros"]:
        if texts[:4] != ["Object", ".", "assign", "("] or texts[4:7] != ["remark", ".", "macros"]:
            return False
        entries = [entry for part in list(code[4:-1].split(","))[1:] for entry in _entries(part, reading)]
    elif texts[start + 3 : start + 4] == ["="]:
        entries = _entries(code[start + 4 :], reading)
    else:
        target = assigned_property(code[start + 2 :])
        if target is None:
            return False
        entries = [target[1]]
    for entry in entries:
        value = entry.value
        if len(value) == 1:
            value = reading.names.expressions.get(value.texts[0], value)
        macro = read_macro(entry.key, value)
        if macro is None:
            reading.unknown_macros[entry.key] = entry.key_span
            macro = image_macro(entry.key, entry.key_span)
        else:
            reading.unknown_macros.pop(entry.key, None)
        reading.macros[entry.key] = macro
    return True


def _entries(code: Expression, reading: ScriptReading) -> list[ObjectEntry]:
    try:
        return entries_of(code, reading.names)
    except ComputedError as error:
        reading.report_unsupported("what is given to remark.macros", error.code)
        return []
