"""Files of a project that are none: pipes, devices, and more than there is memory for, wherever a command reads one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slidegen.files import regular
from slidegen.files.lock import locked
from slidegen.files.regular import open_regular, read_regular
from tests.projects import Project


def make_pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def make_device(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to("/dev/zero")


def make_link_to_pipe(path: Path) -> None:
    make_pipe(path.with_name("pipe"))
    path.symlink_to("pipe")


KINDS = pytest.mark.parametrize("make", [make_pipe, make_device, make_link_to_pipe])


@KINDS
def test_only_regular_files_are_opened(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "x")
    for opens in (open_regular, read_regular):
        with pytest.raises(OSError, match="not a regular file"):
            opens(tmp_path / "x")


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_names_that_no_file_can_have_are_files_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match="name"):
        read_regular(tmp_path / name)


@pytest.mark.parametrize("size", [0, 1, regular.PIECE, 3 * regular.PIECE + 1])
def test_a_file_is_read_whole_and_no_further_than_its_bound(tmp_path: Path, size: int) -> None:
    (tmp_path / "x").write_bytes(b"x" * size)
    assert read_regular(tmp_path / "x", size) == b"x" * size
    with pytest.raises(OSError, match="more than"):
        read_regular(tmp_path / "x", size - 1)


def test_a_file_that_grows_while_it_is_read_is_read_no_further_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").write_bytes(b"x" * 100)
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((0o100644, *[0] * 9)))
    with pytest.raises(OSError, match="more than"):
        read_regular(tmp_path / "x", 50)
    assert read_regular(tmp_path / "x", 100) == b"x" * 100


RMD = "---\noutput: xaringan::moon_reader\n---\n# A\n"
PLACES = {
    "slides/a.html": {"slides/a.Rmd": RMD},
    "slides/index.html": {"slides/a.md": "# A\n"},
    "slides/template/index.html": {"slides/a.md": "# A\n"},
    "slides/a.png": {"slides/a.md": "# A\n\n![](a.png)\n"},
    "slides/a.css": {"slides/a.md": "---\ncss: a.css\n---\n# A\n"},
    "slides/a.bib": {"slides/a.md": "---\nbibliography: a.bib\n---\n# A\n\n[@b]\n"},
    "slides/a.html.txt": {"slides/a.md": "---\nbodyStart: a.html.txt\n---\n# A\n"},
    "slides/b.txt": {"slides/a.md": "# A\n\n![:include](b.txt)\n"},
    "templates/macros/m.html": {"slides/a.md": "# A\n\n![:m](x)\n"},
    "slidegen.yml": {"slides/a.md": "# A\n"},
    "_config.yml": {"slides/a.md": "# A\n"},
    ".slidegen/lock": {"slides/a.md": "# A\n"},
    ".slidegen/record.json": {"slides/a.md": "# A\n"},
    "public/a.html": {"slides/a.md": "# A\n"},
}


@pytest.mark.parametrize("place", PLACES)
def test_no_command_waits_for_a_pipe(project: Project, place: str) -> None:
    for name, text in PLACES[place].items():
        project.write(name, text)
    make_pipe(project.folder / place)
    for command in (
        ["build", "slides"],
        ["inspect", "slides"],
        ["new", "More", "--date", "2026-09-15"],
        ["config"],
        ["import", "slides", "-o", "course"],
    ):
        ran = project.run(*command)
        assert ran.code in (0, 1)
        assert "SG031" not in ran.codes


@KINDS
def test_a_lock_that_is_no_file_is_not_waited_for(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "lock")
    with (
        pytest.raises(OSError, match=r"regular file|symbolic links"),
        locked(tmp_path, "", lambda: None),
    ):
        pass


@pytest.mark.parametrize("named", ["deck.md", "./deck.md", "more/deck.md"])
def test_a_deck_that_a_page_names_obeys_the_limit_of_decks(project: Project, named: str) -> None:
    project.write(named, "# A\n" + "x\n" * 1_000_000)
    project.write("slidegen.yml", "deckLimit: 1 MB\n")
    start = f'<textarea id="source"></textarea><script>remark.create({{sourceUrl: "{named}"}})</script>'
    project.write("page.html", f'<!DOCTYPE html><script src="remark.js"></script>{start}')
    ran = project.run("build", "page.html", "-o", "out.html")
    assert (ran.code, ran.codes) == (1, ["SG011"])
    assert "deckLimit: 3 MB" in ran.err
    project.write("slidegen.yml", "deckLimit: 3 MB\n")
    assert project.run("build", "page.html", "-o", "out.html").code == 0


@pytest.mark.parametrize("name", ["slidegen.yml", "_config.yml"])
def test_settings_have_a_bound(project: Project, name: str) -> None:
    project.write("slides/a.md", "---\nlayout: x\n---\n# A\n")
    project.write(name, "# " + "x" * 2_000_001)
    ran = project.run("build", "slides")
    assert ran.code == 1
    assert set(ran.codes) == {"SG011"}


@pytest.mark.parametrize("charset", ["hex", "zlib", "undefined", "idna", "rot13", "punycode", "no\u00e9"])
def test_an_encoding_that_no_browser_knows_is_utf_8(project: Project, charset: str) -> None:
    page = f'<meta charset="{charset}"><textarea id="source"># Été</textarea><script>remark.create()</script>'
    project.write("slides/a.html", page)
    project.write("slides/b.md", "# B\n")
    project.build("slides", "-o", "out")
    assert project.page("out/a.html").slides == ['<h1 id="-t-">Été</h1>']


@pytest.mark.parametrize("kind", ["MemoryError", "RuntimeError", "ValueError"])
def test_what_fails_while_decks_are_looked_for_is_one_decks_trouble(
    project: Project, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    project.write("slides/a.html", '<textarea id="source"># A</textarea><script>remark.create()</script>')
    project.write("slides/b.md", "# B\n")
    fault = {"MemoryError": MemoryError, "RuntimeError": RuntimeError, "ValueError": ValueError}[kind]

    def fails(*args: object) -> None:
        raise fault

    for place in ("slidegen.reading.html_page.deck.page_parts", "slidegen.reading.html_page.page.page_parts"):
        monkeypatch.setattr(place, fails)
    ran = project.run("build", "slides", "-o", "out", "-j", "1")
    assert (ran.code, ran.codes) == (1, ["SG031"])
    assert project.page("out/b.html").slides == ['<h1 id="b">B</h1>']
