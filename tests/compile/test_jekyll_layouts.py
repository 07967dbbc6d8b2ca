"""What the layouts of a Jekyll site give to its decks."""

from __future__ import annotations

import json

import pytest

from tests.projects import PIXEL, Project

REMARK = "<script src='https://remarkjs.com/downloads/remark-latest.min.js'></script>"
LAYOUT = """\
<!DOCTYPE html>
<html lang="{{ page.lang | default: site.lang }}">
<head>
<title>{{ page.title }} | {{ site.title }}</title>
<link rel="stylesheet" href="{{ site.baseurl }}/assets/deck.css">
</head>
<body>
<textarea id="source">
{{ content }}
</textarea>
<script src="https://remarkjs.com/downloads/remark-latest.min.js"></script>
<script>
var slideshow = remark.create({
  ratio: "{{ page.ratio | default: '16:9' }}",
  countIncrementalSlides: false
});
</script>
</body>
</html>
"""


@pytest.fixture
def site(project: Project) -> Project:
    project.write("_config.yml", "title: Course\nurl: https://x.example\nbaseurl: /course\nlang: fr\n")
    project.write("_layouts/slides.html", LAYOUT)
    project.write("assets/deck.css", "h1 { color: rgb(1, 2, 3) }\n")
    project.write(
        "talks/walk.md", "---\nlayout: slides\ntitle: Walks\n---\n# One\n--\n\nmore\n\n---\n\n# Two\n"
    )
    return project


def built(project: Project, name: str = "talks/walk.md") -> str:
    assert project.run("build", name, "-o", "out.html").err == ""
    return project.page("out.html").html


def said(project: Project, name: str = "talks/walk.md") -> str:
    return project.run("build", name, "-o", "out.html").err


def test_ratio_counting_style_sheets_and_language_are_the_layouts(site: Project) -> None:
    html = built(site)
    assert "rgb(1, 2, 3)" in html
    assert '<html lang="fr"' in html
    assert "<title>Walks</title>" in html
    page = site.page("out.html")
    assert (page.options["ratio"], page.theme) == ("16:9", "remark")
    [deck] = site.inspect("talks/walk.md")
    assert [slide["number"] for slide in deck["slides"]] == ["1 / 2", "1 / 2", "2 / 2"]


def test_front_matter_counts_more_than_the_layout(site: Project) -> None:
    site.write("talks/walk.md", "---\nlayout: slides\nratio: '4:3'\nlang: de\n---\n# One\n")
    assert '<html lang="de"' in built(site)
    assert site.page("out.html").options["ratio"] == "4:3"


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("{{ content }}", 8),
        ("{{content}}", 8),
        ("{{ page.content }}", 8),
        ("{{ content | escape }}", 8),
        ("{{ content | xml_escape }}", 8),
        ("class: center\n\n# Cover of the layout\n\n---\n\n{{ content }}", 8),
        ("{% assign deck = content | strip %}{{ deck }}", 8),
        ("{% capture deck %}{{ content }}{% endcapture %}{{ deck }}", 8),
    ],
)
def test_mistakes_in_the_deck_have_their_place_in_its_file(site: Project, written: str, place: int) -> None:
    site.write("_layouts/slides.html", LAYOUT.replace("{{ content }}", written))
    site.write("talks/walk.md", "---\nlayout: slides\n---\n# A & <b>b</b>\n\n---\n\nSee ![:nope](x)\n")
    assert f"talks/walk.md:{place}:5: error[SG005]" in said(site)


@pytest.mark.parametrize("content", ["{{ content | jsonify }}", "{{ page.content | jsonify }}"])
def test_a_deck_that_the_layout_gives_as_json_has_its_places_too(site: Project, content: str) -> None:
    site.write(
        "_layouts/slides.html",
        f"{REMARK}<script>remark.create({{source: {content}, ratio: '16:9'}});</script>",
    )
    site.write("talks/walk.md", '---\nlayout: slides\n---\n# "A" \\\\ b\n\n---\n\nSee ![:nope](x)\n')
    assert "talks/walk.md:8:5: error[SG005]" in said(site)
    site.write("talks/walk.md", '---\nlayout: slides\n---\n# "A"\n\n---\n\nb\n')
    built(site)
    assert [slide.split(">")[1] for slide in site.page("out.html").slides] == ['"A"</h1', "b</p"]


