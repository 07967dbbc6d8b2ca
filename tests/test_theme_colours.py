from __future__ import annotations

import pytest

from slidegen.theme_colours import COLOURS, SLIDE_COLOURS, is_colour
from tests.projects import Project


@pytest.mark.parametrize(
    "text",
    ["#b00", "#B00000", "#b0000080", "crimson", "RebeccaPurple", "rgb(27 94 155)", "rgba(0, 0, 0, 50%)",
     "oklch(60% 0.15 250 / 0.5)", "color(display-p3 1 0 0)", "transparent"],
)  # fmt: skip
def test_colours(text: str) -> None:
    assert is_colour(text)


@pytest.mark.parametrize(
    "text",
    ["", "#b", "#12345", "bleu", "rgb(1 2 3", "rgb()", "url(x)", "red; x: y", "red}", "var(--x)", "#ggg"],
)
def test_no_colours(text: str) -> None:
    assert not is_colour(text)


def test_each_colour_of_a_slide_has_its_fellow_on_the_other_ground() -> None:
    assert all(f"inverse-{name}" in COLOURS for name in SLIDE_COLOURS)
    assert len(COLOURS) == len(set(COLOURS))


def test_a_deck_puts_colours_in_place_of_its_themes(project: Project) -> None:
    page = project.deck(
        '---\ncolors: {accent: "#b00000", inverse-background: rgb(1 2 3)}\n---\nclass: inverse\n\n[A](https://example.org)\n'
    )
    rule = ":root{--slidegen-accent:#b00000;--slidegen-inverse-background:rgb(1 2 3)}"
    assert f"@layer slidegen.theme {{\n{rule}\n}}" in page.html
    assert page.html.index("--slidegen-accent:#1b5e9b") < page.html.index(rule)


def test_a_project_has_colours_and_a_deck_others(project: Project) -> None:
    project.write("slidegen.yml", "colors: {accent: crimson}\n")
    assert "--slidegen-accent:crimson" in project.deck("[A](https://example.org)\n").html
    assert (
        "--slidegen-accent:crimson"
        not in project.deck("---\ncolors: {link: teal}\n---\n[A](https://example.org)\n").html
    )


@pytest.mark.parametrize(
    ("written", "place", "message", "hint"),
    [
        (
            "colors: {link: teal, accent: bleu}",
            "2:30",
            "expects a colour for accent, not bleu",
            'write "#1b5e9b"',
        ),
        ("colors:\n  accent: '#12345'", "3:11", "expects a colour for accent, not #12345", 'write "#1b5e9b"'),
        ("colors:\n  link: teal\n  accent: 112233", "4:11", "not 112233", 'write "#1b5e9b"'),
        ("colors:\n  accent: #b00", "3:3", "gives accent no value", "# starts a comment"),
        ("colors: {acent: red}", "2:10", "does not have acent", "did you mean accent?"),
        ("colors: red", "2:9", "expects names of colours", ""),
    ],
)
def test_a_wrong_colour_is_named_with_its_place(
    project: Project, written: str, place: str, message: str, hint: str
) -> None:
    project.write("talk.md", f"---\n{written}\n---\n# A\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG004"])
    assert ran.err.startswith(f"talk.md:{place}: error[SG004]: colors ")
    assert message in ran.err
    assert hint in ran.err
