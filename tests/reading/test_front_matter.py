"""Front matter that is none, or is not YAML, and decks of other programs."""

from __future__ import annotations

import re

import pytest

from tests.projects import Project

PLACES = [
    ("SG228", 1, "---\ntitle: A\n\n# A\n\ntext\n"),
    ("SG228", 1, "---\ntitle: A\n\n# A\n\n---\n\n# B\n"),
    ("SG228", 1, "---\ntitle: A\n# A\n\n---\n# B\n"),
    ("SG229", 2, "\n---\ntitle: A\n---\n# A\n"),
    ("SG229", 2, "<!-- draft -->\n---\ntitle: A\n---\n# A\n"),
    ("SG229", 1, "----\ntitle: A\n----\n# A\n"),
    ("SG229", 2, "---\ntitle = A\n---\n# A\n"),
    ("SG229", 1, '+++\ntitle = "A"\n+++\n# A\n'),
    ("SG229", 1, "```yaml\ntitle: A\n```\n# A\n"),
    ("SG229", 1, " ---\ntitle: A\n ---\n# A\n"),
    ("SG229", 2, "---\ntitle:A\n---\n# A\n"),
    ("SG237", 3, "---\ntitle: A\nclass: center\n---\n# A\n"),
    ("SG237", 2, "---\nlayout: true\n---\n# A\n"),
    ("SG237", 2, "---\nbackground-image: url(data:,)\n---\n# A\n"),
    ("SG251", 4, "---\ntitle: A\nauthor: B\ntitle: C\n---\n# A\n"),
    ("SG251", 4, "---\ncheck:\n  overflow: false\n  overflow: true\n---\n# A\n"),
    ("SG251", 2, "---\nauthor: [{name: A, name: B}]\n---\n# A\n"),
    ("SG251", 4, "---\n\"x y\": A\ntitle: B\n'x y': C\n---\n# A\n"),
    ("SG110", 2, "---\nratoi: '16:9'\n---\n# A\n"),
    ("SG110", 2, "---\ntitel: A\n---\n# A\n"),
]
FINE = [
    "---\nauthor: [{name: A}, {name: B}]\nx: {name: C}\n---\n# A\n",
    "---\nx: &x {a: 1, b: 2}\ny: {<<: *x, a: 3}\nz: *x\n---\n# A\n",
    "---\ntitle: A\n---\n# A\n",
    "---\ntitle: A\n\n# theme: slate\n\n---\n# A\n",
    "---\nclass: Physics 101\n---\n# {{ class }}\n",
    "---\ntitle: A\nlang: de\nfooter: B\n---\n# A\n",
    "---\n# A comment\ntitle: A\n---\n# A\n",
    "---\n\n# A\n\n---\n# B\n",
    "\n---\nclass: center\n---\n# A\n",
    "```yaml\ncolor: red\n```\n",
    "---\nname: intro\n\n# A\n",
]
YAML = [
    ("2:8", "quote", '---\ntitle: "A\nauthor: B\n---\n# A\n'),
    ("2:8", "quote", "---\ntitle: 'A\nauthor: B\n---\n# A\n"),
    ("2:8", "quote", '---\ntitle: "A\nauthor: "B"\n---\n# A\n'),
    ("2:8", 'title: "It\'s me"', "---\ntitle: 'It's me'\n---\n# A\n"),
    ("3:1", "indented", "---\ntitle: A\n  author: B\n---\n# A\n"),
    ("3:1", "tab", "---\ntitle: A\n\tauthor: B\n---\n# A\n"),
    ("2:8", 'title: "it: is"', "---\ntitle: it: is\n---\n# A\n"),
    ("2:8", 'title: "it: is"', "---\ntitle: “it: is”\n---\n# A\n"),
    ("3:1", "title: A", "---\nauthor: B\ntitle:A\n---\n# A\n"),
    ("2:6", "]", "---\ncss: [a.css\ntitle: B\n---\n# A\n"),
    ("4:1", "--- alone", "---\ntitle: A\n\n# A\n\ntext\n\n---\n\n# B\n"),
]
TOOLS = [
    ("Marp", 3, "---\ntitle: A\nheadingDivider: 2\n---\n# A\n"),
    ("Quarto", 3, "---\ntitle: A\nengine: knitr\n---\n# A\n"),
    ("Marp", 2, "---\nmarp: true\npaginate: true\n---\n# A\n"),
    ("Marp", 3, "# A\n\n<!-- _class: lead -->\n"),
    ("Marp", 3, "# A\n\n![bg right:40%](https://example.org/a.png)\n"),
    ("Slidev", 2, "---\nhighlighter: shiki\n---\n# A\n"),
    ("Slidev", 2, "---\nlayout: cover\n---\n# A\n"),
    ("Slidev", 3, "---\ntitle: A\nlayout: image-right\n---\n# A\n"),
    ("Slidev", 3, "# A\n\n<v-clicks>\n\n- a\n\n</v-clicks>\n"),
    ("reveal-md", 2, "---\nrevealOptions:\n  transition: fade\n---\n# A\n"),
    ("reveal-md", 3, '# A\n\n<!-- .slide: data-background="red" -->\n'),
    ("Quarto", 3, "---\ntitle: A\nformat: revealjs\n---\n\n## One\n"),
    ("Quarto", 3, "---\ntitle: A\nformat:\n  revealjs:\n    smaller: true\n---\n\n## One\n"),
    ("Beamer", 1, "\\documentclass{beamer}\n\\begin{document}\n"),
    ("Pandoc", 1, "% Title\n% Author\n% 2026\n\n# A\n"),
    ("Pandoc", 2, "---\naspectratio: 169\n---\n# A\n"),
    ("R Markdown", 3, "---\ntitle: A\noutput: beamer_presentation\n---\n# A\n"),
    ("R Markdown", 3, "---\ntitle: A\noutput:\n  ioslides_presentation:\n    wide: true\n---\n# A\n"),
    ("Deckset", 1, "slidenumbers: true\n\n# A\n"),
    ("Deckset", 2, "---\nslidenumbers: true\n---\n# A\n"),
]


