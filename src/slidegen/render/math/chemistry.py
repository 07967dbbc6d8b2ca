r"""Chemical formulas: translates mhchem's `\ce` into LaTeX commands.

The formula is read from left to right. A number is an amount before a substance and a subscript after an atom or a
bracket; a sign is a charge after an atom, a bond between atoms, and an operator between spaces.
"""

from __future__ import annotations

import re

from slidegen.patterns import lazy_compile
from slidegen.render.math.groups import group_end

ARROWS = {
    "->": r"\xrightarrow",
    "→": r"\xrightarrow",
    "<-": r"\xleftarrow",
    "←": r"\xleftarrow",
    "<->": r"\xleftrightarrow",
    "↔": r"\xleftrightarrow",
    "<-->": r"\xtofrom",
    "⇄": r"\xtofrom",
    "<=>": r"\xrightleftharpoons",
    "⇌": r"\xrightleftharpoons",
}
UNEVEN = {"<=>>": "⥂", "<<=>": "⥄"}
"""Arrows of an equilibrium that lies on one side; they do not stretch."""
BONDS = {
    "-": "-",
    "1": "-",
    "=": "=",
    "2": "=",
    "#": r"\equiv",
    "3": r"\equiv",
    "~": r"\cdots",
    "~-": r"\overset{\cdots}{-}",
    "~=": r"\overset{\cdots}{=}",
    "~--": r"\overset{\cdots}{=}",
    "-~-": r"\overset{-}{\underset{-}{\cdots}}",
    "...": r"\cdot\!\cdot\!\cdot",
    "....": r"\cdot\!\cdot\!\cdot\!\cdot",
    "->": r"\rightarrow",
    "<-": r"\leftarrow",
}
"""By the argument of `\\bond`, or the characters between two atoms."""

ARROW = lazy_compile(r"\s*(<<=>|<=>>|<=>|<-->|<->|<-(?!\d)|->|[→←↔⇄⇌])\s*([TCM]?(?=\[))?")
OPERATOR = lazy_compile(r"(?:(\+-|\+|-|=|<<|>>|<|>|\.\.\.|\\pm)|(v|\(v\)|\^|\(\^\)))(?=\s|\Z|\\\\|&)")
AMOUNT = lazy_compile(
    r"(?:(?P<over>\d+)/(?P<under>\d+)|(?P<number>\d+(?:[.,]\d+)?)|(?P<flat>\(\d+/\d+\))|(?P<letter>[a-z](?=\s+[A-Z(\[{$])))"
)
ATOM = lazy_compile(r"[A-Z][a-z]*|[a-z]+|[^\W\d_]+")
STATE = lazy_compile(r"\((?:[a-z]{1,3}|\$[^$]*\$)(?:,[^()]*)?\)")
CHARGE = lazy_compile(r"[+-]+(?=[\s)\]}_^.,;:*&]|\((?:aq|[a-z])\)|\\[}\\]|\Z)|\+|'+")
SCRIPT = lazy_compile(r"[+-]\d+|\d*(?:[a-z](?=[+-]))?[+-]+|\d+|[.'*]+|[A-Za-z]")
NUMBER = lazy_compile(r"\d+")
PART = lazy_compile(
    r"(?P<upright>[A-Z][A-Za-z]*|[a-z]{2,})|(?P<dot>\.)|(?P<prime>'+)|(?P<command>\\(?:[A-Za-z]+|.))"
)
"""What may be in a subscript or a charge."""
COMMAND = lazy_compile(r"\\(?:[A-Za-z]+|[\s\S])")
NO_BASE = r"{\vphantom{A}}"


MAX_DEPTH = 20
"""How deeply formulas may nest, in braces and over arrows."""


def chemical_formula(text: str, depth: int = 0) -> str:
    """LaTeX for the argument of `\\ce`; raises ValueError if it is nested too deeply."""
    if depth > MAX_DEPTH:
        raise ValueError("such nesting")
    return _Reader(text, depth).read()