def test_layouts_stand_in_layouts_and_hold_includes_loops_and_data(site: Project) -> None:
    site.write("_data/people.yml", "ann: {name: Ann}\nbob: {name: Bob}\n")
    site.write("_data/rooms/list.json", json.dumps([{"id": "b12"}]))
    site.write(
        "_includes/foot.html", "<footer>{{ include.who.name }}, {{ include.room }} {{ include.n }}</footer>"
    )
    site.write(
        "_layouts/base.html",
        "<html><body>{{ content }}{% include foot.html who=site.data.people.bob"
        " room=site.data.rooms.list[0].id n=3 %}</body></html>",
    )
    site.write(
        "_layouts/slides.html",
        "---\nlayout: base\nsheets: [deck]\n---\n{% for each in layout.sheets %}"
        '<link rel="stylesheet" href="{{ each | prepend: "/assets/" | append: ".css" | relative_url }}">'
        '{% endfor %}<textarea id="source">{{ content }}</textarea><script>remark.create()</script>'
        '{% if page.title == "Walks" and page.speakers contains "Ann" %}<div id="logo">Logo</div>{% endif %}',
    )
    site.write("talks/walk.md", "---\nlayout: slides\ntitle: Walks\nspeakers: [Ann]\n---\n# One\n")
    html = built(site)
    assert "<footer>Bob, b12 3</footer>" in html.replace("\n", "")
    assert '<div id="logo">Logo</div>' in html
    assert "rgb(1, 2, 3)" in html


def test_style_sheets_that_the_front_matter_names_for_the_layout_are_the_layouts(site: Project) -> None:
    link = '{% for each in page.css %}<link rel="stylesheet" href="/assets/{{ each }}.css">{% endfor %}'
    site.write("_layouts/slides.html", LAYOUT.replace("</head>", link + "</head>"))
    site.write("assets/talk.css", "h2 { color: rgb(3, 2, 1) }\n")
    site.write("talks/walk.md", "---\nlayout: slides\ncss: [talk]\n---\n# One\n")
    assert "rgb(3, 2, 1)" in built(site)


@pytest.mark.parametrize(
    "address",
    [
        "{{ site.url }}{{ site.baseurl }}/assets/deck.css",
        "{{ '/assets/deck.css' | absolute_url }}",
        "{{ '/assets/deck.css' | relative_url }}",
        "{{ '/assets/deck.css' | prepend: site.baseurl | prepend: site.url }}",
        "/assets/deck.css",
        "/course/assets/deck.css",
        "https://x.example/course/assets/deck.css",
    ],
)
def test_files_of_the_site_stand_in_the_page_however_a_layout_names_them(site: Project, address: str) -> None:
    site.write("_layouts/slides.html", LAYOUT.replace("{{ site.baseurl }}/assets/deck.css", address))
    assert "rgb(1, 2, 3)" in built(site)


def test_references_of_a_page_count_from_its_address(site: Project) -> None:
    layout = LAYOUT.replace("{{ site.baseurl }}/assets/deck.css", "../assets/deck.css")
    site.write("_layouts/slides.html", layout)
    site.write("talks/pics/a.png", PIXEL)
    site.write(
        "talks/_posts/2020-01-02-walk.md", "---\nlayout: slides\npermalink: /talks/w\n---\n![](pics/a.png)\n"
    )
    assert 'data-a="' in built(site, "talks/_posts/2020-01-02-walk.md")


