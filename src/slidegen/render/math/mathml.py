"""Converts LaTeX that math-core supports to MathML."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from slidegen.patterns import lazy_compile

if TYPE_CHECKING:
    from math_core import LatexToMathML

MAX_DEPTH = 250
"""How deeply elements may nest. math-core recurses for each level, and the smallest thread stacks
end somewhat beyond; browsers stop at 512 elements."""

MAX_OPEN_BRACKETS = 12
"""How many brackets may be open at once. Each that is never closed doubles the time that math-core 0.9 takes:
with 12 that is a millisecond, with 40 a week."""

_BRACKETS = "(\\[⌈⌊⌜⌞⎰❲⟅⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⧘⧚⧼"
_OPENING = (
    r"\\(?:\{|(?:l(?:paren|brack|brace|angle|floor|ceil|group|moustache|vert|Vert|Brack|Brace|Angle|ang|langle"
    r"|lbracket|lparenthesis|lcorner)|ulcorner|mathopen|[kK]et|[bB]raket|[bB]ra)(?![A-Za-z]))"
)
_CLOSING = (
    r"\\(?:\}|(?:r(?:paren|brack|brace|angle|floor|ceil|group|moustache|vert|Vert|Brack|Brace|Angle|ang|rangle"
    r"|rbracket|rparenthesis)|urcorner|lrcorner|mathclose)(?![A-Za-z]))"
)
_COST = lazy_compile(
    rf"\\(?P<size>left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*(?:\\(?:[A-Za-z]+|[\s\S])|[^\\]|\Z)"
    rf"|(?P<open>{_OPENING}|[{_BRACKETS}])|(?P<close>{_CLOSING}|[)\]])"
    r"|(?P<enter>\{|\\begin(?![A-Za-z]))|(?P<leave>\}|\\end(?![A-Za-z]))|(?P<cell>&|\\\\)"
    r"|(?P<command>\\(?:[A-Za-z]+|[\s\S]|\Z))"
)
_COSTLY = lazy_compile(rf"{_OPENING}|\\[bB]igg?l(?![A-Za-z])|[{_BRACKETS}]")

_MENDED = (
    ('<mo stretchy="true">\u0332</mo>', '<mo stretchy="true">\u203e</mo>'),
    ('<mo stretchy="false">\u20d7</mo>', '<mo class="slidegen-math-vec" stretchy="false">\u20d7</mo>'),
    ("<mo>\u20db</mo>", '<mo class="slidegen-math-vec">\u20db</mo>'),
)
"""Marks that Chromium misplaces: the bar of `\\overline`, which is one below letters, does not
stretch as far as it should; style sheets need to recognise those without width, such as the arrow of `\\vec`."""

PANIC = "PanicException"
"""The exception for a fault in a library written in Rust. It is not an Exception, and quotes its input."""

_TEXT = lazy_compile(r"<mtext[^>]*>(?!\s*</mtext>).*?</mtext>", re.DOTALL)


class UnknownLatexError(Exception):
    """math-core rejects a formula; carries its message and the offset in its input."""

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

        nesting = latex.count("\\") + latex.count("{")
        if nesting > MAX_DEPTH or len(_COSTLY.findall(latex)) > MAX_OPEN_BRACKETS:
            check_cost(latex)
        try:
            mathml = self._library.convert_with_local_state(latex, displaystyle=display)
        except LatexError as error:
            offset, _, message = str(error).partition(": ")
            raise UnknownLatexError(_sentence(message), int(offset)) from None
        except BaseException as error:
            if type(error).__name__ == PANIC:
                raise UnknownLatexError("the formula makes math-core fail", 0) from None
            raise
        for wrong, right in _MENDED:
            mathml = mathml.replace(wrong, right)
        if "<mo" in mathml:
            # To MathML, text is a kind of space: the `=` of `\text{a} = \text{b}` would be an operator that fills
            # its row, and put its spacing around the row. An empty identifier makes it a row of three.
            mathml = _TEXT.sub(r"<mrow>\g<0><mi></mi></mrow>", mathml)
        return mathml


def check_cost(latex: str) -> None:
    """Raise UnknownLatexError for LaTeX on which math-core might run out of stack or time.

    Nesting is overestimated rather than underestimated: an open group is a level, and so is a command until its
    group ends, since `\\hat\\hat x` nests, and `\\bf a \\bf b` does, too. Brackets that a group leaves open
    count for the group around it.
    """
    commands, brackets = [0], [0]
    depth = 0
    for match in _COST.finditer(latex):
        kind, size = match.lastgroup, match["size"]
        if size is not None:
            kind = {"left": "enter", "right": "leave"}.get(size, {"l": "open", "r": "close"}.get(size[-1]))
        if kind == "enter":
            commands.append(0)
            brackets.append(0)
            depth += 1
        elif kind == "leave":
            if len(commands) > 1:
                depth -= commands.pop() + 1
                left_open = brackets.pop()
                brackets[-1] += left_open
        elif kind == "cell":
            depth -= commands[-1]
            commands[-1] = brackets[-1] = 0
        elif kind == "open":
            brackets[-1] += 1
        elif kind == "close":
            brackets[-1] = max(brackets[-1] - 1, 0)
        if kind in ("command", "open") or size is not None:
            commands[-1] += 1
            depth += 1
        if depth > MAX_DEPTH:
            raise UnknownLatexError("the formula is too long or nested too deeply", match.start())
        if brackets[-1] > MAX_OPEN_BRACKETS:
            raise UnknownLatexError(f"more than {MAX_OPEN_BRACKETS} brackets are open at once", match.start())


def _sentence(message: str) -> str:
    """math-core's message in slidegen's style."""
    return message[:1].lower() + message[1:].rstrip(". ")
