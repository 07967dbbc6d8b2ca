"""Formulas are found wherever Markdown shows text, and nowhere else; through the command line."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases import Case, read_cases
from tests.projects import Project

CASES = read_cases(Path(__file__).with_name("formulas.txt"))
MATH = re.compile(
    r'<span class="slidegen-math( slidegen-math-display)?"><math.*?'
    r'<annotation encoding="application/x-tex">(.*?)</annotation></semantics></math></span>',
    re.DOTALL,
)


def plain(text: str) -> str:
    """HTML with `⟦TeX⟧` for a formula, `⟦⟦TeX⟧⟧` for one that stands alone, and no wrappers around lines of code."""

    def tex(match: re.Match[str]) -> str:
        around = "⟦⟦{}⟧⟧" if match[1] else "⟦{}⟧"
        return around.format(" ".join(html.unescape(match[2]).split()))

    def code(match: re.Match[str]) -> str:
        return f"<code>{re.sub(r'<[^>]*>', '', match[1].replace('</div>', chr(10)))}</code>"

    text = re.sub(r'<code class="[^"]*remark-[^"]*">(.*?)</code>', code, MATH.sub(tex, text), flags=re.DOTALL)
    return re.sub(r">\n+<", "><", text).strip()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_formulas(case: Case, project: Project, expect: Callable[[Case, str], None]) -> None:
    project.write("deck.md", case.given)
    (deck,) = project.inspect("deck.md")
    lines = [plain(slide["html"]) for slide in deck["slides"]]
    lines += [f"??? {plain(slide['notes'])}" for slide in deck["slides"] if slide["notes"]]
    lines += [f"{item['code']} {item['line']}:{item['column']}" for item in deck["diagnostics"]]
    expect(case, "\n".join(lines))


def test_any_line_end_and_any_letters(project: Project) -> None:
    text = "- 数式$a^2$は\n    - é $$\n      b\n      $$\n    - `$c$`\n\nÄ \\$5 ö\n"
    project.write("lf.md", text)
    project.write("crlf.md", text.replace("\n", "\r\n").encode())
    lf, crlf = project.inspect("lf.md", "crlf.md")
    assert plain(lf["slides"][0]["html"]) == (
        "<ul><li>数式⟦a^2⟧は<ul><li>é ⟦⟦b⟧⟧</li><li>⟦c⟧</li></ul></li></ul><p>Ä $5 ö</p>"
    )
    assert crlf["slides"] == lf["slides"]
    assert crlf["diagnostics"] == lf["diagnostics"] == []


def test_a_formula_that_is_code_takes_no_number(project: Project) -> None:
    project.write(
        "deck.md",
        "---\nmath: {number: true}\n---\n"
        "- code:\n\n        \\begin{equation}\\label{c} c \\end{equation}\n\n"
        "- formula:\n\n    \\begin{equation}\\label{a} a \\end{equation}\n\nSee \\eqref{a}, \\ref{a}.\n",
    )
    (deck,) = project.inspect("deck.md")
    shown = plain(deck["slides"][0]["html"])
    assert "<pre><code>\\begin{equation}\\label{c} c \\end{equation}" in shown
    assert "See (1), 1." in shown
    assert deck["diagnostics"] == []


def test_what_is_wrong_in_a_formula_of_a_nested_list_is_named_where_it_stands(project: Project) -> None:
    project.write("deck.md", "- a\n    - b $\\frac{1}$ c\n\n            $\\frac{2}$ code\n")
    assert "deck.md:2:" in project.run("build", "deck.md").err
    assert project.run("build", "deck.md").codes == ["SG108"]


def test_options_and_variables(project: Project) -> None:
    project.write("off.md", "---\nmath: false\n---\n- $x$ \\$5 \\\\(y\\\\) $$\n    - $y$ \\eqref{a}\n")
    project.write("marked.md", "---\nmath: {dollars: false}\n---\n- $x$ \\$5\n    - $y$ $$z$$ `$w$`\n")
    project.write(
        "no-code.md", "---\nmath: {code: false}\n---\n- $x$\n    - `$y$` `\\begin{align}z\\end{align}`\n"
    )
    project.write("variable.md", "n: 7\nname: a\n\n$x_{{n}}$\n\n- a\n\n        code $x_{{n}}$\n")
    off, marked, no_code, variable = project.inspect("off.md", "marked.md", "no-code.md", "variable.md")
    assert (
        plain(off["slides"][0]["html"])
        == "<ul><li>$x$ \\$5 \\(y\\) $$<ul><li>$y$ \\eqref{a}</li></ul></li></ul>"
    )
    assert plain(marked["slides"][0]["html"]) == (
        "<ul><li>$x$ $5<ul><li>$y$ ⟦⟦z⟧⟧ <code>$w$</code></li></ul></li></ul>"
    )
    assert plain(no_code["slides"][0]["html"]) == (
        "<ul><li>⟦x⟧<ul><li><code>$y$</code> <code>\\begin{align}z\\end{align}</code></li></ul></li></ul>"
    )
    assert "⟦x_7⟧" in plain(variable["slides"][0]["html"])
    assert "code $x_7$" in plain(variable["slides"][0]["html"])
    assert json.dumps([off["diagnostics"], marked["diagnostics"], variable["diagnostics"]]) == "[[], [], []]"


def test_a_mistake_in_a_formula_of_a_page_is_named_where_it_stands(project: Project) -> None:
    project.write(
        "deck.html",
        "<!DOCTYPE html><title>T</title>\n<textarea id=source>\n# A\n\na &amp; b, $x + }$\n</textarea>\n"
        "<script>MathJax = {tex: {inlineMath: [['$', '$']]}}</script><script src=MathJax.js></script>\n"
        "<script src=remark.js></script><script>remark.create()</script>\n",
    )
    assert (
        "deck.html:5:17: warning[SG108]: the formula does not parse: } closes nothing"
        in project.run("build", "deck.html").err
    )
