"""Reading files within the bounds of a project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slidegen.files.deck_files import DeckFiles
from slidegen.render.assets import FoundFile, MissingFile, OutsideProject, hash_bytes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a deck in `slides/`, and a folder beside it."""
    for name in ("project/slides/img/Logo.PNG", "project/a.txt", "project/slides/b.txt", "beside/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "project"


def files_of(root: Path, *allow: str) -> DeckFiles:
    return DeckFiles.of_project(root, root.parent, allow)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("b.txt", "slides/b.txt"),
        ("./img/../b.txt", "slides/b.txt"),
        ("../a.txt", "a.txt"),
        ("/a.txt", "a.txt"),
        ("//a.txt", "a.txt"),
        ("none/../b.txt", "slides/b.txt"),
        ("img/Logo.PNG", "slides/img/Logo.PNG"),
    ],
)
def test_a_path_is_relative_to_the_file_it_stands_in_or_to_the_root(root: Path, path: str, name: str) -> None:
    real = (root / name).resolve()
    assert files_of(root).find(path, root / "slides/deck.md") == FoundFile(real, real.stat().st_size)


@pytest.mark.parametrize(
    "path", ["../../beside/c.txt", "../../beside/none.txt", "../../../../etc/passwd", "/../x"]
)
def test_nothing_outside_the_root_is_looked_at(root: Path, path: str) -> None:
    files = files_of(root)
    assert isinstance(files.find(path, root / "slides/deck.md"), OutsideProject)
    assert not files.reads.probed


@pytest.mark.parametrize("path", ["../look.css", "../css/look.css", "../../look.css", "../fonts/a.WOFF2"])
def test_style_sheets_and_fonts_may_lie_just_above_the_root(root: Path, path: str) -> None:
    deck = root / "slides"
    look = Path(os.path.normpath(deck / path))
    look.parent.mkdir(exist_ok=True)
    look.write_text("h1 { color: teal }")
    files = files_of(deck)
    assert files.find(path, deck / "deck.md") == FoundFile(look.resolve(), 18)
    assert str(look.resolve()) in files.reads.states()


@pytest.mark.parametrize(
    "path", ["../look.css.txt", "../.private/look.css", "../picture.png", "../linked.css", "../../../far.css"]
)
def test_nothing_else_above_the_root_is_read(root: Path, path: str) -> None:
    deck = root / "slides"
    (root / ".private").mkdir()
    for name in ("look.css.txt", ".private/look.css", "picture.png", "secret.css.txt"):
        (root / name).write_text("private")
    (root / "linked.css").symlink_to(root / "secret.css.txt")
    assert isinstance(files_of(deck).find(path, deck / "deck.md"), OutsideProject)


def test_what_to_allow_is_a_path_from_the_root(root: Path) -> None:
    outside = files_of(root).find("../../beside/c.txt", root / "slides/deck.md")
    assert isinstance(outside, OutsideProject)
    assert outside.allow == "../beside"
    allowed = files_of(root, outside.allow).find("../../beside/c.txt", root / "slides/deck.md")
    assert isinstance(allowed, FoundFile)


def test_allowing_a_folder_allows_no_other_that_begins_like_it(root: Path) -> None:
    other = root.parent / "beside-it"
    other.mkdir()
    (other / "d.txt").write_text("d")
    assert isinstance(files_of(root, "../beside").find("/../beside-it/d.txt", root / "x"), OutsideProject)


def test_a_link_of_the_file_system_leads_out_no_more_than_dots_do(root: Path) -> None:
    (root / "way-out").symlink_to(root.parent / "beside")
    (root / "c.txt").symlink_to(root.parent / "beside" / "c.txt")
    files = files_of(root)
    for path in ("way-out/c.txt", "c.txt", "way-out/none.txt"):
        assert isinstance(files.find(path, root / "deck.md"), OutsideProject)
    assert isinstance(files_of(root, "../beside").find("c.txt", root / "deck.md"), FoundFile)


def test_two_names_of_one_file_are_one_path(root: Path) -> None:
    (root / "same.txt").symlink_to(root / "a.txt")
    files = files_of(root)
    assert files.find("same.txt", root / "x") == files.find("a.txt", root / "x")


def test_a_project_reached_through_a_link_is_the_project(root: Path) -> None:
    (root.parent / "linked").symlink_to(root)
    files = DeckFiles.of_project(root.parent / "linked", root.parent)
    assert isinstance(files.find("../a.txt", root.parent / "linked/slides/deck.md"), FoundFile)


def test_links_in_a_circle_are_missing(root: Path) -> None:
    (root / "one").symlink_to(root / "two")
    (root / "two").symlink_to(root / "one")
    assert isinstance(files_of(root).find("one", root / "x"), MissingFile)


@pytest.mark.parametrize(
    ("path", "near", "only_case"),
    [
        ("img/logo.png", "img/Logo.PNG", True),
        ("IMG/logo.png", "img/Logo.PNG", True),
        ("img/Lego.PNG", "img/Logo.PNG", False),
        ("imgs/logo.png", "img/Logo.PNG", False),
        ("/A.txt", "/a.txt", True),
        ("../slides/B.txt", "../slides/b.txt", True),
        ("img/nothing-like-it.gif", "", False),
        ("b.txt/x.png", "", False),
        ("x" * 5000, "", False),
        ("a\0b", "", False),
        ("file:///etc/passwd", "", False),
    ],
)
def test_a_missing_file_comes_with_the_one_that_is_meant(
    root: Path, path: str, near: str, only_case: bool
) -> None:
    missing = files_of(root).find(path, root / "slides/deck.md")
    assert isinstance(missing, MissingFile)
    assert (missing.near, missing.near != "" and missing.only_case) == (near, only_case)


@pytest.mark.parametrize("path", ["img", "img/", "..", "/", "../slides"])
def test_a_folder_is_no_file(root: Path, path: str) -> None:
    missing = files_of(root).find(path, root / "slides/deck.md")
    assert isinstance(missing, MissingFile)
    assert missing.folder


def test_a_pipe_is_no_file(root: Path) -> None:
    os.mkfifo(root / "pipe")
    missing = files_of(root).find("/pipe", root / "x")
    assert isinstance(missing, MissingFile)
    assert not missing.folder


def test_it_remembers_what_it_read_and_where_it_looked(root: Path) -> None:
    files = files_of(root)
    found = files.find("../a.txt", root / "slides/deck.md")
    files.find("none.txt", root / "slides/deck.md")
    assert isinstance(found, FoundFile)
    assert set(files.reads.files) == set()
    assert files.read(found.path) == b"project/a.txt"
    assert set(files.reads.files) == {found.path}
    assert {path.name for path in files.reads.probed} == {"a.txt", "none.txt"}


def test_a_digest_names_the_content_and_counts_as_reading(root: Path) -> None:
    files = files_of(root)
    large = root / "large.bin"
    large.write_bytes(b"x" * 3_000_000)
    assert files.digest(large) == hash_bytes(large.read_bytes())
    assert large in files.reads.files


def test_paths_are_shown_as_from_the_working_folder(root: Path) -> None:
    assert files_of(root).shown(root / "slides/b.txt") == "project/slides/b.txt"
