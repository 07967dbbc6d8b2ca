from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from slidegen.compile.compile import compile_deck
from slidegen.compile.context import DeckContext
from slidegen.diagnostics import Reporter
from slidegen.files.dependencies import Reads
from slidegen.project.project import load_project
from slidegen.reading.include_request import numbers_in
from slidegen.source import Source
from slidegen.syntax.include_splice import Included
from slidegen.syntax.nodes import MacroCall, RawDeck
from slidegen.syntax.parser import parse_deck
from tests.projects import PIXEL
from tests.projects import Project as Folder

CODE = """\
import os

class Model:
    # region fit
    def fit(self):
        * star
        # region inner
        `tick`
        # endregion
    # endregion

    # --8<-- [start:score]
    def score(self):
        return "{{title}}"
    # --8<-- [end:score]
"""

DECK = """\
---
title: Not taken over
theme: slate
---
class: center
name: first

# First

--

A step

???
Say hello.
---
layout: true
---
name: second

# Second

[a link][l]

[l]: https://example.org "L"
---
# Third
"""


def slides(folder: Folder, text: str, *, name: str = "talk.md") -> list[dict[str, Any]]:
    """The slides of a deck, which is to have nothing wrong with it."""
    folder.write(name, text)
    (deck,) = folder.inspect(name)
    assert deck["diagnostics"] == []
    return list(deck["slides"])


def mistake(folder: Folder, text: str) -> dict[str, Any]:
    """The one mistake of a deck."""
    folder.write("talk.md", text)
    ran = folder.run("inspect", "talk.md")
    (deck,) = map(json.loads, ran.out.splitlines())
    (found,) = deck["diagnostics"]
    assert isinstance(found, dict)
    return found


def test_slides_of_a_file_become_slides_in_place(project: Folder) -> None:
    project.write("shared/deck.md", DECK)
    found = slides(
        project,
        "---\ntitle: Mine\n---\n# Before\n---\n![:include shared/deck.md]\n---\nlayout: false\n# After\n",
    )
    assert [slide["html"].partition("</h1>")[0].rpartition(">")[2] for slide in found] == [
        "Before", "First", "First", "Second", "Third", "After",
    ]  # fmt: skip
    assert [slide["step"] for slide in found] == [0, 0, 1, 0, 0, 0]
    assert [slide["number"] for slide in found] == [f"{number} / 6" for number in range(1, 7)]
    assert found[1]["id"] == "slide-first"
    assert "center" in found[1]["classes"]
    assert found[2]["notes"] == "<p>Say hello.</p>"
    assert 'href="https://example.org" title="L"' in found[3]["html"]
    assert [slide["line"] for slide in found] == [4, 6, 6, 6, 6, 8], "lines of the deck itself"


def test_front_matter_of_a_file_is_left_out(project: Folder) -> None:
    project.write("shared.md", "---\ntitle: Theirs\ntheme: slate\n---\n# {{title}} {{author}}\n")
    page = project.deck("---\ntitle: Mine\nauthor: Me\n---\n![:include shared.md]\n")
    assert page.theme == "lecture"
    assert ">Mine Me</h1>" in page.slides[0]


def test_text_without_a_separator_stands_in_its_line(project: Folder) -> None:
    project.write("name.md", "**M. Curie**\n")
    project.write("list.md", "- b\n- c\n")
    (slide,) = slides(project, "By ![:include name.md], Paris\n\n- a\n![:include list.md]\n- d\n")
    assert "<p>By <strong>M. Curie</strong>, Paris</p>" in slide["html"]
    assert slide["html"].count("<ul>") == 1
    assert slide["html"].count("<li>") == 4


def test_what_stands_around_a_call_joins_the_first_and_last_slide(project: Folder) -> None:
    project.write("deck.md", "class: a\n\none\n---\ntwo\n???\ntheirs\n")
    first, last = slides(project, "class: b\n# Top\n\n![:include deck.md]\n\nend\n???\nmine\n")
    assert (first["classes"][:2], first["notes"]) == (["b", "a"], "")
    assert "Top" in first["html"]
    assert "<p>one</p>" in first["html"]
    assert "<p>two</p>\n<p>end</p>" in last["html"]
    assert "theirs" in last["notes"]
    assert "mine" in last["notes"]


