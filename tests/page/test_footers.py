from __future__ import annotations

import pytest

from tests.projects import Page, Project


def footers(page: Page) -> list[list[str]]:
    """For each slide the footers at its foot."""
    return [
        [footer.inner_html or "" for footer in slide.css(".slidegen-foot > .footer")]
        for slide in page.tree.css(".remark-slide-content")
    ]


def test_a_footer_class_stands_at_the_foot_of_its_slide_only(project: Project) -> None:
    page = project.deck("# A\n\n.footer[See *this*]\n\nText.\n\n---\n\n# B\n")
    assert footers(page) == [["See <em>this</em>"], []]
    assert page.slides[0].index("Text.") < page.slides[0].index("slidegen-foot")


def test_several_footers_stack_in_the_order_written(project: Project) -> None:
    page = project.deck("# A\n\n.footer[one]\n\nText.\n\n.footer[two]\n.footer[three]\n")
    assert footers(page) == [["one", "two", "three"]]
    assert len(page.tree.css(".slidegen-foot")) == 1


def test_a_footer_in_front_matter_is_on_every_slide(project: Project) -> None:
    page = project.deck("---\nfooter: 'My **course**'\n---\n# A\n\n---\n\n# B\n")
    assert footers(page) == [["My <strong>course</strong>"]] * 2


def test_a_footer_in_slidegen_yml_is_on_every_slide_of_every_deck(project: Project) -> None:
    project.write("slidegen.yml", "footer: The course\n")
    assert footers(project.deck("# A\n\n---\n\n# B\n")) == [["The course"]] * 2


def test_front_matter_takes_the_footer_of_slidegen_yml_away(project: Project) -> None:
    project.write("slidegen.yml", "footer: The course\n")
    assert footers(project.deck("---\nfooter: false\n---\n# A\n")) == [[]]


def test_a_footer_property_is_markdown_with_formulas_and_links(project: Project) -> None:
    page = project.deck("footer: *See* [docs](https://example.org) `x` $y$\n\n# A\n\n---\n\n# B\n")
    (foot,), rest = footers(page)
    assert foot.startswith('<em>See</em> <a href="https://example.org">docs</a> <code')
    assert "<math" in foot
    assert rest == []


def test_a_footer_is_inherited_through_layouts_and_templates(project: Project) -> None:
    page = project.deck(
        "layout: true\nfooter: of the layout\n\n---\n\n# A\n\n---\nname: own\nfooter: its own\n\n# B\n\n---\n\n"
        "# C\n\n---\nlayout: false\n\n# D\n\n---\ntemplate: own\n\n# E\n"
    )
    assert footers(page) == [["of the layout"], ["its own"], ["of the layout"], [], ["its own"]]


def test_steps_have_their_slides_footer_once(project: Project) -> None:
    page = project.deck("footer: foot\n\n# A\n\n--\n\nmore\n\n--\n\nmost\n")
    assert footers(page) == [["foot"]]


def test_footer_false_removes_the_footer_of_the_deck_and_of_a_layout(project: Project) -> None:
    page = project.deck(
        "---\nfooter: the deck's\n---\n# A\n\n---\nfooter: false\n\n# B\n\n---\nlayout: true\nfooter: layout's\n\n"
        "---\n\n# C\n\n---\nfooter: false\n\n# D\n"
    )
    assert footers(page) == [["the deck's"], [], ["layout's"], []]


def test_a_deck_that_places_the_footer_itself_keeps_its_placement(project: Project) -> None:
    page = project.deck(
        "---\nfooter: 'from *me*'\n---\nlayout: true\n\n.mine[{{footer}}]\n\n---\n\n# A\n\n---\n\n# B\n"
    )
    assert footers(page) == [[], []]
    for slide in page.slides:
        assert slide.count("from <em>me</em>") == 1
        assert '<span class="mine">from <em>me</em></span>' in slide


@pytest.mark.parametrize("theme", ["lecture", "slate"])
def test_a_footer_and_footnotes_share_the_foot(project: Project, theme: str) -> None:
    page = project.deck("footer: foot\n\n# A\n\nText[^1]\n\n[^1]: Note\n\n.footer[own]\n", "--theme", theme)
    (foot,) = page.tree.css(".slidegen-foot")
    parts = [(child.attributes.get("class") or "").split()[0] for child in foot.iter()]
    assert parts == ["slidegen-footnotes", "footer", "footer"]


def test_a_footer_with_a_picture_has_the_picture(project: Project) -> None:
    project.write("icon.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    page = project.deck("footer: ![Icon](icon.svg) Name\n\n# A\n")
    assert page.attribute(".slidegen-foot .footer img", "alt") == "Icon"


def test_a_picture_that_a_footer_misses_is_named_at_its_place(project: Project) -> None:
    project.write("talk.md", "footer: ![Icon](icon.svg) Name\n\n# A\n")
    ran = project.run("build", "talk.md")
    assert ran.err.startswith("talk.md:1:17: warning[SG104]: there is no image icon.svg")
