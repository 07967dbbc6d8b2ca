"""LaTeX that math-core knows becomes MathML."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML

MAX_NESTING = 250
"""How deep elements may stand in each other. math-core calls itself for each level, and the smallest stacks
that threads have end somewhat beyond; browsers stop at 512 elements."""

_ERROR = re.compile(r"(\d+): (.*?)\.?\s*\Z", re.DOTALL)
_DEEPER = re.compile(r"\\(?:[A-Za-z]+|[\s\S]|\Z)|[{}&]")

_MENDED = (
    ('<mo stretchy="true">\u0332</mo>', '<mo stretchy="true">\u203e</mo>'),
    ('<mo stretchy="false">\u20d7</mo>', '<mo class="slidegen-math-vec" stretchy="false">\u20d7</mo>'),
    ("<mo>\u20db</mo>", '<mo class="slidegen-math-vec">\u20db</mo>'),
)
"""Marks that Chromium puts in the wrong place: the bar of `\\overline`, which is one below letters, does not
stretch as far as it should; of those without width, such as the arrow of `\\vec`, style sheets must know."""


class UnknownLatexError(Exception):
    """math-core does not accept a formula; carries its sentence and the offset in what it was given."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Converter:
    """math-core, imported with the first formula: decks without formulas need not wait for it."""

    @cached_property
    def _library(self) -> LatexToMathML:
        from math_core import LatexToMathML

        return LatexToMathML(annotation=True, fancy_error=False, allow_unreliable_rendering=True)

    def mathml(self, latex: str, *, display: bool) -> str:
        """The `<math>` element for LaTeX; raises UnknownLatexError."""
        from math_core import LatexError

        if latex.count("\\") + latex.count("{") > MAX_NESTING:
            check_nesting(latex)
        try:
            mathml = self._library.convert_with_local_state(latex, displaystyle=display)
        except LatexError as error:
            found = _ERROR.match(str(error))
            if found is None:
                raise UnknownLatexError(str(error), 0) from None
            raise UnknownLatexError(_sentence(found[2]), int(found[1])) from None
        for wrong, right in _MENDED:
            mathml = mathml.replace(wrong, right)
        return mathml


def check_nesting(latex: str) -> None:
    """Raise UnknownLatexError where LaTeX may nest too deeply.

    A level is a brace that is open or a command before which nothing has ended: `\\hat\\hat x` nests, and so
    does `\\large a \\large b`. What a brace or a cell of a table holds ends with it.
    """
    open_groups = [0]
    depth = 0
    for match in _DEEPER.finditer(latex):
        text = match[0]
        if text in ("{", "\\begin"):
            open_groups.append(0)
            depth += 1
        elif text in ("}", "\\end"):
            if len(open_groups) > 1:
                depth -= open_groups.pop() + 1
        elif text in ("&", "\\\\"):
            depth -= open_groups[-1]
            open_groups[-1] = 0
        else:
            open_groups[-1] += 1
            depth += 1
        if depth > MAX_NESTING:
            raise UnknownLatexError("the formula is too long or nested too deeply", match.start())


def _sentence(message: str) -> str:
    """math-core's sentence as slidegen writes them."""
    return message[:1].lower() + message[1:]