def test_a_layout_comes_by_default_and_to_collections(site: Project) -> None:
    site.write(
        "_config.yml",
        "collections: {decks: {output: true}}\ndefaults:\n"
        "- {scope: {path: '', type: decks}, values: {layout: slides, lang: it}}\n"
        "- {scope: {path: talks/old}, values: {layout: none}}\n",
    )
    site.write("_decks/a.md", "# A\n")
    site.write("talks/old/b.md", "# B\n")
    assert '<html lang="it"' in built(site, "_decks/a.md")
    assert site.page("out.html").options["ratio"] == "16:9"
    built(site, "talks/old/b.md")
    assert site.page("out.html").options["ratio"] == "4:3"
    assert [deck["path"] for deck in site.inspect(".")] == ["_decks/a.md", "talks/old/b.md", "talks/walk.md"]


@pytest.mark.parametrize(
    ("front", "config", "layouts", "says"),
    [
        ("layout: slidse\n", "", {}, "talks/walk.md:2:9: warning[SG134]: there is no layout slidse"),
        ("layout: post\n", "theme: minima\n", {}, "copy this one to _layouts/"),
        ("layout: ../secret\n", "", {}, "there is no layout ../secret"),
        ("", "defaults: [{scope: {path: talks}, values: {layout: no_such}}]\n", {}, "_config.yml:1:"),
        (
            "layout: slides\n",
            "",
            {"slides": "---\nlayout: bse\n---\n{{ content }}"},
            "_layouts/slides.html:2:9",
        ),
        ("layout: plain\n", "", {"plain": "<p>{{ content }}</p>"}, "the layout plain shows no deck"),
    ],
)
def test_layouts_that_give_nothing_are_named(
    site: Project, front: str, config: str, layouts: dict[str, str], says: str
) -> None:
    site.write("secret.html", LAYOUT)
    site.write("_config.yml", config or "title: T\n")
    for name, text in layouts.items():
        site.write(f"_layouts/{name}.html", text)
    site.write("talks/walk.md", f"---\n{front}title: T\n---\n# One\n")
    ran = site.run("build", "talks/walk.md", "-o", "out.html")
    assert (ran.code, ran.codes) == (0, ["SG134"])
    assert says in ran.err


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            "{% toc %}",
            "_layouts/slides.html:1:4: warning[SG133]: {% toc %} is a tag that Jekyll itself does not have",
        ),
        ("{{ page.title | explode }}", "_layouts/slides.html:1:17: warning[SG133]"),
        ("{% include no.html %}", "there is no no.html to include"),
        ("{% include ../secret.html %}", "there is no ../secret.html to include"),
        (
            "{% for post in site.posts %}x{% endfor %}",
            "_layouts/slides.html:1:16: warning[SG133]: site.posts lists",
        ),
        ("{% if page.title = 2 %}x{% endif %}", "Liquid that does not work"),
    ],
)
def test_what_a_layout_holds_and_cannot_be_used_is_named_once_for_the_site(
    site: Project, written: str, says: str
) -> None:
    site.write("secret.html", "no")
    site.write("_layouts/slides.html", written + LAYOUT)
    site.write("talks/other.md", "---\nlayout: slides\n---\n# Other\n")
    ran = site.run("build", "talks", "-o", "out")
    assert (ran.code, ran.codes) == (0, ["SG133"])
    assert says in ran.err


@pytest.mark.parametrize(
    "written",
    [
        "{% for a in (1..100000000) %}x{% endfor %}",
        "{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% include loop.html %}",
        "{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
        "{{ (1..1000000000) | join: 'x' }}",
        "{{ 'xxxxxxxxxx' | replace: 'x', 'xxxxxxxxxx' | replace: 'x', 'xxxxxxxxxxxxxxxxxxxxx'"
        + " | replace: 'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'" * 4
        + " }}",
    ],
)
def test_layouts_that_never_end_are_named(site: Project, written: str) -> None:
    site.write("_includes/loop.html", "{% include loop.html %}{% include loop.html %}")
    site.write("_layouts/slides.html", LAYOUT + written)
    ran = site.run("build", "talks/walk.md", "-o", "out.html")
    assert ran.code == 0
    assert "SG133" in ran.codes


