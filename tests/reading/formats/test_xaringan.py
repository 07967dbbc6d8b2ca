"""R Markdown decks for xaringan, as people write them."""

from __future__ import annotations

import pytest

from tests.projects import Project

YAML = """\
title: "Presentation Ninja"
subtitle: "with *xaringan*"
author: "A. Author"
institute: "University"
date: 2016-12-12
output:
  xaringan::moon_reader:
    lib_dir: libs
    nature:
      ratio: "16:9"
      highlightStyle: github
      countIncrementalSlides: false
"""


def rmd(yaml: str, body: str = "# One\n\n---\n\n# Two\n") -> str:
    return f"---\n{yaml}---\n\n{body}"


def test_the_title_slide_is_xaringans(project: Project) -> None:
    project.write("talk.Rmd", rmd(YAML))
    [deck] = project.inspect("talk.Rmd")
    title, one, _two = deck["slides"]
    assert title["classes"][:4] == ["center", "middle", "inverse", "title-slide"]
    assert title["html"].split("\n") == [
        '<div class="title"><h1 id="presentation-ninja">Presentation Ninja</h1></div>',
        '<div class="subtitle"><h2 id="with-xaringan-">with <em>xaringan</em></h2></div>',
        '<div class="author"><h3 id="a-author">A. Author</h3></div>',
        '<div class="institute"><h3 id="university">University</h3></div>',
        '<div class="date"><h3 id="2016-12-12">2016-12-12</h3></div>',
    ]
    assert (title["number"], title["line"], one["line"]) == ("1 / 3", 2, 15)
    assert deck["title"] == "Presentation Ninja"


def test_seal_false_leaves_the_title_slide_to_the_author(project: Project) -> None:
    project.write("talk.Rmd", rmd(YAML.replace("lib_dir: libs", "seal: false")))
    [deck] = project.inspect("talk.Rmd")
    assert [slide["html"] for slide in deck["slides"]] == ['<h1 id="one">One</h1>', '<h1 id="two">Two</h1>']


@pytest.mark.parametrize(
    ("authors", "shown"),
    [
        ("[A. One, B. Two]", [("author", "A. One"), ("author", "B. Two")]),
        (
            "[{name: A. One, affiliation: X}, {name: B. Two, affiliation: X}]",
            [("author", "A. One"), ("author", "B. Two"), ("institute", "X")],
        ),
        ("[A. One: {institute: [X, Y]}]", [("author", "A. One"), ("institute", "X"), ("institute", "Y")]),
    ],
)
def test_authors_are_names_lists_and_people(
    project: Project, authors: str, shown: list[tuple[str, str]]
) -> None:
    project.write("talk.Rmd", rmd(f"title: T\nauthor: {authors}\noutput: xaringan::moon_reader\n"))
    slide = project.build("talk.Rmd", "-o", "talk.html") and project.page("talk.html").tree
    found = slide.css(".title-slide :is(.author, .institute)")
    assert [(node.attributes["class"], node.text()) for node in found] == shown


def test_a_bracket_in_a_title_does_not_end_it(project: Project) -> None:
    project.write("talk.Rmd", rmd('title: "1] of 3"\noutput: xaringan::moon_reader\n'))
    project.build("talk.Rmd", "-o", "talk.html")
    heading = project.page("talk.html").tree.css_first(".title > h1")
    assert heading is not None
    assert heading.text() == "1] of 3"


def test_nature_says_which_classes_the_title_slide_has(project: Project) -> None:
    yaml = YAML.replace("nature:", "nature:\n      titleSlideClass: [left, bottom]")
    project.write("talk.Rmd", rmd(yaml))
    [deck] = project.inspect("talk.Rmd")
    assert deck["slides"][0]["classes"][:3] == ["left", "bottom", "title-slide"]


def test_a_markdown_file_with_xaringans_settings_is_its_deck(project: Project) -> None:
    project.write("talk.md", rmd(YAML))
    [deck] = project.inspect("talk.md")
    assert "title-slide" in deck["slides"][0]["classes"]


def test_places_in_the_deck_are_those_of_the_file(project: Project) -> None:
    project.write("talk.Rmd", rmd("title: See ![:nope](x)\noutput: xaringan::moon_reader\n", "![:no](x)\n"))
    ran = project.run("build", "talk.Rmd")
    assert "talk.Rmd:2:12: error[SG005]" in ran.err
    assert "talk.Rmd:6:1: error[SG005]" in ran.err


