from __future__ import annotations

import os
import re
import sys

import pytest

from tests.projects import PIXEL, Page, Project


def colours(page: Page) -> list[str]:
    """The colours that the author's style sheets name, in their order."""
    return re.findall(r"color:\s*(author-\w+)", page.html)


class TestRoot:
    """Where `/` leads, and what may be read."""

    def test_the_nearest_slidegen_yml_upwards_counts_before_a_git_folder(self, project: Project) -> None:
        project.write("course/slidegen.yml", "")
        project.write("course/week/.git/HEAD", "")
        project.write("course/logo.png", PIXEL)
        project.write("course/week/talk.md", "![](/logo.png) ![](../logo.png)\n")
        project.build("course/week/talk.md")

    def test_a_git_folder_counts_before_the_working_folder(self, project: Project) -> None:
        project.write("course/.git/HEAD", "")
        project.write("course/logo.png", PIXEL)
        project.write("logo.png", b"")
        project.write("course/week/talk.md", "![](/logo.png)\n")
        project.build("course/week/talk.md")

    def test_the_working_folder_counts_for_decks_in_it(self, project: Project) -> None:
        project.write("logo.png", PIXEL)
        project.write("a/b/c/talk.md", "![](/logo.png) ![](../../../logo.png)\n")
        project.build("a/b/c/talk.md")

    def test_a_deck_elsewhere_has_its_own_folder(self, project: Project) -> None:
        project.write("decks/talk/logo.png", PIXEL)
        project.write("decks/talk/index.md", "![](/logo.png)\n")
        project.write("desk/note.txt", "")
        Project(project.folder / "desk").build("../decks/talk/index.md")
        project.write("decks/talk/index.md", "![](../logo.png)\n")
        project.write("decks/logo.png", PIXEL)
        ran = Project(project.folder / "desk").run("build", "../decks/talk/index.md")
        assert (ran.code, ran.codes) == (0, ["SG111"])


def test_nothing_outside_the_root_is_read_unless_it_is_allowed(project: Project) -> None:
    project.write("shared/logo.png", PIXEL)
    project.write("course/slidegen.yml", "")
    project.write("course/talk.md", "# X\n\n![Logo](../shared/logo.png)\n")
    ran = project.run("build", "course/talk.md")
    assert (ran.code, ran.codes) == (0, ["SG111"])
    assert ran.err.startswith("course/talk.md:3:9: warning[SG111]: ../shared/logo.png is outside the project")
    assert "data:image/png" not in project.page("course/public/talk.html").html
    (line,) = re.findall(r"^ +(assets: .*)$", ran.err, re.MULTILINE)
    project.write("course/slidegen.yml", f"{line}\n")
    project.build("course/talk.md")
    assert "data:image/png" in project.page("course/public/talk.html").html


def test_a_deck_may_not_allow_itself_more(project: Project) -> None:
    project.write("shared/logo.png", PIXEL)
    project.write("course/slidegen.yml", "")
    project.write("course/talk.md", "---\nassets: {allow: [../shared]}\n---\n![Logo](../shared/logo.png)\n")
    assert "SG111" in project.run("build", "course/talk.md").codes


def test_a_link_of_the_file_system_does_not_lead_out(project: Project) -> None:
    project.write("secret.png", PIXEL)
    project.write("course/slidegen.yml", "")
    (project.folder / "course/innocent.png").symlink_to(project.folder / "secret.png")
    project.write("course/talk.md", "![](innocent.png)\n")
    assert project.run("build", "course/talk.md").codes == ["SG111"]


def test_command_line_before_front_matter_before_slidegen_yml_before_defaults(project: Project) -> None:
    deck = "# X\n"
    with_theme = "---\ntheme: remark\n---\n# X\n"
    assert project.deck(deck).theme == "lecture"
    project.write("slidegen.yml", "theme: slate\n")
    assert project.deck(deck).theme == "slate"
    assert project.deck(with_theme).theme == "remark"
    assert project.deck(with_theme, "--theme", "lecture").theme == "lecture"


def test_options_of_the_project_and_of_a_deck_are_joined_option_by_option(project: Project) -> None:
    project.write("slidegen.yml", "ratio: 16:9\nslideNumberFormat: '%current%'\n")
    page = project.deck("---\nslideNumberFormat: 'no. %current%'\n---\n# X\n")
    assert page.options["ratio"] == "16:9"
    assert page.options["slideNumberFormat"] == "no. %current%"


def test_options_of_xaringans_nature_count_as_remarks(project: Project) -> None:
    page = project.deck("---\nnature:\n  ratio: '16:9'\n---\n# A\n")
    assert page.options["ratio"] == "16:9"
    project.write(
        "talk.md", "---\nnature:\n  countIncrementalSlides: false\n---\n# A\n\n--\n\nb\n\n---\n\n# C\n"
    )
    (deck,) = project.inspect("talk.md")
    assert [slide["number"] for slide in deck["slides"]] == ["1 / 2", "1 / 2", "2 / 2"]


def test_a_ratio_in_nature_needs_no_quotes(project: Project) -> None:
    assert project.deck("---\nnature:\n  ratio: 16:9\n---\n# A\n").options["ratio"] == "16:9"


def test_natures_options_count_where_xaringan_decks_have_them(project: Project) -> None:
    page = project.deck(
        "---\noutput:\n  xaringan::moon_reader:\n    nature:\n      ratio: '16:9'\n---\n# A\n"
    )
    assert page.options["ratio"] == "16:9"


