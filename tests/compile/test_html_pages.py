"""HTML pages around decks, built as authors have them."""

from __future__ import annotations

import json

import pytest

from tests.html_pages import page
from tests.projects import PIXEL, Project


def test_a_page_is_built_with_its_look(project: Project) -> None:
    project.write("img/a.png", PIXEL)
    project.write("look/style.css", "h1 { background: url(../img/a.png) }")
    head = '<style>h1 { color: red }</style><link rel="stylesheet" href="look/style.css" media="screen">'
    project.write("talk.html", page("# Un &lt;i&gt;\n\n![](img/a.png)\n", head=head))
    ran = project.run("build", "talk.html", "-o", "out")
    assert ran.code == 0
    assert ran.codes == []
    built = project.page("out/talk.html")
    assert built.tree.css_first("title").text() == "La page"
    assert built.tree.css_first("html").attributes["lang"] == "fr"
    assert built.tree.css_first("html").attributes["data-theme"] == "remark"
    assert built.tree.css_first("h1 i") is not None
    own, remarks, inline, linked, *_ = built.tree.css("style")
    assert ".remark-slide-content h1" in remarks.text()
    assert "@layer" in own.text()
    assert inline.text() == "h1 { color: red }"
    assert linked.attributes["media"] == "screen"
    assert "var(--a-" in linked.text()
    assert "remark.min.js" not in built.html


def test_a_page_without_a_style_sheet_has_remarks_look_but_where_a_theme_is_named(project: Project) -> None:
    project.write("talk.html", page("# Un\n"))
    for theme, options in (("remark", ()), ("chalk", ("--theme", "chalk"))):
        assert project.run("build", "talk.html", "-o", "out", *options).code == 0
        assert project.page("out/talk.html").tree.css_first("html").attributes["data-theme"] == theme
    project.write("slidegen.yml", "theme: slate\n")
    project.run("build", "talk.html", "-o", "out")
    assert project.page("out/talk.html").tree.css_first("html").attributes["data-theme"] == "slate"


def test_mistakes_are_named_at_their_line_in_the_page(project: Project) -> None:
    project.write("talk.html", page("# A &amp; B\n\n&lt;b&gt;x&lt;/b&gt; ![](gone.png)\n"))
    ran = project.run("build", "talk.html", "-o", "out")
    assert "talk.html:12:26: warning[SG104]" in ran.err


def test_macros_of_the_page_are_done(project: Project) -> None:
    project.write("a.png", PIXEL)
    script = """remark.macros.half = function (more) {
  return '<img src="' + this + '" style="width: 50%; ' + more + '" />';
};
remark.create();"""
    project.write("talk.html", page("![:half float: left](a.png)\n", script=script))
    ran = project.run("build", "talk.html", "-o", "out")
    assert ran.codes == []
    (image,) = project.page("out/talk.html").tree.css(".remark-slide-content img")
    assert image.attributes["style"] == "width: 50%; float: left"
    project.write("templates/macros/half.html", '<img src="{{ target }}" style="width: 49%">')
    project.run("build", "talk.html", "-o", "out")
    (image,) = project.page("out/talk.html").tree.css(".remark-slide-content img")
    assert image.attributes["style"] == "width: 49%"


def test_macros_stand_in_a_file_of_their_own_too(project: Project) -> None:
    project.write("a.png", PIXEL)
    project.write(
        "macros.js", "remark.macros.half = function () { return '<img src=\"' + this + '\" width=50>'; };"
    )
    head = '<script src="macros.js"></script>'
    project.write("talk.html", page("![:half](a.png)\n", head=head))
    assert project.run("build", "talk.html", "-o", "out").codes == []
    built = project.page("out/talk.html")
    assert built.tree.css_first(".remark-slide-content img").attributes["width"] == "50"
    assert "remark.macros" not in built.html


