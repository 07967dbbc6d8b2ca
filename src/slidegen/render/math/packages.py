"""What the LaTeX package emulations share: text arguments, and commands defined as LaTeX."""

from __future__ import annotations

from types import MappingProxyType

from slidegen.render.math.rewriter import Command, Rewriter
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken, tokenize_at

FOREIGN = MappingProxyType(
    {
        name: package
        for package, names in {
            "algorithmicx": "algorithm algorithmic \\State",
            "booktabs": "\\toprule \\midrule \\bottomrule",
            "bussproofs": "prooftree \\AxiomC \\UnaryInfC \\BinaryInfC",
            "chemfig": "\\chemfig \\schemestart",
            "circuitikz": "circuitikz",
            "forest": "forest",
            "graphicx": "\\includegraphics \\scalebox \\resizebox \\rotatebox",
            "listings": "lstlisting",
            "multirow": "\\multirow",
            "pgfplots": "axis \\addplot",
            "pstricks": "pspicture \\psline",
            "qcircuit": "\\Qcircuit",
            "quantikz": "quantikz",
            "tikz": "tikzpicture \\tikz \\draw \\node",
            "tikz-cd": "tikzcd",
            "tikz-feynman": "\\feynmandiagram",
            "xypic": "\\xymatrix xy",
            "ytableau": "ytableau \\ytableaushort",
        }.items()
        for name in names.split()
    }
)
"""Commands and environments of unsupported packages."""


def written(rewriter: Rewriter, token: TexToken) -> str:
    """The next argument, as its author wrote it."""
    return "".join(part.text for part in rewriter.stream.argument(token))


def option(rewriter: Rewriter, token: TexToken) -> str:
    """The next text in brackets, as its author wrote it; empty if there is none."""
    return "".join(part.text for part in rewriter.stream.optional(token) or [])


def has_argument(rewriter: Rewriter) -> bool:
    """Whether another argument in braces follows."""
    rewriter.stream.skip_space()
    return rewriter.stream.peek() == "{"


def starred(rewriter: Rewriter) -> bool:
    """Whether a star follows a command; it is consumed."""
    if rewriter.stream.peek() != "*":
        return False
    rewriter.stream.pop()
    return True


def say(rewriter: Rewriter, token: TexToken, latex: str) -> None:
    """Continue with LaTeX in place of a command and its arguments; in text, it becomes a formula."""
    in_text = rewriter.frames[-1].kind in ("text", "look in text")
    around = ("$", "$") if in_text else ("{", "}")
    rewriter.stream.push(tokenize_at(f"{around[0]}{latex}{around[1]}", token))


def template(latex: str, arguments: int = 0) -> Command:
    """A command that stands for LaTeX in which `#1` and so on are its arguments."""

    def run(rewriter: Rewriter, token: TexToken) -> None:
        result = latex
        values = [written(rewriter, token) for _ in range(arguments)]
        for place, value in enumerate(values, 1):
            result = result.replace(f"#{place}", value)
        say(rewriter, token, result)

    return run


def unknown(package: str, what: str, token: TexToken) -> FormulaSyntaxError:
    """The error for an unsupported feature of a package."""
    return FormulaSyntaxError(
        f"{what} of the package {package} is not known", token.start, token.end, package
    )
