"""Classes that no style sheet has, and themes that a style sheet has taken away."""

from __future__ import annotations

import pytest

from tests.projects import Project

LECTURE = "---\ntheme: lecture\n---\n"
OWN = "---\ncss: own.css\n---\n"
WRONG = [
    ("SG233", "4:1", "highlight", f"{LECTURE}.highlihgt[x]\n"),
    ("SG233", "4:1", "left-column", f"{LECTURE}.left-colum[x]\n"),
    ("SG233", "4:8", "center", f"{LECTURE}class: centre\n\n# A\n"),
    ("SG233", "4:16", "middle", f"{LECTURE}class: center, midle\n\n# A\n"),
    ("SG233", "4:1", "left-column", f"{LECTURE}.leftcolumn[x]\n"),
    ("SG233", "4:6", "fancy", f"{OWN}.box[.fncy[x]]\n"),
    ("SG233", "4:1", "columns", f"{LECTURE}.colums[x]\n"),
    ("SG233", "4:5", "center", f"{LECTURE}[x]{{.centre}}\n"),
    ("SG233", "4:22", "center", f"{LECTURE}- [x](#1){{width=40px .centre}}\n"),
    ("SG233", "6:1", "fncy", f"{LECTURE}<style>.fncy > b {{ color: red }}</style>\n\n.fnccy[x]\n"),
    ("SG232", "4:1", ".center[...]", f"{LECTURE}.center [x]\n"),
    ("SG232", "4:6", ".fancy[...]", f"{OWN}text .fancy [x]\n"),
    ("SG232", "4:1", ".center[...]", f"{LECTURE}.center(x)\n"),
    ("SG232", "4:1", ".center[...]", f"{LECTURE}.center{{x}}\n"),
    ("SG234", "2:6", "theme: lecture", f"{OWN}# A\n\n.left-column[a]\n"),
]
RIGHT = [
    f"{LECTURE}.mine[x] .red[x] .footnote[x]\n\n---\nclass: center, middle, other\n\n# A\n",
    f"{OWN}.box[x] .fancy[x] .nobodys[x]\n",
    "---\ncss: [own.css, 'https://example.org/a.css']\n---\n.fncy[x]\n",
    f"{OWN}<style>.fncy {{ color: red }}</style>\n\n.fncy[x]\n",
    f"{OWN}<script>document.querySelector('.fncy')</script>\n\n.fncy[x]\n",
    f"{LECTURE}`[x]{{.centre}}` and [y]{{.mine}}\n",
    f"{LECTURE}as in .center [a](b.html), .net [1], `.center [x]` and array.filter (x)\n",
    "---\nexcludedClasses: [solutoin]\ncss: own.css\n---\n.solutoin[x]\n",
    f"{LECTURE}<!-- ## .center [x] and .fncy[x] -->\n",
    f"{LECTURE}.larger[x] .light[x] .xsmall[x]\n",
    f"{LECTURE}.col-7[x] .size70[x]\n",
    "---\ncss: own.css\ntheme: lecture\n---\n.left-column[a]\n",
    "---\ntitle: A\noutput:\n  xaringan::moon_reader:\n    css: own.css\n---\n.left-column[a]\n",
]


@pytest.mark.parametrize(("code", "place", "says", "text"), WRONG)
@pytest.mark.parametrize("command", ["build", "inspect"])
def test_a_slip_is_named(project: Project, command: str, code: str, place: str, says: str, text: str) -> None:
    project.write("own.css", ".box { color: red } .fancy { color: teal }")
    project.write("deck.md", text)
    if command == "inspect":
        (deck,) = project.inspect("deck.md")
        (found,) = [each for each in deck["diagnostics"] if each["code"] != "SG112"]
        assert (found["code"], f"{found['line']}:{found['column']}") == (code, place)
        assert says in found["hint"]
    else:
        ran = project.run("build", "deck.md")
        assert ran.codes == [code]
        assert f"deck.md:{place}: warning" in ran.err
        assert says in ran.err


@pytest.mark.parametrize("text", RIGHT)
def test_a_class_of_the_authors_own_is_no_mistake(project: Project, text: str) -> None:
    project.write(
        "own.css", ".box { color: red } .fancy { color: teal } .col-6 { color: red } .size80 { top: 0 }"
    )
    project.write("b.html", "<p>x")
    project.write("deck.md", text)
    assert not {"SG232", "SG233", "SG234"} & set(project.run("build", "deck.md").codes)


def test_a_class_that_stands_on_many_steps_is_named_once(project: Project) -> None:
    project.write("deck.md", f"{LECTURE}.highlihgt[x]\n" + "--\n\nmore\n" * 5)
    assert project.run("build", "deck.md").codes == ["SG233"]


def test_a_look_from_the_page_around_a_deck_takes_no_theme_away(project: Project) -> None:
    project.write("own.css", "h1 { color: teal }")
    project.write("deck.md", "# A\n\n.left-column[a]\n")
    project.write(
        "index.html",
        '<link rel="stylesheet" href="own.css"><script src="remark-latest.min.js"></script>'
        '<script>remark.create({sourceUrl: "deck.md"})</script>',
    )
    assert "SG234" not in project.run("build", "deck.md").codes