def test_separators_at_the_ends_of_a_file_make_no_empty_slides(project: Folder) -> None:
    project.write("deck.md", "---\n# A\n---\n# B\n---\n")
    assert len(slides(project, "# X\n---\n![:include deck.md]\n---\n# Y\n")) == 4


def test_slides_by_number_and_name_take_their_steps_along(project: Folder) -> None:
    project.write("deck.md", DECK)
    found = slides(project, "![:include {file: deck.md, slides: 4 first}]")
    assert [slide["step"] for slide in found] == [0, 0, 1]
    assert "Third" in found[0]["html"]
    found = slides(project, "![:include {file: deck.md, slides: 3-}]")
    assert len(found) == 2
    assert "example.org" in found[0]["html"], "definitions elsewhere in the file count"


def test_in_a_content_class_stands_one_slide(project: Folder) -> None:
    project.write("bio.md", "class: center\n\n# Bio\n\nText\n???\nA note\n")
    (slide,) = slides(project, "class: two\n.left[![:include bio.md]]\n.right[x]\n")
    assert '<div class="left"><h1 id="bio">Bio</h1>' in slide["html"]
    assert slide["classes"][0] == "two"
    assert "center" not in slide["classes"]
    assert "A note" in slide["notes"]
    project.write("bio.md", "# A\n--\nB\n")
    found = mistake(project, ".left[![:include bio.md]]\n")
    assert (found["code"], found["column"]) == ("SG061", 7)
    assert "2 slides" in found["message"]


def test_a_file_breaks_nothing_around_it(project: Folder) -> None:
    project.write("bad.md", ".left[ open\n")
    project.write("talk.md", "# A\n\n![:include bad.md]\n---\n.right[closed]\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG101"]
    assert ran.err.startswith("bad.md:1:1: warning[SG101]")
    assert "  included at talk.md:3:1\n" in ran.err
    assert project.page("public/talk.html").tree.css_first(".right") is not None


def test_code_and_formulas_include_nothing(project: Folder) -> None:
    (slide,) = slides(project, "`![:include nothing.md]`\n\n```\n![:include nothing.md]\n```\n")
    assert slide["html"].count("![:include nothing.md]") == 2


def test_code_comes_as_it_is_in_its_language(project: Folder) -> None:
    project.write("model.py", CODE)
    (slide,) = slides(
        project,
        "---\nhighlightLines: true\nhighlightSpans: true\n---\nBefore\n![:include model.py]\nafter\n",
    )
    assert 'class="py hljs remark-code"' in slide["html"]
    assert "{{title}}" in slide["html"]
    assert "<p>Before</p>" in slide["html"]
    assert "<p>after</p>" in slide["html"]
    assert "highlighted" not in slide["html"], "a star or backticks in a file are code"
    assert text_of(slide["html"]) == CODE.strip("\n").split("\n")


def text_of(html: str) -> list[str]:
    """The lines of the first listing."""
    lines = LexborHTMLParser(html).css(".remark-code-line")
    return [line.text().strip("\n") for line in lines]


def highlighted(html: str) -> list[str]:
    return [line.text() for line in LexborHTMLParser(html).css(".remark-code-line-highlighted")]


@pytest.mark.parametrize(
    ("ask", "lines", "marked"),
    [
        ("lines: 1-3", ["import os", "", "class Model:"], []),
        ("lines: 13-14, highlight: 14", ["def score(self):", '    return "{{title}}"'], ['    return "{{title}}"']),
        ("region: fit", ["def fit(self):", "    * star", "    `tick`"], []),
        ("region: fit, lines: 1 3, highlight: 3", ["def fit(self):", "    `tick`"], ["    `tick`"]),
        ("region: inner", ["`tick`"], []),
        ("region: score, highlight: 1-", ["def score(self):", '    return "{{title}}"'], [
            "def score(self):", '    return "{{title}}"',
        ]),
        ("lines: 14-", ['    return "{{title}}"', "# --8<-- [end:score]"], []),
    ],
)  # fmt: skip
def test_parts_of_code(project: Folder, ask: str, lines: list[str], marked: list[str]) -> None:
    project.write("model.py", CODE)
    (slide,) = slides(project, f"![:include {{file: model.py, {ask}}}]\n")
    assert text_of(slide["html"]) == lines
    assert highlighted(slide["html"]) == marked


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("# region a", "# endregion"),
        ("#region a", "#endregion a"),
        ("// region a", "// endregion"),
        ("//#region a", "//#endregion"),
        ("<!-- region a -->", "<!-- endregion -->"),
        ("/* region a */", "/* end region a */"),
        ("-- region a", "-- endregion"),
        ("% region: a", "% endregion"),
        ("// --8<-- [start:a]", "// --8<-- [end:a]"),
        ("  # region a ", "  # endregion"),
    ],
)
def test_regions_are_marked_as_editors_mark_them(project: Folder, start: str, end: str) -> None:
    project.write("x.txt", f"before\n{start}\nthe region is here\n{end}\nafter\n")
    (slide,) = slides(project, "![:include {file: x.txt, region: a}]\n")
    assert text_of(slide["html"]) == ["the region is here"]


