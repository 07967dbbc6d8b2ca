from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from slidegen import __version__, terminal_output
from tests.projects import PATIENCE, PIXEL, Project

COMMANDS = ["build", "inspect"]


def process(*args: str, folder: Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """slidegen as a process of its own."""
    command = [sys.executable, "-m", "slidegen", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)


def test_a_process_builds_a_deck_and_says_where_to(project: Project) -> None:
    project.write("slides/week1/index.md", "# Hello\n\n---\n\n# Again\n")
    done = process("build", folder=project.folder)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode().startswith("slides/week1/index.md -> public/week1/index.html  (2 slides, ")
    assert "Again" in project.page("public/week1/index.html").slides[1]


def test_a_process_names_mistakes_without_colours_when_piped(project: Project) -> None:
    project.write("talk.md", "# Hello\n\n![:nope](x)\n")
    done = process("build", "talk.md", folder=project.folder)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("talk.md:3:1: error[SG005]: ")
    assert b"\x1b" not in done.stderr + done.stdout


def test_a_terminal_has_colours_and_a_pipe_has_none(project: Project) -> None:
    project.write("talk.md", "# Hello\n\n![:nope](x)\n")
    assert "\x1b[31m" in project.run("build", "talk.md", terminal=True).err
    assert "\x1b" not in project.run("build", "talk.md").err


def test_a_reader_who_has_seen_enough_ends_the_command_quietly(project: Project) -> None:
    project.write("talk.md", "# Hello\n\n" + "some text " * 50_000)
    command = [sys.executable, "-m", "slidegen", "build", "talk.md", "-o", "-"]
    with subprocess.Popen(
        command, cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(9) == b"<!DOCTYPE"
        running.stdout.close()
        errors = running.stderr.read()
        running.wait(timeout=PATIENCE)
    assert errors == b""


def test_the_console_script_is_the_same_command() -> None:
    (script,) = entry_points(group="console_scripts", name="slidegen")
    assert script.value == "slidegen.cli:main"


def test_help_does_not_wait_for_what_it_does_not_need() -> None:
    heavy = "jinja2 markdown yaml pygments uharfbuzz selectolax math_core msgspec rich dataclasses".split()
    program = (
        "import sys; from slidegen.cli import main; sys.argv = ['slidegen', '--help']; main();"
        f"print('loaded', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_version(project: Project) -> None:
    ran = project.run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"slidegen {__version__}\n", "")


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_has_examples_and_names_every_command(project: Project, flag: str) -> None:
    ran = project.run(flag)
    assert ran.code == 0
    assert "slidegen build talk.md" in ran.out
    for command in COMMANDS:
        assert f"\n  {command} " in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_an_example(project: Project, command: str) -> None:
    ran = project.run(command, "--help")
    assert ran.code == 0
    assert f"slidegen {command} talk.md" in ran.out
    assert "[SOURCE]..." in ran.out


def test_help_of_build_names_every_option_of_the_issue(project: Project) -> None:
    text = project.run("build", "--help").out
    for option in ["-o, --output PATH", "--theme NAME", "--no-embed", "--strict"]:
        assert option in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(project: Project, shell: str) -> None:
    ran = project.run("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert f"_SLIDEGEN_COMPLETE={shell}_complete" in ran.out


def test_completion_completes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SLIDEGEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "slidegen build --no")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert project.run().out.split() == ["plain,--no-embed"]


@pytest.mark.parametrize(
    "args", [["bake"], ["build", "--them", "slate"], ["build", "--theme"], ["completion", "tcsh"]]
)
def test_wrong_usage_is_exit_code_two_with_a_word_of_what_is_right(project: Project, args: list[str]) -> None:
    ran = project.run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err


def test_exit_codes_of_build(project: Project) -> None:
    project.write("good.md", "# Good\n")
    project.write("doubtful.md", "# Doubtful\n\n.red[\n")
    project.write("bad.md", "# Bad\n\n![:nope](x)\n")
    assert project.run("build", "good.md").code == 0
    assert project.run("build", "doubtful.md").code == 0
    assert project.run("build", "--strict", "good.md").code == 0
    assert project.run("build", "--strict", "doubtful.md").code == 1
    assert project.run("build", "bad.md").code == 1
    assert project.run("build", "none.md").code == 1


def test_exit_codes_of_inspect(project: Project) -> None:
    project.write("good.md", "# Good\n")
    project.write("doubtful.md", "# Doubtful\n\n.red[\n")
    project.write("bad.md", "# Bad\n\n![:nope](x)\n")
    assert project.run("inspect", "good.md").code == 0
    assert project.run("inspect", "doubtful.md").code == 0
    assert project.run("inspect", "bad.md").code == 1


def test_quiet_says_only_what_is_wrong(project: Project) -> None:
    project.write("talk.md", "# Doubtful\n\n.red[\n")
    ran = project.run("build", "-q", "talk.md")
    assert (ran.code, ran.out, ran.codes) == (0, "", ["SG101"])


def test_a_mistake_in_the_settings_is_said_once_however_many_pages_it_is_in_the_way_of(
    project: Project,
) -> None:
    project.write("slidegen.yml", "ratio: wide\nvariants: {student: {output: student}}\n")
    for name in ("a", "b"):
        project.write(f"slides/{name}.md", "# A\n")
    ran = project.run("build")
    assert (ran.code, ran.codes) == (1, ["SG004"])
    assert ran.err.endswith("slides/a.md: not built\nslides/b.md: not built\n")


def test_without_a_command_the_help_is_shown(project: Project) -> None:
    ran = project.run()
    assert "Usage: slidegen" in ran.out + ran.err


DECK = """\
---
title: A talk
lang: fr
---
name: start
class: center, middle
background-color: #fee

# Bonjour

![Chart](images/chart.png)

???

Say *hello*.

---
class: secret

# Hidden

---

# First

--

then
"""


def test_inspect_prints_one_object_a_line_with_the_keys_of_the_issue(project: Project) -> None:
    project.write("slides/images/chart.png", PIXEL)
    project.write("slides/a.md", DECK + "\n.red[unclosed\n")
    project.write("slides/b/index.md", "# Plain\n\nText.\n")
    first, second = project.inspect()
    assert list(first) == ["path", "title", "lang", "slides", "diagnostics"]
    assert (first["path"], first["title"], first["lang"]) == ("slides/a.md", "A talk", "fr")
    assert (second["path"], second["title"], second["lang"]) == ("slides/b/index.md", "Plain", "en")
    keys = ["number", "name", "id", "classes", "style", "html", "notes", "line", "step"]
    assert all(list(slide) == keys for slide in first["slides"])
    start = first["slides"][0]
    assert start["number"] == "1 / 4"
    assert (start["name"], start["id"]) == ("start", "slide-start")
    assert start["classes"][:2] == ["center", "middle"]
    assert start["style"] == "background-color: #fee"
    assert '<img src="images/chart.png" alt="Chart">' in start["html"]
    assert start["notes"] == "<p>Say <em>hello</em>.</p>"
    assert [slide["line"] for slide in first["slides"]] == [5, 18, 23, 27]
    assert [slide["step"] for slide in first["slides"]] == [0, 0, 0, 1]
    assert second["slides"][0]["name"] is None
    (warning,) = first["diagnostics"]
    assert (warning["code"], warning["severity"]) == ("SG101", "warning")
    assert (warning["path"], warning["line"], warning["column"]) == ("slides/a.md", 30, 1)
    assert second["diagnostics"] == []


def test_inspect_has_the_slides_that_excluded_classes_leave_out_unless_asked_for_what_is_shown(
    project: Project,
) -> None:
    project.write("talk.md", DECK.replace("lang: fr", "lang: fr\nexcludedClasses: [secret]"))
    (everything,) = project.inspect("talk.md")
    assert [slide["number"] for slide in everything["slides"]] == ["1 / 4", "2 / 4", "3 / 4", "4 / 4"]
    (shown,) = project.inspect("talk.md", "--shown")
    assert [slide["number"] for slide in shown["slides"]] == ["1 / 3", "2 / 3", "3 / 3"]
    assert "Hidden" not in str(shown["slides"])


def test_inspect_of_a_deck_that_cannot_be_read_is_an_object_too(project: Project) -> None:
    project.write("a.md", "---\ntitle: a: b\n---\n# X\n")
    project.write("b.md", "# B\n")
    ran = project.run("inspect", "a.md", "b.md")
    assert ran.code == 1
    import json

    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert first["path"] == "a.md"
    assert first["slides"] == []
    assert [(item["code"], item["line"]) for item in first["diagnostics"]] == [("SG003", 2)]
    assert second["title"] == "B"


def test_inspect_prints_characters_of_any_language_where_the_terminal_is_ascii(project: Project) -> None:
    project.write("talk.md", "# 世界 é\n")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "slidegen", "inspect", "talk.md"],
        cwd=project.folder,
        env=environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "世界 é" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("name", ["\x1b[31mred", "a\x9b31m", "b\x1b]0;t\x07"])
def test_a_files_name_makes_a_terminal_do_nothing(project: Project, name: str) -> None:
    project.write(f"slides/{name}.md", "# A\n\n![](gone.png)\n")
    for command in (["build", "slides"], ["import", "slides", "-o", "course"]):
        ran = project.run(*command, terminal=True)
        assert ran.code == 0
        for text in (ran.out, ran.err.replace("\x1b[", "")):  # colours are ours
            assert not set(text) & {"\x1b", "\x07", "\x9b"}


NAMES_ON_LINES = [
    ["build", "slides", "-o", "out"],
    ["build", "slides", "-o", "out\nforged"],
    ["import", "slides", "-o", "course"],
    ["import", "slides", "-o", "course\nforged"],
    ["init", "course", "--from", "slides"],
    ["init", "course\nforged"],
    ["check", "slides"],
    ["check", "slides", "--diff"],
    ["check", "slides", "--fix"],
    ["check", "slides", "--format", "github"],
    ["config", "slides/d\nforged.md"],
    ["rehearsal", "slides/d\nforged.md"],
    ["goto", "slides/d\nforged.md:1"],
    ["new", "A\nforged"],
]


@pytest.mark.parametrize("command", NAMES_ON_LINES, ids=lambda command: " ".join(command).replace("\n", "-"))
def test_a_files_name_is_no_line_of_its_own(project: Project, command: list[str]) -> None:
    project.write("slidegen.yml", 'course: "T\\nforged"\n"key\\nforged": "T\\nforged"\n')
    project.write("slides/a\nforged: error[SG001]: c.md", "# A\n\n![](gone.png)\n\n.a [x]\n\n??? x\n")
    project.write("slides/d\nforged.md", '---\ntheme: "x\\nforged"\n---\n# A\n\n![:nothing]()\n')
    ran = project.run(*command)
    said = ran.out + ran.err
    assert said
    assert not [line for line in said.splitlines() if line.startswith(("forged", "  forged"))]


def test_decks_with_one_page_are_named_on_one_line(project: Project) -> None:
    project.write("slides/a\nforged.md", "# A\n")
    project.write(
        "slides/a\nforged.html", "<textarea id=source># A\n</textarea><script src=remark.js></script>"
    )
    ran = project.run("build")
    assert ran.codes == ["SG009"], ran.err
    assert not [line for line in ran.err.splitlines() if line.startswith("forged")]


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "inspect"])
def test_what_programs_read_makes_a_terminal_do_nothing_either(project: Project, form: str) -> None:
    project.write("talk.md", "# A\n\n![](\x9b31m\u202egone\x7f.png)\n")
    command = ["inspect"] if form == "inspect" else ["check", "--format", form]
    ran = project.run(*command, "talk.md")
    assert not set(ran.out) & {"\x9b", "\u202e", "\x7f"}
    assert "\x9b31m\u202egone\x7f.png" in json.dumps(json.loads(ran.out), ensure_ascii=False)


