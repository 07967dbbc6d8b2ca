from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.projects import Page, Project

ROOT = Path(__file__).parent.parent
DECKS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "slides").rglob("*.md")
    if path.stem != "README" and not path.name.startswith(("_", "."))
)
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*((?:https?:)?//[^"')\s]+)""")


def loaded_from_the_network(page: LexborHTMLParser) -> Iterator[str]:
    """The addresses on the network from which a browser would load something to show a page."""
    remote = re.compile(r"\s*(?:https?:|ftp:)?//", re.IGNORECASE)
    for node in page.css("[src],[poster],[data],link[href],image,use,feImage,object"):
        for name in ("src", "poster", "data", "href", "xlink:href"):
            value = node.attributes.get(name) or ""
            if remote.match(value):
                yield value
    for node in page.css("[srcset],[imagesrcset]"):
        values = f"{node.attributes.get('srcset') or ''},{node.attributes.get('imagesrcset') or ''}"
        yield from (part.strip() for part in values.split(",") if remote.match(part))
    for node in page.css("style"):
        yield from CSS_ADDRESS.findall(node.text())
    for node in page.css("[style]"):
        yield from CSS_ADDRESS.findall(node.attributes["style"] or "")
    for content in page.template_fragments():
        yield from loaded_from_the_network(LexborHTMLParser(content.html or ""))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.org/a.png">',
        '<img srcset="a.png, https://example.org/a.png 2x">',
        '<script src="//example.org/a.js"></script>',
        '<link rel="stylesheet" href="http://example.org/a.css">',
        '<style>@import "https://example.org/a.css";</style>',
        "<style>@font-face { src: url('https://example.org/a.woff2') }</style>",
        '<p style="background: url(https://example.org/a.png)">',
        '<template><img src="https://example.org/a.png"></template>',
        '<video poster="https://example.org/a.png"></video>',
        '<svg><image href="https://example.org/a.png"/></svg>',
    ],
)
def test_the_search_below_finds_what_is_loaded(html: str) -> None:
    assert list(loaded_from_the_network(LexborHTMLParser(html)))


def test_the_search_below_leaves_links_alone() -> None:
    html = '<a href="https://example.org">a</a><svg xmlns="http://www.w3.org/2000/svg"></svg>'
    assert not list(loaded_from_the_network(LexborHTMLParser(html)))


def test_there_are_the_decks_of_the_issue() -> None:
    assert {"slides/tour.md", "slides/lecture/index.md", "slides/code/index.md"} <= set(DECKS)


@pytest.mark.parametrize("deck", DECKS)
def test_a_demo_deck_builds_without_a_word_and_needs_no_network(deck: str, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    ran = Project(ROOT).run("build", deck, "--strict", "-o", str(output))
    assert (ran.code, ran.err) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    page = Page(output.read_text("utf-8"))
    assert len(page.slides) > 1
    assert not list(loaded_from_the_network(page.tree))
    assert not page.tree.css(".slidegen-missing, .slidegen-math-error")


def test_the_decks_of_the_folder_are_built_together_and_lead_to_each_other(tmp_path: Path) -> None:
    project = Project(ROOT)
    ran = project.run("build", "--strict", "-o", str(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    pages = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")}
    assert pages - {"index.html"} == {
        deck.removeprefix("slides/").removesuffix(".md") + ".html" for deck in DECKS
    }
    for name in pages:
        for link in Page((tmp_path / name).read_text("utf-8")).tree.css(".remark-slide-content a[href]"):
            href = (link.attributes["href"] or "").partition("#")[0]
            if href and not re.match(r"[a-z]+:", href):
                assert ((tmp_path / name).parent / href).is_file(), f"{name} leads to {href}"
