"""Finds how a page's scripts set up remark and MathJax, and which statements are the author's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from msgspec import Struct, field

from slidegen.diagnostics import Code as Mistake
from slidegen.diagnostics import Diagnostic
from slidegen.patterns import lazy_compile
from slidegen.reading.html_page.macros import image_macro, read_macro
from slidegen.reading.html_page.page_macro import WrittenMacro
from slidegen.reading.html_page.source_uses import changes_of_source
from slidegen.reading.html_page.superseded_scripts import (
    ASKS_LIBRARY,
    COUNTDOWN,
    LIBRARIES,
    is_code,
    is_snippet,
)
from slidegen.reading.javascript.declarations import (
    WORD,
    Statement,
    assigned_property,
    declared,
    note_names,
    used_statements,
)
from slidegen.reading.javascript.static_values import ComputedError, Names, ObjectEntry, entries_of, quoted
from slidegen.reading.javascript.tokens import Expression, ScriptTokenKind, read_code, statements
from slidegen.source import Span

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


class Script(Struct):
    """A script of the page, or a file of its own, with the author's part of it."""

    span: Span
    kept: str = ""
    """What is kept; empty if slidegen replaces all of it."""


class ScriptReading(Struct):
    """What the scripts of a page contain."""

    options: list[ObjectEntry] = field(default_factory=list)
    macros: dict[str, WrittenMacro] = field(default_factory=dict)
    unknown_macros: dict[str, Span] = field(default_factory=dict)
    math: list[tuple[str, Expression]] = field(default_factory=list)
    """Objects that configure formulas, each with its owner: `MathJax` or `katex`."""
    names: Names = field(default_factory=Names)
    ours: set[str] = field(default_factory=set)
    """Names of objects that remark was given."""
    widgets: bool = False
    """Whether the page has htmlwidgets, which need to know when a slide is shown."""
    source_names: set[str] = field(default_factory=set)
    """Names of the deck's element."""
    left: set[str] = field(default_factory=set)
    """Names defined by statements that are dropped."""
    absent: tuple[str, ...] = ()
    """Names from dropped statements that kept scripts use, and scripts in the deck."""
    countdown: float = 0
    """Milliseconds that xaringan's script gives each slide."""
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def not_understood(self, what: str, code: Expression) -> None:
        """Report that a part of the page is unknown, or known only when it is opened."""
        message, hint = explain_unsupported(what, code)
        self.diagnostics.append(Diagnostic(Mistake.COMPUTED, message, code.span, hint))


def explain_unsupported(what: str, code: Expression) -> tuple[str, str]:
    """The message and hint for code whose value cannot be known."""
    if code.is_whole:
        why, hint = "is computed when the page is opened", "write the value itself, or set it in slidegen.yml"
    else:
        why, hint = "does not parse", "look for a bracket or a quotation mark without its other end"
    return f"{what} {why}, and was left out", hint


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
    if _reads_macros(code, reading):
        return None
    for _, arguments in code.calls("remark", ".", "create"):
        return _create(code, list(arguments.split(",")), reading)
    if _reads_math(code, reading):
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


def _create(code: Expression, arguments: list[Expression], reading: ScriptReading) -> str | None:
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
    if callback is not None and not _does_math(callback, reading):
        kept.append(f"remark.create({{}}, {callback.span.text});")
    chained = code[code.closing(at + 3) + 1 :]
    if chained.texts[:1] == ["."]:
        kept.append(f"slideshow{chained.span.text};")
    return "\n".join(kept) or None


def _own_within(code: Expression, at: int) -> str | None:
    """The statement around a `remark.create` in a function; None if it does nothing else."""
    opening = at
    depth = 0
    for opening in range(at - 1, -1, -1):
        text = code.tokens[opening].text
        depth += (text in ("}", ")", "]")) - (text in ("{", "(", "["))
        if text == "{" and depth < 0:
            break
    body = list(statements(code[opening + 1 : code.closing(opening)]))
    others = [
        item for item in body if "remark.create" not in "".join(item.texts) and not is_code(item.span.text)
    ]
    return code.span.text if others else None


def _does_math(callback: Expression, reading: ScriptReading) -> bool:
    """Whether a callback, or the function of its name, only shows formulas."""
    texts = callback.texts
    if len(texts) == 1:
        known = reading.names.expressions.get(texts[0])
        if known is None:
            return "math" in texts[0].lower()
        callback = known
    for whose, code in _math_objects(callback):
        reading.math.append((whose, code))
    arrow = callback.texts.index("=>") if "=>" in callback.texts else None
    if arrow is not None and callback.texts[arrow + 1 : arrow + 2] != ["{"]:
        return is_code(callback.span.text)
    opening = next((index for index, text in enumerate(callback.texts) if text == "{"), None)
    if opening is None:
        return is_code(callback.span.text)
    body = statements(callback[opening + 1 : callback.closing(opening)])
    return all(is_code(item.span.text) or item.texts == ["renderMath", "(", ")"] for item in body)


def _read_options(given: Expression, reading: ScriptReading) -> None:
    unknown: list[Expression] = []
    try:
        reading.options += entries_of(given, reading.names, unknown=unknown)
    except ComputedError as error:
        unknown.append(error.code if error.code.tokens else given)
    for code in unknown:
        reading.not_understood(f"{_short(code.span.text)}, given to remark.create,", code)


def _reads_macros(code: Expression, reading: ScriptReading) -> bool:
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
        reading.not_understood("what is given to remark.macros", error.code)
        return []


def _reads_math(code: Expression, reading: ScriptReading) -> bool:
    """Read a statement that configures formulas; False if it does something else."""
    found = list(_math_objects(code))
    reading.math += found
    return bool(found)


def _math_objects(code: Expression) -> Iterator[tuple[str, Expression]]:
    texts = code.texts
    start = 2 if texts[:2] == ["window", "."] else 0
    if texts[start : start + 2] == ["MathJax", "="]:
        yield "MathJax", code[start + 2 :]
    for _, arguments in code.calls("MathJax", ".", "Hub", ".", "Config"):
        yield "MathJax", arguments
    for _, arguments in code.calls("renderMathInElement"):
        yield from (("katex", part) for part in list(arguments.split(","))[1:2])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