def test_other_keys_are_variables_of_deck_and_project(project: Project) -> None:
    project.write("slidegen.yml", "course: Statistics\nroom: 12\nvariables: {term: '2024/25'}\n")
    page = project.deck(
        "---\nroom: 7\nweek: 03\n---\nday: Monday\n\n{{course}} {{term}} {{room}} {{week}} {{day}}\n"
    )
    assert page.slides == ["<p>Statistics 2024/25 7 03 Monday</p>"]


def test_a_variable_may_hold_markdown(project: Project) -> None:
    page = project.deck("---\nterm: '*likelihood* $x$'\n---\nThe {{term}}.\n")
    assert page.slides[0].startswith("<p>The <em>likelihood</em> <span")
    assert "<math>" in page.slides[0]


def test_title_and_author_are_variables_too(project: Project) -> None:
    page = project.deck("---\ntitle: My talk\nauthor: Ada\n---\n{{title}} by {{author}}\n")
    assert page.slides == ["<p>My talk by Ada</p>"]


def test_style_sheets_of_the_author_stand_after_the_themes_in_the_order_named(project: Project) -> None:
    project.write("slidegen.yml", "css: [look/course.css]\n")
    project.write("look/course.css", "h1 { color: author-course }\n")
    project.write("week/one.css", "h1 { color: author-one }\n")
    project.write("week/two.css", "h1 { color: author-two }\n")
    project.write("week/a.md", "---\ncss: [one.css, two.css]\n---\n# A\n")
    project.write("week/b.md", "---\ncss: two.css\ntheme: slate\n---\n# B\n")
    project.write("week/c.md", "# C\n")
    project.build("week")
    assert colours(project.page("public/a.html")) == ["author-one", "author-two"]
    assert colours(project.page("public/b.html")) == ["author-two"]
    assert colours(project.page("public/c.html")) == ["author-course"]
    html = project.page("public/b.html").html
    assert html.index("@layer") < html.index("author-two")
    assert "@layer" not in html[html.index("author-two") : html.index("</style>", html.index("author-two"))]
    themes = [project.page(f"public/{name}.html").theme for name in "abc"]
    assert themes == ["remark", "slate", "remark"]


def test_css_of_another_kind_than_a_style_sheet_is_named_where_it_stands(project: Project) -> None:
    project.write("look.css", "h1 { color: author-red }\n")
    project.write("talk.md", "---\ncss: [look.css, lok.css]\n---\n# X\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG104"])
    assert ran.err.startswith("talk.md:2:17: warning[SG104]: there is no style sheet lok.css")
    assert "did you mean look.css?" in ran.err


def test_a_style_sheet_brings_its_pictures(project: Project) -> None:
    project.write("look/dot.png", PIXEL)
    project.write("look/main.css", "@import 'more.css';\n")
    project.write("look/more.css", ".remark-slide-content { background: url(dot.png) }\n")
    html = project.deck("---\ncss: look/main.css\n---\n# X\n").html
    assert "@import" not in html
    assert "data:image/png" in html


def test_mistakes_in_slidegen_yml_are_named_there(project: Project) -> None:
    project.write("course/slidegen.yml", "title: fine\nratio: wide\nhighlightStlye: github\n")
    project.write("course/talk.md", "# X\n")
    ran = project.run("build", "course/talk.md")
    assert (ran.code, ran.codes) == (1, ["SG004", "SG110"])
    assert ran.err.startswith("course/slidegen.yml:2:8: error[SG004]: ratio expects two numbers such as 4:3")
    assert "course/slidegen.yml:3:1: warning[SG110]: " in ran.err
    assert "did you mean highlightStyle?" in ran.err


def test_slidegen_yml_that_does_not_parse_is_named_with_its_line(project: Project) -> None:
    project.write("slidegen.yml", "title: fine\nfooter: a: b\n")
    project.write("slides/a.md", "# A\n")
    ran = project.run("build")
    assert (ran.code, ran.codes) == (1, ["SG003"])
    assert ran.err.startswith("slidegen.yml:2:9: error[SG003]: this value holds a colon, so it needs quotes")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a link to nothing", "a link to itself"])
def test_a_slidegen_yml_that_is_no_file_is_an_error(project: Project, kind: str) -> None:
    project.write("slides/a.md", "# A\n")
    settings = project.folder / "slidegen.yml"
    match kind:
        case "a pipe":
            os.mkfifo(settings)
        case "a folder":
            settings.mkdir()
        case "a link to nothing":
            settings.symlink_to("usb/slidegen.yml")
        case _:
            settings.symlink_to("slidegen.yml")
    for command in ("build", "check", "inspect"):
        ran = project.run(command, "slides/a.md")
        assert ran.code == 1
        assert ran.err.startswith("slidegen.yml: error[SG0")
        assert not (project.folder / "slides/a.html").exists()


def test_a_template_of_the_users_replaces_a_block_and_keeps_the_rest(project: Project) -> None:
    project.write(
        "templates/deck.html",
        '{% extends "slidegen/deck.html" %}\n{% block body_end %}<p id="mine">{{ deck.title }}</p>{% endblock %}\n',
    )
    page = project.deck("---\ntitle: T\n---\n# X\n")
    mine = page.tree.css_first("#mine")
    assert mine is not None
    assert mine.text() == "T"
    assert page.slides == ['<h1 id="x">X</h1>']


def test_a_theme_of_the_users_is_found_by_its_name(project: Project) -> None:
    project.write("templates/themes/mine/theme.yml", "name: mine\n")
    project.write("templates/themes/mine/theme.css", "h1 { color: author-mine }\n")
    page = project.deck("---\ntheme: mine\n---\n# X\n")
    assert page.theme == "mine"
    assert colours(page) == ["author-mine"]
