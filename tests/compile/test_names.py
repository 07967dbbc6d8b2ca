"""What a slide says to who does not see it, where the author does not."""

from __future__ import annotations

from tests.projects import PIXEL, Project


def test_an_embedded_picture_without_a_text_is_silent(project: Project) -> None:
    project.write("a.png", PIXEL)
    page = project.deck('<img src="a.png">\n\n<img src="a.png" alt="A dot">\n\n![A point](a.png)\n')
    assert [image.attributes["alt"] for image in page.tree.css("img")] == ["", "A dot", "A point"]


def test_a_qr_code_is_named_by_its_address(project: Project) -> None:
    page = project.deck("![:qr](https://example.org/?a=1&b=2)\n")
    assert page.attribute("a.slidegen-qr > svg[role=img]", "aria-label") == "https://example.org/?a=1&b=2"


def test_a_missing_picture_is_named(project: Project) -> None:
    project.write("talk.md", "![A dot](no.png)\n")
    project.run("build", "talk.md")
    page = project.page("public/talk.html")
    assert page.attribute("span[role=img]", "aria-label") == "Missing image: no.png"


def test_a_task_is_named_by_its_text(project: Project) -> None:
    page = project.deck("- [x] write **it**\n")
    box = page.tree.css_first("label > input[type=checkbox]")
    assert box is not None
    assert box.parent is not None
    assert box.parent.text().strip() == "write it"
