"""Recognises sizes in a macro's styles that browsers do not accept."""

from __future__ import annotations

import re

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.syntax.nodes import MacroCall

SIZED = lazy_compile(r"""\bstyle=(?P<quote>["'])(?P<style>[^"']*)(?P=quote)""")
SIZE = lazy_compile(r"(?<![\w-])(?P<name>width|height)[ \t]*:[ \t]*(?P<value>[^;]*)")
NUMBER = lazy_compile(r"\d+(?:\.\d+)?|\.\d+")
UNITS = "% px em rem ex ch lh vw vh vmin vmax svw svh dvw dvh cqw cqh cm mm in pt pc q fr".split()
VALID = lazy_compile(
    rf"(?:\d+(?:\.\d+)?|\.\d+)(?:{'|'.join(UNITS)})|0|auto|inherit|initial|unset|revert"
    r"|(?:min|max|fit)-content|stretch|(?:calc|min|max|clamp|var|fit-content)\(.*",
    re.IGNORECASE,
)
ZERO = lazy_compile(rf"0*\.?0+(?:{'|'.join(UNITS)})?", re.IGNORECASE)
WITH_SPACE = lazy_compile(rf"(\d+(?:\.\d+)?|\.\d+)\s+({'|'.join(UNITS)})", re.IGNORECASE)


def check_sizes(call: MacroCall, html: str, reporter: Reporter, *, own: bool) -> None:
    """Warn of a call that leads to an invalid size, or one without a unit.

    Otherwise, the output of a macro that came with the deck is its author's business; `own` marks slidegen's macros.
    """
    for style in SIZED.finditer(html):
        for size in SIZE.finditer(style["style"]):
            value = size["value"].strip().lower()
            number = NUMBER.fullmatch(value)
            if own and ZERO.fullmatch(value):
                message = f"the size {value} shows nothing"
                reporter.report(Code.NO_SIZE, message, call.span, hint=f"write {_call(call, '60%')}")
                return
            if VALID.fullmatch(value) or not (own or number):
                continue
            reporter.report(
                Code.NO_SIZE, _message(call, size["value"].strip()), call.span, hint=_hint(call, value)
            )
            return
    if own and not call.target and "src=" in html and call.name not in ("qr",):
        message = f"![:{call.name}] names no file"
        reporter.report(
            Code.NO_SIZE, message, call.span, hint=f"write {_call(call, ', '.join(call.args) or '60%')}"
        )


def _message(call: MacroCall, value: str) -> str:
    if not value:
        return f"![:{call.name}] is called without a size, so the picture keeps its own"
    if NUMBER.fullmatch(value):
        return f"the size {value} has no unit, so it does nothing"
    return f"{value} is not a size, so it does nothing"


def _hint(call: MacroCall, value: str) -> str:
    """The suggestion: pixels for a number that cannot be a percentage, a percentage for a fraction of one."""
    spaced = WITH_SPACE.fullmatch(value)
    if spaced is not None:
        return f"write {_call(call, spaced[1] + spaced[2])}"
    if not NUMBER.fullmatch(value):
        return f"write {_call(call, '60%')}"
    number = float(value)
    if number <= 1:
        return f"write {_call(call, f'{number * 100:g}%')}"
    return (
        f"write {_call(call, f'{value}%')}, or {value}px"
        if number <= 100
        else f"write {_call(call, f'{value}px')}"
    )


def _call(call: MacroCall, size: str) -> str:
    more = ", ".join((size, *call.args[1:]))
    return f"![:{call.name} {more}]({call.target or 'picture.png'})"
