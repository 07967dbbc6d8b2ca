r"""The package mhchem: `\ce` for chemical formulas, `\pu` for physical units."""

from __future__ import annotations

from slidegen.patterns import lazy_compile
from slidegen.render.math.chemistry import chemical_formula
from slidegen.render.math.numbers import number
from slidegen.render.math.packages import say, unknown, written
from slidegen.render.math.rewriter import Command, Rewriter
from slidegen.render.math.tokens import TexToken

VALUE = lazy_compile(
    r"\s*(?P<number>(?:\+-|[-+±])?\s*\d*(?:[.,]\d+)?(?:\(\d+\))?(?:\s*(?:\+-|±)\s*[\d.,]+)?(?:[eE][-+]?\d+)?)\s*"
)
PER_UNIT = lazy_compile(r"(?P<unit>[^\W\d_]+|°C|[°%Å‰])(?P<power>\^?-?\d+|\^\{-?\d+\})?")
COMMAND = lazy_compile(r"\\(?:[A-Za-z]+|[\s\S])")


def physical_unit(text: str) -> str:
    """LaTeX for mhchem's `\\pu`: a number, and units separated by spaces, stars, dots and slashes."""
    value = VALUE.match(text)
    shown = number(value["number"], unit=True) if value is not None and value["number"].strip() else ""
    rest = text[value.end() :] if value is not None else text
    over, fraction, under = rest.partition("//")
    if fraction:
        quotient = rf"\frac{{{_plain_units(over) or '1'}}}{{{_plain_units(under)}}}"
        return rf"{shown}\,{quotient}" if shown else quotient
    units = _plain_units(rest)
    tight = rest.lstrip().startswith(("°", "%", "/")) and not rest.lstrip().startswith("°C")
    return f"{shown}{'' if tight or not shown or not units else chr(92) + ','}{units}"


def _plain_units(text: str) -> str:
    pieces: list[str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = PER_UNIT.match(text, at)
        if match is not None:
            power = (match["power"] or "").strip("^{}")
            symbol = match["unit"].replace("%", r"\%")
            pieces.append(rf"\mathrm{{{symbol}}}" + (f"^{{{power}}}" if power else ""))
            at = match.end()
            continue
        if text[at] == "$":
            end = text.find("$", at + 1)
            end = len(text) if end < 0 else end
            pieces.append(text[at + 1 : end])
            at = end + 1
            continue
        if text[at] == "\\":
            command = COMMAND.match(text, at)
            pieces.append(f"{command[0]} " if command is not None else "")
            at = command.end() if command is not None else at + 1
            continue
        if text[at].isspace():
            while at < len(text) and text[at].isspace():
                at += 1
            pieces.append(r"\,")
            continue
        pieces.append({"*": r"\cdot ", ".": r"\cdot ", "·": r"\cdot "}.get(text[at], text[at]))
        at += 1
    return "".join(pieces)


def _chemical(rewriter: Rewriter, token: TexToken) -> None:
    text = written(rewriter, token)
    try:
        latex = chemical_formula(text)
    except ValueError as error:
        raise unknown("mhchem", str(error), token) from None
    say(rewriter, token, latex)


def _physical(rewriter: Rewriter, token: TexToken) -> None:
    say(rewriter, token, physical_unit(written(rewriter, token)))


MHCHEM: dict[str, Command] = {"\\ce": _chemical, "\\cf": _chemical, "\\pu": _physical}
"""Its commands."""
