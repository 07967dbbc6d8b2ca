"""Which files are read as decks: regular ones, within bounds, however links lead to them."""

from __future__ import annotations

import json
import os

import pytest

from tests.projects import Project


@pytest.fixture
def decks(project: Project) -> Project:
    """A folder with a deck that is all right."""
    project.write("slides/a.md", "# A\n")
    return project


def irregular(project: Project, kind: str, name: str) -> None:
    """Put something that is no regular file into the folder."""
    path = project.folder / name
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "itself":
            path.symlink_to(path.name)
        case "nothing":
            path.symlink_to("gone.md")
        case "outside":
            outside = project.folder.parent / f"{project.folder.name}-outside.md"
            outside.write_text("# Outside\n", "utf-8")
            path.symlink_to(outside)
        case "large":
            with path.open("wb") as file:
                file.truncate(600_000_000)


KINDS = ["pipe", "device", "itself", "nothing", "outside", "large"]


@pytest.mark.parametrize("suffix", [".md", ".html", ".Rmd"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_deck_file_is_named_and_skipped(decks: Project, kind: str, suffix: str) -> None:
    irregular(decks, kind, f"slides/x{suffix}")
    ran = decks.run("build", "slides", "-o", "out")
    assert (ran.code, ran.codes) == (0, ["SG181"])
    assert f"slides/x{suffix}: warning" in ran.err
    assert decks.page("out/a.html").slides == ['<h1 id="a">A</h1>']
    assert decks.run("build", "slides", "-o", "strict", "--strict").code == 1


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_a_command_names_is_an_error(decks: Project, kind: str) -> None:
    irregular(decks, kind, "x.md")
    for command in (["build", "x.md"], ["inspect", "x.md"], ["import", "x.md"]):
        ran = decks.run(*command)
        assert (ran.code, ran.codes) == (1, ["SG032"])
        assert "x.md: error" in ran.err


@pytest.mark.parametrize("kind", KINDS)
def test_all_commands_skip_the_same_files(decks: Project, kind: str) -> None:
    irregular(decks, kind, "slides/x.md")
    ran = decks.run("inspect", "slides")
    assert (ran.code, ran.codes) == (0, ["SG181"])
    assert [json.loads(line)["path"] for line in ran.out.splitlines()] == ["slides/a.md"]
    ran = decks.run("import", "slides", "-o", "course")
    assert (ran.code, ran.codes) == (0, ["SG181"])
    assert decks.files("course/slides") == ["a.md"]
    ran = decks.run("new", "More", "--date", "2026-09-15")
    assert (ran.code, ran.out) == (0, "slides/20260915-more.md\n")


@pytest.mark.parametrize("name", ["loop", "_loop", "loop.txt"])
def test_a_link_to_itself_that_may_be_a_folder(decks: Project, name: str) -> None:
    (decks.folder / "slides" / name).symlink_to(name)
    assert decks.run("build", "slides", "-o", "out").code == 0
    assert decks.page("out/a.html").slides


@pytest.mark.parametrize("name", ["x.png", "notes.txt", "data"])
def test_other_files_may_be_what_they_like(decks: Project, name: str) -> None:
    os.mkfifo(decks.folder / "slides" / name)
    decks.build("slides", "-o", "out")


@pytest.mark.parametrize("name", ["x.htm", "x.html"])
def test_a_pipe_beside_a_deck_is_no_page_that_shows_it(decks: Project, name: str) -> None:
    os.mkfifo(decks.folder / "slides" / name)
    decks.build("slides/a.md", "-o", "out")


def test_a_folder_that_is_linked_within_the_project_has_its_decks(decks: Project) -> None:
    decks.write("slidegen.yml", "course: T\n")
    decks.write("shared/b.md", "# B\n\n![](b.png)\n")
    decks.write("shared/more/c.md", "# C\n")
    (decks.folder / "slides/link").symlink_to("../shared")
    (decks.folder / "slides/again").symlink_to("../shared/more")
    (decks.folder / "slides/here").symlink_to(".")
    decks.run("build")
    assert decks.pages("public") == ["a.html", "again/c.html", "link/b.html"]


@pytest.mark.parametrize("what", ["folder", "file", "named file"])
def test_a_link_out_of_the_project_is_followed_where_the_project_allows_it(
    project: Project, what: str
) -> None:
    project.write("elsewhere/b.md", "# B\n")
    mine = Project(project.folder / "mine")
    mine.write("slidegen.yml", "course: T\n")
    mine.write("slides/a.md", "# A\n")
    (mine.folder / "slides/x.md" if "file" in what else mine.folder / "slides/x").symlink_to(
        "../../elsewhere/b.md" if "file" in what else "../../elsewhere"
    )
    source = "slides/x.md" if what == "named file" else "slides"
    ran = mine.run("build", source, "-o", "out")
    assert ran.codes == (["SG032"] if what == "named file" else ["SG181"])
    assert 'assets: {allow: ["../elsewhere"]}' in ran.err
    mine.write("slidegen.yml", 'course: T\nassets: {allow: ["../elsewhere"]}\n')
    mine.build(source, "-o", "out")
    assert {"x.html", "x/b.html", "b.html"} & set(mine.files("out"))


@pytest.mark.parametrize(("limit", "codes"), [("1 MB", ["SG181"]), ("3 MB", []), ("2100000", [])])
def test_the_limit_of_decks_is_an_option(decks: Project, limit: str, codes: list[str]) -> None:
    decks.write("slides/big.md", "# B\n\n<!--" + "x" * 2_000_000 + "-->\n")
    decks.write("slides/page.html", "<!DOCTYPE html><p>" + "x" * 2_000_000)
    decks.write("slidegen.yml", f"deckLimit: {limit}\n")
    assert decks.run("build", "-o", "out").codes == codes


def test_a_folder_that_cannot_be_read_is_skipped(decks: Project) -> None:
    locked = decks.folder / "slides/locked"
    locked.mkdir(mode=0)
    try:
        if os.access(locked, os.R_OK):
            pytest.skip("whoever runs this may read everything")
        assert decks.run("build", "slides", "-o", "out").codes == ["SG181"]
    finally:
        locked.chmod(0o755)


def test_a_folder_of_nothing_but_pipes_says_so(project: Project) -> None:
    (project.folder / "slides").mkdir()
    os.mkfifo(project.folder / "slides/x.md")
    ran = project.run("build")
    assert (ran.code, ran.codes) == (1, ["SG012"])
    assert "slides/x.md is skipped, because it is not a regular file" in ran.err
