"""Another format is a row and a module: places, record and cleaning are there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from slidegen import output_formats
from slidegen.diagnostics import Diagnostic
from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared
from slidegen.output_formats import OutputFormat
from tests.projects import Project

pytestmark = pytest.mark.browser


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """The titles of a deck's slides, a line each."""
    del options, report
    return {"": "".join(f"{slide.title}\n" for slide in opened.facts.slides).encode()}


@pytest.fixture
def decks(course: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    module = ModuleType("titles")
    vars(module)["export"] = export
    monkeypatch.setitem(sys.modules, "titles", module)
    made = OutputFormat(name="titles", suffix=".titles", module="titles", other_suffixes=(".text",))
    monkeypatch.setitem(output_formats.EXPORTS, "titles", made)  # type: ignore[arg-type]
    course.write("slidegen.yml", "export: titles\n")
    course.write("slides/a.md", "# One\n---\n# Two\n")
    course.write("slides/b.md", "# Three\n")
    return course


def test_a_build_makes_it_leaves_it_alone_and_takes_it_away_with_its_deck(decks: Project) -> None:
    decks.build()
    assert (decks.folder / "public/a.titles").read_text() == "One\nTwo\n"
    assert {"a.html", "a.titles", "b.html", "b.titles"} <= set(decks.files("public"))
    decks.write("slides/b.md", "# Four\n")
    assert "1 export is up to date" in decks.build().out
    assert (decks.folder / "public/b.titles").read_text() == "Four\n"
    (decks.folder / "slides/b.md").unlink()
    decks.build()
    assert {"a.html", "a.titles"} <= set(decks.files("public"))
    assert not {"b.html", "b.titles"} & set(decks.files("public"))


@pytest.mark.parametrize("name", ["all.titles", "all.text"])
def test_a_path_with_a_suffix_of_the_format_is_the_file(decks: Project, name: str) -> None:
    assert decks.run("export", "slides/a.md", "-o", name).code == 0
    assert (decks.folder / name).read_text() == "One\nTwo\n"
