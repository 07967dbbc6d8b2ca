from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.projects import PIXEL, Project


def packed(project: Project, name: str = "public.zip") -> list[str]:
    with ZipFile(BytesIO((project.folder / name).read_bytes())) as archive:
        assert archive.testzip() is None
        return sorted(archive.namelist())


@pytest.fixture
def course(project: Project) -> Project:
    project.write("slidegen.yml", "index: false\n")
    project.write("slides/a.md", "# A\n\n![](p.png)\n")
    project.write("slides/week/b.md", "# B\n")
    project.write("slides/p.png", PIXEL)
    return project


def test_one_archive_of_all_that_was_written(course: Project) -> None:
    course.write("public/own.txt", "mine")
    assert course.build("--zip", "--no-embed").out.endswith("archive -> public.zip\n")
    assert [name for name in packed(course) if not name.startswith("assets/p.")] == ["a.html", "week/b.html"]
    assert len(packed(course)) == 3
    first = (course.folder / "public.zip").read_bytes()
    course.build("--zip", "--no-embed")
    assert (course.folder / "public.zip").read_bytes() == first


def test_variants_have_archives_of_their_own(course: Project) -> None:
    course.write("slidegen.yml", "index: false\nvariants: {student: {notes: false, output: student}}\n")
    course.build("--zip")
    assert packed(course) == ["a.html", "week/b.html"]
    assert packed(course, "public-student.zip") == ["a.html", "week/b.html"]


def test_a_single_deck_in_no_project(project: Project) -> None:
    project.write("talk.md", "# Talk\n")
    project.build("talk.md", "--zip")
    assert packed(project) == ["talk.html"]


NAMES = ["con", "nul .x", "LPT1.a", "a:b", "a\\..\\..\\b", "what?", "b.", "con/x"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_some_system_cannot_have_is_named_and_not_packed(project: Project, name: str) -> None:
    project.write("slidegen.yml", "index: false\n")
    project.write(f"slides/{name}.md" if name != "b." else "slides/b./a.md", "# A\n")
    project.write("slides/fine.md", "# Fine\n")
    project.write("slides/p.png", PIXEL)
    assert "SG182" in project.run("check").codes
    ran = project.run("build")
    assert (ran.code, ran.codes) == (0, ["SG182"])
    assert project.run("build").codes == ["SG182"]
    ran = project.run("build", "--zip")
    assert (ran.code, ran.codes) == (1, ["SG182", "SG010"])
    assert not (project.folder / "public.zip").exists()


@pytest.mark.parametrize(
    "name",
    ["第１回　講義", "Q and A", "cônç", "console", "nullen", "com", "講" * 75, "a.b", "a\u200db", "1 (2)"],
)
def test_other_names_are_packed(project: Project, name: str) -> None:
    project.write(f"slides/{name}.md", "# A\n")
    project.write("slidegen.yml", "index: false\n")
    assert project.build("--zip").out.endswith("archive -> public.zip\n")
    assert packed(project) == [f"{name}.html"]


@pytest.mark.parametrize("name", ["con", "what?", "a:b"])
def test_a_page_that_is_named_on_the_command_line_has_that_name(project: Project, name: str) -> None:
    project.write(f"{name}.md", "# A\n")
    project.build(f"{name}.md", "-o", "a.html")


def test_mistakes_make_none(course: Project) -> None:
    course.write("slides/a.md", "![:nope](x)\n")
    assert course.run("build", "--zip").code == 1
    assert not (course.folder / "public.zip").exists()
    assert course.run("build", "slides/a.md", "-o", "a.html", "--zip").code == 2
    (course.folder / "public.zip").mkdir()
    course.write("slides/a.md", "# A\n")
    assert course.run("build", "--zip").codes == ["SG010"]
    assert course.files("public.zip") == []


def test_in_the_folder_of_the_decks_the_archive_is_the_projects(project: Project) -> None:
    project.write("slidegen.yml", "course: Statistics\n")
    project.write("slides/talk.md", "# A\n")
    ran = Project(project.folder / "slides").build("--zip")
    assert "course page -> ../public/index.html\n" in ran.out
    assert ran.out.endswith("archive -> ../public.zip\n")
    assert (project.folder / "public.zip").is_file()
    assert project.files("slides") == ["talk.md"]