def test_r_code_that_was_not_run_is_one_error(project: Project) -> None:
    body = (
        "# One\n\n```{r setup, include=FALSE}\nlibrary(x)\n```\n\n---\n\n```{r}\n1\n```\n\nIt is `r 1 + 1`.\n"
    )
    project.write("talk.Rmd", rmd(YAML, body))
    ran = project.run("build", "talk.Rmd")
    assert ran.code == 1
    assert ran.codes == ["SG020"]
    assert "talk.Rmd:18:1: error[SG020]: this deck has 2 chunks of code that R has not run" in ran.err
    assert "slidegen build talk.html" in ran.err


@pytest.mark.parametrize(
    "body", ["Two is `r 1 + 1`.\n", "```{python}\n1\n```\n", "> ```{r, echo=FALSE}\n> ```\n"]
)
def test_any_code_that_knitr_runs_counts(project: Project, body: str) -> None:
    project.write("talk.Rmd", rmd(YAML, body))
    assert project.run("build", "talk.Rmd").codes == ["SG020"]


def test_listings_that_only_name_a_language_are_no_chunks(project: Project) -> None:
    project.write("talk.Rmd", rmd(YAML, "```r\nx <- 1\n```\n\n`rnorm(1)`\n"))
    project.build("talk.Rmd")


def test_r_code_in_a_setting_leaves_out_that_line(project: Project) -> None:
    project.write("talk.Rmd", rmd(YAML.replace("2016-12-12", '"2016 (`r Sys.Date()`)"')))
    ran = project.run("build", "talk.Rmd", "-o", "talk.html")
    assert (ran.code, ran.codes) == (0, ["SG130"])
    assert "talk.Rmd:6:7: warning[SG130]: date is left out" in ran.err
    assert project.page("talk.html").tree.css_first(".title-slide .date") is None


def test_an_expression_of_r_is_no_value(project: Project) -> None:
    project.write("talk.Rmd", rmd(YAML.replace("2016-12-12", "!expr Sys.Date()")))
    assert project.run("build", "talk.Rmd").codes == ["SG130"]


def test_settings_that_mean_nothing_are_named_once(project: Project) -> None:
    yaml = YAML.replace("lib_dir: libs", "chakra: libs/remark.js\n    self_contained: true\n    fig_width: 7")
    project.write("talk.Rmd", rmd(yaml))
    ran = project.run("build", "talk.Rmd")
    assert ran.codes == ["SG131"]
    assert "talk.Rmd:9:5: warning[SG131]: chakra, self_contained and fig_width mean nothing" in ran.err


def test_what_does_nothing_in_xaringan_either_is_not_worth_a_word(project: Project) -> None:
    yaml = YAML.replace("lib_dir: libs", "self_contained: false\n    mathjax: null")
    project.write("talk.Rmd", rmd(yaml))
    project.build("talk.Rmd")


def test_other_formats_beside_xaringan_are_left_alone(project: Project) -> None:
    yaml = "title: T\noutput:\n  html_document: {toc: true}\n  xaringan::moon_reader: {nature: {ratio: '16:9'}}\n"
    project.write("talk.Rmd", rmd(yaml))
    project.build("talk.Rmd", "-o", "talk.html")
    assert project.page("talk.html").options["ratio"] == "16:9"


def test_a_folder_has_r_markdown_decks_too(project: Project) -> None:
    project.write("slides/one.Rmd", rmd(YAML))
    project.write("slides/report.Rmd", rmd("title: T\noutput: html_document\n"))
    project.build()
    assert project.files("public") == ["one.html"]


def test_a_knitted_page_counts_and_not_what_it_was_made_from(project: Project) -> None:
    project.write("slides/one.md", "# One\n")
    project.write("slides/talk.Rmd", rmd(YAML, "```{r}\n1\n```\n"))
    assert project.run("build").codes == ["SG020"]
    project.write("slides/talk.html", '<body><textarea id="source">\n# Talk\n</textarea></body>')
    assert project.run("build").codes == []


def test_scripts_before_the_slides_bring_their_macros(project: Project) -> None:
    project.write(
        "macros.js",
        "remark.macros.scale = function (percentage) {\n  var url = this;\n"
        "  return '<img src=\"' + url + '\" style=\"width: ' + percentage + '\" />';\n};\n",
    )
    project.write(
        "talk.Rmd",
        rmd(
            YAML.replace("nature:", "nature:\n      beforeInit: macros.js"),
            "![:scale 40%](https://x.org/a.png)\n",
        ),
    )
    ran = project.run("build", "talk.Rmd", "-o", "talk.html")
    assert ran.codes == ["SG112"]
    assert "width: 40%" in project.page("talk.html").attribute(".remark-slide-content img", "style")


