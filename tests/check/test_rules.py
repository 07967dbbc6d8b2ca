"""Each rule with a deck that breaks it and one that does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pictures import png_of
from tests.projects import PIXEL, Project

WRONG = [
    ("SG380", "1:5", "![](a.png)\n"),
    ("SG380", "1:15", "![:scale 60%](a.png)\n"),
    ("SG380", "1:11", '<img src="a.png">\n'),
    ("SG382", "1:8", "[here](b.html)\n"),
    ("SG382", "1:14", "[click here](b.html)\n"),
    ("SG382", "1:20", "[Klicken Sie hier](b.html)\n"),
    ("SG383", "3:5", "# A\n\n### B\n"),
    ("SG393", "1:1", "# \n\ntext\n"),
    ("SG393", "5:1", "# A\n\ntext\n\n##\u0020\n\n`## `\n"),
    ("SG384", "1:1", "<table><tr><td>one</td></tr></table>\n"),
    ("SG384", "5:3", "one 1\n\n- list\n\n  <table><tr><td>1</td></tr></table>\n"),
    ("SG384", "5:1", "| a |\n|---|\n| 1 |\n\n| | |\n|---|---|\n| 1 | 2 |\n"),
    ("SG385", "1:1", "Only text\n"),
    ("SG386", "1:1", f"# A\n\n{'word ' * 100}\n"),
    ("SG388", "7:1", "name: x\n\n# A\n\n---\n\nname: x\n\n# B\n"),
    ("SG389", "3:1", "# A\n\n[u]: https://example.org/\n"),
    ("SG391", "1:13", '<video src="a.mp4"></video>\n'),
    ("SG392", "1:14", '<iframe src="b.html"></iframe>\n'),
    ("SG401", "1:10", '<a href="b.html"><span></span></a>\n'),
    ("SG220", "3:1", "# A\n\n```python\nx\n"),
    ("SG235", "1:19", "<!-- check: allow nothing-here -->\n\n# A\n"),
]
RIGHT = [
    "# A\n\n![a map](a.png) ![:scale 60%, a map](a.png)\n",
    '# A\n\n<img src="a.png" alt="">\n',
    "# A\n\n[the notes](b.html) and [notes here](b.html)\n",
    "# A\n\n## B\n\n### C\n\n# D\n",
    "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    '# A\n\n<table role="presentation"><tr><td>one</td></tr></table>\n',
    f"# A\n\n{'word ' * 80}\n\n???\n\n{'word ' * 200}\n",
    f"# A\n\n```\n{'word ' * 200}\n```\n",
    "name: x\n\n# A\n\n--\n\nmore\n\n---\nname: y\n\n# B\n",
    "# A\n\n[//]: # (a comment)\n",
    "# A\n\nsee [u] and [this one][v]\n\n[u]: b.html\n[v]: b.html\n",
    '# A\n\n<video src="a.mp4" muted></video>\n',
    '# A\n\n<iframe src="b.html" title="B"></iframe>\n',
    '# A\n\n<a href="b.html"><img src="a.png" alt="the notes"></a>\n',
]
ALONE = {"SG385", "SG104"}
"""What decks of one line have besides."""


def found(project: Project, *args: str) -> list[dict[str, Any]]:
    """What a check finds, as JSON."""
    items = json.loads(project.run("check", *args, "--format", "json").out)
    assert isinstance(items, list)
    return items


def fill(project: Project, text: str) -> None:
    project.write("a.png", PIXEL)
    project.write("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")
    project.write("b.html", "<p>x")
    project.write("deck.md", text)


@pytest.mark.parametrize(("code", "place", "text"), WRONG)
def test_a_rule_finds_its_mistake(project: Project, code: str, place: str, text: str) -> None:
    fill(project, text)
    items = [item for item in found(project, "deck.md") if item["code"] == code]
    assert [f"{item['line']}:{item['column']}" for item in items] == [place]
    assert {item["code"] for item in found(project, "deck.md")} <= {code} | ALONE
    assert project.run("check", "deck.md").code == 1
    assert project.files() == ["a.mp4", "a.png", "b.html", "deck.md"]


@pytest.mark.parametrize("text", RIGHT)
def test_a_rule_finds_nothing_where_nothing_is_wrong(project: Project, text: str) -> None:
    fill(project, text)
    ran = project.run("check", "deck.md")
    assert (ran.code, ran.err, ran.out) == (0, "", "1 deck checked\n")


def test_a_rule_is_switched_off_in_the_project_in_front_matter_and_on_a_slide(project: Project) -> None:
    fill(project, "Only text\n")
    assert project.run("check", "deck.md").codes == ["SG385"]
    project.write("deck.md", "---\ncheck: {no-title: false}\n---\nOnly text\n")
    assert project.run("check", "deck.md").codes == []
    project.write("deck.md", "<!-- check: allow no-title -->\nOnly text\n\n---\n\nMore text\n")
    assert [item["line"] for item in found(project, "deck.md")] == [6]
    project.write("slidegen.yml", "check: {no-title: false, many-words: 3}\n")
    project.write("deck.md", "Only some more text\n")
    assert project.run("check", "deck.md").codes == ["SG386"]
    project.write("deck.md", "---\ncheck: {no-title: true, many-words: false}\n---\nOnly some more text\n")
    assert project.run("check", "deck.md").codes == ["SG385"]


def test_sessions_of_a_course_are_checked_together(project: Project) -> None:
    project.write("slidegen.yml", "course: T\n")
    project.write("slides/a.md", "---\nsession: 1\ndate: 2026-02-30\n---\n# A\n")
    project.write("slides/b.md", "---\nsession: 1\n---\n# B\n")
    assert project.run("check").codes == ["SG172", "SG171"]
    assert project.run("check", "slides/b.md").codes == []
    project.write("slides/index.md", "# I\n")
    assert project.run("check").codes == ["SG135"]


def test_what_is_switched_off_is_off_in_builds_too(project: Project) -> None:
    fill(project, "---\ncheck: {unclosed-fence: false}\n---\n# A\n\n```python\nx\n")
    assert project.run("build", "deck.md").codes == []


def test_a_rule_that_does_not_exist_cannot_be_switched_off(project: Project) -> None:
    fill(project, "---\ncheck: {no-titel: false}\n---\n# A\n")
    ran = project.run("check", "deck.md")
    assert ran.codes == ["SG004"]
    assert "did you mean no-title?" in ran.err


def test_an_error_cannot_be_switched_off(project: Project) -> None:
    fill(project, "# A\n\n![:nope](x) <!-- check: allow unknown-macro -->\n")
    assert "SG005" in project.run("check", "deck.md").codes


def test_rules_are_listed(project: Project) -> None:
    ran = project.run("check", "--rules")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert any(line.startswith("overflow ") and "SG394" in line for line in lines)
    assert any(line.startswith("many-words: 90 ") for line in lines)
    assert not any("unknown-macro" in line for line in lines)


def test_a_picture_that_no_deck_shows_is_named(project: Project) -> None:
    project.write("slidegen.yml", "")
    project.write("slides/deck.md", "# A\n\n![a map](img/a.png)\n")
    project.write("slides/img/a.png", PIXEL)
    project.write("slides/img/b.png", PIXEL)
    ran = project.run("check", "--unused")
    assert ran.codes == ["SG390"]
    assert "slides/img/b.png: warning" in ran.err
    assert project.run("check").codes == []


def test_a_picture_of_many_times_the_size_is_named(project: Project) -> None:
    project.write("a.png", png_of(4000, 10, bytes(1 + 3 * 4000) * 10))
    project.write("deck.md", "# A\n\n![:width 300px, a map](a.png)\n")
    ran = project.run("check", "deck.md")
    assert ran.codes == ["SG381"]
    assert "4000 pixels wide, and shown 300 wide" in ran.err
    project.write("deck.md", "# A\n\n![a map](a.png)\n")
    assert project.run("check", "deck.md").codes == []
