"""Decks that are made to grow, to go deep or to take for ever: each is a diagnostic at its place."""

from __future__ import annotations

import pytest

from tests.projects import Project


def doubling(template: str, levels: int, first: str = "x") -> str:
    """Templates of which each is made from the one before."""
    slides = [f"name: t0\n\n{first}\n"]
    slides += [f"name: t{n}\ntemplate: t{n - 1}\n\n{template}\n" for n in range(1, levels)]
    return "\n---\n".join(slides)


def chain(levels: int) -> str:
    return doubling("{{content}}", levels)


PLACES = "{{content}} {{content}}"
TOO_MUCH = {
    "content placed twice": (doubling(PLACES, 27), "SG040"),
    "content placed twice in classes": (doubling(f".a[.b[{PLACES}]] .c[{{{{content}}}}]", 27), "SG040"),
    "content placed thirty times": (doubling("{{content}}" * 30, 8), "SG040"),
    "layouts that double": (
        "\n---\n".join(
            f"layout: true\ntemplate: t{max(n - 1, 0)}\nname: t{n}\n\n{PLACES}\n" for n in range(27)
        ),
        "SG040",
    ),
    "a large template of many slides": (
        doubling(PLACES, 12) + "\n---\ntemplate: t11\n\n# A\n" * 300,
        "SG040",
    ),
    "a long value many times": (
        f"---\nlong: '{'word ' * 2_000}'\n---\n" + "{{long}} " * 1_000,
        "SG040",
    ),
    "a long value many times in a formula": (
        f"---\nlong: '{'x' * 9_000}'\n---\n$" + "{{long}} " * 1_000 + "$\n",
        "SG040",
    ),
    "a long value many times in a property": (
        f"---\nlong: '{'x' * 9_000}'\n---\nclass: " + "{{long}} " * 1_000 + "\n\n# A\n",
        "SG040",
    ),
    "a slide's own value many times": ("v: " + "w " * 5_000 + "\n\n" + ".a[{{v}}] " * 1_000, "SG040"),
    "templates of templates": (chain(60), "SG040"),
    "templates of templates without a place": (doubling("y", 60), "SG040"),
}


@pytest.mark.parametrize(("text", "code"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_text_that_grows_without_end_is_an_error_at_its_place(project: Project, text: str, code: str) -> None:
    project.write("talk.md", text)
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes[-1:]) == (1, [code])
    assert ": error[SG040]" in ran.err
    assert "Traceback" not in ran.err
    assert not (project.folder / "public/talk.html").exists()


FINE = {
    "templates fifty deep": chain(51),
    "a step for each of a hundred lines": "\n--\n".join(f"- {n}" for n in range(100)),
    "steps that place their content": "# A {{content}}\n" + "\n--\n\nb {{content}}\n" * 60,
    "a picture in a layout": f"layout: true\n![](data:image/png;base64,{'A' * 20_000})\n"
    + "\n---\n# B\n" * 300,
    "content in two columns": "layout: true\n.a[{{content}}] .b[{{content}}]\n"
    + f"\n---\n{'text ' * 200}\n" * 60,
    "a drawing at both ends": "---\n"
    f"logo: '<svg>{'<g/>' * 500}</svg>'\n---\nlayout: true\n{{{{logo}}}} x {{{{logo}}}}\n"
    + "\n---\n# B\n"
    * 100,
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE.keys())
def test_what_people_write_is_within_the_bounds(project: Project, text: str) -> None:
    project.write("talk.md", text)
    ran = project.run("build", "talk.md", "-o", "-")
    assert (ran.code, [code for code in ran.codes if code == "SG040"]) == (0, [])


INCLUDES = {
    "fifty files deep": (
        {f"f{n}.txt.md": f"![:include f{n + 1}.txt.md]\n" for n in range(60)},
        "![:include f0.txt.md]\n",
        "SG062",
    ),
    "a file again and again": ({"long.md": "word " * 2_000}, "![:include long.md]\n" * 100, "SG040"),
    "lines again and again": (
        {"long.py": "x = 1\n" * 1_000},
        "![:include {file: long.py, lines: " + "1- " * 300 + "}]\n",
        "SG061",
    ),
    "slides again and again": (
        {"long.md": "# A\n---\n" * 1_000},
        "![:include {file: long.md, slides: " + "1- " * 300 + "}]\n",
        "SG061",
    ),
    "numbers without end": (
        {"a.md": "# A\n"},
        "![:include {file: a.md, slides: 1-" + "9" * 5_000 + "}]\n",
        "SG061",
    ),
    "files that include two each": (
        {f"g{n}.md": f"{'text ' * 50}\n![:include g{n + 1}.md]\n![:include g{n + 1}.md]\n" for n in range(12)}
        | {"g12.md": "x\n"},
        "![:include g0.md]\n",
        "SG040",
    ),
}


@pytest.mark.parametrize(("files", "text", "code"), INCLUDES.values(), ids=INCLUDES.keys())
def test_includes_that_grow_without_end_are_an_error_at_the_call(
    project: Project, files: dict[str, str], text: str, code: str
) -> None:
    for name, content in files.items():
        project.write(f"parts/{name}", content)
    project.write(
        "talk.md", text.replace("include ", "include parts/").replace("parts/{file: ", "{file: parts/")
    )
    ran = project.run("build", "talk.md")
    assert (ran.code, set(ran.codes)) == (1, {code})
    assert "Traceback" not in ran.err


PATTERNS = {
    "two ways to match the same": ("/(a|aa)+$/", "a" * 60 + "b"),
    "three of them": ("/(b|bb|bbb)+$/", "b" * 60 + "c"),
    "two ways in a longer line": (r"/x(\d|\d\d)+y/", "x" + "1" * 60),
}


@pytest.mark.parametrize(("pattern", "line"), PATTERNS.values(), ids=PATTERNS.keys())
def test_a_pattern_that_takes_for_ever_marks_nothing(project: Project, pattern: str, line: str) -> None:
    project.write("talk.md", f"---\nhighlightSpans: '{pattern}'\n---\n```\n{line}\n{line}\n```\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG185"])
    assert "talk.md:2:17: warning[SG185]: highlightSpans takes more than a second of work" in ran.err
    assert f">{line}<" in project.page("public/talk.html").html