def test_a_macro_that_does_more_is_a_warning_with_a_template_to_start_from(project: Project) -> None:
    project.write("a.png", PIXEL)
    script = "remark.macros.draw = function () { return plot(this); };\nremark.create();"
    project.write("talk.html", page("![:draw](a.png)\n", script=script))
    ran = project.run("build", "talk.html", "-o", "out")
    assert ran.code == 0
    assert "talk.html:14:15: warning[SG141]" in ran.err
    hint = ran.err.partition("templates/macros/draw.html")[2]
    assert '<img src="{{ target }}" alt="" style="width: {{ args[0] }}">' in hint
    assert len(project.page("out/talk.html").tree.css(".remark-slide-content img")) == 1


def test_scripts_come_along_embedded_in_their_order(project: Project) -> None:
    project.write("plot.js", "window.plots = ['</script>'.length];")
    head = '<script src="plot.js"></script><script src="https://example.org/x.js"></script>'
    script = "var slideshow = remark.create();\nslideshow.on('showSlide', function () { plots.push(2); });"
    project.write("talk.html", page("# Un\n", head=head, script=script))
    ran = project.run("build", "talk.html", "-o", "out")
    assert ran.codes == ["SG112"]
    html = project.page("out/talk.html").html
    first, remote, second = (
        html.index("window.plots"),
        html.index("https://example.org/x.js"),
        html.index("plots.push(2)"),
    )
    assert first < remote < second


def test_a_function_gives_the_number_of_a_slide(project: Project) -> None:
    script = "remark.create({slideNumberFormat: function (a, b) { return '<i>' + a + '</i> of ' + b; }});"
    project.write("talk.html", page("# Un\n\n---\n\n# Deux\n", script=script))
    assert project.run("build", "talk.html", "-o", "out").codes == []
    numbers = project.page("out/talk.html").tree.css(".remark-slide-number")
    assert [number.inner_html for number in numbers] == ["<i>1</i> of 2", "<i>2</i> of 2"]


def test_formulas_are_formulas_only_where_the_page_shows_them(project: Project) -> None:
    deck = "costs $a$ and \\\\(b\\\\) and `$c$`\n"
    loaded = '<script src="https://x.org/MathJax.js"></script>'
    told = "<script>MathJax.Hub.Config({tex2jax: {inlineMath: [['$', '$']], skipTags: ['pre']}})</script>"
    project.write("plain.html", page(deck))
    project.write("bare.html", page(deck, head=loaded))
    project.write("math.html", page(deck, head=told + loaded))
    assert project.run("build", "plain.html", "bare.html", "math.html", "-o", "out").codes == []
    shown = {
        name: [node.text() for node in project.page(f"out/{name}.html").tree.css("math annotation")]
        for name in ("plain", "bare", "math")
    }
    assert shown == {"plain": [], "bare": ["b"], "math": ["a", "b", "c"]}


def test_a_folder_of_pages_is_mirrored(project: Project) -> None:
    project.write("decks/one/index.html", page("# Un\n"))
    project.write("decks/two.md", "# Two\n")
    project.write("decks/three.html", page("", script="remark.create({sourceUrl: 'three.md'})"))
    project.write("decks/three.md", "# Three\n")
    project.write("decks/about.html", "<p>About the source of remark</p>")
    project.write("decks/choose.html", page("", script="remark.create({sourceUrl: param('p')})"))
    ran = project.run("build", "decks", "-o", "out")
    assert ran.code == 0
    assert project.pages("out") == ["one/index.html", "three.html", "two.html"]
    assert "Three" in project.page("out/three.html").tree.css_first(".remark-slide-content").text()


def test_a_page_without_a_deck_is_an_error_where_it_is_named(project: Project) -> None:
    project.write("about.html", "<p>About</p>")
    ran = project.run("build", "about.html", "-o", "out")
    assert ran.code == 1
    assert "about.html: error[SG012]: this page holds no deck" in ran.err
    assert "sourceUrl" in ran.err


def test_a_page_of_reveal_js_leads_to_what_to_write_instead(project: Project) -> None:
    project.write("talk.html", "<section>A</section><script>Reveal.initialize({hash: true})</script>")
    ran = project.run("build", "talk.html")
    assert ran.codes == ["SG012"]
    assert "`slidegen docs reveal-md`" in ran.err


