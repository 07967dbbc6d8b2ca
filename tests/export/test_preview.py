"""The picture that link previews show, and what pages say about it."""

from __future__ import annotations

import pytest

from tests.projects import Page, Project

Image = pytest.importorskip("PIL.Image")
pytestmark = pytest.mark.browser

SITE = "url: https://example.org/stat\n"
PREVIEW = f"{SITE}export: [preview]\n"


def told(page: Page) -> dict[str, str]:
    """What a page says to programs that show a preview of it."""
    found = page.tree.css("meta[property^='og:'], meta[name^='twitter:']")
    return {
        each.attributes.get("property") or each.attributes["name"]: each.attributes["content"]
        for each in found
    }


@pytest.mark.parametrize("ratio", ["4:3", "16:9", "16:10", "1:1", "21:9"])
def test_a_page_names_the_picture_of_its_first_slide(course: Project, ratio: str) -> None:
    course.write("slidegen.yml", f"{PREVIEW}ratio: '{ratio}'\nlang: pt-BR\n")
    course.write(
        "slides/week 1/talk.md",
        "---\ntitle: A & B\ndescription: How\n---\nbackground-color: #ff0000\n\n# One\n---\n# Two\n",
    )
    ran = course.run("build")
    assert (ran.code, ran.codes) == (0, [])
    said = told(course.page("public/week 1/talk.html"))
    with Image.open(course.folder / "public/week 1/talk-preview.png") as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0)
        assert (said.pop("og:image:width"), said.pop("og:image:height")) == tuple(map(str, picture.size))
        assert picture.size[0] == 1200
    assert said == {
        "og:type": "website",
        "og:title": "A & B",
        "og:description": "How",
        "og:url": "https://example.org/stat/week%201/talk.html",
        "og:locale": "pt_BR",
        "og:image": "https://example.org/stat/week%201/talk-preview.png",
        "og:image:type": "image/png",
        "og:image:alt": "A & B",
        "twitter:card": "summary_large_image",
    }


def test_a_picture_is_made_again_only_if_its_deck_has_changed(course: Project) -> None:
    course.write("slidegen.yml", PREVIEW)
    course.write("slides/a.md", "# A\n")
    course.write("slides/b.md", "# B\n")
    assert course.run("build").code == 0
    before = {name: (course.folder / "public" / name).read_bytes() for name in course.files("public")}
    assert {"a-preview.png", "b-preview.png"} <= before.keys()
    assert course.run("build").out == "2 pages are up to date\n2 exports are up to date\n"
    course.write("slides/b.md", "# Another\n")
    assert "1 export is up to date" in course.run("build").out
    assert (course.folder / "public/b-preview.png").read_bytes() != before["b-preview.png"]
    assert (course.folder / "public/a-preview.png").read_bytes() == before["a-preview.png"]
    (course.folder / "slides/b.md").unlink()
    course.write("slidegen.yml", SITE)
    assert course.run("build").code == 0
    assert "b-preview.png" not in course.files("public")
    said = told(course.page("public/a.html"))
    assert said["twitter:card"] == "summary"
    assert "og:image" not in said


def test_the_picture_of_a_variant_lacks_what_it_leaves_out(course: Project) -> None:
    variants = "variants:\n  student: {without: [solution]}\n  instructor: {}\n"
    course.write("slidegen.yml", f"{PREVIEW}{variants}")
    course.write("style.css", ".solution { color: #ff0000; font-size: 5em }")
    course.write(
        "slides/talk.md", "---\ncss: [../style.css]\n---\n# A question\n\n.solution[The answer is 42]\n"
    )
    ran = course.run("build", "--variant", "student", "--variant", "instructor")
    assert (ran.code, ran.codes) == (0, [])
    has_red = {}
    for name in ("student", "instructor"):
        said = told(course.page(f"public/{name}/talk.html"))
        assert said["og:image"] == f"https://example.org/stat/{name}/talk-preview.png"
        with Image.open(course.folder / f"public/{name}/talk-preview.png") as picture:
            has_red[name] = (255, 0, 0) in {colour for _, colour in picture.convert("RGB").getcolors(1 << 20)}
    assert has_red == {"student": False, "instructor": True}


def test_the_author_chooses_another_slide(course: Project) -> None:
    course.write("slidegen.yml", PREVIEW)
    course.write("slides/talk.md", "# One\n---\nbackground-color: #00ff00\n\n# Two\n")
    assert course.run("export", "--format", "preview", "--slides", "2").code == 0
    with Image.open(course.folder / "public/talk-preview.png") as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (0, 255, 0)


def test_without_an_address_a_warning_says_what_is_missing(course: Project) -> None:
    course.write("slidegen.yml", "export: [preview]\n")
    course.write("slides/talk.md", "# One\n")
    ran = course.run("build")
    assert (ran.code, ran.codes) == (0, ["SG250"])
    assert "slidegen.yml:1:10: warning[SG250]" in ran.err
    assert told(course.page("public/talk.html")) == {}


def test_a_page_that_is_built_alone_has_no_address(course: Project) -> None:
    course.write("slidegen.yml", PREVIEW)
    course.write("talk.md", "# One\n")
    assert course.run("build", "talk.md", "-o", "talk.html").code == 0
    assert told(course.page("talk.html")) == {}