def test_files_of_includes_come_along(project: Project) -> None:
    project.write("head.html", "<style>.own { color: teal }</style>\n")
    project.write("foot.html", "<script>window.footed = 1;</script>\n")
    yaml = YAML.replace(
        "lib_dir: libs", "includes: {in_header: head.html, after_body: [foot.html, none.html]}"
    )
    project.write("talk.Rmd", rmd(yaml, "$x^2$\n"))
    ran = project.run("build", "talk.Rmd", "-o", "talk.html")
    assert ran.codes == ["SG104"]
    assert "there is no file none.html" in ran.err
    page = project.page("talk.html").html
    assert ".own { color: teal }" in page
    assert "window.footed = 1;" in page
    assert "<math" in page


def test_what_does_not_come_along_is_named(project: Project) -> None:
    yaml = YAML.replace("nature:", "includes: {before_body: a.md}\n    nature:")
    project.write("talk.Rmd", rmd(yaml))
    ran = project.run("build", "talk.Rmd")
    assert ran.codes == ["SG131"]
    assert "before_body is left out" in ran.err


@pytest.mark.parametrize(
    ("options", "listed", "applies"),
    [
        ("", True, True),
        (", echo=FALSE", False, True),
        (" echo = F", False, True),
        (", eval=FALSE", True, False),
        (", include=FALSE", False, False),
    ],
)
def test_chunks_of_css_need_no_r(project: Project, options: str, listed: bool, applies: bool) -> None:
    chunk = f"```{{css{options}}}\nh1 {{ color: teal }}\n\nh2 {{ color: red }}\n```\n"
    project.write("talk.Rmd", rmd(YAML, f"# One\n\n{chunk}\n---\n\n![](gone.png)\n"))
    ran = project.run("build", "talk.Rmd", "-o", "out")
    assert ran.codes == ["SG104"]
    assert "talk.Rmd:26:5:" in ran.err
    slide = project.page("out/talk.html").tree.css(".remark-slide-content")[1]
    assert bool(slide.css("code.css")) is listed
    assert [style.text().strip() for style in slide.css("style")] == (
        ["h1 { color: teal }\n\nh2 { color: red }"] if applies else []
    )


def test_chunks_of_scripts_need_no_r(project: Project) -> None:
    project.write("talk.Rmd", rmd(YAML, "# One\n\n```{js}\n//| echo: false\nwindow.a = 1 < 2;\n```\n"))
    project.build("talk.Rmd", "-o", "out")
    slide = project.page("out/talk.html").tree.css(".remark-slide-content")[1]
    assert slide.css("code") == []
    assert "window.a = 1 < 2;" in slide.css_first("script").text()


def test_beside_a_chunk_of_css_r_code_is_still_an_error(project: Project) -> None:
    project.write("talk.Rmd", rmd(YAML, "```{css}\nh1 {}\n```\n\n```{r}\n1\n```\n"))
    ran = project.run("build", "talk.Rmd")
    assert ran.codes == ["SG020"]
    assert "talk.Rmd:20:1: error[SG020]: this deck has a chunk of code" in ran.err


@pytest.mark.parametrize(
    ("nature", "timing"),
    [
        ("autoplay: 3000", '{"interval": 3000}'),
        ("autoplay: {interval: 3000, loop: true}", '{"interval": 3000, "loop": true}'),
        ("autoplay: 3000\n      countdown: true", '{"interval": 3000, "countdown": 3000}'),
        ("countdown: 60000", '{"countdown": 60000}'),
        ("autoplay: false\n      countdown: false", ""),
    ],
)
def test_slides_go_on_by_themselves_and_show_their_time(project: Project, nature: str, timing: str) -> None:
    project.write("talk.Rmd", rmd(YAML.replace("nature:", f"nature:\n      {nature}")))
    ran = project.run("build", "talk.Rmd", "-o", "out")
    assert ran.codes == []
    scripts = [script.text() for script in project.page("out/talk.html").tree.css("script")]
    found = [script for script in scripts if "gotoNextSlide();" in script and "countdown" in script]
    assert [script.rpartition("})(")[2] for script in found] == ([f"{timing});"] if timing else [])