def test_pages_whose_layout_shows_no_deck_are_no_decks(site: Project) -> None:
    site.write("_layouts/post.html", "<article>{{ content }}</article>")
    site.write("_layouts/list.html", "---\nlayout: post\n---\n{{ content }}")
    site.write("_includes/deck.html", "<script>remark.create()</script>")
    site.write(
        "_layouts/by-include.html", "<textarea id=source>{{ content }}</textarea>{% include deck.html %}"
    )
    for name, layout in {"a": "post", "b": "list", "c": "slides", "d": "by-include", "e": "gone"}.items():
        site.write(f"pages/{name}.md", f"---\nlayout: {layout}\n---\n# {name}\n")
    site.write("pages/f.html", "---\nlayout: slides\n---\n# f\n\n---\n\n# g\n")
    site.write("pages/g.html", "---\nlayout: post\n---\n# f\n\n---\n\n# g\n")
    site.write("_posts/2020-01-01-h.md", "---\nlayout: slides\n---\n# h\n")
    site.write("_posts/2020-01-01-i.md", "---\nlayout: post\n---\n# i\n")
    found = [deck["path"] for deck in site.inspect(".")]
    assert found == [
        "_posts/2020-01-01-h.md",
        "pages/c.md",
        "pages/d.md",
        "pages/e.md",
        "pages/f.html",
        "talks/walk.md",
    ]


def test_a_page_of_a_theme_is_a_deck_if_it_reads_like_one(site: Project) -> None:
    site.write("_config.yml", "remote_theme: a/b\n")
    site.write("pages/a.md", "---\nlayout: single\n---\n# About\n\n---\n\ntext\n")
    site.write(
        "pages/b.md", "---\nlayout: remark\n---\nclass: center\n\n# Deck\n\n---\nclass: middle\n\n# Two\n"
    )
    assert [deck["path"] for deck in site.inspect("pages")] == ["pages/b.md"]


def test_a_page_of_the_site_that_is_a_whole_page_has_its_liquid(site: Project) -> None:
    page = "---\ntitle: Whole\nlayout: null\n---\n" + LAYOUT.replace(
        "{{ content }}", "# {{ page.title }}\n\n![:nope](x)"
    )
    site.write("talks/whole.html", page)
    ran = site.run("build", "talks/whole.html", "-o", "out.html")
    assert ran.codes == ["SG005"]
    assert "talks/whole.html:15:1: error" in ran.err
    site.write("talks/whole.html", page.replace("![:nope](x)", ""))
    assert ">Whole</h1>" in built(site, "talks/whole.html")


def test_a_deck_may_hold_the_text_area_itself(site: Project) -> None:
    site.write(
        "_layouts/slides.html",
        f"<html><body>{{{{ content }}}}{REMARK}<script>remark.create()</script></body></html>",
    )
    site.write(
        "talks/walk.md",
        '---\nlayout: slides\n---\n<textarea id="source">\n# A\n\n---\n\n![:nope](x)\n</textarea>\n',
    )
    assert "talks/walk.md:9:1: error[SG005]" in said(site)


def test_a_look_that_the_project_gives_counts_more_than_the_layouts(site: Project) -> None:
    site.write("slidegen.yml", "folders: {talks: {css: [own.css]}}\n")
    site.write("own.css", "h1 { color: rgb(9, 9, 9) }\n")
    html = built(site)
    assert ("rgb(9, 9, 9)" in html, "rgb(1, 2, 3)" in html) == (True, False)


