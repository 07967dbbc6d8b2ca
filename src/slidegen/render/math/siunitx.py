r"""The package siunitx: `\num`, `\unit`, `\qty`, `\ang`, their lists, ranges, products and older names."""

from __future__ import annotations

import re
from collections.abc import Callable

from slidegen.render.math.macros import Macro
from slidegen.render.math.numbers import angle, number
from slidegen.render.math.packages import has_argument, option, say, unknown, written
from slidegen.render.math.rewriter import Command, Rewriter
from slidegen.render.math.tokens import TexToken
from slidegen.render.math.units import UnknownUnitError, unit

SETTINGS = "siunitx"
"""The key for `\\sisetup`'s settings among the macros, which no command can have."""
TIGHT = r"\mathrm{°}", r"\mathrm{′}", r"\mathrm{″}"
"""Units directly after their number."""
PHYSICS_BRACKETS = {"(": ")", "[": "]", "|": "|"}


def _unit(rewriter: Rewriter, token: TexToken, options: str, text: str) -> str:
    settings = rewriter.macros.get(SETTINGS)
    set_up = "".join(str(part) for part in settings.body) if settings is not None else ""
    known: dict[str, str] = {}
    for entry in re.split(r",(?![^{]*\})", f"{set_up},{options}"):
        key, _, value = entry.partition("=")
        known[key.strip()] = value.strip()
    own = {
        name[1:]: "".join(str(part) for part in macro.body)
        for name, macro in rewriter.macros.items()
        if name in text and macro.parameters == 0
    }
    try:
        return unit(text, known, own)
    except UnknownUnitError as error:
        raise unknown("siunitx", f"the unit {error}", token) from None


def _quantity(value: str, shown: str) -> str:
    space = "" if shown.startswith(TIGHT) or not shown else r"\,"
    return f"{number(value, unit=bool(shown))}{space}{shown}"


def _num(rewriter: Rewriter, token: TexToken) -> None:
    option(rewriter, token)
    say(rewriter, token, number(written(rewriter, token)))


def _ang(rewriter: Rewriter, token: TexToken) -> None:
    option(rewriter, token)
    say(rewriter, token, angle(written(rewriter, token)))


def _si(rewriter: Rewriter, token: TexToken) -> None:
    options = option(rewriter, token)
    say(rewriter, token, _unit(rewriter, token, options, written(rewriter, token)))


def _qty(rewriter: Rewriter, token: TexToken) -> None:
    """A number and its unit. In the package physics, `\\qty` makes brackets as large as their content."""
    stream = rewriter.stream
    stream.skip_space()
    opening = stream.peek()
    if token.text == "\\qty" and opening in ("(", "|"):
        stream.pop()
        closing = PHYSICS_BRACKETS[opening]
        inner = "".join(part.text for part in stream.until(closing, token))
        say(rewriter, token, rf"\left{opening}{inner}\right{closing}")
        return
    options = option(rewriter, token)
    if token.text == "\\qty" and options and not has_argument(rewriter):
        say(rewriter, token, rf"\left[{options}\right]")
        return
    value = written(rewriter, token)
    if token.text == "\\qty" and not has_argument(rewriter):
        say(rewriter, token, rf"\left\{{{value}\right\}}")
        return
    before = option(rewriter, token)
    shown = _unit(rewriter, token, options, written(rewriter, token))
    sign = f"{_unit(rewriter, token, options, before)}" if before else ""
    say(rewriter, token, sign + _quantity(value, shown))


def _several(put: Callable[[list[str]], str], *, values: int, with_unit: bool) -> Command:
    """A command for several numbers, in a list separated by semicolons or in two arguments, and their unit."""

    def run(rewriter: Rewriter, token: TexToken) -> None:
        options = option(rewriter, token)
        parts = [part for _ in range(values) for part in written(rewriter, token).split(";")]
        if not with_unit:
            say(rewriter, token, put([number(part) for part in parts]))
            return
        shown = _unit(rewriter, token, options, written(rewriter, token))
        say(rewriter, token, put([_quantity(part, shown) for part in parts]))

    return run


def _list(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return ",\\ ".join(parts[:-1]) + r"\text{ and }" + parts[-1]


def _range(parts: list[str]) -> str:
    return r"\text{ to }".join(parts)


def _declare(rewriter: Rewriter, token: TexToken) -> None:
    option(rewriter, token)
    name = written(rewriter, token).strip()
    option(rewriter, token)
    rewriter.macros[name] = Macro(tuple(part.text for part in rewriter.stream.argument(token)))
    rewriter.defines = True


def _setup(rewriter: Rewriter, token: TexToken) -> None:
    rewriter.macros[SETTINGS] = Macro((written(rewriter, token),))
    rewriter.defines = True


SIUNITX: dict[str, Command] = {
    "\\num": _num,
    "\\tablenum": _num,
    "\\complexnum": _num,
    "\\ang": _ang,
    "\\unit": _si,
    "\\si": _si,
    "\\qty": _qty,
    "\\SI": _qty,
    "\\complexqty": _qty,
    "\\numlist": _several(_list, values=1, with_unit=False),
    "\\numrange": _several(_range, values=2, with_unit=False),
    "\\numproduct": _num,
    "\\qtylist": _several(_list, values=1, with_unit=True),
    "\\SIlist": _several(_list, values=1, with_unit=True),
    "\\qtyrange": _several(_range, values=2, with_unit=True),
    "\\SIrange": _several(_range, values=2, with_unit=True),
    "\\qtyproduct": _qty,
    "\\DeclareSIUnit": _declare,
    "\\sisetup": _setup,
}
"""Its commands."""
