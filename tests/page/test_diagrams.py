"""Diagrams that are drawn when a deck is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slidegen.compile import dot, render
from slidegen.render.diagrams import sanitised
from slidegen.render.mermaid import Drawn
from tests.projects import PIXEL, Page, Project

SVG = (
    '<svg class="pele" viewBox="0 0 90 40" width="90" height="40" style="--_bg:var(--pele-bg)">'
    '<defs><marker id="m"/></defs><path marker-end="url(#m)"/><text>%s</text></svg>'
)
FLOW = "```mermaid\ngraph TD\n A --> B\n```\n"
LANGUAGES = [("mermaid", "mermaid"), ("dot", "dot"), ("graphviz", "dot"), ("{.mermaid}", "mermaid")]
DOT = "```dot\ndigraph g { a -> b }\n```\n"


@pytest.fixture
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What draws a text that says `bad` on a line by naming that place, and puts any other into an SVG."""

    def draw(kind: str, text: str) -> Drawn:
        for number, line in enumerate(text.split("\n"), 1):
            if "bad" in line:
                return Drawn(message="it is bad", line=number, column=line.index("bad") + 1)
        return Drawn(svg=SVG % kind)

    monkeypatch.setattr(render, "draw_diagram", draw)


@pytest.mark.usefixtures("_drawn")
@pytest.mark.parametrize(("language", "kind"), LANGUAGES)
def test_a_block_becomes_a_drawing(project: Project, language: str, kind: str) -> None:
    [slide] = project.deck(f"```{language}\na\n```\n").slides
    assert f"<text>{kind}</text>" in slide
    assert '<div class="slidegen-diagram"><div><svg class="pele"' in slide
    assert "<code" not in slide


@pytest.mark.usefixtures("_drawn")
def test_it_has_a_width_a_caption_and_what_is_read_aloud(project: Project) -> None:
    [slide] = project.deck('```mermaid alt="A <to> B" title="The flow" width=60%\na\n```\n').slides
    assert (
        '<div class="slidegen-diagram" style="width: 60%"><div role="img" aria-label="A &lt;to&gt; B">'
        in slide
    )
    assert '<div class="slidegen-diagram-caption">The flow</div>' in slide


@pytest.mark.usefixtures("_drawn")
def test_names_in_two_drawings_differ(project: Project) -> None:
    [slide] = project.deck(f"{FLOW}\n{DOT}").slides
    names = re.findall(r'id="(d[^"]*-m)"', slide)
    assert len(set(names)) == 2
    assert all(f"url(#{name})" in slide for name in names)


@pytest.mark.usefixtures("_drawn")
def test_what_is_wrong_is_named_where_it_stands(project: Project) -> None:
    project.write("talk.md", "# A\n\n```mermaid\ngraph TD\n  bad\n```\n\n- a\n\n  ```dot\n  x bad\n  ```\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG206", "SG206"]
    assert "talk.md:5:3:" in ran.err
    assert "talk.md:11:" in ran.err
    assert "it is bad" in ran.err


def test_a_missing_package_is_named_once_and_the_code_is_shown(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "draw_diagram", lambda _, __: None)
    project.write("talk.md", f"{FLOW}\n---\n{DOT}")
    ran = project.run("build", "talk.md", "-o", "talk.html")
    assert ran.codes == ["SG204"]
    assert "pip install 'slidegen[diagrams]'" in ran.err
    assert project.page("talk.html").html.count("remark-code-line") >= 3