@pytest.mark.parametrize(
    "reference", ["../secret.md", "/../../secret.md", "%2e%2e/secret.md", "https://x.org/a.md"]
)
def test_a_source_url_leads_to_no_place_outside_the_project(project: Project, reference: str) -> None:
    project.write("secret.md", "# Secret\n")
    project.write("course/slidegen.yml", "")
    project.write("course/talk.html", page("", script=f"remark.create({{sourceUrl: '{reference}'}})"))
    ran = project.run("build", "course/talk.html", "-o", "out")
    assert ran.code == 1
    assert "course/talk.html:13:27: error[SG001]" in ran.err


@pytest.mark.parametrize("output", [".", "talk.html"])
def test_a_page_that_somebody_wrote_is_never_written_over(project: Project, output: str) -> None:
    text = page("# Un\n")
    project.write("talk.html", text)
    project.write("talk.md", "# Two\n")
    for source in ("talk.html", "talk.md"):
        ran = project.run("build", source, "-o", output)
        assert ran.code == 1
        assert "SG010" in ran.err
    assert (project.folder / "talk.html").read_text("utf-8") == text


def test_inspect_takes_pages(project: Project) -> None:
    project.write("talk.html", page("name: a\n\n# Un\n"))
    deck = json.loads(project.run("inspect", "talk.html").out)
    assert (deck["title"], deck["lang"]) == ("La page", "fr")
    assert [(slide["name"], slide["line"]) for slide in deck["slides"]] == [("a", 10)]


def test_style_sheets_that_import_each_other_are_named(project: Project) -> None:
    project.write("a.css", "@import 'b.css'; h1 { color: red }")
    project.write("b.css", "@import 'a.css'; h2 { color: red }")
    project.write("talk.html", page("# Un\n", head='<link rel="stylesheet" href="a.css">'))
    ran = project.run("build", "talk.html", "-o", "out")
    assert ran.code == 0
    assert "b.css:1:10: warning[SG144]" in ran.err


def test_a_logo_and_what_scripts_fill_stand_before_the_slides(project: Project) -> None:
    project.write("logo.png", PIXEL)
    body = '<div id="logo"><img src="logo.png" alt=""><img src="gone.png" alt=""></div>\n<script>'
    text = page("# Un\n").replace("<script>", body, 1).replace("<body>", '<body class="dark" id="top">')
    project.write("talk.html", text)
    ran = project.run("build", "talk.html", "-o", "out")
    assert ran.codes == ["SG104"]
    assert f"talk.html:{text[: text.index('gone.png')].count(chr(10)) + 1}:" in ran.err
    tree = project.page("out/talk.html").tree
    assert tree.css_first("body").attributes["class"] == "remark-container dark"
    assert tree.css_first("body").attributes["id"] == "top"
    (logo, main) = tree.css("body > #logo, body > main")
    assert logo.attributes["id"] == "logo"
    assert "data-a" in logo.css_first("img").attributes
    assert "remark-slides-area" in main.attributes["class"]


def test_html_files_stand_before_the_slides(project: Project) -> None:
    project.write("parts/logo.html", '<b id="logo"><img src="logo.png" alt=""></b>')
    project.write("parts/logo.png", PIXEL)
    project.write("talk.md", "---\nbodyStart: [parts/logo.html, parts/gone.html]\n---\n# Un\n")
    ran = project.run("build", "talk.md", "-o", "out")
    assert ran.codes == ["SG104"]
    assert "talk.md:2:30:" in ran.err
    assert "data-a" in project.page("out/talk.html").tree.css_first("body > #logo img").attributes


VIEWER = """<!DOCTYPE html>
<html lang="fr"><head><title>Nos cours</title><link rel="stylesheet" href="look.css"></head>
<body><b id="logo">A</b><script src="remark.min.js"></script>
<script>remark.create({sourceUrl: new URLSearchParams(location.search).get("p"), ratio: "16:9"});</script>
</body></html>"""


