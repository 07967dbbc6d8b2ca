"""Equation numbers, tags, labels and references."""

import re

import pytest

from slidegen.render.math import MathRenderer, NumberedFormula

ALIGN = r"\begin{align} a &= b \label{eq:a} \\ c &= d \nonumber \\ e &= f \label{eq:e} \end{align}"
EQUATION = r"\begin{equation} x = y \label{eq:x} \end{equation}"


def shown(html: str) -> str:
    """What stands in a formula's elements."""
    return re.sub(r"<[^>]*>", "", re.sub(r"<annotation .*</annotation>", "", html)).replace("\xa0", " ")


def numbers(html: str) -> list[str]:
    """The numbers at the ends of the rows."""
    return re.findall(r"<mtext>\(([^)]*)\)</mtext>(?:<mi></mi></mrow>)?</mtd></mtr>", html)


def test_equations_have_no_numbers_unless_the_deck_wants_them() -> None:
    assert numbers(MathRenderer().render(ALIGN, display=True).html) == []
    assert numbers(MathRenderer(number=True).render(ALIGN, display=True).html) == ["1", "2"]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\begin{gather} a \\ b \end{gather}", ["1", "2"]),
        (r"\begin{multline} a \\ b \end{multline}", ["1"]),
        (r"\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}", ["1", "2"]),
        (r"\begin{equation}\begin{aligned} a \\ b \end{aligned}\end{equation}", ["1"]),
        (r"\begin{align*} a \\ b \end{align*}", []),
        (r"\begin{equation*} a \end{equation*}", []),
        (r"\begin{align} a \tag{*} \\ b \end{align}", ["*", "1"]),
        (r"\begin{align} a \notag \\ b \notag \end{align}", []),
        (r"a = b", []),
        (r"a = b \label{eq:wanted}", ["1"]),
    ],
)
def test_the_environments_that_have_numbers(tex: str, expected: list[str]) -> None:
    assert numbers(MathRenderer(number=True).render(tex, display=True).html) == expected


def test_a_formula_that_is_shown_again_keeps_its_numbers() -> None:
    renderer = MathRenderer(number=True)
    first = renderer.render(EQUATION, display=True, key=10)
    second = renderer.render(r"\begin{equation} z \end{equation}", display=True, key=20)
    again = renderer.render(EQUATION, display=True, key=10)
    elsewhere = renderer.render(EQUATION, display=True, key=30)
    assert [numbers(each.html) for each in (first, second, again, elsewhere)] == [["1"], ["2"], ["1"], ["3"]]


def test_references_know_equations_before_and_after_them() -> None:
    renderer = MathRenderer(number=True)
    renderer.give_numbers(
        NumberedFormula(key, tex, display=True) for key, tex in enumerate((ALIGN, r"\ref{eq:x}", EQUATION))
    )
    reference = renderer.render(r"\ref{eq:e}, \eqref{eq:x}, \text{see \eqref{eq:a}}", display=False, key=5)
    assert reference.error is None
    assert shown(reference.html) == "2,(3),see (1)"
    # The numbers are those that were given, whatever is rendered first.
    assert numbers(renderer.render(EQUATION, display=True, key=2).html) == ["3"]


def test_a_tag_is_shown_without_numbering_and_can_be_referred_to() -> None:
    renderer = MathRenderer()
    tagged = r"x = y \tag{A} \label{eq:a}"
    renderer.give_numbers([NumberedFormula(0, tagged, display=True)])
    assert numbers(renderer.render(tagged, display=True).html) == ["A"]
    assert shown(renderer.render(r"\eqref{eq:a}", display=False).html) == "(A)"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("3.1a", "(3.1a)"), (r"$\alpha$", "(α)"), ("é", "(é)"), ("a_b", "(a_b)"), (r"\bad", r"(\bad)")],
)
def test_a_tag_may_be_any_text(tag: str, expected: str) -> None:
    html = MathRenderer().render(rf"\begin{{align}} x \tag{{{tag}}} \end{{align}}", display=True).html
    assert shown(html) == "x" + expected


def test_a_tag_with_a_star_has_no_parentheses() -> None:
    assert shown(MathRenderer().render(r"x \tag*{$A$}", display=True).html) == "xA"


def test_a_reference_that_leads_nowhere_is_shown_as_such_and_named() -> None:
    tex = r"a \eqref{nowhere}"
    rendered = MathRenderer(number=True).render(tex, display=False)
    assert shown(rendered.html) == "a(???)"
    assert rendered.error is not None
    assert rendered.error.shown
    assert "nowhere" in rendered.error.message
    assert tex[rendered.error.start : rendered.error.end] == r"\eqref"


def test_a_reference_without_numbering_says_how_to_get_it() -> None:
    rendered = MathRenderer().render(r"\ref{eq:x}", display=False)
    assert rendered.error is not None
    assert "number: true" in rendered.error.message
