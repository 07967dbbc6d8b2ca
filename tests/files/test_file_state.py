from __future__ import annotations

from pathlib import Path

from slidegen.compile.compile import compile_deck
from slidegen.compile.context import DeckContext
from slidegen.files.dependencies import Reads
from slidegen.files.file_state import state_now
from slidegen.page.page import build_page
from slidegen.project.project import load_project
from tests.projects import PIXEL, Project


def states_of(project: Project, deck: str) -> dict[str, str]:
    reads = Reads()
    path = project.write("talk.md", deck)
    found = load_project(project.folder, project.folder)
    build_page(
        compile_deck(DeckContext(path, found, project.folder, reads=reads)),
        path.with_suffix(".html"),
        {},
        project.folder,
        embed=True,
    )
    return reads.states()


def changed(states: dict[str, str]) -> set[str]:
    """The names of what is not as it was."""
    return {Path(path).name for path, then in states.items() if state_now(path, then) != then}


def test_a_content_is_compared_and_what_is_missing_is_looked_for(project: Project) -> None:
    project.write("a.png", PIXEL)
    states = states_of(project, "![](a.png) ![](none.png) ![:video](film.mp4)\n")
    assert changed(states) == set()

    project.write("a.png", PIXEL)
    assert changed(states) == set()
    project.write("a.png", PIXEL + b"\0")
    assert changed(states) == {"a.png"}
    project.write("none.png", PIXEL)
    assert changed(states) == {"a.png", "none.png"}
    project.write("film.fr.vtt", "WEBVTT\n")
    assert changed(states) == {"a.png", "none.png", "film*.vtt"}
    (project.folder / "a.png").unlink()
    assert "a.png" in changed(states)


def test_a_link_is_the_place_that_it_leads_to(project: Project) -> None:
    project.write("one/a.png", PIXEL)
    project.write("two/a.png", PIXEL)
    (project.folder / "img").symlink_to("one")
    states = states_of(project, "![](img/a.png)\n")
    assert changed(states) == set()

    (project.folder / "img").unlink()
    (project.folder / "img").symlink_to("two")
    assert changed(states) == {"a.png"}


def test_the_state_is_that_of_the_moment_of_reading(project: Project) -> None:
    path = project.write("a.txt", "one")
    reads = Reads()
    reads.read(path)
    project.write("a.txt", "two")
    assert changed(reads.states()) == {"a.txt"}


def test_what_changes_while_a_page_is_made_is_like_nothing(project: Project) -> None:
    path = project.write("a.txt", "one")
    reads = Reads()
    reads.read(path)
    project.write("a.txt", "two")
    reads.read(path)
    project.write("a.txt", "one")
    assert changed(reads.states()) == {"a.txt"}
