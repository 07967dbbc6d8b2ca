"""What a page is said to be made from is what changes it."""

from __future__ import annotations

from pathlib import Path

from slidegen.compile.compile import compile_deck
from slidegen.compile.context import DeckContext
from slidegen.files.dependencies import Reads
from slidegen.page.page import build_page
from slidegen.project.project import load_project
from tests.projects import PIXEL, Project

DECK = """css: own.css

![](a.png) ![](none.png)

---

![:video](film.mp4)
"""


def reads_of(project: Project, deck: str) -> Reads:
    """What the build of a deck of the project has read."""
    path = project.write("talk.md", f"---\n{deck}" if deck.startswith("css") else deck)
    reads = Reads()
    found = load_project(project.folder, project.folder)
    compiled = compile_deck(DeckContext(path, found, project.folder, reads=reads))
    build_page(compiled, path.with_suffix(".html"), {}, project.folder, embed=True)
    return reads


def touched(reads: Reads, project: Project, *names: str) -> list[str]:
    """Those of the files that would change the page."""
    return [name for name in names if reads.touched_by([project.folder / name])]


def test_a_page_is_made_from_its_deck_and_from_what_that_names_there_or_not(project: Project) -> None:
    project.write("own.css", '@import "more.css";')
    project.write("more.css", "h1 { background: url(b.png) }")
    for name in ("a.png", "b.png"):
        project.write(name, PIXEL)
    reads = reads_of(project, DECK.replace("\n\n", "\n---\n\n", 1))

    names = ("talk.md", "own.css", "more.css", "a.png", "b.png", "none.png", "other.md", "c.png")
    assert touched(reads, project, *names) == list(names[:6])


def test_captions_that_appear_beside_a_film_change_the_page(project: Project) -> None:
    project.write("film.mp4", b"\0\0\0\x18ftypmp42")
    reads = reads_of(project, "![:video](film.mp4)\n")

    assert touched(reads, project, "film.vtt", "film.fr.vtt", "other.vtt") == ["film.vtt", "film.fr.vtt"]


def test_only_the_decks_that_call_a_macro_are_made_from_it(project: Project) -> None:
    project.write("templates/macros/box.html", "<b>{{ target }}</b>")
    found = load_project(project.folder, project.folder)
    both = {}
    for name, text in (("with.md", "![:box](x)\n"), ("without.md", "# Plain\n")):
        both[name] = reads = Reads()
        compiled = compile_deck(DeckContext(project.write(name, text), found, project.folder, reads=reads))
        build_page(compiled, None, {}, project.folder, embed=True)

    box = Path(project.folder, "templates/macros/box.html")
    assert {name: reads.touched_by([box]) for name, reads in both.items()} == {
        "with.md": True,
        "without.md": False,
    }


def test_a_template_that_is_not_there_yet_is_looked_for(project: Project) -> None:
    project.write("templates/macros/box.html", "<b>{{ target }}</b>")
    reads = reads_of(project, "# Plain\n")

    assert touched(reads, project, "templates/deck.html", "templates/new.html") == ["templates/deck.html"]
