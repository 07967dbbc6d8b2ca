"""Reads the scripts of a page: what they set up, and which statements are the author's own."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from slidegen.diagnostics import Code as Mistake
from slidegen.diagnostics import Diagnostic
from slidegen.patterns import lazy_compile
from slidegen.reading.html_page.loaded_deck import deck_files
from slidegen.reading.html_page.remark_call import read_call
from slidegen.reading.html_page.script_macros import reads_macros
from slidegen.reading.html_page.script_math import reads_math
from slidegen.reading.html_page.script_reading import Script, ScriptReading
from slidegen.reading.html_page.source_uses import changes_of_source
from slidegen.reading.html_page.superseded_scripts import (
    ASKS_LIBRARY,
    COUNTDOWN,
    LIBRARIES,
    is_snippet,
)
from slidegen.reading.javascript.declarations import (
    WORD,
    Statement,
    declared,
    note_names,
    used_statements,
)
from slidegen.reading.javascript.static_values import quoted
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind, read_code, statements

TELLS = lazy_compile(
    r"remark\s*\.|remark\s*\[|MathJax|renderMathInElement|katex|_releaseMath|xaringanExtra|xeScribble|Scribble"
    r"|hljs|print-only|fitvids|Clipboard|xeBroadcast|PanelSet|slide-time-left|time_left|source[\"'`]"
)
MAY_TELL = lazy_compile(r"\b\w*(?:options|config)\w*\s*=", re.IGNORECASE)
"""What a script must contain to be analysed, the second only if it is short; others are left as they are."""
SHORT, LONG = 5_000, 400_000
"""In characters."""
IN_DECK = lazy_compile(r"\bon[a-z]+\s*=\s*(\"[^\"]*\"|'[^']*')|<script\b[^>]*>[^<]*", re.IGNORECASE)
"""Scripts in a deck: handlers in attributes, and elements."""
OF_BODIES = frozenset((")", "=>", "else", "try", "finally", "do"))
"""What precedes the body of a function or a block."""
PREPARING = frozenset("var let const function class async return throw".split())
"""How statements begin that have no effect by themselves."""
REMOTE_SCRIPT = lazy_compile(r"(?:https?:)?//[^\s\"']+\.m?js\b")


def read_scripts(scripts: Sequence[Script], *, widgets: bool = False, deck: str = "") -> ScriptReading:
    """Read the scripts of a page in order, and set what is kept of each.

    `widgets` says whether the page has htmlwidgets; what scripts in the text of the `deck` use is kept, too.
    """
    reading = ScriptReading(widgets=widgets)
    found = [
        Statement(number, statement)
        for number, script in enumerate(scripts)
        if _tells(script.span.text)
        for statement in statements(read_code(script.span))
    ]
    for statement in found:
        note_names(statement.code, reading.names)
    calling = {statement.script for statement in found if any(statement.code.calls("remark", ".", "create"))}
    for statement in found:
        if statement.script in calling:
            for name, place in deck_files(statement.code):
                reading.deck_files.setdefault(name, place)
    own = [_own(statement.code, reading) for statement in found]
    changed = {
        statement.script
        for statement, text in zip(found, own, strict=True)
        if text != statement.code.span.text
    }
    kept: dict[int, list[str]] = {}
    others = [
        *(match[0] for match in IN_DECK.finditer(deck)),
        *(item.span.text for index, item in enumerate(scripts) if index not in changed),
    ]
    for statement, text in used_statements(found, own, others, reading.names.expressions, reading.ours):
        kept.setdefault(statement.script, []).append(text)
    for number, script in enumerate(scripts):
        whole = number not in changed
        script.kept = script.span.text if whole else ";\n".join((*kept.get(number, []), ""))
    used = {word for text in (*others, *(script.kept for script in scripts)) for word in WORD.findall(text)}
    given = {name for statement in found for name, _ in declared(statement.code) if name not in reading.left}
    reading.absent = tuple(sorted(used & (LIBRARIES | reading.left) - given))
    return reading


def _tells(text: str) -> bool:
    if len(text) > LONG:
        return False
    return bool(TELLS.search(text) or (len(text) < SHORT and MAY_TELL.search(text)))


def _own(code: Expression, reading: ScriptReading) -> str | None:
    """The author's own part of a statement; None if slidegen replaces all of it."""
    text = code.span.text
    if reads_macros(code, reading):
        return None
    for _, arguments in code.calls("remark", ".", "create"):
        return read_call(code, list(arguments.split(",")), reading)
    if reads_math(code, reading):
        return None
    if COUNTDOWN.search(text):
        reading.countdown = _last_number(code)
        if reading.countdown:
            return None
    names = {name for name, _ in declared(code)}
    if is_snippet(text) or (not reading.widgets and "window.HTMLWidgets" in text[:30]):
        reading.left |= names
        return None
    if _asks_what_is_left(code, reading.left) and not _does_more(code, reading.left):
        reading.left |= names
        return None
    reading.left -= names
    for place in changes_of_source(code, reading.source_names):
        message = (
            "this script changes the deck's text when the page is opened; the deck is shown as it is written"
        )
        hint = "make the change in the deck itself"
        reading.diagnostics.append(Diagnostic(Mistake.SOURCE_CHANGED, message, place, hint))
    for token in code.tokens:
        if token.kind is ScriptTokenKind.STRING and (match := REMOTE_SCRIPT.fullmatch(quoted(token.text))):
            place = code.script.within(token.start, token.end)
            message = f"{match[0]} is loaded from the network, so the deck needs it"
            hint = "save a copy next to the page and use that"
            reading.diagnostics.append(Diagnostic(Mistake.REMOTE_ASSET, message, place, hint))
    return text


def _asks_what_is_left(code: Expression, left: Set[str]) -> bool:
    """Whether a statement uses a library that is dropped, or a name that a dropped statement defines."""
    return ASKS_LIBRARY.search(code.span.text) is not None or any(
        token.kind is ScriptTokenKind.NAME and token.text in left for token in code.tokens
    )


def _does_more(code: Expression, left: Set[str]) -> bool:
    """Whether a statement that uses something dropped also does something else.

    Loading a library does not count, nor do functions that only prepare a result.
    """
    texts = code.texts
    if "createElement" in texts and any(quoted(token.text) == "script" for token in code.tokens):
        return False
    opening = next(
        (at for at in range(1, len(texts)) if texts[at] == "{" and texts[at - 1] in OF_BODIES), None
    )
    if opening is None:
        return False
    for item in statements(code[opening + 1 : code.closing(opening)]):
        if not _asks_what_is_left(item, left):
            if _acts(item):
                return True
        elif _does_more(item, left):
            return True
        else:
            left = left | {name for name, _ in declared(item)}
    return False


def _acts(code: Expression) -> bool:
    """Whether a statement within a function is more than a declaration, a return or a condition for one."""
    texts = code.texts
    return not (texts[0] in PREPARING or (texts[0] == "if" and "return" in texts))


def _last_number(code: Expression) -> float:
    """The number in a statement's last argument; 0 if it is not a number."""
    numbers = [token.text for token in code.tokens[-4:] if token.kind is ScriptTokenKind.NUMBER]
    try:
        return float(numbers[-1]) if numbers else 0
    except ValueError:
        return 0
