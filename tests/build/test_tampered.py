"""What earlier commands saved, changed by somebody else: it is not believed, and no command fails because of it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from slidegen.diagnostics import DeckError
from slidegen.serve.ink_files import load_ink
from slidegen.serve.running_servers import running_servers
from tests.projects import Project

DEEP = "[" * 100_000 + "]" * 100_000


@pytest.fixture
def course(project: Project) -> Project:
    project.write("slidegen.yml", "course: T\n")
    project.write("slides/a.md", "# Alpha\n")
    project.write("slides/b.md", "# Beta\n")
    project.build()
    return project


@pytest.mark.parametrize(
    "text", [DEEP, f'{{"format": 3, "places": [], "pages": {DEEP}}}', "null", "{", "\0", "1e999"]
)
def test_a_record_that_holds_anything_is_as_none(course: Project, text: str) -> None:
    course.write(".slidegen/build.json", text)
    assert course.build().out.splitlines()[0].startswith("slides/a.md -> public/a.html")


@pytest.mark.parametrize("change", ["{", DEEP, "null", '{"title": "Forged"}', "\x80\x03}q."])
def test_summaries_that_were_changed_are_made_again(course: Project, change: str) -> None:
    before = (course.folder / "public/index.html").read_bytes()
    for path in (course.folder / ".slidegen/summaries").glob("*.json"):
        path.write_text(change, "utf-8")
    course.write("slides/b.md", "# Beta\n\nmore\n")
    course.build()
    course.write("slides/b.md", "# Beta\n")
    course.build()
    assert (course.folder / "public/index.html").read_bytes() == before


@pytest.mark.parametrize("name", ["../../secret", "/secret", "..\\secret"])
def test_a_summary_elsewhere_is_not_read(course: Project, name: str) -> None:
    course.write("secret.json", '{"title": "Forged"}')
    path = course.folder / ".slidegen/build.json"
    value = json.loads(path.read_text("utf-8"))
    for entry in value["pages"].values():
        entry[11] = name
    course.write(".slidegen/build.json", json.dumps(value))
    (course.folder / "public/index.html").unlink()
    course.build()
    assert "Forged" not in (course.folder / "public/index.html").read_text("utf-8")


@pytest.mark.parametrize("kind", ["file", "folder", "twice"])
def test_an_archive_packs_nothing_that_a_link_leads_to(
    course: Project, tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    outside = Path(tmp_path_factory.mktemp("outside"))
    (outside / "key.html").write_text("private", "utf-8")
    link = course.folder / "public/link"
    name = "link" if kind == "file" else "link/key.html"
    link.symlink_to(outside / "key.html" if kind == "file" else outside)
    if kind == "twice":
        link.rename(course.folder / "slides/link")
        link.symlink_to("../slides/link")
    path = course.folder / ".slidegen/build.json"
    value = json.loads(path.read_text("utf-8"))
    value["pages"]["public/a.html"][7][f"public/{name}"] = ["x", None]
    value["pages"]["public/a.html"][3] = "another command"
    course.write(".slidegen/build.json", json.dumps(value))
    course.run("build", "slides/b.md", "--zip")
    with zipfile.ZipFile(course.folder / "public.zip") as archive:
        assert "a.html" in archive.namelist()
        assert b"private" not in b"".join(map(archive.read, archive.namelist()))


@pytest.mark.parametrize(
    "text",
    [DEEP, f'{{"version": 1, "more": {DEEP}}}', f'{{"version": 1, "rehearsals": {DEEP}, "slides": {DEEP}}}'],
)
def test_drawings_and_rehearsals_that_are_nested_too_deeply_are_named(project: Project, text: str) -> None:
    deck = project.write("talk.md", "# A\n")
    project.write("talk.rehearsal.json", text)
    project.write("talk.ink.json", text)
    ran = project.run("rehearsal", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG075"]), ran.err
    with pytest.raises(DeckError, match="cannot be read"):
        load_ink(deck)


@pytest.mark.parametrize("text", [DEEP, f'{{"port": {DEEP}, "sources": []}}', "null"])
def test_a_server_that_says_anything_of_itself_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "slidegen").mkdir()
    (tmp_path / "slidegen/1.json").write_text(text[:90_000], "utf-8")
    assert list(running_servers()) == []
