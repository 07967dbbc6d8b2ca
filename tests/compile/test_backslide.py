"""Projects of backslide, Sass style sheets, and pages that take several files."""

from __future__ import annotations

import pytest

from tests.projects import Project

TEMPLATE = """<!DOCTYPE html>
<html>
<head>
  <meta charset="UTF-8">
  <title>{{title}}</title>
  {{{style}}}
  <script src="remark.min.js"></script>
  <script>
    function create() {
      return remark.create({
        {{{source}}},
        ratio: '16:9',
        countIncrementalSlides: false
      });
    }
  </script>
</head>
<body onload="slideshow = create()">
</body>
</html>
"""
SHEET = '$main: rgb(1, 2, 3);\n@import "parts";\nh1 { color: $main; .wide & { width: 50%; } }\n'
DECK = 'title: A "deck"\nlayout: true\n\n.foot[{{title}}]\n\n---\n\n# One\n--\n\nmore\n\n---\n\n# Two\n'


@pytest.fixture
def talks(project: Project) -> Project:
    project.write("template/index.html", TEMPLATE)
    project.write("template/style.scss", SHEET)
    project.write("template/_parts.scss", ".part { color: darken(rgb(255, 255, 255), 100%); }\n")
    project.write("walks.md", DECK)
    return project


def test_a_deck_has_what_backslides_template_makes_of_it(talks: Project) -> None:
    assert talks.run("build", "walks.md", "-o", "out.html").err == ""
    page = talks.page("out.html")
    assert (page.options["ratio"], page.theme) == ("16:9", "remark")
    assert "<title>A &#34;deck&#34;</title>" in page.html
    assert "#010203" in page.html
    assert ".wide h1" in page.html
    [deck] = talks.inspect("walks.md")
    assert [slide["number"] for slide in deck["slides"]] == ["1 / 2", "1 / 2", "2 / 2"]
    assert [item["path"] for item in talks.inspect(".")] == ["walks.md"]


@pytest.mark.parametrize("written", ["{{{source}}}", "{{{ source }}}", "{{& source}}"])
def test_mistakes_are_named_in_the_decks_file_and_the_style_sheet(talks: Project, written: str) -> None:
    talks.write("template/index.html", TEMPLATE.replace("{{{source}}}", written))
    talks.write("sub/walks.md", '---\nauthor: Me\n---\n# "Q" \\\\ é\n\n---\n\nSee ![:nope](x)\n')
    talks.write("template/style.scss", SHEET + "h2 { background: url(gone.png) }\n")
    ran = talks.run("build", "sub/walks.md", "-o", "out.html")
    assert ran.codes == ["SG005", "SG104"]
    assert "sub/walks.md:8:5: error[SG005]" in ran.err
    assert "template/style.scss:4:22: warning[SG104]" in ran.err


def test_files_beside_the_template_stand_in_the_page(talks: Project) -> None:
    talks.write("template/pics/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"></svg>')
    talks.write("template/style.scss", SHEET + "h2 { background: url(pics/a.svg) }\n")
    assert talks.run("build", "walks.md", "-o", "out.html").err == ""
    assert "data:image/svg+xml" in talks.page("out.html").html


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("$a: 1px;\nh1 {\n  color: $b;\n}\n", "template/style.scss:3:"),
        ('@import "gone"; $a: 1;\n', "there is no style sheet gone"),
        ('@import "../../../etc/secret"; $a: 1;\n', "there is no style sheet ../../../etc/secret"),
        ("$a: 1;\nh1 {\n", "does not compile"),
    ],
)
def test_a_style_sheet_that_does_not_compile_is_named(talks: Project, sheet: str, says: str) -> None:
    talks.write("template/style.scss", sheet)
    ran = talks.run("build", "walks.md", "-o", "out.html")
    assert (ran.code, ran.codes) == (0, ["SG136"])
    assert says in ran.err


def test_plain_css_may_be_newer_than_sass(talks: Project) -> None:
    talks.write("template/style.scss", "@layer a { h1 { width: max(10px, 2em); color: rgb(1 2 3 / 50%) } }\n")
    assert talks.run("build", "walks.md", "-o", "out.html").err == ""