class _Reader:
    """One pass over the formula."""

    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.depth = depth
        self.at = 0
        self.out: list[str] = []
        self.fresh = True
        """Whether a substance may begin here, so that numbers are amounts and signs operators."""
        self.scripts = ""
        """Which of `_` and `^` the previous atom has, in that order."""
        self.greek = False
        """Whether a Greek letter comes directly before."""

    def read(self) -> str:
        """Read all of it."""
        while self.at < len(self.text):
            if not (self._between() or self._before_substance() or self._behind_atom() or self._atom()):
                self._put(self.text[self.at], self.at + 1)
        return "".join(self.out)

    def _put(self, latex: str, end: int, *, fresh: bool = False) -> bool:
        self.out.append(latex)
        self.at, self.fresh, self.scripts, self.greek = end, fresh, "", False
        return True

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.text, self.at)

    def _between(self) -> bool:
        """White space, arrows, operators, and plain LaTeX."""
        text, at = self.text, self.at
        arrow = self._match(ARROW)
        if arrow is not None:
            return self._arrow(arrow)
        if text[at].isspace():
            end = at
            while end < len(text) and text[end].isspace():
                end += 1
            operator = OPERATOR.match(text, end)
            if operator is not None:
                return self._operator(operator)
            return self._put(r"\;" if self.out and end < len(text) else "", end, fresh=True)
        if self.fresh and not self.out:
            operator = self._match(OPERATOR)
            if operator is not None and operator[2] is None:
                return self._operator(operator)
        if text[at] == "$":
            end = text.find("$", at + 1)
            end = len(text) if end < 0 else end
            return self._put(f"{{{text[at + 1 : end]}}}", end + 1)
        if text[at] == "&" or text.startswith("\\\\", at):
            end = at + (1 if text[at] == "&" else 2)
            return self._put(text[at:end], end, fresh=True)
        return False

    def _arrow(self, arrow: re.Match[str]) -> bool:
        end = arrow.end()
        labels: list[str] = []
        while len(labels) < 2 and end < len(self.text) and self.text[end] == "[":
            close = group_end(self.text, end)
            label = self.text[end + 1 : close - 1]
            labels.append(
                rf"\text{{{label}}}" if arrow[2] == "T" else chemical_formula(label.strip(), self.depth + 1)
            )
            end = close
        above, below = (*labels, "", "")[:2]
        if arrow[1] in UNEVEN:
            sign = rf"\overset{{{above}}}{{\underset{{{below}}}{{{UNEVEN[arrow[1]]}}}}}"
            return self._put(rf"\quad{sign}\quad ", self._past_space(end), fresh=True)
        under = f"[{below}]" if below else ""
        return self._put(f"{ARROWS[arrow[1]]}{under}{{{above}}}", self._past_space(end), fresh=True)

    def _past_space(self, at: int) -> int:
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at

    def _operator(self, operator: re.Match[str]) -> bool:
        sign = operator[1]
        if sign is None:
            arrow = r"\downarrow" if "v" in operator[2] else r"\uparrow"
            return self._put(rf"\,{{{arrow}}}", operator.end(), fresh=True)
        latex = {"+-": r"\pm", "<<": r"\ll", ">>": r"\gg", "...": r"\cdots"}.get(sign, sign)
        end = self._past_space(operator.end())
        return self._put(f"{{}}{latex}{{}}" if self.out else latex, end, fresh=True)

    def _before_substance(self) -> bool:
        """Amounts, and the mass and charge of an isotope."""
        if not self.fresh:
            return False
        amount = self._match(AMOUNT)
        if amount is not None and not (amount["letter"] and self.at and self.text[self.at - 1] in "-="):
            latex = (
                rf"\tfrac{{{amount['over']}}}{{{amount['under']}}}"
                if amount["over"]
                else amount[0].replace(",", "{,}")
            )
            return self._put(latex + r"\,", self._past_space(amount.end()), fresh=True)
        if self.text[self.at] in "^_":
            marks = {"^": "", "_": ""}
            while self.at < len(self.text) and self.text[self.at] in "^_" and not marks[self.text[self.at]]:
                mark = self.text[self.at]
                marks[mark] = self._script()
            atom = self._match(ATOM)
            base = rf"\mathrm{{{atom[0]}}}" if atom is not None else NO_BASE
            end = atom.end() if atom is not None else self.at
            return self._put(rf"\prescript{{{marks['^']}}}{{{marks['_']}}}{{{base}}}", end)
        return False

    def _behind_atom(self) -> bool:
        """Subscripts, charges, bonds, states, and the dot before an addition."""
        text, at = self.text, self.at
        if self.fresh:
            return False
        if text[at].isdigit():
            end = at
            while end < len(text) and text[end].isdigit():
                end += 1
            return self._attach("_", text[at:end], end)
        if text[at] in "^_":
            mark, greek = text[at], self.greek
            self._attach(mark, self._script(), self.at)
            self.greek = greek
            return True
        state = self._match(STATE)
        if state is not None:
            inner = text[at + 1 : state.end() - 1]
            pieces = [
                piece if index % 2 else rf"\mathrm{{{piece}}}" for index, piece in enumerate(inner.split("$"))
            ]
            shown = "".join(piece for piece in pieces if piece != r"\mathrm{}")
            return self._put(rf"\,({shown})", state.end())
        if self.greek and text[at] == "-":
            return self._put(r"\text{-}", at + 1, fresh=True)
        charge = self._match(CHARGE)
        if charge is not None:
            return self._attach("^", _script(charge[0]), charge.end())
        if text.startswith("\\bond", at):
            opening = text.find("{", at)
            end = group_end(text, opening) if opening >= 0 else len(text)
            kind = text[opening + 1 : end - 1].strip()
            return self._put(f"{{{BONDS.get(kind, kind)}}}", end, fresh=False)
        if text[at] in "-=#":
            return self._put(f"{{{BONDS[text[at]]}}}", at + 1, fresh=False)
        if text[at] in "*." and not text.startswith("...", at):
            return self._put(r"{}\cdot{}", at + 1, fresh=True)
        return False

    def _attach(self, mark: str, latex: str, end: int) -> bool:
        """Attach a subscript or a charge to the previous atom; charges come after subscripts, as IUPAC specifies."""
        scripts = self.scripts
        base = NO_BASE if mark in scripts or scripts == "_" else ""
        self.out.append(f"{base}{mark}{{{latex}}}")
        self.at, self.fresh, self.greek = end, False, False
        self.scripts = mark if base else scripts + mark
        return True

    def _script(self) -> str:
        """Consume what follows `^` or `_`, and return its LaTeX."""
        text, start = self.text, self.at + 1
        if start < len(text) and text[start] in "{$":
            end = group_end(text, start) if text[start] == "{" else text.find("$", start + 1) + 1
            self.at = end or len(text)
            return _script(text[start + 1 : self.at - 1], self.depth, math=text[start] == "$")
        found = (NUMBER if self.greek else SCRIPT).match(text, start) or COMMAND.match(text, start)
        self.at = found.end() if found is not None else start
        return _script(found[0]) if found is not None else ""

    def _atom(self) -> bool:
        """Atoms, words, brackets, Greek letters."""
        text, at = self.text, self.at
        atom = self._match(ATOM)
        if atom is not None:
            return self._put(rf"\mathrm{{{atom[0]}}}", atom.end())
        if text[at] == "{":
            end = group_end(text, at)
            inner = text[at + 1 : end - 1]
            return self._put(_chemical_or_text(inner, self.depth + 1), end)
        command = self._match(COMMAND)
        if command is not None:
            return self._command(command)
        if text[at] in "([":
            return self._put(text[at], at + 1, fresh=True)
        if text[at] in ",;":
            return self._put(text[at] + r"\,", at + 1, fresh=True)
        if text[at] in "-=#*":
            return self._put(f"{{{BONDS.get(text[at], text[at])}}}", at + 1)
        return False

    def _command(self, command: re.Match[str]) -> bool:
        """A LaTeX command with its arguments; the last argument of a colour command is a formula."""
        text, end, name = self.text, command.end(), command[0]
        if name == r"\ca":
            return self._put(r"{\sim}", end + (text[end : end + 1] == "."), fresh=True)
        pieces = [name]
        while end < len(text) and text[end] == "{":
            close = group_end(text, end)
            pieces.append(text[end + 1 : close - 1])
            end = close
        if name in (r"\color", r"\textcolor", r"\colorbox") and len(pieces) == 3:
            pieces[2] = chemical_formula(pieces[2], self.depth + 1)
        self._put(name + "".join(f"{{{piece}}}" for piece in pieces[1:]) + " " * (len(pieces) == 1), end)
        self.greek = len(pieces) == 1
        return True


def _chemical_or_text(inner: str, depth: int) -> str:
    if re.search(r"[A-Za-z)\]]\d|[\^_]|->", inner) and " " not in inner.strip():
        return f"{{{chemical_formula(inner, depth)}}}"
    return rf"\text{{{inner}}}"


def _script(text: str, depth: int = 0, *, math: bool = False) -> str:
    """LaTeX for a subscript or a charge: single lower case letters are variables, others upright."""
    if math:
        return text
    if text.startswith("{") and text.endswith("}"):
        return rf"\text{{{text[1:-1]}}}"
    if "$" in text:
        return "".join(
            piece if index % 2 else _script(piece, depth) for index, piece in enumerate(text.split("$"))
        )
    if "_" in text or "^" in text:
        return chemical_formula(text, depth + 1)

    def part(match: re.Match[str]) -> str:
        if match["upright"]:
            return rf"\mathrm{{{match[0]}}}"
        if match["dot"]:
            return r"\bullet "
        return r"\prime " * len(match[0]) if match["prime"] else match[0]

    return PART.sub(part, text)
