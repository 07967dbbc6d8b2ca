"""`pytest --update-cases` rewrites what the case files expect."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import read_cases

CONFTEST = "from tests.cases import expect, pytest_addoption, pytest_cmdline_main\n"
TESTS = """
from pathlib import Path

import pytest

from tests.cases import read_cases


@pytest.mark.parametrize("case", read_cases(Path(__file__).with_name("upper.txt")), ids=str)
def test_upper(case, expect):
    expect(case, case.given.upper().replace("X", "\\n=== a title\\n"))
"""
FILE = """Texts and their capitals.

=== right
a
...
A

=== wrong
b··
c
...
no

=== empty
d
...

=== last
e
...
no
"""


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on the files in a folder."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_upper.py").write_text(TESTS)
    root = str(Path(__file__).parent.parent)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "2", *args, str(folder)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_what_comes_out_is_what_is_expected_then(tmp_path: Path) -> None:
    file = tmp_path / "upper.txt"
    file.write_text(FILE, "utf-8")
    ran = run(tmp_path)
    assert ran.returncode == 1, ran.stdout
    assert "3 failed, 1 passed" in ran.stdout
    assert file.read_text("utf-8") == FILE
    ran = run(tmp_path, "--update-cases")
    assert ran.returncode == 0, ran.stdout
    updated = FILE.replace("c\n...\nno", "c\n...\nB··\nC").replace("e\n...\nno", "e\n...\nE")
    assert file.read_text("utf-8") == updated.replace("d\n...\n", "d\n...\nD\n")
    assert run(tmp_path).returncode == 0


def test_an_output_that_would_be_another_case_is_not_written_silently(tmp_path: Path) -> None:
    (tmp_path / "upper.txt").write_text("=== none\n\n=== a\nx\n...\nno\n", "utf-8")
    ran = run(tmp_path, "--update-cases")
    assert ran.returncode == 1
    assert "a case file cannot hold this output" in ran.stdout


def test_a_case_without_dots_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "cases.txt").write_text("\n=== no dots\nx\n", "utf-8")
    with pytest.raises(AssertionError, match=r"'no dots' has no line with three dots"):
        read_cases(tmp_path / "cases.txt")
