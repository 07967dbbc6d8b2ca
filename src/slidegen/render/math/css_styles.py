"""Styles that math-core lacks: sizes, arbitrary CSS colours, boxes and classes.

A styled part is passed to math-core in two nested colours, which encode the number of its style as two digits. In
the result, the two coloured rows become one element with that style. The author's own colours are encoded alike, so
every colour in math-core's output is such a digit.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from msgspec import Struct, field

from slidegen.html_tags import tags_named
from slidegen.patterns import lazy_compile

_DIGITS = (
    "red green blue cyan magenta yellow black white gray brown lime olive orange pink purple teal".split()
)
_COLOR = lazy_compile(r' style="color:(#[0-9A-Fa-f]{6});"')

SIZES = {
    "\\tiny": 0.5,
    "\\Tiny": 0.6,
    "\\scriptsize": 0.7,
    "\\SMALL": 0.7,
    "\\footnotesize": 0.8,
    "\\Small": 0.8,
    "\\small": 0.85,
    "\\normalsize": 1,
    "\\large": 1.2,
    "\\Large": 1.44,
    "\\LARGE": 1.73,
    "\\huge": 2.07,
    "\\Huge": 2.49,
    "\\HUGE": 2.49,
}
"""MathJax's sizes, in em."""


class MathStyles(Struct):
    """The styles of one formula."""

    looks: list[tuple[str, str]] = field(default_factory=list)
    """Element and attributes."""

    def opening(self, element: str, **attributes: str) -> str:
        """LaTeX that opens a styled part; two closing braces end it."""
        written = "".join(f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items())
        look = (element, written)
        index = self.looks.index(look) if look in self.looks else len(self.looks)
        if index == len(_DIGITS) ** 2:
            index -= 1
        elif index == len(self.looks):
            self.looks.append(look)
        high, low = divmod(index, len(_DIGITS))
        return rf"\textcolor{{{_DIGITS[high]}}}{{\textcolor{{{_DIGITS[low]}}}{{"

    def apply(self, html: str) -> str:
        """The result of math-core with the styles applied."""
        if not self.looks:
            return html
        digits = _digits_of_colors()
        pieces: list[str] = []
        ends: list[str] = []
        high: int | None = None
        at = 0
        for row in tags_named("mrow").finditer(html):
            pieces.append(html[at : row.start()])
            at = row.end()
            color = _COLOR.fullmatch(row["inside"])
            if row["close"]:
                pieces.append(ends.pop())
            elif color is None:
                pieces.append(row[0])
                ends.append("</mrow>")
            elif high is None:
                high = digits[color[1].upper()]
                ends.append("")
            else:
                element, attributes = self.looks[high * len(_DIGITS) + digits[color[1].upper()]]
                high = None
                pieces.append(f"<{element}{attributes}>")
                ends.append(f"</{element}>")
        return "".join((*pieces, html[at:]))


@cache
def _digits_of_colors() -> dict[str, int]:
    """Which digit each colour in math-core's result stands for."""
    return {_color_of(name): digit for digit, name in enumerate(_DIGITS)}


@cache
def _color_of(name: str) -> str:
    """math-core's colour for a name; empty if it has none."""
    from math_core import LatexError, LatexToMathML  # takes time that decks without formulas do not need

    try:
        html = LatexToMathML().convert_with_local_state(rf"\textcolor{{{name}}}{{x}}", displaystyle=False)
    except LatexError:
        return ""
    found = _COLOR.search(html)
    return found[1].upper() if found else ""


def css_color(model: str, spec: str) -> str:
    """A colour of LaTeX or MathJax for CSS. Names with capitals may be LaTeX's: `BrickRed`."""
    numbers = re.findall(r"\d*\.?\d+", spec)
    if model == "HTML":
        return "#" + re.sub(r"[^0-9A-Fa-f]", "", spec)
    if model == "RGB" and len(numbers) == 3:
        return f"rgb({','.join(numbers)})"
    if model == "rgb" and len(numbers) == 3:
        return f"rgb({','.join(f'{float(number):.2%}' for number in numbers)})"
    if model == "gray" and numbers:
        return f"rgb({','.join([f'{float(numbers[0]):.2%}'] * 3)})"
    if spec.isascii() and spec.isalpha() and not spec.islower():
        return _color_of(spec) or spec
    return re.sub(r'[;"{}<>]', "", spec)


def box_style(options: str) -> str:
    """The declarations for `\\bbox[yellow, 3px, border: 1px solid red]`."""
    declarations = []
    for option in options.split(","):
        value = re.sub(r'[;"{}<>]', "", option).strip()
        if value.startswith("border:"):
            declarations.append(value)
        elif re.fullmatch(r"[\d.]+\s*[a-z]+", value):
            declarations.append(f"padding:{value}")
        elif value:
            declarations.append(f"background:{css_color('', value)}")
    return ";".join(declarations)