def test_parts_of_markdown(project: Folder) -> None:
    project.write("x.md", "# A\n<!-- region b -->\n**b**\n<!-- endregion -->\n![](no.png)\n")
    (slide,) = slides(project, "![:include {file: x.md, region: b}]\n")
    assert slide["html"] == "<p><strong>b</strong></p>"
    found = project.run("build", "talk.md").err
    assert found == ""
    project.write("talk.md", "![:include {file: x.md, lines: 3-5}]\n")
    assert project.run("build", "talk.md").err.startswith(
        "x.md:5:5: warning[SG104]: there is no image no.png"
    )


def test_the_language_may_be_named(project: Folder) -> None:
    project.write("x.md", "# A\n")
    project.write("Makefile", "all:\n")
    (slide,) = slides(project, "![:include {file: x.md, language: text}]\n![:include Makefile]\n")
    assert '<code class="text remark-code"' in slide["html"]
    assert '<code class="makefile hljs remark-code"' in slide["html"]
    assert mistake(project, "![:include {file: x.md, language: pyhton}]\n")["hint"].startswith("did you mean")


def test_paths_are_relative_to_the_included_file(project: Folder) -> None:
    for name in ("a", "b", "c", "d", "e"):
        project.write(f"shared/img/{name}.png", PIXEL + name.encode())
    project.write("shared/nested/deep.md", "![](../img/d.png)\n")
    project.write("shared/film.mp4", b"\0\0\0\x18ftypmp42")
    project.write("shared/film.fr.vtt", "WEBVTT\n")
    project.write("shared/notes.txt", "notes")
    project.write(
        "shared/about.md",
        "background-image: url(img/a.png)\n\n![](img/b.png) `![](img/b.png)` [n][n] [top](#top) [w](https://e.org)\n\n"
        '<img src="img/c.png" style="background: url(img/a.png)"> <img srcset="img/c.png 1x, img/e.png 2x">\n\n'
        "![:scale 50%](img/b.png) ![:video](film.mp4)\n\n![:include nested/deep.md]\n\n[n]: notes.txt\n",
    )
    project.write("decks/w1/talk.md", "name: top\n# T\n---\n![:include ../../shared/about.md]\n")
    project.write("slidegen.yml", "title: C\n")
    ran = project.run("build", "decks")
    assert (ran.code, ran.err) == (0, "")
    html = project.page("public/w1/talk.html").html
    assert "![](img/b.png)" in html, "code stays as it is"
    assert project.files("public/w1") == ["files/shared/notes.txt", "talk.html"]
    (deck,) = project.inspect("decks")
    shown = deck["slides"][1]
    assert shown["style"] == "background-image: url(../../shared/img/a.png)"
    for reference in ("b.png", "c.png", "e.png"):
        assert f"../../shared/img/{reference}" in shown["html"]
    assert 'src="../../shared/nested/../img/d.png"' in shown["html"]
    assert 'src="../../shared/film.fr.vtt"' in shown["html"]
    assert 'href="#top"' in shown["html"]
    assert 'href="https://e.org"' in shown["html"]


def test_folders_with_blanks_are_no_trouble(project: Folder) -> None:
    project.write("my shared (old)/img.png", PIXEL)
    project.write("my shared (old)/a.md", "![](img.png)\n")
    project.write("talk.md", "![:include my shared (old)/a.md]\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.err) == (0, "")


def test_an_r_markdown_file_is_included_as_r_markdown(project: Folder) -> None:
    project.write(
        "shared/about.Rmd", "---\ntitle: x\n---\n# A\n\n```{css, echo=FALSE}\nh1 { color: red }\n```\n"
    )
    project.write("talk.md", "# T\n---\n![:include shared/about.Rmd]\n")
    project.build("talk.md")
    assert "h1 { color: red }\n</style>" in project.inspect("talk.md")[0]["slides"][1]["html"]
    project.write("shared/about.Rmd", "# A\n\n```{css, echo=FALSE}\nh1 { }\n```\n\n```{r}\nplot(1)\n```\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG020"])
    assert "shared/about.Rmd:7:1: error[SG020]: this deck has a chunk of code that R has not run" in ran.err
    assert "  included at talk.md:3:1\n" in ran.err


