"""Callouts, columns and extras, as pages have them."""

from __future__ import annotations

import re

import pytest

from tests.projects import Project

SHARING = re.compile(r"\.columns:has\([^{]*\{display:flex")
COLUMNS = ".columns[\n.column[\na\n]\n.column-2[\nb\n]\n]\n"


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Note"), ("de", "Hinweis"), ("fr-CA", "Remarque"), ("ja", "メモ")]
)
def test_a_callout_has_its_title_in_the_language_of_the_deck(project: Project, lang: str, title: str) -> None:
    page = project.deck(f"---\nlang: {lang}\n---\n> [!NOTE]\n> one\n\n::: {{.callout-note}}\ntwo\n:::\n")
    assert [node.text() for node in page.tree.css(".callout > .callout-title")] == [title, title]


def test_a_division_has_its_attributes_and_no_more(project: Project) -> None:
    [slide] = project.deck('::: {.a #b width="40%" onclick="x()"}\n*c*\n:::\nd\n').slides
    assert '<div class="a" id="b" data-onclick="x()" style="width: 40%"><p><em>c</em></p></div>' in slide
    assert "<p>d</p>" in slide


def test_a_callout_of_a_division_has_its_title(project: Project) -> None:
    [slide] = project.deck('::: {.callout-tip title="Try <it>"}\na\n:::\n').slides
    assert '<p class="callout-title">Try &lt;it&gt;</p>' in slide


@pytest.mark.parametrize("theme", ["lecture", "remark"])
def test_columns_share_the_width_in_all_themes(project: Project, theme: str) -> None:
    assert SHARING.search(project.deck(f"---\ntheme: {theme}\n---\n{COLUMNS}").html)


def test_columns_of_an_author_stay_as_they_are(project: Project) -> None:
    project.write("own.css", ".columns { column-count: 2 }")
    assert not SHARING.search(project.deck(f"---\ncss: own.css\n---\n{COLUMNS}").html)


def test_a_page_has_style_rules_only_for_what_it_shows(project: Project) -> None:
    html = project.deck("# A\n\ntext\n").html
    assert not [
        name for name in (".callout", ".columns:has", ".slidegen-framed", "slidegen-placed") if name in html
    ]


def test_an_extra_that_does_not_exist_is_an_error(project: Project) -> None:
    project.write("talk.md", "---\nextras: [smileys]\n---\n# A\n")
    assert project.run("build", "talk.md").codes == ["SG004"]


def test_an_extra_is_read_from_the_front_matter(project: Project) -> None:
    assert "x<sup>2</sup>" in project.deck("---\nextras: superscript\n---\nx^2^\n").html


def test_a_division_without_an_end_is_a_warning(project: Project) -> None:
    project.write("talk.md", "::: a\nb\n---\n:::\n")
    assert project.run("build", "talk.md").codes == ["SG203", "SG203"]


@pytest.mark.parametrize("mark", ["::: {.box}", "::: note", "> :::: {.columns}"])
def test_a_division_in_a_quote_is_a_warning(project: Project, mark: str) -> None:
    project.write("talk.md", f"# A\n\n> [!NOTE]\n> text\n> {mark}\n> a\n> :::\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG203"]
    assert f"talk.md:5:{3 + mark.index(':')}: warning[SG203]: no division begins within a quote" in ran.err


def test_colons_in_a_quote_are_text(project: Project) -> None:
    project.write("talk.md", "# A\n\n> so ::: it is\n> `::: note`\n\n```\n> ::: note\n```\n")
    assert project.run("build", "talk.md").codes == []


def test_emoji_without_their_package_are_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slidegen.compile.render.find_spec", lambda _: None)
    project.write("talk.md", "---\nextras: [emoji]\n---\n# A\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG204"]
    assert "pip install 'slidegen[icons]'" in ran.err