@pytest.mark.parametrize("place", ["loop:1", "loop/x.md:1", "a:0"])
def test_goto_of_a_link_that_leads_to_itself(project: Project, place: str) -> None:
    (project.folder / "loop").symlink_to("loop")
    ran = project.run("goto", place)
    assert (ran.code, ran.codes) == (1, [])
    assert "no `slidegen serve` shows" in ran.err


@pytest.mark.parametrize("name", ["~nobody-of-this-name", "loop", '"a\\0b"', "../loop/x"])
def test_folders_that_are_none_allow_nothing(project: Project, name: str) -> None:
    (project.folder / "loop").symlink_to("loop")
    project.write("slidegen.yml", f"assets: {{allow: [{name}]}}\nfolders: {{{name}: {{theme: slate}}}}\n")
    project.write("a.md", "# A\n")
    assert set(project.run("build", "a.md").codes) <= {"SG104"}


def test_no_line_of_a_build_goes_on_behind_its_progress(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count(step=2)  # progress is shown once a build takes longer than a second
    monkeypatch.setattr(terminal_output, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    project.write("slides/a.md", "# A\n")
    project.write("slides/b.md", "# B\n")
    screen = project.run("build", terminal=True, together=True).err
    assert "2 pages …\r\x1b[Kcourse page -> " in screen
