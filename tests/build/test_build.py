from __future__ import annotations

import base64
import re

import pytest

from tests.projects import PIXEL, Project

OTHER_PIXEL = PIXEL[:-12] + b"\0\0\0\0tEXt\x17\x84\x96\xcf" + PIXEL[-12:]


def test_a_deck_is_written_built_looked_at_edited_and_built_again(project: Project) -> None:
    project.write("slides/talk.md", "# One\n\n---\n\n# Two\n")
    ran = project.build()
    assert re.fullmatch(r"slides/talk\.md -> public/talk\.html  \(2 slides, \d+ KB\)\n", ran.out)
    assert project.page("public/talk.html").slides == ['<h1 id="one">One</h1>', '<h1 id="two">Two</h1>']
    project.write("slides/talk.md", "# One\n\n---\n\n# Zwei\n\n---\n\n# Three\n")
    assert "(3 slides, " in project.build().out
    assert project.page("public/talk.html").slides[1:] == [
        '<h1 id="zwei">Zwei</h1>',
        '<h1 id="three">Three</h1>',
    ]


def test_building_twice_gives_the_same_bytes(project: Project) -> None:
    project.write("pixel.png", PIXEL)
    project.write("talk.md", "# One $x$\n\n![](pixel.png)\n\n```python\nx = 1\n```\n")
    project.build("talk.md", "-o", "first.html")
    project.build("talk.md", "-o", "second.html")
    first, second = ((project.folder / name).read_bytes() for name in ("first.html", "second.html"))
    assert first == second


def test_an_error_leaves_the_page_that_was_built_before(project: Project) -> None:
    project.write("slides/talk.md", "# Good\n")
    project.build()
    before = (project.folder / "public/talk.html").read_bytes()
    project.write("slides/talk.md", "# Bad\n\n![:nope](x)\n")
    ran = project.run("build")
    assert (ran.code, ran.codes) == (1, ["SG005"])
    assert "slides/talk.md: not built" in ran.err
    assert (project.folder / "public/talk.html").read_bytes() == before


def test_a_deck_with_an_error_does_not_keep_the_others_from_being_built(project: Project) -> None:
    project.write("slides/a.md", "# Bad\n\n![:nope](x)\n")
    project.write("slides/b.md", "---\ntitle: a: b\n---\n# Bad too\n")
    project.write("slides/c.md", "# Good\n")
    ran = project.run("build")
    assert (ran.code, ran.codes) == (1, ["SG005", "SG003"])
    assert project.pages("public") == ["c.html"]


def test_strict_fails_on_warnings_and_leaves_the_earlier_page(project: Project) -> None:
    project.write("talk.md", "# Fine\n")
    project.build("talk.md", "--strict")
    before = (project.folder / "public/talk.html").read_bytes()
    project.write("talk.md", "# Doubtful\n\n.red[\n")
    ran = project.run("build", "talk.md", "--strict")
    assert (ran.code, ran.codes) == (1, ["SG101"])
    assert (project.folder / "public/talk.html").read_bytes() == before
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG101"])
    assert project.page("public/talk.html").slides[0].startswith('<h1 id="doubtful">')


def test_a_picture_is_in_the_page_once_however_many_slides_show_it(project: Project) -> None:
    project.write("pixel.png", PIXEL)
    slide = "# Slide\n\n![Dot](pixel.png)\n\n--\n\nmore ![Dot](./pixel.png)\n\n---\n"
    project.write("talk.md", slide * 3)
    project.build("talk.md")
    html = project.page("public/talk.html").html
    assert html.count(base64.b64encode(PIXEL).decode()) == 1
    assert project.files("public") == ["talk.html"]


def test_a_changed_picture_is_in_the_next_page(project: Project) -> None:
    project.write("pixel.png", PIXEL)
    project.write("talk.md", "![Dot](pixel.png)\n")
    project.build("talk.md")
    project.write("pixel.png", OTHER_PIXEL)
    project.build("talk.md")
    html = project.page("public/talk.html").html
    assert base64.b64encode(OTHER_PIXEL).decode() in html
    assert base64.b64encode(PIXEL).decode() not in html


def test_no_embed_copies_pictures_beside_the_page_under_hashed_names(project: Project) -> None:
    project.write("slides/a/pixel.png", PIXEL)
    project.write("slides/a/index.md", "background-image: url(pixel.png)\n\n![Dot](pixel.png)\n")
    project.build("--no-embed")
    page, *others = sorted(project.files("public"), reverse=True)
    assert page == "a/index.html"
    (copy,) = others
    assert re.fullmatch(r"a/assets/pixel\.[0-9a-f]{10}\.png", copy)
    assert (project.folder / "public" / copy).read_bytes() == PIXEL
    html = project.page("public/a/index.html")
    assert html.attribute(".remark-slide-content img", "src") == copy.removeprefix("a/")
    assert copy.removeprefix("a/") in html.html.partition("background-image")[2]
    assert base64.b64encode(PIXEL).decode() not in html.html


def test_a_hashed_name_changes_with_the_content(project: Project) -> None:
    project.write("pixel.png", PIXEL)
    project.write("talk.md", "![Dot](pixel.png)\n")
    project.build("talk.md", "--no-embed")
    first = project.page("public/talk.html").attribute(".remark-slide-content img", "src")
    project.write("pixel.png", OTHER_PIXEL)
    project.build("talk.md", "--no-embed")
    second = project.page("public/talk.html").attribute(".remark-slide-content img", "src")
    assert first != second
    assert (project.folder / "public" / second).read_bytes() == OTHER_PIXEL


