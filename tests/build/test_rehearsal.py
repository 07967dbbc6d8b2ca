"""`slidegen rehearsal` prints the times of slides, and writes them into the deck."""

from __future__ import annotations

import json

from slidegen.build.rehearsal import compare
from slidegen.deck.pacing import planned_seconds
from slidegen.diagnostics import Reporter
from tests.projects import Project

DECK = """---
duration: 10 min
---
# One

---
class: inverse
time: 3 min

# Two

--
more

---

# Three

---
# Three
"""
TIMES = {"One": 61.2, "Two": 118.0, "Three": 3.0, "Three (2)": 32.6}


def rehearsed(project: Project, times: dict[str, float], name: str = "talk") -> None:
    kept = {"version": 1, "rehearsals": [{"date": "2026-03-01T10:00:00.000Z", "slides": times}]}
    project.write(f"{name}.rehearsal.json", json.dumps(kept))


def test_plan_and_rehearsal_are_printed(project: Project) -> None:
    project.write("talk.md", DECK)
    rehearsed(project, TIMES)
    ran = project.run("rehearsal", "talk.md")
    assert ran.out.splitlines() == [
        "slide     plan     took  title",
        "    1     2:20     1:01  One",
        "    2     3:00     1:58  Two",
        "    4     2:20     0:03  Three",
        "    5     2:20     0:33  Three",
        "  all    10:00     3:35  rehearsed 2026-03-01 10:00",
    ]
    assert (project.folder / "talk.md").read_text() == DECK


def test_the_times_are_written_into_the_deck(project: Project) -> None:
    for breaks in ("\n", "\r\n"):
        project.write("talk.md", DECK.replace("\n", breaks))
        rehearsed(project, TIMES)
        ran = project.run("rehearsal", "talk.md", "--write")
        assert ran.code == 0, ran.err
        data = (project.folder / "talk.md").read_bytes().decode()
        assert data.count("\r\n") == (data.count("\n") if breaks == "\r\n" else 0)
        found = compare(project.folder / "talk.md", project.folder)
        assert planned_seconds(found.compiled.deck, Reporter()) == (60, 120, 5, 35)
        assert [row.title for row in found.rows] == ["One", "Two", "Three", "Three"]
        assert data.replace("\r\n", "\n").count("time:") == 4
        assert "class: inverse\ntime: 2:00\n" in data.replace("\r\n", "\n")


def test_slides_of_other_files_are_named_and_stay(project: Project) -> None:
    project.write("part.md", "# Part\n\n---\n# More\n")
    project.write("talk.md", "# One\n\n---\n![:include](part.md)\n")
    rehearsed(project, {"One": 60, "Part": 30, "More": 20})
    ran = project.run("rehearsal", "talk.md", "--write")
    assert "other files: 3 More" in ran.err
    assert (project.folder / "part.md").read_text() == "# Part\n\n---\n# More\n"


def test_a_deck_without_a_rehearsal_and_a_file_of_something_else(project: Project) -> None:
    project.write("talk.md", DECK)
    assert project.run("rehearsal", "talk.md").codes == ["SG076"]
    project.write("talk.rehearsal.json", "[]")
    assert project.run("rehearsal", "talk.md").codes == ["SG075"]
    assert (project.folder / "talk.rehearsal.json").read_text() == "[]"
