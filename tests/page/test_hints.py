"""Hints that say what to type."""

from __future__ import annotations

import pytest

from tests.projects import PIXEL, Project


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("normal.png", "img/normal.png"),
        ("pics/normal.png", "img/normal.png"),
        ("img/Normal.PNG", "img/normal.png"),
        ("~/x.png", "copy the file next to the deck"),
        ("C:\\x.png", "copy the file next to the deck"),
        ("C:/Users/me/x.png", "copy the file next to the deck"),
        ("file:///x.png", "copy the file next to the deck"),
    ],
)
def test_a_picture_that_is_not_there_is_looked_for(project: Project, written: str, hint: str) -> None:
    project.write("img/normal.png", PIXEL)
    project.write("deck.md", f"![]({written})\n")
    ran = project.run("build", "deck.md")
    assert ran.codes == ["SG104"]
    assert hint in ran.err


def test_a_picture_elsewhere_on_the_computer_is_said_to_be_there_only(project: Project) -> None:
    project.write("elsewhere/a.png", PIXEL)
    project.write("course/slidegen.yml", "")
    project.write("course/deck.md", f"![]({project.folder}/elsewhere/a.png)\n")
    assert "one computer only" in project.run("build", "course/deck.md").err


@pytest.mark.parametrize(
    ("theme", "here"),
    [("dark", "slate"), ("night", "slate"), ("white", "lecture"), ("blackboard", "chalk"), ("slat", "slate")],
)
def test_a_theme_of_another_program_leads_to_one_like_it(project: Project, theme: str, here: str) -> None:
    project.write("deck.md", f"---\ntheme: {theme}\n---\n# A\n")
    assert f"did you mean {here}?" in project.run("build", "deck.md").err


@pytest.mark.parametrize(
    ("tex", "hint"),
    [
        ("\\aplha", "did you mean \\alpha?"),
        ("\\begin{algin} a \\end{algin}", "did you mean \\begin{align}?"),
        ("\\begin{Pmatrix*} a \\end{Pmatrix*}", "did you mean \\begin{pmatrix*}?"),
        ("\\Sum", "did you mean \\sum?"),
        ("\\qedsymbol", "package amsthm"),
        ("\\foo", "math: {macros: {foo:"),
    ],
)
def test_a_command_that_is_not_known_has_a_near_one_or_a_package(
    project: Project, tex: str, hint: str
) -> None:
    project.write("deck.md", f"${tex}$\n")
    assert hint in project.run("build", "deck.md").err
