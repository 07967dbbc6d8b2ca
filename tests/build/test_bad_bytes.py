"""Files of an author that are not UTF-8, are too large to include, or lie outside the project."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.projects import Project


def _write(project: Project, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        project.write(name, content)


USES = {
    "a.css": '<link rel="stylesheet" href="a.css">',
    "a.vtt": '<video src="a.mp4"><track src="a.vtt"></video>',
    "a.js": '<script src="a.js"></script>',
}
TEXTS = {
    "a.css": b'\n.a::after { content: "\xe9" }\n',
    "a.vtt": b"WEBVTT\n\xe9\n\n00:01.000 --> 00:02.000\nx\n",
    "a.js": b'\nx = "\xe9";\n',
}


@pytest.mark.parametrize("way", ["embedded", "--no-embed"])
@pytest.mark.parametrize("name", USES)
def test_a_file_that_is_not_utf8_is_named(project: Project, name: str, way: str) -> None:
    _write(
        project,
        {"slides/a.md": f"# A\n\n{USES[name]}\n", f"slides/{name}": TEXTS[name], "slides/a.mp4": b"x"},
    )
    ran = project.run("build", "slides", "-o", "out", *([way] if way.startswith("-") else []))
    assert f"slides/{name}: warning[SG118]: not UTF-8: byte 0xe9 in line 2" in ran.err
    assert ran.code == 0


@pytest.mark.parametrize("name", USES)
def test_a_file_in_utf8_is_not(project: Project, name: str) -> None:
    text = TEXTS[name].replace(b"\xe9", "\u00e9".encode())
    _write(project, {"slides/a.md": f"# A\n\n{USES[name]}\n", f"slides/{name}": text, "slides/a.mp4": b"x"})
    assert "SG118" not in project.run("build", "slides", "-o", "out").codes
    assert "SG118" not in project.run("build", "slides", "-o", "copies", "--no-embed").codes


def test_an_imported_style_sheet_is_named(project: Project) -> None:
    files = {"slides/a.md": f"# A\n\n{USES['a.css']}\n", "slides/a.css": '@import "b.css";\n'}
    _write(project, {**files, "slides/b.css": TEXTS["a.css"]})
    assert "slides/b.css: warning[SG118]" in project.run("build", "slides", "-o", "out").err


@pytest.mark.parametrize(
    ("encoding", "byte", "character"),
    [
        ("iso-8859-1", b"\xe9", "\u00e9"),
        ("windows-1251", b"\xe9", "\u0439"),
        ("iso-8859-99", b"\xe9", "\u00e9"),
    ],
)
def test_a_style_sheet_may_say_its_encoding(
    project: Project, encoding: str, byte: bytes, character: str
) -> None:
    css = f'@charset "{encoding}";\n.a::after {{ content: "'.encode() + byte + b'" }'
    _write(project, {"slides/a.md": f"# A\n\n{USES['a.css']}\n", "slides/a.css": css})
    assert "SG118" not in project.run("build", "slides", "-o", "out").codes
    assert f'content: "{character}"' in (project.folder / "out/a.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["x.md", "x.py", "x.Rmd"])
def test_what_is_larger_than_decks_may_be_is_not_included(project: Project, name: str) -> None:
    _write(project, {"slides/a.md": f"# A\n\n![:include ../{name}]\n", name: "x" * 1_000_001})
    _write(project, {"slidegen.yml": "deckLimit: 1 MB\n"})
    ran = project.run("build", "slides", "-o", "out")
    assert f"slides/a.md:3:1: error[SG011]: ../{name} has 1.0 MB" in ran.err
    assert ran.code == 1


@pytest.mark.parametrize("inside", [True, False])
def test_a_page_that_shows_decks_is_read_within_the_project(project: Project, inside: bool) -> None:
    page = (
        "<html><head><style>.look-of-viewer { color: red }</style></head><body><script src=remark.js></script><script>"
        "remark.create({sourceUrl: location.search.slice(1)})</script></body></html>"
    )
    place = Path("course/pages/view.html" if inside else "elsewhere/view.html")
    _write(project, {"course/slidegen.yml": "course: T\n", "course/slides/a.md": "# A\n", str(place): page})
    link = project.folder / "course/slides/index.html"
    link.symlink_to(os.path.relpath(project.folder / place, link.parent))
    project.run("build", "course", "-o", "out")
    built = next((project.folder / "out").rglob("a.html")).read_text("utf-8")
    assert (".look-of-viewer" in built) is inside


@pytest.mark.parametrize(
    ("deck", "name", "size"),
    [
        ("# A\n\n![:m](x)\n", "templates/macros/m.html", 64_000_001),
        ("---\nbibliography: r.bib\n---\n# A\n\n[@k]\n", "r.bib", 64_000_001),
        ("# A\n\n<link rel=stylesheet href=x.css>\n", "x.css", 2_000_000_001),
        ("# A\n\n![](x.png)\n", "x.png", 2_000_000_001),
        ("---\nbodyStart: x.html\n---\n# A\n", "x.html", 2_000_000_001),
    ],
)
def test_a_file_too_large_to_be_held_is_named(project: Project, deck: str, name: str, size: int) -> None:
    path = project.write(name, "")
    os.truncate(path, size)
    project.write("a.md", deck)
    ran = project.run("build", "a.md", "-o", "out.html")
    assert Path(name).name in ran.err
    assert "it has" in ran.err
    assert "SG031" not in ran.codes
