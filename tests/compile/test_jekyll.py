"""Decks in Jekyll sites, as people write them."""

from __future__ import annotations

import pytest

from tests.projects import PIXEL, Project

FRONT = "---\nlayout: slides\ntitle: Walks\npermalink: /walks/\ncategories: [talks]\ndate: 2020-04-22\n---\n"
LAYOUT = '<textarea id="source">{{ content }}</textarea><script>remark.create();</script>\n'


@pytest.fixture
def site(project: Project) -> Project:
    project.write(
        "_config.yml", "title: Course\nurl: https://x.org\nbaseurl: /course\nteacher: {name: M. C.}\n"
    )
    project.write("assets/a.png", PIXEL)
    project.write("_layouts/slides.html", LAYOUT)
    return project


def html(project: Project, text: str, name: str = "talks/walks.md") -> str:
    project.write(name, FRONT + text)
    [deck] = project.inspect(name)
    return "\n---\n".join(slide["html"] for slide in deck["slides"])


def test_front_matter_for_jekyll_makes_no_slide_a_layout(site: Project) -> None:
    site.write("talks/walks.md", FRONT + "# One\n\n---\n\n# Two\n")
    [deck] = site.inspect("talks/walks.md")
    assert [slide["number"] for slide in deck["slides"]] == ["1 / 2", "2 / 2"]
    assert deck["title"] == "Walks"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ page.title }}", "Walks"),
        ('{{page.date | date: "%Y/%m/%d"}}', "2020/04/22"),
        ("{{ page.date | date_to_string }}", "22 Apr 2020"),
        ("{{ site.teacher.name | upcase }}", "M. C."),
        ("{{ site.title | default: 'x' }} {{ page.none | default: 'x' }}", "Course x"),
        ("{{ page.url }}", "/walks/"),
        ("{{site.url}}{{site.baseurl}}{{page.url}}", "https://x.org/course/walks/"),
        ("{{ '/a' | absolute_url }}", "https://x.org/course/a"),
        ("{% raw %}{{ page.title }} {% if %}{% endraw %}", "{{ page.title }} {% if %}"),
        ("a{% comment %} not this {% endcomment %}b", "ab"),
        ("a {%- comment -%} x {%- endcomment -%} b", "ab"),
        ("{{ title }}", "Walks"),
    ],
)
def test_liquid_as_decks_use_it(site: Project, written: str, shown: str) -> None:
    assert html(site, f"{written}\n") in (f"<p>{shown}</p>", f'<p><a href="{shown}">{shown}</a></p>')


@pytest.mark.parametrize(
    "reference",
    [
        "{{ site.baseurl }}/assets/a.png",
        "{{ '/assets/a.png' | relative_url }}",
        '{{ "assets/a.png" | prepend: "/" | prepend: site.baseurl }}',
        "/assets/a.png",
        "{% link assets/a.png %}",
    ],
)
def test_files_of_the_site_stand_in_the_page(site: Project, reference: str) -> None:
    site.write("talks/walks.md", FRONT + f"![a]({reference})\n")
    site.build("talks/walks.md", "-o", "walks.html")
    assert 'data-a="' in site.page("walks.html").html


def test_a_listing_by_a_tag_is_a_listing(site: Project) -> None:
    assert 'class="python hljs' in html(site, "{% highlight python %}\nx = 1\n{% endhighlight %}\n")


def test_an_include_has_its_parameters_and_its_own_places(site: Project) -> None:
    site.write("_includes/figure.html", "<b>{{ include.label }}</b> <i>{{ include.by }}</i>\n\n![:nope](x)\n")
    site.write(
        "talks/walks.md",
        FRONT + '# A\n\n{% include figure.html label="Fig. 1" by=page.title %}\n\n![:no](x)\n',
    )
    ran = site.run("build", "talks/walks.md")
    assert "_includes/figure.html:3:1: error[SG005]" in ran.err
    assert "talks/walks.md:12:1: error[SG005]" in ran.err
    site.write("_includes/figure.html", "<b>{{ include.label }}</b> <i>{{ include.by }}</i>")
    site.write("talks/walks.md", FRONT + '{% include figure.html label="Fig. 1" by=page.title %}\n')
    [deck] = site.inspect("talks/walks.md")
    assert deck["slides"][0]["html"] == "<p><b>Fig. 1</b> <i>Walks</i></p>"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{% for x in y %}", "{% for %} is Liquid that slidegen does not support"),
        ("{{ page.title | explode }}", "the filter explode does not exist in slidegen"),
        ("{% include none.html %}", "there is no none.html to include"),
        ("{% include ../secret.md %}", "there is no ../secret.md to include"),
        ("{{ page.speaker }}", "page.speaker has no value here"),
        ("{% raw %} x", "no {% endraw %} ends this"),
    ],
)
def test_other_liquid_is_a_warning_at_its_place(site: Project, written: str, says: str) -> None:
    site.write("secret.md", "no")
    site.write("talks/walks.md", FRONT + f"# A\n\nSee {written}\n")
    ran = site.run("build", "talks/walks.md")
    assert (ran.code, ran.codes) == (0, ["SG133"])
    assert "talks/walks.md:10:5: warning[SG133]" in ran.err
    assert says in ran.err