def test_mistakes_in_an_included_file_are_named_there_with_the_call(project: Folder) -> None:
    project.write("shared/about.md", "# About\n\nSee ![](img/no.png) and $\\frac{1$\n")
    project.write("middle.md", "x\n\n![:include shared/about.md]\n")
    project.write("talk.md", "# A\n---\n![:include middle.md]\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG104", "SG108"]
    assert "shared/about.md:3:9: warning[SG104]: there is no image shared/img/no.png" in ran.err
    assert "  3 | See ![](img/no.png)" in ran.err
    assert "    |         ^^^^^^^^^^\n" in ran.err
    assert "  included at middle.md:3:1\n  included at talk.md:3:1\n" in ran.err
    (deck,) = project.inspect("talk.md")
    assert deck["diagnostics"][0]["included"] == [
        {"path": "middle.md", "line": 3, "column": 1},
        {"path": "talk.md", "line": 3, "column": 1},
    ]


WRONG = {
    "missing": ("![:include sahred.md]", "SG001", "there is no file sahred.md", "did you mean shared.md?"),
    "folder": ("![:include folder]", "SG001", "folder is a folder, not a file", ""),
    "outside": ("![:include ../x.md]", "SG063", "../x.md is outside the project", "assets: {allow:"),
    "root": ("![:include /etc/passwd]", "SG001", "there is no file /etc/passwd", ""),
    "nothing": ("![:include]", "SG061", "this include names no file", "![:include file.md]"),
    "two": ("![:include a.md](b.md)", "SG061", "this include names two files", ""),
    "key": ("![:include {file: shared.md, slide: 2}]", "SG061", "this include has no option slide; did you", ""),
    "no value": ("![:include {file: shared.md, slides: }]", "SG061", "this include has no value for slides", ""),
    "no blank": ("![:include {file:shared.md}]", "SG061", "this include needs a space after the colon", ""),
    "braces": ("![:include {file: shared.md]", "SG061", "this include has braces that cannot be read", ""),
    "slides": ("![:include {file: shared.md, slides: 3}]", "SG061", "this include asks for slides 3, but ther", ""),
    "name": ("![:include {file: shared.md, slides: ned}]", "SG061", "this include asks for the slide ned", ""),
    "words": ("![:include {file: x.py, lines: all}]", "SG061", "this include expects lines such as 3-5", ""),
    "backwards": ("![:include {file: x.py, lines: 3-2}]", "SG061", "this include asks for lines 3-2, which end", ""),
    "lines": ("![:include {file: x.py, lines: 2-9}]", "SG061", "this include asks for lines 2-9, but there", ""),
    "zero": ("![:include {file: x.py, lines: 0}]", "SG061", "this include expects lines such as 3-5", ""),
    "region": ("![:include {file: x.py, region: setpu}]", "SG061", "this include asks for the region setpu", ""),
    "open": ("![:include {file: x.py, region: setup}]", "SG061", "this include asks for the region setup, whose", ""),
    "mark": ("![:include {file: x.py, lines: 1, highlight: 2}]", "SG061", "this include highlights line 2, which", ""),
    "md mark": ("![:include {file: shared.md, highlight: 2}]", "SG061", "this include highlights lines, which", ""),
    "code": ("![:include {file: x.py, slides: 2}]", "SG061", "this include asks for slides of a file that", ""),
    "bytes": ("![:include x.bin]", "SG002", "x.bin is not UTF-8", ""),
    "itself": ("![:include talk.md]", "SG062", "talk.md includes itself", "talk.md includes talk.md"),
    "footer": ("footer: ![:include shared.md]", "SG061", "a macro, a variable or a footer cannot include", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", list(WRONG))
def test_mistakes_are_errors_at_the_call(project: Folder, name: str) -> None:
    call, code, says, hint = WRONG[name]
    project.write("shared.md", "name: end\n# A\n---\n# B\n")
    project.write("folder/x.md", "x")
    project.write("x.py", "# region setup\na = 1\nb = 2\nc = 3\n")
    project.write("x.bin", b"\xff\xfe\x00")
    found = mistake(project, f"# T\n---\n{call}\n")
    assert (found["code"], found["severity"], found["line"]) == (code, "error", 3)
    assert found["message"].startswith(says)
    assert hint in found["hint"]


def test_files_that_include_each_other_are_an_error_that_names_all(project: Folder) -> None:
    project.write("a.md", "![:include b.md]\n")
    project.write("b.md", "---\ntitle: x\n---\n![:include a.md]\n")
    project.write("talk.md", "![:include a.md]\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG062"]
    assert ran.err.startswith("b.md:4:1: error[SG062]: a.md includes itself\n")
    assert "hint: a.md includes b.md includes a.md" in ran.err
    assert "included at talk.md:1:1" in ran.err


def test_files_that_include_two_each_come_to_an_end(project: Folder) -> None:
    for number in range(24):
        project.write(f"f{number}.md", f"![:include f{number + 1}.md]\n" * 2)
    project.write("f24.md", "x\n")
    assert mistake(project, "![:include f0.md]\n")["message"] == "the deck includes more than 2000 files"


def test_a_macro_of_the_users_own_counts_more(project: Folder) -> None:
    project.write("templates/macros/include.html", "<b>{{ args[0] }}</b>")
    (slide,) = slides(project, "![:include nothing.md]\n")
    assert slide["html"] == "<p><b>nothing.md</b></p>"


def test_templates_and_layouts_can_be_shared(project: Folder) -> None:
    project.write(
        "frame.md", "layout: true\n\n.logo[L]\n---\nname: end\nlayout: true\n\n# Thanks\n---\nlayout: false\n"
    )
    found = slides(project, "![:include frame.md]\n---\n# One\n---\ntemplate: end\n")
    assert "Thanks" in found[-1]["html"]


def read(text: str, included: RawDeck) -> RawDeck:
    def include(call: MacroCall) -> Included:
        return Included(included.slides)

    return parse_deck(Source("a.md", text), Reporter(), include=include)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["# A", "b", "--", "---", "???", ".c[d]", "class: x", "$x$", "`y`"]), max_size=12
    )
)
def test_a_file_alone_on_a_slide_gives_the_slides_that_it_has_by_itself(lines: list[str]) -> None:
    alone = parse_deck(Source("b.md", "\n".join(["start", *lines, "end"])), Reporter())
    within = read("![:include b.md]", alone)
    assert [(slide.content, slide.notes, slide.properties) for slide in within.slides] == [
        (slide.content, slide.notes, slide.properties) for slide in alone.slides
    ]


