r"""The package physics: derivatives, bra-ket notation, vectors, and automatically sized brackets."""

from __future__ import annotations

from types import MappingProxyType

from slidegen.render.math.packages import has_argument, option, say, starred, template, written
from slidegen.render.math.rewriter import Command, Rewriter
from slidegen.render.math.tokens import TexToken, tokenize_at

WORDS = (
    "if then else otherwise unless given using assume since let for all even odd integer and or as in".split()
)
"""The words that `\\qif` and the like put between two formulas."""
OPERATORS = MappingProxyType(
    {
        name: rf"\operatorname{{{shown}}}"
        for name, shown in {
            "tr": "tr",
            "Tr": "Tr",
            "trace": "tr",
            "Trace": "Tr",
            "rank": "rank",
            "erf": "erf",
            "Res": "Res",
            "Residue": "Res",
        }.items()
    }
)
BRACKETS = MappingProxyType(
    {"pqty": "()", "bqty": "[]", "vqty": "||", "Bqty": ("\\{", "\\}"), "abs": "||", "absolutevalue": "||"}
    | {"norm": ("\\|", "\\|"), "poissonbracket": ("\\{", "\\}"), "pb": ("\\{", "\\}")}
    | {"comm": "[]", "commutator": "[]", "acomm": ("\\{", "\\}"), "anticommutator": ("\\{", "\\}")}
)
TWO = frozenset(("comm", "commutator", "acomm", "anticommutator", "poissonbracket", "pb"))
"""Brackets around two arguments."""


def _brackets(opening: str, closing: str, arguments: int) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        grows = not starred(rewriter)
        inner = ",".join(written(rewriter, token) for _ in range(arguments))
        left, right = (rf"\left{opening}", rf"\right{closing}") if grows else (opening, closing)
        say(rewriter, token, f"{left} {inner}{right}")

    return run


def _operator(latex: str) -> Command:
    """An operator, not in braces, which would remove the space around it."""

    def run(rewriter: Rewriter, token: TexToken) -> None:
        rewriter.stream.push(tokenize_at(latex, token))

    return run


def _derivative(sign: str) -> Command:
    """`\\dv{x}`, `\\dv{f}{x}`, `\\dv[n]{f}{x}`; `\\pdv{f}{x}{y}` and `\\pdv[2,1]{f}{x,y}` by several variables."""

    def run(rewriter: Rewriter, token: TexToken) -> None:
        flat = starred(rewriter)
        order = option(rewriter, token).strip()
        first = written(rewriter, token)
        variables: list[str] = []
        while has_argument(rewriter) and len(variables) < (2 if sign == r"\partial " else 1):
            variables.append(written(rewriter, token))
        function = first if variables else ""
        variables = variables or [first]
        if len(variables) == 1:
            variables = [part.strip() for part in variables[0].split(",")]
        orders = [part.strip() for part in order.split(",")] if order else []
        if len(variables) > 1:
            orders += ["1"] * (len(variables) - len(orders))
        total = order
        if len(variables) > 1:
            plain = all(part.isdecimal() for part in orders)
            total = str(sum(map(int, orders))) if plain else "+".join(orders)
        power = f"^{{{total}}}" if total and total != "1" else ""
        below = r"\,".join(
            f"{sign}{variable}" + (f"^{{{part}}}" if part and part != "1" else "")
            for variable, part in zip(variables, orders or [order], strict=False)
        )
        above = f"{sign}{power}{function}"
        say(rewriter, token, f"{above}/{below}" if flat else rf"\frac{{{above}}}{{{below}}}")

    return run