@pytest.mark.parametrize(
    "says",
    [
        'a [image="{path}"]',
        'a [label=<<table><tr><td><img src="{path}"/></td></tr></table>>]',
        'imagepath="{folder}"; a [image="secret.png"]',
        'imagepath="{folder}"; a',
        'a [shapefile="{path}"]',
        'a; node [ "shapefile" = "{path}" ]; b',
        'a [shape=epsf, shapefile="{path}"]',
        'fontpath = "{folder}"; a [fontname=x]',
        'stylesheet="{path}"; a',
        'stylesheet="@import url({path})"; a',
        "node [image=secret]; a -> b",
    ],
)
def test_graphviz_reads_no_files(project: Project, says: str, tmp_path: Path) -> None:
    if dot._program() is None:
        pytest.skip("the package that draws is missing")
    path = tmp_path / "secret.png"
    path.write_bytes(PIXEL)
    says = says.format(path=path, folder=tmp_path)
    project.write("talk.md", f"# A\n\n```dot\ndigraph {{\n  {says}\n}}\n```\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert ran.codes == ["SG206"], ran.err
    assert "talk.md:5:" in ran.err
    assert "a diagram reads no files, and this is one" in ran.err
    assert "<image" not in project.page("out.html").html


@pytest.mark.parametrize(
    "says",
    [
        'a [label="shapefile=x"]',
        "/* shapefile=x */ a // stylesheet=x",
        "a [label=<<b>imagepath=x</b>>]",
        "fontpath -> stylesheet",
        'node [shapefile=""]; a',
        'a [fontname="No such font", label="é"]',
    ],
)
def test_words_that_name_no_file_raise_no_alarm(project: Project, says: str) -> None:
    if dot._program() is None:
        pytest.skip("the package that draws is missing")
    assert "<svg" in project.deck(f"# A\n\n```dot\ndigraph {{\n  {says}\n}}\n```\n").html


@pytest.mark.parametrize(
    ("says", "named"),
    [
        ("a [shape=foo]", "Graphviz has no shape called foo"),
        ("a [color=nocolor]", "Graphviz has no colour called nocolor"),
        ("a [style=nostyle]", "Graphviz has no style called nostyle"),
        ("a -> b [arrowhead=nohead]", "Graphviz has no arrow called nohead"),
        ("a:p -> b", "a has no port p"),
        ('a [label=<<table x="1"><tr><td>b</td></tr></table>>]', "Graphviz has no HTML attribute called x"),
    ],
)
def test_what_graphviz_draws_without_is_named(project: Project, says: str, named: str) -> None:
    if dot._program() is None:
        pytest.skip("the package that draws is missing")
    project.write("talk.md", f"# A\n\n```dot\ndigraph {{\n  {says}\n}}\n```\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert f"talk.md:5:1: warning[SG206]: this diagram is drawn without this: {named}" in ran.err
    assert 'class="slidegen-dot"' in project.page("out.html").html


@pytest.mark.parametrize(
    ("svg", "left"),
    [
        ("<svg><script>x</script><g onclick='a()' id=\"b\"/></svg>", '<svg><g id="b"/></svg>'),
        ('<svg><a xlink:href="javascript:x" xlink:title="y"><g/></a></svg>', "<svg><a><g/></a></svg>"),
        (
            '<svg><a href="https://a.b"/><use href="#c"/></svg>',
            '<svg><a href="https://a.b"/><use href="#c"/></svg>',
        ),
        ("<svg><foreignObject><b>x</b></foreignObject></svg>", "<svg></svg>"),
        ('<svg><a href=" data:text/html,x"/></svg>', "<svg><a/></svg>"),
    ],
)
def test_nothing_in_a_drawing_runs(svg: str, left: str) -> None:
    assert sanitised(svg) == left


def test_mermaid_is_drawn_in_the_colours_of_the_slide(project: Project) -> None:
    pytest.importorskip("mermaid_render")
    [slide] = project.deck(f'{FLOW}\n```mermaid\npie title Pets\n "Dogs" : 3\n "Cats" : 1\n```\n').slides
    assert slide.count("<svg") == 2
    assert "var(--pele-fg" in slide
    project.write("talk.md", "```mermaid\ngraph TD\n A[B --> C\n```\n")
    assert project.run("build", "talk.md").codes == ["SG206"]


def test_dot_is_drawn_in_the_colours_of_the_slide(project: Project) -> None:
    if render.draw_diagram("dot", "digraph g {}") is None:
        pytest.skip("graphviz-pure is missing")
    [slide] = project.deck('```dot\ndigraph g { a -> b [label="c d"]; b [URL="javascript:x"] }\n```\n').slides
    assert 'stroke="currentcolor"' in slide
    assert "javascript" not in slide
    assert 'fill="white"' not in slide
    project.write("talk.md", "```dot\ndigraph g {\n a -> ;\n}\n```\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG206"]
    assert "talk.md:3:" in ran.err


@pytest.mark.usefixtures("_drawn")
@pytest.mark.parametrize("element", ['<pre class="mermaid">%s</pre>', "<div class='mermaid'>\n%s\n</div>"])
def test_those_of_an_authors_page_that_loads_mermaid_are_drawn(project: Project, element: str) -> None:
    deck = "# A\n\n" + element % "graph TD\n  A --&gt; B[b<br>c]"
    page = (
        f'<html><body><textarea id="source">{deck}</textarea><script src="remark.js"></script>'
        '<script src="mermaid.min.js"></script><script>var s = remark.create();</script></body></html>'
    )
    project.write("mermaid.min.js", "var mermaid = {};")
    project.write("talk.html", page)
    ran = project.run("build", "talk.html", "-o", "out.html")
    assert ran.code == 0, ran.err
    assert "<text>mermaid</text>" in project.page("out.html").html
    project.write("talk.md", deck)
    project.run("build", "talk.md", "-o", "plain.html")
    assert "<text>mermaid</text>" not in project.page("plain.html").html


@pytest.mark.parametrize(
    ("diagram", "place", "said"),
    [
        ("zenuml\n A->B: hi", "3:1", "Mermaid has no kind of diagram called zenuml"),
        ("---\ntitle: x\n---\n%% y\nfoo", "7:1", "Mermaid has no kind of diagram called foo"),
        ("graph LR\n  A --> B\n  B -->", "5:7", "Mermaid expects a name, and finds the end of the diagram"),
        (
            "graph LR\n  A --> B[[x",
            "4:12",
            "Mermaid expects ]] or a text or <, and finds the end of the diagram",
        ),
        ('pie\n  "a" : b', "4:9", "Mermaid cannot read the text from here on"),
        ("gitGraph\n  commit\n  checkout x1", "5:12", "Trying to checkout branch which is not yet created"),
        ('packet-beta\n  0-15: "a"\n  18-20: "b"', "5:3", "It should start from 16"),
        ("mindmap\n  a\n  b", "5:3", "There can be only one root"),
    ],
)
def test_mermaids_messages_have_a_place_and_plain_words(
    project: Project, diagram: str, place: str, said: str
) -> None:
    pytest.importorskip("mermaid_render")
    project.write("talk.md", f"# A\n```mermaid\n{diagram}\n```\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG206"]
    assert f"talk.md:{place}:" in ran.err
    assert said in ran.err


@pytest.mark.usefixtures("_drawn")
@pytest.mark.parametrize(
    ("fence", "ignored"),
    [
        ('python alt="a b"', 'alt="a b"'),
        ("python width=60%", "width=60%"),
        ("mermaid {1|2}", "{1|2}"),
        ("python {1|a-b}", "{1|a-b}"),
        ("mermaid linenums wrap", "linenums wrap"),
        ("dot width=wide", "width=wide"),
    ],
)
def test_what_only_the_other_has_is_named(project: Project, fence: str, ignored: str) -> None:
    """A diagram has no lines, and code neither a width nor a text that is read aloud."""
    project.write("talk.md", f"# A\n\n```{fence}\na\nb\n```\n")
    ran = project.run("build", "talk.md", "-o", "-")
    assert ran.codes == ["SG197"]
    assert f"{ignored} means nothing" in ran.err
    assert f"talk.md:3:{4 + fence.index(ignored)}:" in ran.err
    assert len(Page(ran.out).slides) == 1
