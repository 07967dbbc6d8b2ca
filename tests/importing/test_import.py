"""`slidegen import`: pages become a course of Markdown decks."""

from __future__ import annotations

import pytest
import yaml

from tests.html_pages import page
from tests.projects import PIXEL, Project


def test_a_page_becomes_a_course_with_the_same_slides(project: Project) -> None:
    project.write("talk/img/a.png", PIXEL)
    project.write("talk/look/style.css", "h1 { background: url(../img/a.png) }")
    project.write("talk/plot.js", "plots = [];")
    head = (
        '<style>h1 { color: red }</style><link rel="stylesheet" href="look/style.css">'
        '<script src="plot.js"></script><link rel="stylesheet" href="https://example.org/x.css">'
    )
    script = """remark.macros.half = function (more) { return '<img src="' + this + '" style="width: 50%">'; };
MathJax.Hub.Config({TeX: {Macros: {RR: '\\\\mathbb R'}}});
var slideshow = remark.create({ratio: '16:9', slideNumberFormat: (a, b) => `<b>${a}</b> of ${b}`});
slideshow.on('showSlide', function () { plots.push(1); });"""
    deck = "class: center\n\n# Un &lt;i&gt; &amp;amp;\n\n![:half](img/a.png) $\\RR$\n--\n\nmore\n\n---\n\n# Deux\n"
    project.write("talk/index.html", page(deck, head=head, script=script))
    ran = project.run("import", "talk/index.html")
    assert ran.code == 0
    assert "talk/index.html -> course/slides/index.md  (2 slides, unchanged)" in ran.out
    assert project.files("course") == [
        "slidegen.yml",
        "slides/img/a.png",
        "slides/index-2.js",
        "slides/index.css",
        "slides/index.md",
        "slides/look/style.css",
        "slides/plot.js",
        "templates/macros/half.html",
    ]
    assert yaml.safe_load((project.folder / "course/slidegen.yml").read_text("utf-8")) == {
        "ratio": "16:9",
        "math": {"macros": {"RR": r"\mathbb R"}, "dollars": False, "code": False},
        "slideNumberFormat": "<b>%current%</b> of %total%",
        "theme": "remark",
        "css": [
            "slides/index.css",
            "slides/look/style.css",
            "https://example.org/x.css",
        ],
        "scripts": ["slides/plot.js", "slides/index-2.js"],
    }
    text = (project.folder / "course/slides/index.md").read_text("utf-8")
    assert text.startswith("---\nlang: fr\ntitle: La page\n---\nclass: center\n\n# Un <i> &amp;\n")
    project.run("build", "talk/index.html", "-o", "before")
    project.run("build", "course", "-o", "after")
    before, after = project.page("before/index.html"), project.page("after/slides/index.html")
    assert before.slides == after.slides
    numbers = [[node.html for node in item.tree.css(".remark-slide-number")] for item in (before, after)]
    assert numbers[0] == numbers[1]
    assert "plots.push(1)" in after.html


def test_a_folder_becomes_a_course(project: Project) -> None:
    project.write("decks/one.html", page("# One\n", script="remark.create({ratio: '16:9'})"))
    project.write(
        "decks/more/two.html", page("# Two\n", script="remark.create({ratio: '16:9', highlightLines: true})")
    )
    project.write("decks/three.md", "---\ntitle: Three\nratio: '16:9'\ncss: [own.css]\n---\n# Three\n")
    project.write("decks/own.css", "h1 { color: red }")
    ran = project.run("import", "decks", "-o", "out")
    assert ran.code == 0
    assert ran.out.count("unchanged") == 3
    config = yaml.safe_load((project.folder / "out/slidegen.yml").read_text("utf-8"))
    assert config == {"ratio": "16:9"}
    three = (project.folder / "out/slides/three.md").read_text("utf-8")
    assert three == "---\ntitle: Three\ncss:\n- /slides/own.css\n---\n# Three\n"
    assert project.run("build", "out", "-o", "site").codes == []


