"""Another format than HTML is one function that makes a file of a deck: places, record and cleaning are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from slidegen.build import maker
from slidegen.build.command import build_decks
from slidegen.build.exporters import ExportRequest
from slidegen.build.options import BuildOptions
from slidegen.build.results import BuiltDeck
from slidegen.compile.compile import CompiledDeck
from slidegen.page.page import BuiltPage
from slidegen.project.output_formats import OutputFormat
from tests.projects import Project

TITLES = OutputFormat("titles", ".txt", (".text",))


def export_titles(compiled: CompiledDeck, request: ExportRequest) -> BuiltPage:
    """The titles of a deck's slides, a line each."""
    titles = [slide.title for slide in compiled.slides()]
    return BuiltPage("".join(f"{title}\n" for title in titles).encode(), {}, len(titles))


@pytest.fixture
def decks(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(maker, "exporter_of", lambda _: export_titles)
    monkeypatch.chdir(project.folder)
    project.write("slidegen.yml", "title: Course\n")
    project.write("slides/a.md", "# One\n---\n# Two\n")
    project.write("slides/b.md", "# Three\n")
    return project


def export(output: str | None = None) -> list[BuiltDeck]:
    options = BuildOptions(jobs=1, format=TITLES)
    target = None if output is None else Path(output)
    return list(build_decks([], target, options, Path.cwd(), lambda _: None))


def test_files_have_the_formats_suffix_and_no_course_page(decks: Project) -> None:
    assert [built.output for built in export()] == [Path("public/a.txt"), Path("public/b.txt")]
    assert (decks.folder / "public/a.txt").read_text() == "One\nTwo\n"
    assert decks.files("public") == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", ["titles.txt", "titles.text"])
def test_a_path_with_a_suffix_of_the_format_is_the_file(decks: Project, name: str) -> None:
    (decks.folder / "slides/b.md").unlink()
    (built,) = export(name)
    assert built.output == Path(name)


def test_unchanged_decks_are_left_alone(decks: Project) -> None:
    export()
    assert [built.fresh for built in export()] == [True, True]
    decks.write("slides/b.md", "# Four\n")
    assert [built.fresh for built in export()] == [True, False]


def test_formats_stand_side_by_side_and_each_takes_its_own_away(
    decks: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    export()
    monkeypatch.undo()
    decks.build()
    assert {"a.html", "a.txt", "b.html", "b.txt"} <= set(decks.files("public"))
    (decks.folder / "slides/b.md").unlink()
    assert "removed public/b.html" in decks.build().out
    assert "b.txt" in decks.files("public")