@given(st.text("0123456789- ,", max_size=12), st.integers(1, 30))
def test_ranges_stay_within_what_is_there(written: str, total: int) -> None:
    try:
        numbers = list(numbers_in(written, total, "lines"))
    except ValueError:
        return
    assert all(0 <= number < total for number in numbers)


def test_a_page_depends_on_what_it_includes(project: Folder) -> None:
    shared = project.write("shared.md", "x\n")
    talk = project.write("talk.md", "![:include shared.md]\n\n![:include {file: shared.md, lines: 1}]\n")
    reads = Reads()
    compile_deck(DeckContext(talk, load_project(project.folder, project.folder), project.folder, reads=reads))
    assert shared in reads.files
    talk.write_text("![:include later.md]\n")
    reads = Reads()
    compile_deck(DeckContext(talk, load_project(project.folder, project.folder), project.folder, reads=reads))
    assert project.folder / "later.md" in reads.probed, "it may be written yet"


def test_only_decks_that_include_a_file_are_made_again_when_it_changes(project: Folder) -> None:
    project.write("slidegen.yml", "title: Course\n")
    project.write("shared/a.md", "one ![:include b.md]\n")
    project.write("shared/b.md", "deep\n")
    project.write("slides/with.md", "![:include ../shared/a.md]\n")
    project.write("slides/without.md", "# B\n")
    project.build()
    assert project.build().out == "2 pages are up to date\n"
    project.write("shared/b.md", "deeper\n")
    assert "1 page is up to date" in project.build().out
    assert "one deeper" in project.page("public/with.html").html