def test_a_page_that_shows_no_formulas_has_none_afterwards(project: Project) -> None:
    project.write("talk.html", page("costs $a$ and\n"))
    assert "unchanged" in project.run("import", "talk.html").out
    assert yaml.safe_load((project.folder / "course/slidegen.yml").read_text("utf-8"))["math"] is False


def test_what_is_not_understood_is_named_and_the_rest_is_imported(project: Project) -> None:
    project.write("a.png", PIXEL)
    script = "remark.macros.draw = function () { return plot(this); };\nremark.create({ratio: pick()});"
    project.write("talk.html", page("![:draw](a.png)\n", script=script))
    ran = project.run("import", "talk.html")
    assert ran.code == 0
    assert sorted(ran.codes) == ["SG140", "SG141"]
    assert "templates/macros/draw.html" in project.files("course")


def test_a_deck_with_errors_is_imported_and_the_exit_status_says_so(project: Project) -> None:
    project.write("talk.html", page("# A\n\n![:nothing](x)\n"))
    ran = project.run("import", "talk.html")
    assert (ran.code, ran.codes) == (1, ["SG005"])
    assert "course/slides/talk.md" in project.files() or "slides/talk.md" in project.files("course")


def test_data_for_scripts_comes_along(project: Project) -> None:
    head = '<script type="application/json" id="d">{"a": "</b>"}</script>'
    project.write("talk.html", page("# Un\n", head=head))
    assert project.run("import", "talk.html").code == 0
    assert "application/json" in (project.folder / "course/slides/talk.js").read_text("utf-8")


@pytest.mark.parametrize("name", ["course/notes.txt", "course"])
def test_a_folder_that_holds_something_is_left_alone(project: Project, name: str) -> None:
    project.write("talk.html", page("# Un\n"))
    project.write(name, "mine")
    ran = project.run("import", "talk.html")
    assert ran.code == 1
    assert "course: error[SG010]" in ran.err
    assert (project.folder / name).read_text("utf-8") == "mine"


def test_a_page_without_a_deck_is_not_imported(project: Project) -> None:
    project.write("about.html", "<p>About</p>")
    ran = project.run("import", "about.html")
    assert ran.code == 1
    assert "SG012" in ran.err
    assert not (project.folder / "course").exists()


def test_what_stands_beside_the_deck_becomes_a_file(project: Project) -> None:
    project.write("logo.png", PIXEL)
    body = '<body class="dark"><div id="logo"><img src="logo.png" alt=""></div><textarea id="source"># Un</textarea>'
    project.write("talk.html", f"{body}<script>remark.create();</script></body>")
    ran = project.run("import", "talk.html")
    assert ran.codes == ["SG145"]
    assert "class" in ran.err
    assert project.run("build", "course", "-o", "out").codes == []
    built = project.page("out/slides/talk.html").tree
    assert "data-a" in built.css_first("body > #logo img").attributes


def test_decks_that_one_page_shows_share_its_look_in_the_course(project: Project) -> None:
    page = """<style>h1 { color: red }</style><script src="remark.js"></script>
<script>remark.create({sourceUrl: location.hash.slice(1), ratio: "16:9"});</script>"""
    project.write("talks/index.html", page)
    for name in ("un", "deux"):
        project.write(f"talks/{name}.md", f"# {name}\n")
    assert project.run("import", "talks").codes == []
    written = {path.name for path in (project.folder / "course").rglob("*") if path.is_file()}
    assert written == {"slidegen.yml", "index.css", "un.md", "deux.md"}
    assert (project.folder / "course/slides/un.md").read_text() == "# un\n"


def test_slides_are_counted_as_a_build_counts_them(project: Project) -> None:
    deck = "# A\n\n--\n\nmore\n---\nclass: secret\n\n# B\n---\n# C\n"
    project.write("talk.md", f"---\nexcludedClasses: [secret]\n---\n{deck}")
    assert "(2 slides, " in project.build("talk.md").out
    assert "(2 slides, unchanged)" in project.run("import", "talk.md").out