def test_patterns_of_javascript_mark_what_they_match(project: Project) -> None:
    page = project.deck("---\nhighlightSpans: '/«(?<what>[^»]+?)»/g'\n---\n```\nf(«x»)\n```\n")
    assert 'f(<span class="remark-code-span-highlighted">x</span>)' in page.slides[0]


def test_macros_that_bring_ever_more_calls_are_an_error_at_the_call(project: Project) -> None:
    for level in range(8):
        project.write(f"templates/macros/m{level}.md", f"![:m{level + 1} x] " * 5)
    project.write("templates/macros/m8.md", "x")
    project.write("talk.md", "# A\n\n![:m0 x]\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes[0]) == (1, "SG006")
    assert "talk.md:3:1" in ran.err
    assert "more than 2000 others" in ran.err


@pytest.mark.parametrize(
    "added",
    ["_*\n", "<math>*a*\n", "&amp; _x_ `y` \n", "> *a*\n"],
    ids=["marks of emphasis", "tags", "entities and code", "a quotation"],
)
def test_too_many_steps_in_one_block_are_shown_at_once(project: Project, added: str) -> None:
    project.write("talk.md", "# One\n---\n# Many\n\n" + f"--\n{added}" * 1500)
    ran = project.run("build", "talk.md", "-o", "talk.html")
    assert (ran.code, ran.codes) == (0, ["SG236"])
    assert ran.err.startswith("talk.md:3:1: warning[SG236]: this slide has 1,501 steps")


def test_callouts_are_blocks_of_their_own_so_any_number_comes_one_by_one(project: Project) -> None:
    project.write("talk.md", "# Many\n" + "\n--\n\n> [!NOTE]\n> text *a*\n" * 400)
    ran = project.run("build", "talk.md", "-o", "talk.html")
    assert (ran.code, ran.codes) == (0, [])
    assert "<!--step 399-->" in project.page("talk.html").html


def test_as_many_steps_as_a_lecture_may_have_come_one_by_one(project: Project) -> None:
    project.write("talk.md", "# Many\n\n" + "--\n_a_ *b* words\n" * 150)
    [deck] = project.inspect("talk.md")
    assert deck["slides"][10]["html"].count("<em>a</em>") == 10
