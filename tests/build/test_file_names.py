"""Names of files that are no text: bytes that are not UTF-8."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.projects import PIXEL, Project

SKIPPING = (
    ("build",),
    ("build", "--no-embed", "--zip"),
    ("inspect", "slides"),
    ("import", "slides", "-o", "out"),
)
BUILDING = (
    ("build",),
    ("build", "--zip", "--force"),
    ("build", "--no-embed", "-o", "out"),
    ("inspect", "slides"),
)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("name", [b"caf\xe9.md", b"\xff\xfe.md", b"a\x80b.md", b"f\xff/in.md"])
def test_files_whose_names_are_no_text_are_named_and_skipped(project: Project, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(project.folder / "slides") + b"/" + name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# A\n", "utf-8")
    project.write("slides/ok.md", "# B\n\n![](p%E9.png)\n")
    for command in (
        ("build",),
        ("build", "--no-embed", "--zip"),
        ("inspect", "slides"),
        ("import", "slides", "-o", "out"),
    ):
        ran = project.run(*command)
        assert ran.code == 0
        assert "this is skipped, because its name is not UTF-8" in ran.err
        assert "Traceback" not in ran.err
    if b"/" not in name:
        ran = project.run("build", f"slides/{os.fsdecode(name)}")
        assert (ran.code, ran.codes) == (1, ["SG032"])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("name", [b"caf\xe9", b"\xff", b"a\x80b"])
def test_a_project_may_be_in_a_folder_whose_name_is_no_text(tmp_path: Path, name: bytes) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    folder.mkdir()
    project = Project(folder)
    project.write("slides/talk.md", "# A\n\n[b](more.md) ![](a.png)\n")
    project.write("slides/more.md", "# B\n")
    project.write("slides/a.png", PIXEL)
    for command in (
        ("build",),
        ("build", "--zip", "--force"),
        ("build", "--no-embed", "-o", "out"),
        ("inspect", "slides"),
    ):
        ran = project.run(*command)
        assert (ran.code, ran.err) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("command", ["new", "init"])
def test_a_title_that_is_no_text_is_no_fault(project: Project, command: str) -> None:
    project.write("slidegen.yml", "course: T\n")
    ran = project.run(command, os.fsdecode(b"x\xffy"))
    assert (ran.code, ran.codes) == (0, []), ran.err
