"""What the README and the documentation tell people to type: each command is typed, each sample deck is built."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from slidegen.cli import cli
from tests.projects import PATIENCE, PIXEL, Project

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"(?:^<!-- file: (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

SKIPPED = {
    r"^(pip|pipx|uv|uvx) ": "needs the network",
    r"\bpip install\b": "needs the network",
    r"^git (clone|push)": "needs the network",
    r"--fetch": "needs the network",
    r"^python3? (benchmarks|docs)/": "measures, or takes pictures",
    r"^Rscript": "needs R",
    r"rsync": "needs a server to copy to",
    r"^curl|^ +http": "needs the server that the line before it starts",
    r"\bnpm\b|\bnode\b": "needs Node",
    r"slidegen (export|check --browser|thumbnails)": "needs Chromium",
    r"slidegen export": "needs Chromium",
    r"slidegen rehearsal": "needs a rehearsal, which a browser records",
}
"""What is not typed here, and why."""

DECK = "---\ntitle: A talk\n---\n# A\n\n.solution[B]\n\n---\nname: summary\n\n# C\n\n???\nnotes\n"
READER_HAS: dict[str, str | bytes] = {
    "talk.md": DECK,
    "slides/talk.md": DECK,
    "slides/20260915-sampling.md": "# A\n",
    "slides/20260915-markov-chains.md": "# A\n",
    "lectures/a.md": "# A\n",
    "lectures/b.md": "# B\n",
    "index.html": '<textarea id="source"># A\n</textarea><script>remark.create()</script>',
    "talk.html": '<textarea id="source"># A\n</textarea><script>remark.create()</script>',
    "talk/index.html": '<textarea id="source"># A\n</textarea><script>remark.create()</script>',
}
"""What the reader of a page on slidegen has; the pages on how to begin take nothing for granted."""
FROM_NOTHING = {"README.md", "docs/first-deck.md", "docs/first-course.md", "docs/install.md"}


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    name: str
    """The file that a reader is to write it to; empty where the page does not say."""
    text: str
    line: int


def blocks(page: str) -> list[Block]:
    text = (ROOT / page).read_text("utf-8")
    return [
        Block(found[2], found[1] or "", found[3], text[: found.start()].count("\n") + 1)
        for found in BLOCK.finditer(text)
    ]


def commands(block: Block) -> list[str]:
    """The commands of a block, without comments; a line that ends in a backslash goes on."""
    lines = block.text.replace("\\\n", " ").splitlines()
    return [line.split("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")]


def skipped(command: str) -> str:
    return next((reason for pattern, reason in SKIPPED.items() if re.search(pattern, command)), "")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout after the README's first command, without the download: `.venv` has the slidegen under test."""
    folder = tmp_path_factory.mktemp("checkout") / "slidegen"
    folder.mkdir()
    shutil.copytree(ROOT / "slides", folder / "slides")
    shutil.copy(ROOT / "pyproject.toml", folder)
    venv.create(folder / ".venv", with_pip=False, symlinks=os.name != "nt")
    program = folder / ".venv" / "bin" / "slidegen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m slidegen "$@"\n')
    program.chmod(0o755)
    return folder


SERVE = """
import re, subprocess, sys, urllib.request
command = [*sys.argv[1:], "-p", "0"] if "-p" not in sys.argv else sys.argv[1:]
command = [part for part in command if part != "--open"]
with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
    line = running.stdout.readline()
    address = re.search(r"http://localhost:\\d+/", line)
    print(line)
    page = urllib.request.urlopen(address[0]).read() if address else b""
    running.terminate()
    running.stdout.read()
sys.exit(0 if b"</html>" in page else 1)
"""


