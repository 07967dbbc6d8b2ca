"""The course page links what was exported, in each version and no longer than it exists."""

from __future__ import annotations

import re

import pytest

from tests.projects import Project

pytest.importorskip("pikepdf")
pytest.importorskip("pptx")
pytestmark = pytest.mark.browser

YML = "course: Counting\nvariants: {student: {without: solution, output: student}}\n"


@pytest.fixture
def counting(course: Project) -> Project:
    course.write("slidegen.yml", YML)
    course.write("slides/one.md", "# One\n\n.solution[It is one, and nothing else]\n")
    course.write("slides/two.md", "# Two\n")
    return course


def offered(course: Project, folder: str = "public") -> list[str]:
    """What the sessions of a course page offer."""
    return re.findall(r'<a href="([^"]+)" download>', course.page(f"{folder}/index.html").html)


def test_a_build_links_each_format_that_it_exports(counting: Project) -> None:
    counting.write("slidegen.yml", f"{YML}export: [pdf, handout, pptx]\n")
    assert counting.build().code == 0
    assert offered(counting) == [
        *("one.html", "one.pdf", "one-handout.pdf", "one.pptx"),
        *("two.html", "two.pdf", "two-handout.pdf", "two.pptx"),
    ]
    assert "course page" not in counting.build().out
    (counting.folder / "slides/two.md").unlink()
    counting.build()
    assert offered(counting) == ["one.html", "one.pdf", "one-handout.pdf", "one.pptx"]
    assert not [name for name in counting.files("public") if name.startswith("two")]


def test_a_variant_links_its_own_exports(counting: Project) -> None:
    counting.write("slidegen.yml", f"{YML}export: [txt]\n")
    assert counting.build("--variant", "student").code == 0
    assert offered(counting, "public/student") == ["one.html", "one.txt", "two.html", "two.txt"]
    assert "nothing else" not in (counting.folder / "public/student/one.txt").read_text("utf-8")
    assert counting.build().code == 0
    assert offered(counting) == ["one.html", "one.txt", "two.html", "two.txt"]
    assert "nothing else" in (counting.folder / "public/one.txt").read_text("utf-8")


def test_an_export_before_or_after_the_build_is_linked_by_the_next_one(counting: Project) -> None:
    assert counting.run("export", "--format", "txt").code == 0
    counting.build()
    assert offered(counting) == ["one.html", "one.txt", "two.html", "two.txt"]
    assert counting.run("export", "slides/two.md", "-o", "public", "--format", "pdf").code == 0
    assert "course page" in counting.build().out
    assert offered(counting) == ["one.html", "one.txt", "two.html", "two.pdf", "two.txt"]
    (counting.folder / "public/one.txt").unlink()
    assert "course page" in counting.build().out
    assert offered(counting) == ["one.html", "two.html", "two.pdf", "two.txt"]
    assert counting.run("export", "--format", "txt").code == 0
    assert counting.files("public").count("one.txt") == 1