@pytest.mark.parametrize(("code", "line", "text"), PLACES)
def test_front_matter_that_is_none_is_named(project: Project, code: str, line: int, text: str) -> None:
    project.write("deck.md", text)
    ran = project.run("build", "deck.md")
    assert code in ran.codes
    assert f"deck.md:{line}:" in next(each for each in ran.err.splitlines() if code in each)


@pytest.mark.parametrize("text", FINE)
def test_front_matter_that_is_as_meant_is_not_warned_of(project: Project, text: str) -> None:
    project.write("deck.md", text)
    assert not {"SG228", "SG229"} & set(project.run("build", "deck.md").codes)


@pytest.mark.parametrize(("place", "says", "text"), YAML)
def test_what_is_wrong_with_yaml_is_called_by_name(
    project: Project, place: str, says: str, text: str
) -> None:
    project.write("deck.md", text)
    ran = project.run("build", "deck.md")
    assert ran.code == 1
    assert ran.codes[0] == "SG003"
    assert f"deck.md:{place}: error" in ran.err
    assert says in ran.err


@pytest.mark.parametrize(("tool", "line", "text"), TOOLS)
def test_a_deck_of_another_program_is_recognised_once(
    project: Project, tool: str, line: int, text: str
) -> None:
    project.write("deck.md", text)
    ran = project.run("build", "deck.md")
    (said,) = [each for each in ran.err.splitlines() if "SG230" in each]
    assert said.startswith(f"deck.md:{line}:")
    assert tool in said
    (topic,) = re.findall(r"hint: `slidegen docs ([\w-]+)` says", ran.err)
    assert tool in project.run("docs", topic).out.splitlines()[0]


@pytest.mark.parametrize(
    "text",
    [
        "---\nformat: A4\n---\n# A\n",
        "```\n<!-- _class: lead -->\n<v-click>\n```\n",
        "---\nmarp: false\n---\n# A\n",
        "# A\n\nQuarto, Marp and Slidev\n",
    ],
)
def test_a_deck_that_speaks_of_other_programs_is_not_one_of_theirs(project: Project, text: str) -> None:
    project.write("deck.md", text)
    assert "SG230" not in project.run("build", "deck.md").codes


def test_a_key_given_twice_in_slidegen_yml_is_named_where_it_stands_again(project: Project) -> None:
    project.write("slidegen.yml", "course: A\nvariants:\n  student: {}\n  student: {}\ncourse: B\n")
    project.write("deck.md", "# A\n")
    said = project.run("build", "deck.md").err
    assert "slidegen.yml:4:3: warning[SG251]: student is already set on line 3" in said
    assert "slidegen.yml:5:1: warning[SG251]: course is already set on line 1" in said
    assert said.count("SG251") == 2


def test_layouts_of_a_jekyll_site_do_not_make_a_deck_slidevs(project: Project) -> None:
    project.write("_config.yml", "title: A\n")
    project.write("_layouts/section.html", "{{ content }}\n")
    project.write("deck.md", "---\nlayout: section\n---\n# A\n")
    assert "Slidev" not in project.run("build", "deck.md").err