def test_files_that_include_each_other_end(site: Project) -> None:
    site.write("_includes/a.md", "{% include a.md %}{% include a.md %}\n")
    site.write("talks/walks.md", FRONT + "{% include a.md %}\n")
    assert site.run("build", "talks/walks.md").codes[0] == "SG133"


def test_decks_that_are_none_of_jekylls_may_show_liquid(project: Project) -> None:
    project.write("talk.md", "---\ntitle: T\n---\n{% if x %} {{ page.title }}\n")
    [deck] = project.inspect("talk.md")
    assert deck["slides"][0]["html"] == "<p>{% if x %} {{ page.title }}</p>"


def test_front_matter_alone_makes_a_deck_jekylls(project: Project) -> None:
    assert html(project, "{{ page.title }}\n", "talk.md") == "<p>Walks</p>"


def test_a_post_is_jekylls_whatever_its_suffix(project: Project) -> None:
    text = "---\ntitle: A talk\n---\n# {{page.title}}, {{page.date | date: '%Y'}}\n\n---\n\n{{ page.url }}\n"
    project.write("talks/_posts/2019-09-10-thesis.html", text)
    [deck] = project.inspect("talks/_posts/2019-09-10-thesis.html")
    first, second = (slide["html"] for slide in deck["slides"])
    assert first.endswith(">A talk, 2019</h1>")
    assert second == "<p>/talks/2019/09/10/thesis.html</p>"


def test_an_edit_of_the_site_rebuilds_its_decks(site: Project) -> None:
    site.write("slides/a.md", FRONT + "{{ site.title }} {% include b.md %}\n")
    site.write("_includes/b.md", "one")
    site.build()
    site.write("_includes/b.md", "two")
    site.build()
    assert site.page("public/a.html").slides == ["<p>Course two</p>"]
    site.write("_config.yml", "title: Other\n")
    site.build()
    assert site.page("public/a.html").slides == ["<p>Other two</p>"]


def test_a_folder_has_options_of_its_own(project: Project) -> None:
    project.write(
        "slidegen.yml",
        "css: [all.css]\nfolders:\n  slides/talks: {css: [talk.css], ratio: '16:9', speaker: Me}\n",
    )
    project.write("all.css", ".all { color: red }")
    project.write("talk.css", ".talk { color: blue }")
    project.write("slides/a.md", "# A\n")
    project.write("slides/talks/b.md", "# {{speaker}}\n")
    project.write("slides/talks/c.md", "---\nratio: '4:3'\n---\n# C\n")
    project.build()
    first, talk, own = (project.page(f"public/{name}.html") for name in ("a", "talks/b", "talks/c"))
    assert ".all {" in first.html
    assert ".talk {" not in first.html
    assert ".talk {" in talk.html
    assert ".all {" not in talk.html
    assert talk.slides == ['<h1 id="me">Me</h1>']
    assert [page.options["ratio"] for page in (first, talk, own)] == ["4:3", "16:9", "4:3"]


def test_mistakes_in_options_of_folders_are_named_at_their_places(project: Project) -> None:
    project.write(
        "slidegen.yml", "folders:\n  talks:\n    ratio: wide\n  nowhere: {css: [a.css]}\n  other: 3\n"
    )
    project.write("talks/a.md", "# A\n")
    ran = project.run("build", "talks")
    assert "slidegen.yml:3:12: error[SG004]: ratio expects two numbers" in ran.err
    assert "slidegen.yml:4:3: warning[SG104]: there is no folder nowhere" in ran.err
    assert "slidegen.yml:5:10: error[SG004]: the folder other expects options, not 3" in ran.err
