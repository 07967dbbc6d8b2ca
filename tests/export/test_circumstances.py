"""`slidegen export` where things go wrong: a clear sentence, no half file, no process left behind."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from slidegen.browser.browser import Browser
from slidegen.browser.page import Page
from slidegen.export import command
from tests.browser.processes import processes_of, wait_until
from tests.projects import PATIENCE, Project

pytestmark = pytest.mark.browser
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def test_no_browser(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("talk.md", "# A\n")
    monkeypatch.delenv("SLIDEGEN_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(project.folder))
    monkeypatch.setattr("slidegen.browser.find.LINUX", ())
    monkeypatch.setattr("slidegen.browser.find.MAC", ())
    monkeypatch.setattr("slidegen.browser.find.WINDOWS", ())
    ran = project.run("export", "talk.md", "-o", "talk.pdf")
    assert (ran.code, ran.codes) == (1, ["SG071"])
    assert "Traceback" not in ran.err
    assert project.files() == ["talk.md"]
    ran = project.run("export", "talk.md", "-o", "talk.pdf", "--browser", "nowhere/chrome")
    assert ran.codes == ["SG071"]
    assert "nowhere/chrome" in ran.err


OLD = f"""#!{sys.executable}
import json, os
first = json.loads(os.read(3, 65536).split(b"\\0")[0])
answer = {{"id": first["id"], "result": {{"product": "HeadlessChrome/79.0.3945.88"}}}}
os.write(4, json.dumps(answer).encode() + b"\\0")
os.read(3, 65536)
"""
"""A browser of 2019, as far as it is asked."""


@pytest.mark.skipif(os.name == "nt", reason="needs programs that are scripts")
@pytest.mark.parametrize("named", ["./old", "{folder}/old"])
def test_a_browser_that_is_too_old(course: Project, named: str) -> None:
    course.write("talk.md", "# A\n")
    course.write("old", OLD).chmod(0o755)
    named = named.format(folder=course.folder)
    ran = course.run("export", "talk.md", "-o", "out/talk.pdf", "--browser", named)
    assert (ran.code, ran.codes) == (1, ["SG072"])
    assert "too old: it is HeadlessChrome 79.0.3945.88" in ran.err
    assert course.files("out") == []


def test_a_page_that_never_answers(course: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    load = Page.load

    def impatient(page: Page, file: Path, query: str = "") -> None:
        load(page, file, query, *([2.0] if file.name == "a.html" else []))

    monkeypatch.setattr(Page, "load", impatient)
    course.write("a.md", "# A\n<script>for (;;);</script>\n")
    course.write("b.md", "# B\n")
    ran = course.run("export", "a.md", "b.md", "-o", "out")
    assert (ran.code, ran.codes) == (1, ["SG072"])
    assert "it was not exported" in ran.err
    assert course.files("out") == ["b.pdf"]


def test_a_deck_that_waits_for_the_network_is_exported_without_it(course: Project) -> None:
    course.write(
        "talk.md",
        "# A\n\n![there](https://example.org/picture.png)\n\n<iframe src='https://example.org/'></iframe>\n",
    )
    ran = course.run("export", "talk.md", "-o", "talk.pdf")
    assert ran.code == 0
    assert course.files() == ["talk.md", "talk.pdf"]


@LINUX
def test_a_browser_that_crashes_in_the_middle(course: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = command.prepared

    def of_the_browser(folder: Path) -> list[int]:
        running = processes_of(folder)
        return [pid for pid in running if b"guard.py" not in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def crash(browser: Browser, *args: object) -> object:
        wait_until(lambda: of_the_browser(browser.folder))  # it starts in the background
        for pid in of_the_browser(browser.folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return before(browser, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "prepared", crash)
    course.write("talk.md", "# A\n")
    ran = course.run("export", "talk.md", "-o", "out/talk.pdf")
    assert (ran.code, ran.codes) == (1, ["SG072"])
    assert course.files("out") == []


def test_an_output_that_cannot_be_written(course: Project) -> None:
    course.write("talk.md", "# A\n")
    course.write("out", "a file")
    ran = course.run("export", "talk.md", "-o", "out/talk.pdf")
    assert (ran.code, ran.codes) == (1, ["SG010"])
    course.write("there/talk.pdf/file", "a folder stands there")
    ran = course.run("export", "talk.md", "-o", "there/talk.pdf")
    assert (ran.code, ran.codes) == (1, ["SG010"])
    assert course.files("there") == ["talk.pdf/file"]


def test_a_file_that_another_program_has_open(course: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    course.write("talk.md", "# A\n")
    course.write("talk.txt", "open in an editor")

    before = os.replace

    def replace(source: str, target: Path) -> None:
        if target.name != "talk.txt":
            return before(source, target)
        error = PermissionError(errno.EACCES, "Access is denied", source, 5, str(target))
        error.winerror = 5  # type: ignore[attr-defined,unused-ignore]
        raise error  # as Windows does

    monkeypatch.setattr("slidegen.files.writing.os.replace", replace)
    ran = course.run("export", "talk.md", "-o", "talk.txt")
    assert (ran.code, ran.codes) == (1, ["SG010"])
    assert "talk.txt: error[SG010]: cannot be written: another program has it open" in ran.err
    assert "close it there and try again" in ran.err
    assert course.files() == ["talk.md", "talk.txt"]
    assert (course.folder / "talk.txt").read_text() == "open in an editor"


def test_many_slides(course: Project) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    course.write("talk.md", "\n---\n".join(f"# Slide {number}\n\n$x^{number}$\n" for number in range(400)))
    assert course.run("export", "talk.md", "-o", "talk.pdf").code == 0
    with pikepdf.open(course.folder / "talk.pdf") as pdf:
        assert len(pdf.pages) == 400


@LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_export_that_is_stopped(course: Project, number: signal.Signals) -> None:
    course.write("talk.md", "# A\n<script>for (;;);</script>\n")
    with subprocess.Popen(
        [sys.executable, "-m", "slidegen", "export", "talk.md", "-o", "out/talk.pdf"],
        cwd=course.folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        wait_until(lambda: bool(list(course.folder.glob("out/_slidegen-*.tmp/0/*.html"))))
        [folder] = course.folder.glob("out/_slidegen-*.tmp")
        process.send_signal(number)
        assert process.wait(PATIENCE) == {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}[number]
        assert process.stderr is not None
        said = process.stderr.read()
        assert "Traceback" not in said
        assert "not exported" not in said, "it has waited for the page"
    wait_until(lambda: not processes_of(folder))
    wait_until(lambda: not folder.exists())
    assert course.files("out") == []


def test_two_exports_at_once(course: Project) -> None:
    course.write("slidegen.yml", "lang: en\n")
    course.write("slides/talk.md", "# A\n")
    run = [sys.executable, "-m", "slidegen", "export"]
    both = [
        subprocess.Popen(run, cwd=course.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=PATIENCE) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert sum("up to date" in out for out, _ in outputs) == 1
    assert course.files("public") == ["talk.pdf"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["-o", "talk.pdf", "--sheet"], "--sheet goes with pictures"),
        (["-o", "talk.pptx", "--width", "800"], "--width goes with pictures"),
        (["-o", "talk.pptx", "--handout", "4"], "--handout goes with pdf"),
        (["-f", "png", "--notes"], "--notes goes with pdf"),
        (["-o", "talk.pdf", "--pictures"], "--pictures goes with pptx and odp"),
        (["-o", "talk.png"], "-o talk/ --format png"),
        (["-o", "talk.jpg"], "-o talk/ --format jpeg"),
        (["-o", "talk.gif"], "does not export .gif files"),
        (["-o", "talk.html"], "slidegen build makes HTML"),
        (["-o", "-"], "an export is a file: name it, such as -o talk.pdf"),
        (["-o", "talk.pdf", "-f", "txt"], "or a file that ends in .txt"),
        (["-o", "talk.pdf", "-f", "pdf", "-f", "pptx"], "--format pptx does not go with -o talk.pdf"),
        (["-o", "talk.pdf", "-f", "png"], "--format png does not go with -o talk.pdf: name a folder\n"),
    ],
)
def test_options_that_mean_nothing_together_are_refused(
    project: Project, options: list[str], says: str
) -> None:
    project.write("talk.md", "# One\n")
    ran = project.run("export", "talk.md", *options)
    assert ran.code == 2
    assert says in ran.err
    assert project.pages() == ["talk.md"]
