"""Links from slides to other decks and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from slidegen.render.assets import Copy
from tests.render.assets.project import Project

Make = Callable[..., Project]


def site(project: Make, **options: object) -> Project:
    """Three decks and some files; the pages are built as slidegen builds them."""
    root = project().root.resolve()
    files = {
        "slides/other.md": "name: results\n\n# A\n",
        "slides/week 2/index.md": "",
        "slides/other.pdf": "%PDF",
        "slides/data/a b.csv": "1",
        "shared/notes.txt": "n",
        "slides/deck.html": "not the page",
        "slides/README.md": "r",
    }
    pages = {
        root / "slides/deck.md": root / "public/deck.html",
        root / "slides/other.md": root / "public/other.html",
        root / "slides/week 2/index.md": root / "public/week 2/index.html",
    }
    return project(files, **{"pages": pages, **options})


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("other.md", "other.html"),
        ("./other.md#results", "other.html#results"),
        ("other.html?print#5", "other.html?print#5"),
        ("week%202/index.md", "week%202/index.html"),
        ("week 2/", "week%202/index.html"),
        ("week 2", "week%202/index.html"),
        ("/slides/other.md", "other.html"),
        ("deck.md#2", "deck.html#2"),
        ("deck.html", "deck.html"),
    ],
)
def test_a_link_to_a_deck_leads_to_its_page(project: Make, written: str, leads_to: str) -> None:
    deck = site(project)
    assert f'href="{leads_to}"' in deck.html(f'<a href="{written}">a</a>')
    assert not deck.said
    assert not deck.assets.copies


def test_a_link_goes_up_where_the_page_lies_deeper(project: Make) -> None:
    page = project().root.resolve() / "public/week 2/index.html"
    assert 'href="../other.html"' in site(project, page=page).html('<a href="other.md">a</a>')


def test_a_deck_in_a_frame_is_its_page(project: Make) -> None:
    assert (
        site(project).html('<iframe src="other.html#2"></iframe>') == '<iframe src="other.html#2"></iframe>'
    )


@pytest.mark.parametrize(
    ("written", "copied", "source"),
    [
        ("other.pdf", "other.pdf", "slides/other.pdf"),
        ("data/a%20b.csv#x", "data/a b.csv", "slides/data/a b.csv"),
        ("../shared/notes.txt", "files/shared/notes.txt", "shared/notes.txt"),
        ("README.md", "README.md", "slides/README.md"),
    ],
)
def test_other_files_are_copied_along(project: Make, written: str, copied: str, source: str) -> None:
    deck = site(project)
    html = deck.html(f'<a href="{written}">a</a><a href="{written}">again</a>')
    assert html.count(copied.replace(" ", "%20")) == 2
    assert deck.assets.copies == {copied: Copy(deck.root.resolve() / source)}


def test_a_copy_does_not_take_the_place_of_a_page(project: Make) -> None:
    pages = {Path("/elsewhere.md"): project().root / "public/deck.html"}
    deck = site(project, pages=pages, page=project().root / "public/deck.html")
    deck.html('<a href="deck.html">a</a>')
    assert list(deck.assets.copies) == ["files/slides/deck.html"]


def test_a_file_outside_the_project_that_is_allowed_has_a_place_of_its_own(project: Make) -> None:
    outside = project().root.parent / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("a")
    deck = project(allow=["../outside"])
    deck.html('<a href="../../outside/a.txt">a</a>')
    [name] = deck.assets.copies
    assert name.startswith("files/")
    assert name.endswith("/a.txt")
    assert ".." not in name


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("none.md", "there is no file none.md"),
        ("data/", "data/ is a folder, not a file"),
        ("/none/x.pdf", "there is no file /none/x.pdf"),
        ("file:///home/me/x.pdf", "file:///home/me/x.pdf exists on one computer only"),
    ],
)
def test_a_link_to_nothing_is_reported_and_stays(project: Make, written: str, says: str) -> None:
    deck = site(project)
    html = f'<a href="{written}">a</a>'
    assert deck.html(html) == html
    assert deck.said == [f"MISSING_LINK {says}"]
    assert deck.places == [written]


def test_a_link_out_of_the_project_says_how_to_allow_it(project: Make) -> None:
    deck = site(project)
    deck.html('<a href="../../secret.txt">a</a>')
    assert deck.said == ["OUTSIDE_ROOT ../../secret.txt is outside the project, ."]
    assert deck.diagnostics[0].hint.splitlines() == [
        "to allow it, write this line in slidegen.yml:",
        'assets: {allow: [".."]}',
    ]


def test_where_the_page_becomes_no_file_links_to_decks_stay(project: Make) -> None:
    assert site(project, page=None).html('<a href="other.md">a</a>') == '<a href="other.md">a</a>'
