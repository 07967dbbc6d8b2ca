"""The style sheets that xaringan has built in."""

from __future__ import annotations

import pytest

from slidegen.render.xaringan_styles import has_xaringan_style, xaringan_style_name, xaringan_style_sheets
from tests.pages import FOLDERS
from tests.projects import Project

NAMES = """
chocolate chocolate-fonts default default-fonts duke-blue fc fc-fonts glasgow_template hygge hygge-duke ki
ki-fonts kunoichi lucy lucy-fonts metropolis metropolis-fonts middlebury middlebury-fonts nhsr nhsr-fonts
ninjutsu rladies rladies-fonts robot robot-fonts rutgers rutgers-fonts shinobi tamu tamu-fonts uio uio-fonts
uo uo-fonts uol uol-fonts useR useR-fonts uwm uwm-fonts wic wic-fonts
""".split()


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_xaringans_has_a_style_sheet_that_needs_no_network(name: str) -> None:
    assert has_xaringan_style(name, FOLDERS.text)
    css = "\n".join(sheet.text for sheet in xaringan_style_sheets([name], FOLDERS.text))
    assert "url(" not in css
    assert "@import" not in css
    assert css.count("{") == css.count("}") > 0


def test_a_style_sheet_overrides_those_that_it_imports() -> None:
    css = "\n".join(sheet.text for sheet in xaringan_style_sheets(["fc"], FOLDERS.text))
    assert ".font200" in css
    assert css.index("--xaringan-heading:#1a292c") < css.index("--xaringan-heading:#4f4f4f")


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("metropolis", "metropolis"),
        ("libs/remark-css/metropolis-fonts.css", "metropolis-fonts"),
        ("talk_files/remark-css-0.0.1/default.css", "default"),
        ("metropolis.css", None),
        ("css/metropolis", None),
        ("https://x.org/a.css", None),
        ("", None),
    ],
)
def test_a_style_sheet_is_named_by_itself_or_as_knitted_pages_link_it(
    reference: str, name: str | None
) -> None:
    assert xaringan_style_name(reference) == name


def test_a_deck_without_css_has_xaringans_default(project: Project) -> None:
    page = project.deck("---\ntitle: T\noutput: xaringan::moon_reader\n---\n# One\n")
    assert page.theme == "remark"
    assert "--xaringan-inverse:#272822" in page.html
    assert "Yanone Kaffeesatz" in page.html


def test_the_authors_style_sheets_win_over_xaringans(project: Project) -> None:
    project.write("own.css", ".inverse { color: teal }")
    page = project.deck("---\ncss: [own.css, rladies]\n---\n# One\n")
    assert page.html.index("#562457") < page.html.index("color: teal")
    assert "@layer slidegen.theme {\n:root{--xaringan-heading:#562457" not in page.html
    assert "chocolate" not in page.html


def test_over_a_theme_xaringans_stand_in_its_layer(project: Project) -> None:
    page = project.deck("---\ntheme: lecture\ncss: [rladies]\n---\n# One\n")
    assert "@layer slidegen.theme {\n:root{--xaringan-heading:#562457" in page.html


def test_a_project_names_xaringans_too(project: Project) -> None:
    project.write("slidegen.yml", "css: [rladies]\n")
    assert "#562457" in project.deck("# One\n").html


def test_a_name_that_xaringan_does_not_have_is_reported(project: Project) -> None:
    project.write("talk.md", "---\ncss: [metropolitan]\n---\n# One\n")
    ran = project.run("build", "talk.md")
    assert "talk.md:2:7: warning[SG104]: there is no style sheet metropolitan" in ran.err
    assert "did you mean metropolis?" in ran.err
