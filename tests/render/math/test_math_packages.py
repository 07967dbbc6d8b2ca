"""The packages mhchem, siunitx, physics and amscd."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slidegen.render.math import MathRenderer
from tests.cases import Case, read_cases
from tests.projects import Project
from tests.render.math.mathml import mathml

PIECES = st.sampled_from(
    "H 2 + - ^ _ {}[]() -> <=> <-- v = # $ . * ' \\bond{-} \\mu \\text{a} aq & \\\\ \\kilo \\per \\m / e x "
    "+- , ; : @ > V | \\Fe 1/2 {{a}}".split(" ")
)


def shown(tex: str) -> str:
    """The MathML without rows, and without the empty elements that keep letters upright."""
    html = re.sub(r"<mspace/>|<mi></mi>", "", mathml(tex))
    return re.sub(r"</?mrow>", "", html)


@pytest.mark.parametrize("case", read_cases(Path(__file__).with_name("packages.txt")), ids=str)
def test_means_the_same(case: Case) -> None:
    assert shown(case.given) == shown(case.expected)


@given(
    st.lists(PIECES, max_size=20).map("".join),
    st.sampled_from(["\\ce", "\\pu", "\\si", "\\num", "\\ang", "\\dv"]),
)
def test_anything_is_a_formula_or_a_mistake_of_its_author(text: str, command: str) -> None:
    assert MathRenderer().render(f"{command}{{{text}}}{{x}}", display=True).html


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_diagram_is_a_formula_or_a_mistake_of_its_author(text: str) -> None:
    assert MathRenderer().render(f"\\begin{{CD}}{text}\\end{{CD}}", display=True).html


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\unit{\furlongs\per\s}", r"the unit \furlongs of the package siunitx is not known"),
        (r"\chemfig{A-B}", r"\chemfig needs the package chemfig, which slidegen does not have"),
        (r"\begin{tikzcd} a \end{tikzcd}", "tikzcd needs the package tikz-cd, which slidegen does not have"),
        (r"\ce{" + "{H1" * 40 + "}" * 40 + "}", "such nesting of the package mhchem is not known"),
    ],
)
def test_what_a_package_would_do_is_named_with_the_package(tex: str, message: str) -> None:
    error = MathRenderer().render(tex, display=True, in_code=True).error
    assert error is not None
    assert error.message == message
    assert error.package in message


def test_one_warning_names_a_package(project: Project) -> None:
    project.write(
        "deck.md", "# A\n\n$\\chemfig{A}$ and $\\chemfig{B}$\n\n---\n\n$\\chemfig{C}$ $\\ce{H2O}$\n"
    )
    ran = project.run("build", "deck.md")
    assert ran.codes == ["SG191"]
    assert "deck.md:3:2: warning[SG191]: \\chemfig needs the package chemfig" in ran.err


def test_one_warning_names_a_command_however_often_it_is_used(project: Project) -> None:
    project.write("deck.md", "# A\n\n$\\foo$ and $x^\\foo$\n\n---\n\n$\\foo$ $\\baz$\n")
    ran = project.run("build", "deck.md")
    assert ran.codes == ["SG108", "SG108"]
    assert "deck.md:3:2: warning[SG108]: the command \\foo is not known" in ran.err
    assert "deck.md:7:9: warning[SG108]: the command \\baz is not known" in ran.err
    assert "`math: {macros: {foo: '...'}}`" in ran.err