def test_an_edit_of_a_layout_an_include_or_data_rebuilds_its_decks(site: Project) -> None:
    site.write("slides/a.md", "---\nlayout: slides\n---\n# A\n")
    site.write("_includes/x.html", "<i>one</i>")
    site.write("_data/d.yml", "x: first\n")
    site.write(
        "_layouts/slides.html",
        LAYOUT.replace("</body>", "{% include x.html %}<b>{{ site.data.d.x }}</b></body>"),
    )
    site.build()
    assert "<i>one</i><b>first</b>" in site.page("public/a.html").html
    site.write("_includes/x.html", "<i>two</i>")
    site.build()
    site.write("_data/d.yml", "x: second\n")
    site.build()
    assert "<i>two</i><b>second</b>" in site.page("public/a.html").html
    site.write("_layouts/slides.html", LAYOUT)
    site.build()
    assert "<i>two" not in site.page("public/a.html").html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "{% for each in page.topics %}- {{ each }}\n{% endfor %}",
            "<ul>\n<li>hills</li>\n<li>woods</li>\n</ul>",
        ),
        ("{% if page.topics contains 'hills' %}yes{% else %}no{% endif %}", "<p>yes</p>"),
        ("{% assign far = 'away' %}{{ far }} {{ title }}", "<p>away Walks</p>"),
        ("{% for each in site.data.days %}{{ each.name }} {% endfor %}", "<p>Mon Tue </p>"),
        ("{% unless page.none %}{{ page.topics | size }}{% endunless %}", "<p>2</p>"),
    ],
)
def test_decks_have_loops_and_choices(site: Project, written: str, shown: str) -> None:
    site.write("_data/days.csv", "name\nMon\nTue\n")
    site.write(
        "talks/walk.md", f"---\nlayout: slides\ntitle: Walks\ntopics: [hills, woods]\n---\n{written}\n"
    )
    [deck] = site.inspect("talks/walk.md")
    assert deck["slides"][0]["html"] == shown
    site.write("talks/walk.md", f"---\nlayout: slides\n---\n{written}\n\n---\n\nSee ![:nope](x)\n")
    line = written.count("\n") + 8
    assert f"talks/walk.md:{line}:5: error[SG005]" in said(site)


def test_data_and_layouts_that_lead_in_circles_or_out_of_the_site_end(site: Project) -> None:
    for name in ("a", "b", "c"):
        (site.folder / "_data").mkdir(exist_ok=True)
        (site.folder / "_data" / name).symlink_to(".")
    site.write("../secret.html", "secret")
    (site.folder / "_includes").mkdir()
    (site.folder / "_includes/out.html").symlink_to(site.folder.parent / "secret.html")
    site.write("_layouts/outer.html", "---\nlayout: slides\n---\n{{ content }}")
    site.write(
        "_layouts/slides.html",
        "---\nlayout: outer\n---\n"
        + LAYOUT.replace("</body>", "{{ site.data.a.b.c }}{% include out.html %}</body>"),
    )
    ran = site.run("build", "talks/walk.md", "-o", "out.html")
    assert (ran.code, ran.codes) == (0, ["SG133"])
    assert "there is no out.html to include" in ran.err
    assert "secret" not in site.page("out.html").html


@pytest.mark.parametrize("bad", ["title: [x", "a: b: c"])
def test_front_matter_of_a_layout_that_is_no_yaml_is_an_error_at_its_line(site: Project, bad: str) -> None:
    site.write("_layouts/slides.html", f"---\n{bad}\n---\n{LAYOUT}")
    ran = site.run("build", "talks/walk.md", "-o", "out.html")
    assert (ran.code, ran.codes) == (1, ["SG003"])
    assert "_layouts/slides.html:" in ran.err


def test_line_ends_byte_order_marks_and_folders_of_layouts_are_no_matter(site: Project) -> None:
    text = "\ufeff---\nlayout: null\n---\n" + LAYOUT.replace(
        "{{ content }}", "{% raw %}{{ x }}{% endraw %}\n{{ content }}"
    )
    site.write("_layouts/talks/deck.htm", text.replace("\n", "\r\n"))
    site.write("talks/walk.md", "---\r\nlayout: talks/deck\r\n---\r\n# A\r\n\r\nSee ![:nope](x)\r\n")
    assert "talks/walk.md:6:5: error[SG005]" in said(site)
    site.write("talks/walk.md", "---\nlayout: talks/dekc\n---\n# A\n")
    assert "did you mean talks/deck?" in said(site)
