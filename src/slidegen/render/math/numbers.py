r"""Parses numbers and angles as siunitx does: `1.2(3)e-4`, `5 +- 1`, `2 x 3`, `1;30;0`."""

from __future__ import annotations

import re

from slidegen.patterns import lazy_compile

NUMBER = lazy_compile(
    r"\s*(?P<comparator>[<>~]|\\(?:approx|sim|le|ge|leq|geq|ll|gg)\b)?\s*(?P<sign>\+-|-\+|\\pm|\\mp|[-+−±])?\s*"
    r"(?P<digits>[\d\s]*[.,]?[\d\s]*)(?:\((?P<last>[\d.,]+)\))?"
    r"\s*(?:(?:\+-|\\pm|±)\s*(?P<plusminus>[\d.,]+))?\s*(?:[eEdD]\s*(?P<power>[+-]?\d+))?\s*"
)
GROUPED = 5
"""The number of digits from which siunitx puts spaces between groups of three."""


def number(text: str, *, unit: bool = False) -> str:
    """LaTeX for a number in siunitx's notation; `unit` says that a unit follows, so that a tolerance needs brackets."""
    if re.search(r"\d\s*(?:x|\\times)\s*[\d.]", text):
        return r"\times ".join(number(part) for part in re.split(r"\s*(?:x|\\times)\s*", text))
    match = NUMBER.fullmatch(text)
    if match is None:
        return text
    digits = _grouped(match["digits"])
    sign = {"+-": r"\pm ", "±": r"\pm ", "-+": r"\mp ", "−": "-"}.get(
        match["sign"] or "", match["sign"] or ""
    )
    result = {"~": r"{\sim}"}.get(match["comparator"] or "", match["comparator"] or "")
    result += (" " if result else "") + sign + digits
    if match["last"]:
        result += f"({match['last']})"
    if match["plusminus"]:
        result += rf"\pm {_grouped(match['plusminus'])}"
        if unit or match["power"]:
            result = f"({result})"
    if match["power"]:
        power = f"10^{{{match['power'].lstrip('+')}}}"
        result = rf"{result}\times {power}" if digits else result + power
    return result


def _grouped(digits: str) -> str:
    """Digits in groups of three, starting at the decimal point."""
    whole, point, fraction = re.sub(r"\s", "", digits).replace(",", ".").partition(".")
    whole = whole or ("0" if point and fraction else "")
    if len(whole) >= GROUPED:
        first = len(whole) % 3
        groups = [whole[:first]] * bool(first) + [whole[at : at + 3] for at in range(first, len(whole), 3)]
        whole = r"\,".join(groups)
    if len(fraction) >= GROUPED:
        fraction = r"\,".join(fraction[at : at + 3] for at in range(0, len(fraction), 3))
    return whole + point + fraction


def angle(text: str) -> str:
    """LaTeX for an angle: degrees, or degrees, minutes and seconds separated by semicolons."""
    signs = (r"^{\circ}", "'", "''")
    parts = (number(part) + sign for part, sign in zip(text.split(";"), signs, strict=False) if part.strip())
    return "".join(parts)