def test_an_edit_of_template_or_style_rebuilds(talks: Project) -> None:
    talks.write("slides/walks.md", DECK)
    talks.build()
    talks.write("template/_parts.scss", ".part { color: rgb(7, 7, 7); }\n")
    talks.build()
    assert "#070707" in talks.page("public/walks.html").html
    talks.write("template/index.html", TEMPLATE.replace("16:9", "4:3"))
    talks.build()
    assert talks.page("public/walks.html").options["ratio"] == "4:3"


@pytest.mark.parametrize("text", ["<p>{{{body}}}</p>", "<html>{{ title }}</html>", ""])
def test_another_template_folder_changes_nothing(talks: Project, text: str) -> None:
    talks.write("template/index.html", text)
    assert talks.run("build", "walks.md", "-o", "out.html").err == ""
    assert talks.page("out.html").options["ratio"] == "4:3"


def test_a_look_of_its_own_counts_more_than_the_template(talks: Project) -> None:
    talks.write("walks.md", f"---\ntheme: lecture\n---\n{DECK}")
    assert talks.run("build", "walks.md", "-o", "out.html").err == ""
    assert talks.page("out.html").options["ratio"] == "4:3"


def test_style_sheets_that_jekyll_compiles_are_compiled(project: Project) -> None:
    project.write("_config.yml", "title: T\n")
    project.write("_sass/base.scss", "$main: rgb(4, 5, 6);\n")
    project.write("assets/main.scss", '---\n---\n@import "base";\nh1 { color: $main; }\n')
    project.write(
        "_layouts/slides.html",
        '<link rel="stylesheet" href="/assets/main.css"><textarea id="source">{{ content }}</textarea>'
        "<script>remark.create()</script>",
    )
    project.write("a.md", "---\nlayout: slides\n---\n# A\n")
    assert project.run("build", "a.md", "-o", "out.html").err == ""
    assert "#040506" in project.page("out.html").html
    project.write("assets/main.scss", "---\n---\nh1 { color: $gone; }\n")
    assert "assets/main.scss:3:" in project.run("build", "a.md", "-o", "out.html").err


@pytest.mark.parametrize("key", ["sourceUris", "sourceUrls", "sourceUrl"])
@pytest.mark.parametrize("files", ["['a.md', \"parts/b.md\"]", "files"])
def test_a_page_may_take_several_files(project: Project, key: str, files: str) -> None:
    project.write("a.md", "---\nauthor: Ann\n---\nclass: one\n\n# A\n")
    project.write("parts/b.md", "class: two\n\n# B\n\n---\n\nSee ![:nope](x)\n")
    script = f"var files = ['a.md', 'parts/b.md']; remark.create({{{key}: {files}, ratio: '16:9'}});"
    project.write("talk.html", f"<script src='remark.js'></script><script>{script}</script>")
    ran = project.run("build", "talk.html", "-o", "out.html")
    assert ran.codes == ["SG005"]
    assert "parts/b.md:7:5: error" in ran.err
    project.write("parts/b.md", "class: two\n\n# B\n")
    assert project.run("build", "talk.html", "-o", "out.html").err == ""
    [deck] = project.inspect(".")
    assert (deck["path"], [slide["classes"][0] for slide in deck["slides"]]) == ("talk.html", ["one", "two"])


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ("['a.md', 'gone.md']", "talk.html:1:"),
        ("['a.md', '../../x.md']", "x.md"),
        ("list()", "is computed when it is opened"),
    ],
)
def test_files_that_a_page_takes_and_that_are_not_there_are_named(
    project: Project, files: str, says: str
) -> None:
    project.write("slidegen.yml", "")
    project.write("a.md", "# A\n")
    project.write(
        "talk.html",
        f"<script src='remark.js'></script><script>remark.create({{sourceUris: {files}}});</script>",
    )
    ran = project.run("build", "talk.html", "-o", "out.html")
    assert ran.code == 1
    assert says in ran.err