def _differential(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\dd x`, `\dd{x}`, `\dd[3]{x}`, `\dd(x)`."""
    order = option(rewriter, token)
    sign = r"\mathrm{d}" + (f"^{{{order}}}" if order else "")
    if has_argument(rewriter):
        say(rewriter, token, rf"\,{sign} {written(rewriter, token)}\,")
    else:
        say(rewriter, token, rf"\,{sign}")


def _braket(rewriter: Rewriter, token: TexToken) -> None:
    r"""`\braket{a}{b}` of physics, `\braket{a|b}` of braket."""
    grows = not starred(rewriter)
    left, bar, right = (
        (r"\left\langle ", r"\middle|", r"\right\rangle ") if grows else (r"\langle ", "|", r"\rangle ")
    )
    first = written(rewriter, token)
    second = f"{bar} {written(rewriter, token)}" if has_argument(rewriter) else ""
    if not second and token.text != "\\braket":
        second = f"{bar} {first}"
    say(rewriter, token, f"{left}{first}{second}{right}")


def _dyad(rewriter: Rewriter, token: TexToken) -> None:
    first = written(rewriter, token)
    second = written(rewriter, token) if has_argument(rewriter) else first
    say(rewriter, token, rf"\left|{first}\right\rangle\!\left\langle {second}\right|")


def _expectation(rewriter: Rewriter, token: TexToken) -> None:
    starred(rewriter)
    first = written(rewriter, token)
    if has_argument(rewriter):
        state = written(rewriter, token)
        first = rf"{state}\middle|{first}\middle|{state}"
    say(rewriter, token, rf"\left\langle {first}\right\rangle ")


def _element(rewriter: Rewriter, token: TexToken) -> None:
    starred(rewriter)
    bra, operator, ket = (written(rewriter, token) for _ in range(3))
    say(rewriter, token, rf"\left\langle {bra}\middle|{operator}\middle|{ket}\right\rangle ")


def _vector(look: str) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        bold = r"\boldsymbol" if starred(rewriter) else r"\mathbf"
        say(rewriter, token, look.replace("#1", f"{bold}{{{written(rewriter, token)}}}"))

    return run


def _nabla(behind: str) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        say(
            rewriter,
            token,
            rf"\nabla{behind}" + (f" {written(rewriter, token)}" if has_argument(rewriter) else ""),
        )

    return run


def _words(rewriter: Rewriter, token: TexToken) -> None:
    after = "" if starred(rewriter) else r"\quad"
    say(rewriter, token, rf"\quad\text{{{written(rewriter, token)}}}{after}")


def _evaluated(rewriter: Rewriter, token: TexToken) -> None:
    starred(rewriter)
    content = written(rewriter, token)
    # A following subscript belongs to the bar, so there are no braces around it.
    rewriter.stream.push(tokenize_at(rf"\left.{content}\right|", token))


def _matrix(environment: str) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        kind = environment
        stream = rewriter.stream
        stream.skip_space()
        opening = stream.peek()
        if opening in ("(", "[", "|") and kind == "matrix":
            stream.pop()
            closing = {"(": ")", "[": "]", "|": "|"}[opening]
            content = "".join(part.text for part in stream.until(closing, token))
            kind = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix"}[opening]
        else:
            content = written(rewriter, token)
        say(rewriter, token, rf"\begin{{{kind}}}{content}\end{{{kind}}}")

    return run


PHYSICS: dict[str, Command] = {
    **{
        f"\\{name}": _brackets(sides[0], sides[1], 2 if name in TWO else 1)
        for name, sides in BRACKETS.items()
    },
    **{f"\\{name}": _operator(latex) for name, latex in OPERATORS.items()},
    **{f"\\q{word}": template(rf"\quad\text{{{word}}}\quad") for word in WORDS},
    **dict.fromkeys(("\\dv", "\\derivative"), _derivative(r"\mathrm{d}")),
    **dict.fromkeys(("\\pdv", "\\partialderivative"), _derivative(r"\partial ")),
    **dict.fromkeys(("\\fdv", "\\functionalderivative"), _derivative(r"\delta ")),
    **dict.fromkeys(("\\dd", "\\differential"), _differential),
    **dict.fromkeys(("\\braket", "\\innerproduct", "\\ip"), _braket),
    **dict.fromkeys(("\\ketbra", "\\dyad", "\\outerproduct", "\\op"), _dyad),
    **dict.fromkeys(("\\expval", "\\ev", "\\expectationvalue"), _expectation),
    **dict.fromkeys(("\\mel", "\\matrixel", "\\matrixelement"), _element),
    **dict.fromkeys(("\\vb", "\\vectorbold"), _vector("#1")),
    **dict.fromkeys(("\\va", "\\vectorarrow"), _vector(r"\vec{#1}")),
    **dict.fromkeys(("\\vu", "\\vectorunit"), _vector(r"\hat{#1}")),
    **dict.fromkeys(("\\eval", "\\evaluated"), _evaluated),
    **dict.fromkeys(("\\qq", "\\qqtext"), _words),
    **dict.fromkeys(("\\principalvalue", "\\pv"), template(r"\mathcal{P}")),
    "\\flatfrac": template("{#1}/{#2}", 2),
    "\\qc": template(r",\quad"),
    "\\qcc": template(r"\quad\text{c.c.}\quad"),
    "\\grad": _nabla(""),
    "\\gradient": _nabla(""),
    "\\divergence": _nabla(r"\cdot"),
    "\\curl": _nabla(r"\times"),
    "\\laplacian": _nabla("^2"),
    **dict.fromkeys(("\\vdot", "\\dotproduct"), template(r"\boldsymbol{\cdot}")),
    **dict.fromkeys(("\\cross", "\\crossproduct"), template(r"\times")),
    "\\order": template(r"\mathcal{O}\left(#1\right)", 1),
    **dict.fromkeys(("\\var", "\\variation"), template(r"\delta #1", 1)),
    **{
        f"\\{name}": _matrix(environment)
        for name, environment in {
            "mqty": "matrix",
            "matrixquantity": "matrix",
            "pmqty": "pmatrix",
            "bmqty": "bmatrix",
            "vmqty": "vmatrix",
            "smqty": "smallmatrix",
        }.items()
    },
}
"""Its commands, and those it shares with braket."""
