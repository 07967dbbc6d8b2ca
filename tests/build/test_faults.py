"""What slidegen itself does wrong is one deck's trouble, and is said in a way that can be reported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slidegen.build import maker
from slidegen.compile import compile as compiling
from slidegen.compile.context import CompileOptions, DeckContext
from tests.projects import Project

SECRET = "The answer is forty-two"


def recursing(text: str) -> str:
    """Fails by calling itself."""
    return recursing(text) + text


def broken(kind: str) -> Callable[..., Any]:
    """Fails in some way, and quotes the deck."""

    def fail(deck: DeckContext, *options: CompileOptions) -> Any:
        if deck.path.name != "b.md":
            return compiling.compile_deck(deck, *options)
        if kind == "recursion":
            return recursing(SECRET)
        if kind == "cause":
            try:
                raise KeyError(SECRET)
            except KeyError as error:
                raise TypeError(SECRET) from error
        raise {"memory": MemoryError, "value": ValueError, "os": OSError}[kind](SECRET)

    return fail


@pytest.fixture
def course(project: Project) -> Project:
    """Three decks."""
    project.write("slidegen.yml", "course: T\n")
    for name in "abc":
        project.write(f"slides/{name}.md", f"# {name}\n\n{SECRET}\n")
    return project


@pytest.mark.parametrize("kind", ["recursion", "cause", "memory", "value", "os"])
def test_other_decks_are_built_and_a_report_holds_no_text(
    course: Project, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(maker, "compile_deck", broken(kind))
    ran = course.run("build", "-j", "1")
    assert (ran.code, ran.codes) == (1, ["SG031"])
    assert "slides/b.md: error[SG031]" in ran.err
    assert course.pages("public") == ["a.html", "c.html"]
    (report,) = (course.folder / ".slidegen").glob("fault-*.txt")
    assert f".slidegen/{report.name}" in ran.err
    text = report.read_text("utf-8")
    assert "slidegen " in text
    assert f"Python {sys.version.split()[0]}" in text
    assert "in __call__" in text
    assert "forty" not in text + ran.err
    assert len(text) < 20_000
    monkeypatch.undo()
    assert course.run("build").code == 0


def test_a_process_that_dies_at_a_deck_is_that_decks_trouble(
    course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    giver = os.getpid()

    def die(deck: DeckContext, *options: CompileOptions) -> Any:
        if deck.path.name == "b.md" and os.getpid() != giver:
            os._exit(11)
        return compiling.compile_deck(deck, *options)

    from slidegen.build import incremental, workers

    if not workers.FORKS:
        pytest.skip("processes elsewhere know nothing of what a test has changed")
    monkeypatch.setattr(maker, "compile_deck", die)
    monkeypatch.setattr(incremental, "WORTH_SHARING_SECONDS", 0.0)
    ran = course.run("build", "-j", "3")
    assert (ran.code, ran.codes) == (1, ["SG031"])
    assert course.pages("public") == ["a.html", "c.html"]


@pytest.mark.parametrize("command", ["inspect", "import"])
def test_other_commands_go_on(course: Project, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    from slidegen.build import inspect
    from slidegen.importing import course as importing

    for module in (importing, inspect):
        monkeypatch.setattr(module, "compile_deck", broken("value"))
    ran = course.run(command, "slides")
    assert ran.code == 1
    assert ran.out.count("\n") == (3 if command == "inspect" else 2)
    if command == "inspect":
        (found,) = json.loads(ran.out.splitlines()[1])["diagnostics"]
        assert (found["code"], "forty" in found["message"]) == ("SG031", False)
    else:
        assert ran.codes == ["SG031"]


def test_a_fault_outside_of_decks_is_no_traceback_either(
    course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from slidegen.build import command

    def fail(*args: Any) -> Any:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(command, "plan", fail)
    ran = course.run("build")
    assert (ran.code, ran.codes) == (1, ["SG031"])
    assert "Traceback" not in ran.err
    assert "forty" not in ran.err


def test_where_no_report_can_be_written_it_is_shown(course: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (course.folder / ".slidegen").write_text("in the way", "utf-8")
    monkeypatch.setattr(maker, "compile_deck", broken("value"))
    ran = course.run("build", "-j", "1")
    assert ran.codes == ["SG031"]
    assert "please report this:" in ran.err
    assert "in __call__" in ran.err


SHELL = [
    ("build", "> /dev/full", 1, "standard output: cannot be written"),
    ("build", ">&-", 0, ""),
    ("build", "2>&-", 0, ""),
    ("build", ">&- 2>&- <&-", 0, ""),
    ("build slides/a.md -o -", "> /dev/full", 1, "standard output: cannot be written"),
    ("build slides/a.md -o -", ">&-", 1, "standard output: cannot be written"),
    ("inspect", "> /dev/full", 1, "standard output: cannot be written"),
    ("inspect", "| head -c 1 > /dev/null", 0, ""),
    ("build", "| true", 0, ""),
    ("themes", "> /dev/full", 1, "standard output: cannot be written"),
    ("build nothing.md", "2> /dev/full", 1, ""),
    ("docs serve", ">&-", 0, ""),
    ("docs serve", "| true", 0, ""),
    ("init new", ">&- <&-", 0, ""),
    ("new Graphs", "<&-", 0, ""),
    ("new", ">&- 2>&- <&-", 2, ""),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(("command", "to", "code", "says"), SHELL)
def test_output_that_is_full_or_closed(course: Project, command: str, to: str, code: int, says: str) -> None:
    ran = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m slidegen {command} {to}'],
        cwd=course.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, says in ran.stderr) == (code, True)
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr
    if command == "build":
        assert course.pages("public") == ["a.html", "b.html", "c.html"]
    assert not list((course.folder / ".slidegen").glob("fault-*"))


class PanicException(BaseException):
    """As faults in libraries written in Rust are raised: no Exception, and with the text that was given."""


@pytest.mark.parametrize("formula", ["$\\alpha$", "$$\\begin{align}a\\end{align}$$", "$`x^2`$ `$x$`"])
@pytest.mark.parametrize("command", ["build", "inspect"])
def test_a_fault_in_the_library_of_formulas_is_an_error_of_the_formula(
    project: Project, monkeypatch: pytest.MonkeyPatch, formula: str, command: str
) -> None:
    class Panics:
        def __init__(self, **options: object) -> None:
            pass

        def convert_with_local_state(self, latex: str, displaystyle: bool) -> str:
            raise PanicException(latex)

    monkeypatch.setattr("math_core.LatexToMathML", Panics)
    project.write("slides/a.md", f"# A\n\n{formula}\n")
    project.write("slides/b.md", "# B\n")
    ran = project.run(command, "slides", *(["-o", "out", "-j", "1"] if command == "build" else []))
    assert "SG031" not in ran.err + ran.out
    assert "makes math-core fail" in ran.err + ran.out
    assert "Panic" not in ran.err + ran.out