@pytest.mark.skipif(os.name == "nt", reason="the commands are a Unix shell's")
@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_works_in_its_order(page: str, environment: Path, tmp_path: Path) -> None:
    todo = [
        (block.line, command)
        for block in blocks(page)
        if block.language == "sh"
        for command in commands(block)
    ]
    if not any(not skipped(command) for _, command in todo):
        pytest.skip("; ".join(sorted({skipped(command) for _, command in todo})) or "has no commands")
    project = Project(tmp_path / "reader")
    project.folder.mkdir()
    (tmp_path / "serve.py").write_text(SERVE)
    if page == "README.md":
        shutil.copytree(environment, project.folder / "slidegen", symlinks=True)
    elif page not in FROM_NOTHING:
        for name, content in READER_HAS.items():
            project.write(name, content)
    path = os.environ["PATH"]
    if page != "README.md":
        path = f"{environment / '.venv/bin'}{os.pathsep}{path}"
    else:  # only what the text puts there
        here = {sysconfig.get_path("scripts"), str(Path(sys.executable).parent)}
        path = os.pathsep.join(part for part in path.split(os.pathsep) if part not in here)
    script = ["set -e", f"cd '{project.folder / 'slidegen' if page == 'README.md' else project.folder}'"]
    for block in blocks(page):
        if block.name:
            script.append(f"cat > {block.name} <<'END OF SAMPLE'\n{block.text}END OF SAMPLE")
        for command in commands(block) if block.language == "sh" else []:
            if reason := skipped(command):
                script.append(f"echo {shlex.quote(f'not typed, {reason}: {command}')}")
                continue
            typed = command
            if re.match(r"slidegen serve\b", command):
                typed = f"'{sys.executable}' '{tmp_path / 'serve.py'}' {command}"
            elif command.startswith("slidegen goto"):
                typed = f"{command} || true  # no server runs here"
            script.append(f"echo {shlex.quote(f'{page}:{block.line}: {command}')}\n{typed}")
    ran = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        env={**os.environ, "PATH": path, "XDG_RUNTIME_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 0, f"{ran.stdout[-1500:]}\n{ran.stderr[-1500:]}"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_in_the_text_of_a_page_is_one_that_slidegen_has(page: str) -> None:
    prose = BLOCK.sub("", (ROOT / page).read_text("utf-8"))
    found = re.findall(r"(?<!`)`slidegen((?: [^`]*)?)`(?!`)", prose.replace("\n", " "))
    for text in found:
        words = [word for word in shlex.split(text.replace("...", "")) if word != "|"]
        if not words or words[0].startswith("-"):
            continue
        assert words[0] in cli.commands, f"slidegen{text}"
        known = {
            name
            for option in cli.commands[words[0]].params
            for name in (*option.opts, *option.secondary_opts)
        }
        options = {word.partition("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)}
        assert options <= known | {"-h", "--help"}, f"slidegen{text}"


BESIDE: dict[str, str | bytes] = {
    **dict.fromkeys(("a.png", "b.png", "plot.png", "img/walk.png", "img/no.png"), PIXEL),
    "film.mp4": b"\0",
}
"""Files that samples show."""
MARKS = re.compile(r"(?m)^\s*(?:--|---|\?\?\?)\s*$|(?<![\w`])\.[a-z][\w-]*\[|!\[:|\$[^$\s][^$]*\$|\{\{")


@pytest.mark.parametrize("page", PAGES)
def test_every_sample_deck_of_a_page_builds_without_a_warning_or_a_mark_as_text(
    page: str, tmp_path: Path
) -> None:
    if page == "docs/diagnostics.md":
        pytest.skip("shows mistakes; test_diagnostics.py builds them")
    samples = [block for block in blocks(page) if block.language == "markdown"]
    if not samples:
        pytest.skip("has no sample decks")
    for number, block in enumerate(samples):
        if "![:include" in block.text:
            continue  # what it brings is tested with includes
        project = Project(tmp_path / str(number))
        for name, content in BESIDE.items():
            project.write(name, content)
        project.write("talk.md", block.text)
        ran = project.run("build", "talk.md", "-o", "talk.html")
        assert (ran.code, ran.err) == (0, ""), f"{page}:{block.line}"
        for slide in project.page("talk.html").tree.css(".remark-slide-content"):
            for node in slide.css("code, pre, math, script, style"):
                node.decompose()
            found = MARKS.search(slide.text(separator="\n"))
            assert found is None, f"{page}:{block.line}: shows {found[0]!r}"