def test_a_file_over_the_embed_limit_stays_a_link_with_a_warning(project: Project) -> None:
    project.write("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 2000)
    project.write("talk.md", "---\nembedLimit: 1 kB\n---\n\n![:video](film.mp4)\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG113"])
    assert ran.err.startswith("talk.md:5:11: warning[SG113]: film.mp4 (2 kB) is too large")
    assert project.files("public") == ["film.mp4", "talk.html"]
    assert project.page("public/talk.html").attribute("video", "src") == "film.mp4"


def test_something_on_the_network_stays_a_link_with_a_warning(project: Project) -> None:
    project.write("talk.md", "# X\n\n![](https://example.org/a.png) [fine](https://example.org/)\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG112"])
    assert ran.err.startswith("talk.md:3:5: warning[SG112]: https://example.org/a.png is loaded from the net")
    page = project.page("public/talk.html")
    assert page.attribute(".remark-slide-content img", "src") == "https://example.org/a.png"
    assert page.attribute(".remark-slide-content a", "href") == "https://example.org/"


LINKS = """\
[deck](../b/index.md) [slide](../b/index.md#methods) [page](../b/index.html) [folder](../b/)
[same](index.md) [file](data/table.csv) [up](../shared/paper.pdf#page=2) [here](#later)
[absolute](/notes.txt) [out](https://example.org) [mail](mailto:a@example.org)

---
name: later
"""


def test_links_between_decks_lead_to_pages_and_other_files_are_copied_along(project: Project) -> None:
    project.write("slidegen.yml", "")
    project.write("slides/a/index.md", LINKS)
    project.write("slides/b/index.md", "name: methods\n\n# B\n")
    project.write("slides/a/data/table.csv", "1,2\n")
    project.write("slides/shared/paper.pdf", b"%PDF-1.4 paper")
    project.write("notes.txt", "notes\n")
    project.build()
    links = project.page("public/a/index.html").tree.css(".remark-slide-content a")
    leads = {link.text(): link.attributes["href"] or "" for link in links}
    assert leads["deck"] == leads["page"] == leads["folder"] == "../b/index.html"
    assert leads["slide"] == "../b/index.html#methods"
    assert leads["same"] == "index.html"
    assert leads["file"] == "data/table.csv"
    assert leads["up"].endswith("/paper.pdf#page=2")
    assert leads["here"] == "#later"
    assert leads["out"] == "https://example.org"
    assert leads["mail"] == "mailto:a@example.org"
    below = project.folder / "public/a"
    assert (below / leads["file"]).read_text("utf-8") == "1,2\n"
    assert (below / leads["up"].partition("#")[0]).read_bytes() == b"%PDF-1.4 paper"
    assert (below / leads["absolute"]).read_text("utf-8") == "notes\n"


def test_links_lead_to_pages_wherever_o_puts_them(project: Project) -> None:
    project.write("one.md", "[two](two.md)\n")
    project.write("two.md", "[one](one.md#2)\n")
    project.build("one.md", "two.md", "-o", "site")
    assert project.page("site/one.html").attribute(".remark-slide-content a", "href") == "two.html"
    assert project.page("site/two.html").attribute(".remark-slide-content a", "href") == "one.html#2"


def test_a_link_to_a_missing_file_is_a_warning(project: Project) -> None:
    project.write("handout.pdf", b"%PDF-1.4")
    project.write("talk.md", "# X\n\nSee [this](handuot.pdf).\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG114"])
    assert ran.err.startswith("talk.md:3:12: warning[SG114]: there is no file handuot.pdf\n")
    assert "hint: did you mean handout.pdf?" in ran.err


def test_only_the_last_step_of_a_slide_is_in_the_document(project: Project) -> None:
    page = project.deck("# X\n\n--\n\nmore\n\n--\n\nmost\n")
    assert len(page.slides) == 1
    assert "most" in page.slides[0]
    assert len(page.tree.css("main > template")) == 2


def test_the_page_has_the_decks_title_language_and_description(project: Project) -> None:
    page = project.deck("---\ntitle: A & B\nlang: fr\ndescription: Über <alles>\n---\n# Heading\n")
    title = page.tree.css_first("title")
    assert title is not None
    assert title.text() == "A & B"
    assert page.attribute("html", "lang") == "fr"
    assert page.attribute("meta[name=description]", "content") == "Über <alles>"
    untitled = project.deck("Some text\n\n---\n\n# First *heading*\n").tree.css_first("title")
    assert untitled is not None
    assert untitled.text() == "First heading"


def test_formulas_and_code_are_ready_made(project: Project) -> None:
    page = project.deck("# X\n\n$\\alpha$\n\n```python\nreturn 1\n```\n")
    assert "<math" in page.slides[0]
    assert '<div class="remark-code-line">' in page.slides[0]
    assert "@font-face" in page.html
    assert "@font-face" not in project.deck("# X\n").html


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_any_line_end_works(project: Project, line_end: str) -> None:
    text = "---\ntitle: T\n---\nclass: center\n\n# One\n\n--\n\nmore\n\n???\nnotes\n\n---\n\n# Two\n"
    unix = project.deck(text).html
    assert project.deck(text.replace("\n", line_end)).html == unix
