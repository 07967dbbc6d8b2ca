"""What in backticks is a formula, as xaringan's authors write them."""

from __future__ import annotations

import pytest

from slidegen.syntax.code_formulas import formula_in_code


@pytest.mark.parametrize(
    ("code", "tex", "display"),
    [
        (r"\(x\)", "x", False),
        (r"\[ x \]", " x ", True),
        ("$$x$$", "x", True),
        (" $x$ ", "x", False),
        (r"$\text{if $x$}$", r"\text{if $x$}", False),
        (r"$x\$$", r"x\$", False),
        (r"\begin{align*} x \\ y \end{align*}", r"\begin{align*} x \\ y \end{align*}", True),
        ("$$x$$``$$y$$", r"x\\ y", True),
    ],
)
def test_formulas_in_code(code: str, tex: str, display: bool) -> None:
    assert formula_in_code(code, dollars=True) == (tex, display)


@pytest.mark.parametrize(
    "code",
    ["$x and $y", "$x$ + $y$", "$", "$$", "$$$$", "x$y$", r"\begin{itemize}\end{itemize}", r"\begin{align}x"],
)
def test_other_code(code: str) -> None:
    assert formula_in_code(code, dollars=True) is None


def test_single_dollars_only_where_they_count() -> None:
    assert formula_in_code("$x$", dollars=False) is None
    assert formula_in_code("$$x$$", dollars=False) == ("x", True)
