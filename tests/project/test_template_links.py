"""Templates that are links, pipes or nothing at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.projects import Project

DECK = "---\ntheme: t\n---\n# A\n\n![:m](x)\n"
PLACES = [
    "deck.html",
    "slide.html",
    "index.html",
    "macros/m.md",
    "macros/m.html",
    "themes/t/theme.css",
    "themes/t/theme.yml",
    "words/en.yml",
]


@pytest.fixture
def theirs(project: Project) -> Project:
    """Somebody's course beside the folder that the user works in, and a file of the user's."""
    project.write("secret/key.txt", "secret: PRIVATE\n")
    course = Project(project.folder / "theirs")
    course.write("slidegen.yml", "course: T\n")
    course.write("slides/a.md", DECK)
    course.write("templates/macros/m.md", "mine\n")
    course.write("templates/themes/t/theme.yml", "description: x\n")
    course.write("templates/themes/t/theme.css", ".a { color: red }\n")
    (project.folder / "mine").mkdir()
    return course


def link(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(os.path.relpath(target, place.parent.resolve()))


@pytest.mark.parametrize("place", PLACES)
def test_templates_from_elsewhere_are_not_read_through_links_that_lead_out(
    project: Project, theirs: Project, place: str
) -> None:
    link(theirs.folder / "templates" / place, project.folder / "secret/key.txt")
    mine = Project(project.folder / "mine")
    for command in (
        ["build", "../theirs/slides"],
        ["inspect", "../theirs/slides"],
        ["import", "../theirs/slides/a.md"],
    ):
        ran = mine.run(*command)
        assert "PRIVATE" not in ran.out + ran.err
        assert not [
            path for path in mine.folder.rglob("*") if path.is_file() and b"PRIVATE" in path.read_bytes()
        ]
    assert "templates/" + place in mine.run("build", "../theirs/slides").err


@pytest.mark.parametrize("folder", ["templates", "templates/macros", "templates/themes/t"])
def test_nor_are_folders_of_them(project: Project, theirs: Project, folder: str) -> None:
    for name in ("m.md", "theme.css", "macros/m.md", "theme.yml", "themes/t/theme.css"):
        project.write(f"secret/{name}", "secret: PRIVATE\n")
    place = theirs.folder / folder
    place.rename(project.folder / "kept")
    link(place, project.folder / "secret")
    mine = Project(project.folder / "mine")
    ran = mine.run("build", "../theirs/slides")
    assert (ran.code, set(ran.codes)) == (1, {"SG011"})
    assert not [path for path in mine.folder.rglob("*") if path.is_file() and b"PRIVATE" in path.read_bytes()]


@pytest.mark.parametrize("option", ["../secret", "ABSOLUTE"])
def test_nor_is_a_folder_that_their_settings_name(project: Project, theirs: Project, option: str) -> None:
    project.write("secret/macros/m.md", "PRIVATE\n")
    named = str(project.folder / "secret") if option == "ABSOLUTE" else option
    theirs.write("slidegen.yml", f"course: T\ntemplates: {named}\n")
    theirs.write("slides/a.md", "# A\n\n![:m](x)\n")
    mine = Project(project.folder / "mine")
    assert mine.run("build", "../theirs/slides").codes == ["SG011"]


def test_ones_own_templates_may_be_links(project: Project) -> None:
    project.write("common/m.md", "**shared**\n")
    course = Project(project.folder / "course")
    course.write("slidegen.yml", "course: T\nindex: false\n")
    course.write("slides/a.md", "# A\n\n![:m](x)\n")
    link(course.folder / "templates/macros/m.md", project.folder / "common/m.md")
    course.build()
    assert "shared" in (course.folder / "public/a.html").read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["pipe", "device", "loop", "nothing"])
def test_a_template_that_is_no_file_is_named(project: Project, place: str, kind: str) -> None:
    project.write("slidegen.yml", "course: T\n")
    project.write("slides/a.md", DECK)
    project.write("templates/macros/m.md", "mine\n")
    project.write("templates/themes/t/theme.yml", "description: x\n")
    project.write("templates/themes/t/theme.css", ".a { color: red }\n")
    path = project.folder / "templates" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to({"device": "/dev/zero", "loop": path.name, "nothing": "gone"}[kind])
    ran = project.run("build")
    assert ran.code == 1
    assert f"templates/{place}: error[SG011]" in ran.err, ran.err


@pytest.mark.parametrize("command", ["build", "import", "check", "config"])
def test_settings_from_elsewhere_are_not_read_through_links_that_lead_out(
    project: Project, theirs: Project, command: str
) -> None:
    link(theirs.folder / "slidegen.yml", project.folder / "secret/key.txt")
    theirs.write("slides/a.md", "# {{secret}}\n")
    mine = Project(project.folder / "mine")
    ran = mine.run(command, "../theirs/slides/a.md")
    assert (ran.code, ran.codes) == (1, ["SG011"])
    assert "PRIVATE" not in ran.out + ran.err
    assert not [path for path in mine.folder.rglob("*") if path.is_file() and b"PRIVATE" in path.read_bytes()]