def test_decks_beside_a_page_that_shows_them_have_its_look(project: Project) -> None:
    project.write("cours/index.html", VIEWER)
    project.write("cours/look.css", "h1 { color: red }")
    project.write("cours/un.md", "# Un\n")
    project.write("cours/deux.md", "---\nratio: '4:3'\n---\n# Deux\n")
    project.write("cours/trois.md", "---\ntheme: chalk\n---\n# Trois\n")
    ran = project.run("build", "cours", "-o", "out")
    assert (ran.code, ran.codes) == (0, [])
    un, deux, trois = (project.page(f"out/{name}.html").tree for name in ("un", "deux", "trois"))
    assert un.css_first("title").text() == "Un"
    assert un.css_first("html").attributes["lang"] == "fr"
    assert un.css_first("#logo").text() == "A"
    assert [sheet.text() for sheet in un.css("style")][2] == "h1 { color: red }"
    assert '"ratio":"16:9"' in un.css_first("#slidegen-options").text()
    assert '"ratio":"4:3"' in deux.css_first("#slidegen-options").text()
    assert trois.css_first("#logo") is None
    assert trois.css_first("html").attributes["data-theme"] == "chalk"


def test_an_edit_of_the_page_that_shows_decks_rebuilds_them(project: Project) -> None:
    project.write("un.md", "# Un\n")
    project.run("build", "un.md", "-o", "out")
    project.write("index.html", VIEWER.replace("look.css", "data:text/css,h1{color:red}"))
    project.run("build", "un.md", "-o", "out")
    assert "h1{color:red}" in project.page("out/un.html").html
    project.write("index.html", VIEWER.replace("look.css", "data:text/css,h1{color:blue}"))
    project.run("build", "un.md", "-o", "out")
    assert "h1{color:blue}" in project.page("out/un.html").html


def test_a_page_that_shows_decks_says_how_they_are_built(project: Project) -> None:
    project.write("index.html", VIEWER)
    ran = project.run("build", "index.html")
    assert ran.codes == ["SG012"]
    assert "index.html:4:" in ran.err
    assert "css: [look.css]" in ran.err


@pytest.mark.parametrize("tag", ["<script = x>", "<script =src='a.js' defer>", "<script =>", "<script a =b>"])
def test_attributes_whose_names_nobody_can_write_do_not_come_along(project: Project, tag: str) -> None:
    project.write(
        "talk.html",
        f'<body =a = b><textarea id="source"># A\n</textarea>{tag}window.x = 1;</script>'
        "<script>remark.create();</script>",
    )
    ran = project.run("build", "talk.html", "-o", "out.html")
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    assert "window.x = 1;" in project.page("out.html").html


@pytest.mark.parametrize(
    "source",
    [
        "document.getElementById('deck').value",
        'document.querySelector("#deck").textContent',
        "document.getElementById( `deck` ).innerHTML",
        "$('#deck').text()",
    ],
)
@pytest.mark.parametrize("element", ["textarea", "xmp", "script type='text/markdown'"])
def test_a_page_may_read_its_deck_from_an_element_of_another_name(
    project: Project, source: str, element: str
) -> None:
    name = element.partition(" ")[0]
    script = f"remark.create({{source: {source}, ratio: '16:9'}});"
    project.write(
        "talk.html",
        f"<html><body><{element} id='deck'># A\n\n---\n\nSee ![:nope](x)\n</{name}>\n"
        f"<script src='remark.js'></script><script>{script}</script></body></html>\n",
    )
    ran = project.run("build", "talk.html", "-o", "out.html")
    assert ran.codes == ["SG005"]
    assert "talk.html:5:5: error" in ran.err
    page = (project.folder / "talk.html").read_text("utf-8")
    project.write("talk.html", page.replace("![:nope](x)", "b"))
    [deck] = project.inspect(".")
    assert len(deck["slides"]) == 2
