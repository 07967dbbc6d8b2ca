"""Folders on several drives of Windows, between which no relative path leads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.projects import PIXEL, Project


@pytest.fixture
def other_drive(
    project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder to which no relative path leads from the project's."""
    drive = tmp_path_factory.mktemp("drive").resolve()
    relpath = os.path.relpath

    def between(path: str | Path, start: str | Path = os.curdir) -> str:
        ends = [Path(os.path.abspath(each)).is_relative_to(drive) for each in (path, start)]  # noqa: PTH100
        if ends[0] != ends[1]:
            raise ValueError("path is on mount 'D:', start on mount 'C:'")
        return relpath(path, start)

    monkeypatch.setattr(os.path, "relpath", between)
    return drive


def test_a_course_on_another_drive_is_built(project: Project, other_drive: Path) -> None:
    course = Project(other_drive)
    course.write("slidegen.yml", "course: Walks\n")
    course.write("slides/a.md", "# A\n\n[on](b.md)\n")
    course.write("slides/b.md", "# B\n")
    ran = project.run("build", str(other_drive / "slides"), "-o", str(other_drive / "public"), "--zip")
    assert (ran.code, ran.err) == (0, "")
    assert course.page("public/a.html").tree.css_first("a[href='b.html']") is not None
    assert f"archive -> {other_drive / 'public.zip'}" in ran.out


def test_pages_go_to_another_drive(project: Project, other_drive: Path) -> None:
    project.write("slidegen.yml", f"output: '{other_drive}'\n")
    project.write("slides/a.md", "# A\n")
    ran = project.run("build")
    assert "Traceback" not in ran.err
    ran = project.run("build", "-o", str(other_drive / "site"))
    assert (ran.code, ran.err) == (0, "")
    assert (other_drive / "site/a.html").is_file()


def test_a_picture_on_another_drive_is_named_with_its_place(project: Project, other_drive: Path) -> None:
    Project(other_drive).write("a.png", PIXEL)
    project.write("slidegen.yml", "course: A\n")
    project.write("slides/a.md", f"![A]({other_drive.as_posix()}/a.png)\n")
    ran = project.run("build")
    assert "SG031" not in ran.err
    assert ran.codes
