# ruff: noqa: E501 - decks in one line each
"""Marks that macros, variables, included files and pictures bring are marks, and what looks like one is an error."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

import pytest

from tests.build.withheld import CONFIG, written
from tests.projects import Project

BASE64 = re.compile(rb";base64,([\w+/]+=*)")
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='3' height='3'/>{}</svg>"
MARKED = "<!-- SECRET --><g class='solution'><text>SECRET</text></g>"
NO_MARKS = [
    (
        "a macro's HTML",
        {
            "slides/a.md": "# A\n\n![:m SECRET]\n",
            "templates/macros/m.html": "<p class='Solution'>{{args[0]}}</p>",
        },
        "slides/a.md:3:1",
    ),
    (
        "a macro's Markdown",
        {"slides/a.md": "# A\n\n![:m SECRET]\n", "templates/macros/m.md": ".Solution[{{ args[0] }}]"},
        "slides/a.md:3:1",
    ),
    (
        "macros around",
        {
            "slides/a.md": "# A\n\n![:o]\n\nSECRET\n\n![:c]\n",
            "templates/macros/o.html": "<div class=solution>",
            "templates/macros/c.html": "</div>",
        },
        "slides/a.md:3:1",
    ),
    (
        "macros around in Markdown",
        {
            "slides/a.md": "# A\n\n![:o]SECRET![:c]\n",
            "templates/macros/o.md": ".solution[",
            "templates/macros/c.md": "]",
        },
        "slides/a.md:3:1",
    ),
    (
        "a variable's bracket",
        {"slides/a.md": "---\no: .solution[\n---\n# A\n\n{{o}}SECRET]\n"},
        "slides/a.md:6:1",
    ),
    (
        "a variable's name",
        {"slides/a.md": "---\nwho: solution\n---\n# A\n\n.{{who}}[SECRET]\n"},
        "slides/a.md:6:2",
    ),
    (
        "a variable in a class",
        {"slides/a.md": "---\nwho: Solution\n---\n# A\n---\nclass: {{who}}\n\nSECRET\n"},
        "slides/a.md:6:1",
    ),
    (
        "front matter of a file",
        {"slides/a.md": "# A\n\n![:include ../b.md]\n", "b.md": "---\nclass: solution\n---\n# SECRET\n"},
        "b.md:2:1",
    ),
    (
        "a picture",
        {"slides/a.md": "# A\n\n![](x.svg)\n", "slides/x.svg": SVG.format("<g class='Solution'>SECRET</g>")},
        "slides/x.svg:1:",
    ),
    (
        "a page in a frame",
        {
            "slides/a.md": "# A\n\n<iframe src='w.html'></iframe>\n",
            "slides/w.html": "<p class='solutions'>SECRET</p>",
        },
        "slides/w.html:1:1",
    ),
    (
        "other signs between",
        {"slides/a.md": "# A\n\n.left+solution[SECRET] .left,solution[SECRET]\n"},
        "slides/a.md:3:1",
    ),
    (
        "other signs in a property",
        {"slides/a.md": "# A\n---\nclass: left|solution\n\nSECRET\n"},
        "slides/a.md:3:1",
    ),
    ("a hard space", {"slides/a.md": "# A\n\n.solution\u00a0[SECRET]\n"}, "slides/a.md:3:1"),
    ("numbers", {"slides/a.md": "# A\n\n.solution-2[SECRET]\n"}, "slides/a.md:3:1"),
    ("directions", {"slides/a.md": "# A\n---\nclass: solution\u200e\n\nSECRET\n"}, "slides/a.md:3:1"),
    ("a bracket too early", {"slides/a.md": "# A\n\n.solution[x in ]0, 1] SECRET]\n"}, "slides/a.md:3:1"),
    ("quoted notes", {"slides/a.md": "# A\n\n> ???\n> SECRET\n"}, "slides/a.md:3:3"),
    ("wide question marks", {"slides/a.md": "# A\n\n\uff1f\uff1f\uff1f\nSECRET\n"}, "slides/a.md:3:1"),
    ("spaced question marks", {"slides/a.md": "# A\n\n? ? ?\nSECRET\n"}, "slides/a.md:3:1"),
    ("a shortcode", {"slides/a.md": "# A\n\n{{< solution >}}SECRET{{< /solution >}}\n"}, "slides/a.md:3:"),
    ("a condition", {"slides/a.md": "# A\n\n{% if solution %}SECRET{% endif %}\n"}, "slides/a.md:3:1"),
    (
        "comments around",
        {"slides/a.md": "# A\n\n<!-- begin solution -->\nSECRET\n<!-- end solution -->\n"},
        "slides/a.md:3:",
    ),
    (
        "headings around",
        {"slides/a.md": "# A\n\n### BEGIN SOLUTION\nSECRET\n### END SOLUTION\n"},
        "slides/a.md:3:",
    ),
    ("an admonition", {"slides/a.md": "# A\n\n!!! solution\n    SECRET\n"}, "slides/a.md:3:1"),
    ("a callout", {"slides/a.md": "# A\n\n> [!solution]\n> SECRET\n"}, "slides/a.md:3:1"),
    ("code", {"slides/a.md": "# A\n\n```python .solution\nSECRET\n```\n"}, "slides/a.md:3:1"),
    ("code in braces", {"slides/a.md": "# A\n\n```{.python .solution}\nSECRET\n```\n"}, "slides/a.md:3:1"),
    ("a formula", {"slides/a.md": "# A\n\n$\\htmlClass{solution}{\\text{SECRET}}$\n"}, "slides/a.md:3:"),
    ("an attribute alone", {"slides/a.md": "# A\n\n<div solution>SECRET</div>\n"}, "slides/a.md:3:1"),
    (
        "another attribute",
        {"slides/a.md": "# A\n\n<div data-class='solution'>SECRET</div>\n"},
        "slides/a.md:3:1",
    ),
    ("a dot too many", {"slides/a.md": "# A\n\n.solution.[SECRET]\n"}, "slides/a.md:3:1"),
    ("attributes without an end", {"slides/a.md": "# A\n\n[SECRET]{.solution\n"}, "slides/a.md:3:9"),
    ("attributes in parentheses", {"slides/a.md": "# A\n\n[SECRET](.solution)\n"}, "slides/a.md:3:8"),
    ("a colon too few", {"slides/a.md": "# A\n\n::solution\nSECRET\n::\n"}, "slides/a.md:3:1"),
    (
        "a division in a quotation",
        {"slides/a.md": "# A\n\n> ::: solution\n> SECRET\n> :::\n"},
        "slides/a.md:3:1",
    ),
    (
        "a kind of callout",
        {"slides/a.md": "# A\n\n::: {.callout-solution}\nSECRET\n:::\n"},
        "slides/a.md:3:1",
    ),
    (
        "the title of a callout",
        {"slides/a.md": '# A\n\n::: {.callout-note title=".solution[SECRET]"}\nx\n:::\n'},
        "slides/a.md:3:1",
    ),
    (
        "the title of code",
        {"slides/a.md": '# A\n\n```python title=".solution[SECRET]"\nx\n```\n'},
        "slides/a.md:3:1",
    ),
    (
        "a dash too many",
        {"slides/a.md": "# A\n---\n<!--- only: instructor --->\n\nSECRET\n"},
        "slides/a.md:3:5",
    ),
    ("a dash too few", {"slides/a.md": "# A\n---\n<!- class: solution ->\n\nSECRET\n"}, "slides/a.md:3:1"),
    ("a space in it", {"slides/a.md": "# A\n---\n<! -- class: solution -->\n\nSECRET\n"}, "slides/a.md:3:1"),
    (
        "a definition for a comment",
        {"slides/a.md": "# A\n---\n[//]: # (class: solution)\n\nSECRET\n"},
        "slides/a.md:3:1",
    ),
    (
        "definitions around",
        {"slides/a.md": "# A\n\n[//]: # (begin solution)\nSECRET\n[//]: # (end solution)\n"},
        "slides/a.md:3:1",
    ),
    ("a hard space before notes", {"slides/a.md": "# A\n\n\u00a0???\nSECRET\n"}, "slides/a.md:3:2"),
    (
        "notes of reveal.js",
        {"slides/a.md": "# A\n\n<aside class='notes'>SECRET</aside>\n"},
        "slides/a.md:3:1",
    ),
    ("notes in a quotation", {"slides/a.md": "# A\n\n> ::: notes\n> SECRET\n> :::\n"}, "slides/a.md:3:1"),
    ("an exception", {"slides/a.md": "# A\n---\nexcept: student\n\nSECRET\n"}, "slides/a.md:3:1"),
    ("another key", {"slides/a.md": "# A\n---\nfor: instructor\n\nSECRET\n"}, "slides/a.md:3:1"),
]
"""What it is, files, and the place of the error."""
LEFT_OUT = [
    (
        "a drawing in an address",
        {"slides/a.md": f'# A\n\n<img src="data:image/svg+xml,{SVG.format(MARKED)}">\n'},
    ),
    (
        "a drawing in base64",
        {
            "slides/a.md": f"# A\n\n<img src=data:image/svg+xml;base64,{b64encode(SVG.format(MARKED).encode()).decode()}>\n"
        },
    ),
    (
        "a drawing in a style",
        {
            "slides/a.md": f'# A\n\n<style>.a {{ background: url("data:image/svg+xml,{SVG.format(MARKED)}") }}</style>\n'
        },
    ),
    (
        "a page in a page",
        {
            "slides/a.md": "# A\n\n<iframe src='w.html'></iframe>\n",
            "slides/w.html": "<iframe srcdoc=\"<p>ok</p><p class='solution'>SECRET</p><!-- SECRET -->\"></iframe>",
        },
    ),
    (
        "captions",
        {
            "slides/a.md": "# A\n\n![:video](f.mp4)\n",
            "slides/f.mp4": "film",
            "slides/f.vtt": "WEBVTT\n\nNOTE SECRET\nSECRET\n\n00:00.000 --> 00:01.000\nspoken\n",
        },
    ),
    (
        "what the course page says",
        {"slides/a.md": "---\ndate: soon .solution[SECRET]\nsession: .solution[SECRET]\n---\n# A\n"},
    ),
    ("a footnote of another slide", {"slides/a.md": "# A\n\nx .solution[y[^1]]\n---\n# B\n\n[^1]: SECRET\n"}),
    (
        "notes of an included file",
        {
            "slides/a.md": "# A\n\n![:include ../b.md]\n",
            "b.md": "---\ntitle: SECRET\n---\nok\n\n???\nSECRET\n",
        },
    ),
]


@pytest.mark.parametrize(
    ("files", "place"), [each[1:] for each in NO_MARKS], ids=[each[0] for each in NO_MARKS]
)
def test_what_only_looks_like_a_mark_stops_the_build(
    project: Project, files: dict[str, str], place: str
) -> None:
    for name, text in {"slidegen.yml": CONFIG, **files}.items():
        project.write(name, text)
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, "SG069" in ran.codes) == (1, True), ran.err
    assert any(line.startswith(place) and " error[" in line for line in ran.err.splitlines()), ran.err
    assert not (project.folder / "out/a.html").exists()


@pytest.mark.parametrize("files", [each[1] for each in LEFT_OUT], ids=[each[0] for each in LEFT_OUT])
@pytest.mark.parametrize("more", [(), ("--no-embed",)], ids=["embedded", "beside"])
def test_nothing_of_it_is_in_what_is_built(
    project: Project, files: dict[str, str], more: tuple[str, ...]
) -> None:
    for name, text in {"slidegen.yml": CONFIG, **files}.items():
        project.write(name, text)
    ran = project.run("build", "--variant", "student", "-o", "out", *more)
    assert ran.code == 0, ran.err
    assert {"SG069", "SG165"}.isdisjoint(ran.codes)
    assert project.files("out")
    assert "SECRET" not in written(project)
    for name in project.files("out"):
        for run in BASE64.findall((project.folder / "out" / name).read_bytes()):
            assert b"SECRET" not in b64decode(run)


def test_prose_is_no_mark(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(
        "slides/a.md",
        "---\naudience: student\n---\n# Solutions\n\nThe end. Solution (part a) is easy. Exercises/solutions (PDF), and/or solution [1].\n\n"
        "- ???\n- What???\n\n> Really?\n\nIn a.solution. [See](b.html), and in x::solution(y). <!DOCTYPE x> [//]: # (solution)\n\n"
        "[//]: # (the solutions come later)\n\n<aside>aside</aside>\n\nIntervals .solution[$]0,1]$ and [0, 1]] and then [a](b.html) [0, 1].\n\n<!-- solution -->\n\n"
        "```solution-checker\nx\n```\n\n### Solution\n\n### The end of the solution is near, as we shall see now\n\n"
        "<a id='solution'></a> For: everybody\n\nFootnote[^1]\n\n[^1]: kept\n---\n# B\n\nx .solution[y[^1]]\n\n[^1]: gone\n",
    )
    project.write("slides/b.html", "<p>no deck</p>")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, {"SG069"} & set(ran.codes)) == (0, set()), ran.err
    html = project.page("out/a.html").html
    assert "kept" in html
    assert "gone" not in html


def test_macros_may_write_marks(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(
        "templates/macros/h.html", "<p>ok</p><p class='solution'>{{ args[0] }}</p><!-- {{ args[0] }} -->"
    )
    project.write(
        "templates/macros/m.md",
        "fine .solution[{{ args[0] }}] and .left[<b class=solution>{{ args[0] }}</b>]",
    )
    project.write("slides/a.md", "# A\n\n![:h SECRET]\n\n![:m SECRET]\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, ran.err) == (0, "")
    assert "SECRET" not in written(project)


@pytest.mark.parametrize(
    "line",
    [
        "::: Notes",
        "::: {.NOTES}",
        "::: notess",
        "::: speaker-notes",
        ":::: {.x .Notes}",
        "::: {.notes",
        "::: notes x",
    ],
)
def test_a_division_that_is_not_that_of_notes_stops_the_build(project: Project, line: str) -> None:
    project.write("slidegen.yml", "course: T\nvariants: {student: {notes: false}}\n")
    colons = line.partition(" ")[0]
    project.write("slides/a.md", f"# A\n\n{line}\nSECRET\n{colons}\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, "slides/a.md:3:1: error[SG069]" in ran.err) == (1, True), ran.err
    assert not (project.folder / "out/a.html").exists()
    assert project.run("build", "-o", "all").code == 0


@pytest.mark.parametrize("line", ["::: notes", "::: {.notes}", "::: solution"])
def test_a_division_without_an_end_stops_the_build(project: Project, line: str) -> None:
    project.write("slidegen.yml", "course: T\nvariants: {student: {notes: false}}\n")
    project.write("slides/a.md", f"# A\n\n{line}\nSECRET\n\n---\n\n# B\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, "slides/a.md:3:1: error[SG069]" in ran.err) == (1, True), ran.err
    assert not (project.folder / "out/a.html").exists()


@pytest.mark.parametrize("line", ["::: note", "::: {.callout-note}", "::: {.footnotes}", "Text ::: notes"])
def test_other_divisions_raise_no_alarm(project: Project, line: str) -> None:
    project.write("slidegen.yml", "course: T\nvariants: {student: {notes: false}}\n")
    project.write("slides/a.md", f"# A\n\n{line}\nShown\n" + ":::\n" * line.startswith(":"))
    assert project.run("build", "--variant", "student", "-o", "out").code == 0


@pytest.mark.parametrize("line", ["> " * 200, ">" * 400, "> \t" * 100, "\u200b> " * 100])
def test_deep_quotations_are_read_at_once(project: Project, line: str) -> None:
    """A pattern that could match them in several ways would not end."""
    project.write("slidegen.yml", "course: T\nvariants: {student: {notes: false}}\n")
    project.write("slides/a.md", f"# A\n\n{line}x ::: ???? [!x]\n")
    assert project.run("build", "--variant", "student", "-o", "out").code == 0
