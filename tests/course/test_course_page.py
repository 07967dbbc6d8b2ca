"""The course page of a folder of decks."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from tests.projects import PIXEL, Page, Project


@pytest.fixture
def course(project: Project) -> Project:
    """Two sessions of a course, the later one first by name."""
    project.write(
        "slidegen.yml",
        "course: Statistics & you\ncode: STAT 1\nterm: Autumn 2026\ntheme: slate\ndescription: All of it\n"
        "author:\n  - {name: M. Curie, url: https://example.org/curie}\n  - B. Bose\n"
        "links: {Forum: https://example.org/forum}\n",
    )
    project.write(
        "slides/a.md",
        "---\ntitle: Chains\nsession: 2\ndate: 2026-09-22\ndescription: On & on\n---\n# Chains\n\n![](p.png)\n"
        "\n---\nname: exact\n\n# Exact\n\n.solution[The café is closed]\n",
    )
    project.write(
        "slides/b.md",
        "---\ntitle: Walks\nsession: 1\ndate: 2026-09-15\n---\n# Walks\n\n<script>alert(1)</script>\n",
    )
    project.write("slides/p.png", PIXEL)
    return project


def searched(project: Project, folder: str = "public") -> list[dict[str, object]]:
    """What the search of the course page finds in."""
    (name,) = [name for name in project.files(folder) if name.startswith("assets/search.")]
    text = (project.folder / folder / name).read_text("utf-8")
    value = json.loads(text.removeprefix("slidegenSearch(").removesuffix(");\n"))
    assert isinstance(value, list)
    return value


def titles(page: Page) -> list[str]:
    return [node.text(strip=True) for node in page.tree.css(".session h2")]


def test_the_sessions_in_order_with_all_that_is_known_of_them(course: Project) -> None:
    course.build()
    page = course.page("public/index.html")
    assert titles(page) == ["Walks", "Chains"]
    assert page.attribute("html", "lang") == "en"
    assert page.theme == "slate"
    head = page.tree.css_first("header")
    assert head is not None
    text = " ".join(head.text(separator=" ").split())
    for part in ("STAT 1 · Autumn 2026", "Statistics & you", "M. Curie", "B. Bose", "All of it", "Forum"):
        assert part in text
    assert page.attribute("header .authors a", "href") == "https://example.org/curie"
    chains = page.tree.css(".session")[1]
    text = " ".join(chains.text(separator=" ").split())
    for part in ("Session 2", "2026-09-22", "Chains", "On & on", "2 slides", "Print", "Download"):
        assert part in text
    assert [node.attributes["href"] for node in chains.css(".about a")] == [
        "a.html",
        "a.html?print=slides",
        "a.html",
    ]


def test_the_summary_of_the_course_is_not_that_of_its_sessions(course: Project) -> None:
    course.build()
    page = course.page("public/index.html")
    assert [node.text() for node in page.tree.css(".summary")] == ["On & on"]
    assert page.attribute('meta[name="description"]', "content") == "All of it"


def test_title_slides_are_drawn_without_scripts_and_with_their_pictures(course: Project) -> None:
    course.build()
    html = course.page("public/index.html").html
    covers = re.findall(r'<template shadowrootmode="open">(.*?)</template>', html, re.DOTALL)
    assert len(covers) == 2
    assert "alert" not in html
    sheets = "".join(
        (course.folder / "public" / name).read_text()
        for name in re.findall(r'stylesheet" href="([^"]+)"', covers[1])
    )
    key = re.search(r'data-a="(\w+)"', covers[1])
    assert key is not None
    assert f'[data-a="{key[1]}"]' in sheets
    assert ":root" not in sheets


def test_search_finds_down_to_the_slide(course: Project) -> None:
    course.build()
    found = {deck["href"]: deck for deck in searched(course)}
    assert set(found) == {"a.html", "b.html"}
    slides = found["a.html"]["slides"]
    assert slides == [["1", "Chains", "Chains"], ["exact", "Exact", "Exact\nThe café is closed"]]


def test_a_variant_without_solutions_has_none_in_its_search(course: Project) -> None:
    yml = (course.folder / "slidegen.yml").read_text()
    course.write("slidegen.yml", f"{yml}variants: {{student: {{without: solution, output: student}}}}\n")
    course.build()
    assert "café" in json.dumps(searched(course), ensure_ascii=False)
    assert "café" not in json.dumps(searched(course, "public/student"), ensure_ascii=False)


def test_feed_sitemap_and_previews_where_an_address_is_configured(course: Project) -> None:
    course.build()
    assert {"feed.xml", "sitemap.xml"} & set(course.files("public")) == set()
    assert "og:" not in course.page("public/index.html").html
    course.write(
        "slidegen.yml", (course.folder / "slidegen.yml").read_text() + "url: https://example.org/stat\n"
    )
    course.build()
    page = course.page("public/index.html")
    assert page.attribute('meta[property="og:url"]', "content") == "https://example.org/stat/"
    assert page.attribute('meta[property="og:title"]', "content") == "Statistics & you"
    feed = ElementTree.fromstring((course.folder / "public/feed.xml").read_text())
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["Chains", "Walks"]
    assert feed.findtext(f"{atom}updated") == "2026-09-22T00:00:00Z"
    sitemap = ElementTree.fromstring((course.folder / "public/sitemap.xml").read_text())
    assert [node.text for node in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://example.org/stat/",
        "https://example.org/stat/b.html",
        "https://example.org/stat/a.html",
    ]


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("en", "Print"), ("fr-CA", "Imprimer"), ("es", "Imprimir"), ("de", "Drucken"), ("pt-BR", "Imprimir"),
        ("zh", "打印"), ("ja", "印刷"), ("xx", "Print"),
    ],
)  # fmt: skip
def test_the_words_are_in_the_courses_language(course: Project, lang: str, word: str) -> None:
    course.write("slidegen.yml", f"course: X\nlang: {lang}\n")
    course.build()
    page = course.page("public/index.html")
    assert page.attribute("html", "lang") == lang
    assert f">{word}<" in page.html


def test_the_course_and_each_deck_run_as_their_languages_do(course: Project) -> None:
    course.write("slidegen.yml", "course: X\nlang: ar\n")
    course.write("slides/b.md", "---\ntitle: English\nlang: en\n---\n# English\n")
    course.build()
    page = course.page("public/index.html")
    assert page.attribute("html", "dir") == "rtl"
    directions = {
        node.css_first("h2").text(strip=True): re.findall(
            r'<div class="remark-container" dir="(\w+)"', node.html or ""
        )
        for node in page.tree.css(".session")
    }
    assert directions == {"English": ["ltr"], "Chains": ["rtl"]}
    assert page.attribute('h2 a[lang="en"]', "dir") == "ltr"


def test_words_of_the_users_own(course: Project) -> None:
    course.write("slidegen.yml", "course: X\nlang: it\n")
    course.write("templates/words/it.yml", "print: Stampa\n")
    course.build()
    html = course.page("public/index.html").html
    assert ">Stampa<" in html
    assert ">Scarica<" in html
    course.write("templates/words/it.yml", "print: [\n")
    ran = course.run("build")
    assert (ran.code, ran.codes) == (1, ["SG008"])
    assert ">Stampa<" in course.page("public/index.html").html


def test_it_is_built_when_something_of_it_changed_and_only_then(course: Project) -> None:
    assert "course page -> public/index.html" in course.build().out
    assert "course page" not in course.build().out
    course.write("public/a.pdf", "%PDF")
    assert "course page" in course.build().out
    assert 'href="a.pdf"' in course.page("public/index.html").html
    course.write("slides/c.md", "---\nsession: 3\n---\n# Third\n")
    course.build()
    assert titles(course.page("public/index.html")) == ["Walks", "Chains", "Third"]
    (course.folder / "slides/c.md").unlink()
    course.build()
    assert titles(course.page("public/index.html")) == ["Walks", "Chains"]
    course.write(
        "templates/index.html", '{% extends "slidegen/index.html" %}{% block body_end %}mine{% endblock %}'
    )
    course.build()
    assert "mine" in course.page("public/index.html").html
    assert len([name for name in course.files("public") if "search" in name]) == 1


def offered(course: Project, page: str = "public/index.html") -> list[tuple[str, str]]:
    """The files that sessions offer, with what they are called."""
    html = course.page(page).html
    return re.findall(r'<a href="([^"]+)" download>(?:<[^>]*>)*([^<]+)', html)


def test_all_that_was_exported_is_offered_with_its_session(course: Project) -> None:
    course.write("slidegen.yml", "course: X\nlang: de\n")
    for name in (
        "a.pdf",
        "a-handout.pdf",
        "a-notes.pdf",
        "a.pptx",
        "a.odp",
        "a.txt",
        "other.pdf",
        "a-more.pdf",
    ):
        course.write(f"public/{name}", "made before")
    course.build()
    assert offered(course) == [
        ("b.html", "Herunterladen"),
        ("a.html", "Herunterladen"),
        ("a.pdf", "PDF"),
        ("a-handout.pdf", "Handzettel"),
        ("a-notes.pdf", "Notizen"),
        ("a.pptx", "PPTX"),
        ("a.odp", "ODP"),
        ("a.txt", "TXT"),
    ]
    (course.folder / "public/a.pptx").unlink()
    assert "course page" in course.build().out
    assert ("a.pptx", "PPTX") not in offered(course)


def test_a_lost_memory_of_a_deck_builds_it_again(course: Project) -> None:
    course.build()
    for path in (course.folder / ".slidegen/summaries").iterdir():
        path.unlink()
    assert "slides/a.md ->" in course.build().out


def test_it_can_be_switched_off_and_is_gone_then(course: Project) -> None:
    course.build()
    course.write("slidegen.yml", "index: false\n")
    course.build()
    assert course.files("public") == ["a.html", "b.html"]
    course.write("slides/index.md", "# Mine\n")
    course.build()
    assert "Mine" in course.page("public/index.html").slides[0]


def test_a_single_deck_gets_none(course: Project) -> None:
    course.build("slides/a.md", "-o", "one")
    course.build("slides/a.md", "slides/b.md", "-o", "two")
    assert course.files("one") == ["a.html"]
    assert course.files("two") == ["a.html", "b.html"]


def test_a_number_used_twice_and_a_date_that_is_none_are_warnings_every_time(course: Project) -> None:
    course.write("slides/b.md", "---\nsession: 2\ndate: 2026-13-45\n---\n# Walks\n")
    for _ in range(2):
        ran = course.run("build")
        assert (ran.code, ran.codes) == (0, ["SG171", "SG172"])
        assert "None" not in ran.out
        assert "slides/b.md:2:10: warning[SG171]: slides/a.md is also session 2" in ran.err
        assert (
            "slides/b.md:3:7: warning[SG172]: 2026-13-45 is not a valid date\n  3 | date: 2026-13-45\n"
            in ran.err
        )
    assert course.run("build", "--strict").code == 1
    course.write("slides/b.md", "---\nsession: 1\ndate: 31st of Octember\n---\n# Walks\n")
    ran = course.run("build")
    assert "slides/b.md:3:7: warning[SG172]: 31st of Octember is not read as a date" in ran.err
    course.write("slides/b.md", "---\nsession: 1\ndate: One day\n---\n# Walks\n")
    course.build("--strict")


def test_sessions_of_the_plan_that_are_not_written_yet(course: Project) -> None:
    yml = (course.folder / "slidegen.yml").read_text()
    plan = "sessions: [2026-09-15, 2026-09-22, {date: 2026-09-29, title: Beyond}, 2026-10-06]\n"
    course.write("slidegen.yml", yml + plan)
    course.build()
    assert titles(course.page("public/index.html")) == ["Walks", "Chains", "Beyond", "Session 4"]
    assert len(course.page("public/index.html").tree.css(".planned")) == 2


def test_a_date_that_no_calendar_has_is_named_though_the_files_name_has_one(project: Project) -> None:
    project.write("slidegen.yml", "course: Statistics\n")
    project.write("slides/20260915-walks.md", "---\ndate: 2026-13-45\n---\n# Walks\n")
    ran = project.run("build")
    assert "slides/20260915-walks.md:2:7: warning[SG172]: 2026-13-45 is not a valid date" in ran.err


@pytest.mark.parametrize("name", ["index.md", "index.html", "Index.md"])
def test_the_course_page_gives_way_to_a_deck_with_one_warning(course: Project, name: str) -> None:
    deck = "# First\n"
    if name.endswith(".html"):
        deck = f'<textarea id="source">{deck}</textarea><script>remark.create()</script>'
    course.write(f"slides/{name}", deck)
    ran = course.run("build")
    assert (ran.code, ran.codes) == (0, ["SG135"])
    assert f"slides/{name}: warning[SG135]: this deck is the first page of its folder" in ran.err
    page = course.page(f"public/{name.partition('.')[0]}.html")
    assert page.slides == ['<h1 id="first">First</h1>']
    assert {"a.html", "b.html"} <= set(course.files("public"))
    assert course.run("build", "--strict").code == 1
    with (course.folder / "slidegen.yml").open("a", encoding="utf-8") as file:
        file.write("index: false\n")
    assert course.run("build", "--strict").codes == []


def test_without_a_name_it_is_called_after_the_folder_of_the_decks(project: Project) -> None:
    project.write("linear-algebra/a.md", "# A\n")
    project.write("linear-algebra/b.md", "# B\n")
    project.build("linear-algebra", "-o", "site")
    assert project.page("site/index.html").tree.css("title")[0].text() == "Linear algebra"
    inside = Project(project.folder / "linear-algebra")
    inside.build(".", "-o", "../site")
    assert project.page("site/index.html").tree.css("title")[0].text() == "Linear algebra"


def test_the_slides_of_a_project_without_a_name_are_called_after_the_project(project: Project) -> None:
    for name in ("slidegen.yml", "slides/a.md", "slides/b.md"):
        project.write(f"graph-theory/{name}", "theme: slate\n" if name.endswith("yml") else "# A\n")
    Project(project.folder / "graph-theory").build()
    assert project.page("graph-theory/public/index.html").tree.css("title")[0].text() == "Graph theory"


def test_a_theme_that_there_is_not_leaves_it_as_it_was(course: Project) -> None:
    course.build()
    before = course.page("public/index.html").html
    ran = course.run("build", "--theme", "slat")
    assert (ran.code, ran.codes) == (1, ["SG007"])
    assert "course page" not in ran.out
    assert course.page("public/index.html").html == before
