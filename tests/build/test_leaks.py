"""Nothing of what a variant leaves out is written, even where what leaves it out should fail."""

from __future__ import annotations

import base64
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from slidegen.build import archive as archiving
from slidegen.build import maker, withheld
from slidegen.build.incremental import IncrementalBuild
from slidegen.build.leak_search import digest_of, find_leaks
from slidegen.build.marked_ranges import marked_ranges
from slidegen.build.own_text import without_own_text
from slidegen.build.secret_words import Secrets
from slidegen.deck import html_marks, leave_out, marked_nodes, near_forms, near_marks, resolve
from slidegen.page import page as pages
from slidegen.project.package_data import own_templates
from slidegen.render import slides, variant_html
from slidegen.render.html import visible
from slidegen.render.html.visible import Cleaner
from slidegen.render.page.css import style_text
from slidegen.render.page.scripts import own_scope
from slidegen.render.page.used_rules import minified
from tests.projects import PIXEL, Project

CONFIG = "course: Probability and its uses\nvariants: {student: {notes: false}}\n"
ANSWER = "The walk returns with probability one"
Break = Callable[[pytest.MonkeyPatch], None]


def nothing_is_left_out(patch: pytest.MonkeyPatch) -> None:
    def everything(raw: Any, variant: Any, config: Any, variables: Any, *_: Any) -> Any:
        return leave_out.WhatIsLeft(raw, variables, config, leave_out.Gone())

    patch.setattr(leave_out, "leave_out", everything)
    patch.setattr(variant_html, "without_elements", lambda html, _: html)
    keep_comments(patch)


def keep_comments(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(variant_html, "without_comments", lambda html: html)
    patch.setattr(pages, "without_comments", lambda html, **_: html)


def keep_comments_alone(patch: pytest.MonkeyPatch) -> None:
    cuts = html_marks.Cutter.cuts
    patch.setattr(
        html_marks.Cutter,
        "cuts",
        lambda self, text, **more: [cut for cut in cuts(self, text, **more) if cut.left != html_marks.EMPTY],
    )
    keep_comments(patch)


def keep_footnotes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(leave_out, "without_needless", lambda slides, *_: slides)


def no_tags_are_found(patch: pytest.MonkeyPatch) -> None:
    """What finds tags and their ends is blind, for all who use it."""
    nothing_is_left_out(patch)
    for module in (html_marks, marked_nodes, near_forms, near_marks, visible, withheld):
        patch.setattr(module, "find_tags", lambda _: iter(()), raising=False)
        patch.setattr(module, "end_of", lambda *_: (0, 0), raising=False)


def keep_properties(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(resolve, "_shown_properties", lambda properties, *_: properties)


def keep_included(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(leave_out._Stage, "_look_at_hosts", lambda *_: None)


def keep_beside(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Cleaner, "__call__", lambda *given: given[2])
    keep_comments(patch)


def keep_links(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(leave_out.Gone, "covers", lambda *_: False)


LEAKS: dict[str, tuple[Break, dict[str, str]]] = {
    "content": (nothing_is_left_out, {"slides/a.md": f"# A\n\nx .solution[{ANSWER}] y\n"}),
    "emphasis": (
        nothing_is_left_out,
        {"slides/a.md": "# A\n\n.solution[The *walk* re**turns** with `prob` one]\n"},
    ),
    "a slide": (nothing_is_left_out, {"slides/a.md": f"# A\n---\nclass: solution\n\n# {ANSWER}\n"}),
    "a step": (nothing_is_left_out, {"slides/a.md": f"# A\n---\n# B\n--\nonly: instructor\n\n{ANSWER}\n"}),
    "an element": (
        nothing_is_left_out,
        {"slides/a.md": f'# A\n\n<div class="solution">\n{ANSWER}\n</div>\n'},
    ),
    "an element that nothing finds": (
        no_tags_are_found,
        {"slides/a.md": f"# A\n\n<div class=solution>\n<div>x</div>\n\n$x$ and {ANSWER}\n</div>\n"},
    ),
    "a comment that nothing finds": (no_tags_are_found, {"slides/a.md": f"# A\n\n<!-- {ANSWER} -->\n\nx\n"}),
    "an element that ends on a later step": (
        no_tags_are_found,
        {"slides/a.md": f"# A\n\n<div class='x solution'>\nx\n--\n\n{ANSWER}\n</div>\n"},
    ),
    "an attribute": (
        nothing_is_left_out,
        {"slides/a.md": f'# A\n\n<b class="solution" title="{ANSWER}">x</b>\n'},
    ),
    "a formula": (
        nothing_is_left_out,
        {"slides/a.md": "# A\n\n.solution[$\\\\int_0^\\\\infty e^{-lambda x} dx$]\n"},
    ),
    "code": (
        nothing_is_left_out,
        {"slides/a.md": "# A\n\n.solution[\n```python\nreturn answer_of(question)\n```\n]\n"},
    ),
    "a citation": (
        nothing_is_left_out,
        {
            "slides/a.md": "---\nbibliography: r.bib\n---\n# A\n\n.solution[x [@hidden]] [@kept]\n\n![:bibliography]\n",
            "slides/r.bib": "@book{kept, title={Shown}, author={Known, K}, year=2000}\n"
            "@book{hidden, title={Returning walks}, author={Unknown, Ursula}, year=2001}\n",
        },
    ),
    "the title of a work that only a solution cites": (
        nothing_is_left_out,
        {
            "slides/a.md": "---\nbibliography: r.bib\n---\n# A\n\n.solution[Returning walks [@hidden]] [@kept]\n",
            "slides/r.bib": "@book{kept, title={Shown}, author={Known, K}, year=2000}\n"
            "@book{hidden, title={Returning walks}, author={Unknown, Ursula}, year=2001}\n",
        },
    ),
    "a division": (nothing_is_left_out, {"slides/a.md": f"# A\n\n::: solution\n{ANSWER}\n:::\n"}),
    "a division's title": (
        nothing_is_left_out,
        {"slides/a.md": f'# A\n\n::: {{.callout-note .solution title="{ANSWER}"}}\nx\n:::\n'},
    ),
    "a callout": (nothing_is_left_out, {"slides/a.md": f"# A\n\n.solution[\n> [!NOTE] {ANSWER}\n> x\n]\n"}),
    "an icon": (nothing_is_left_out, {"slides/a.md": f"# A\n\n.solution[![:icon rocket]({ANSWER})]\n"}),
    "what a macro of one's own says": (
        nothing_is_left_out,
        {
            "slides/a.md": f"# A\n\n![:say]({ANSWER[:10]})\n\n.solution[![:say]({ANSWER})]\n",
            "templates/macros/say.html": "<b>{{ target }}</b>",
        },
    ),
    "an attribute in braces": (
        nothing_is_left_out,
        {"slides/a.md": f'# A\n\n.solution[[x]{{title="{ANSWER}"}}]\n'},
    ),
    "a footnote": (keep_footnotes, {"slides/a.md": f"# A\n\nx .solution[y[^1]]\n\n[^1]: {ANSWER}\n"}),
    "a property": (keep_properties, {"slides/a.md": f"ans: {ANSWER}\n\n# A\n\n.solution[{{{{ans}}}}]\n"}),
    "a comment": (keep_comments_alone, {"slides/a.md": f"# A\n\n<!-- {ANSWER} -->\n\ntext\n"}),
    "a marked comment": (
        keep_comments_alone,
        {"slides/a.md": f'# A\n\n<!-- <div class="solution">{ANSWER}</div> -->\n\ntext\n'},
    ),
    "what is included": (
        keep_included,
        {
            "slides/a.md": "# A\n---\nclass: solution\n\n![:include ../b.md]\n---\n# C\n",
            "b.md": f"# B\n---\n# {ANSWER}\n",
        },
    ),
    "bodyStart": (
        keep_beside,
        {
            "slides/a.md": "---\nbodyStart: ../b.html\n---\n# A\n",
            "b.html": f"<p class='solution'>{ANSWER}</p>",
        },
    ),
    "a comment in bodyStart": (
        keep_beside,
        {"slides/a.md": "---\nbodyStart: ../b.html\n---\n# A\n", "b.html": f"<p>x</p><!-- {ANSWER} -->"},
    ),
    "a link": (
        keep_links,
        {"slides/a.md": "# A [x][n]\n\n???\n[n]: https://example.org/the-long-answer-is-here\n"},
    ),
}


@pytest.mark.parametrize(("breaks", "files"), LEAKS.values(), ids=LEAKS.keys())
def test_each_leak_put_back_by_hand_stops_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch, breaks: Break, files: dict[str, str]
) -> None:
    for name, text in {"slidegen.yml": CONFIG, **files}.items():
        project.write(name, text)
    good = project.run("build", "--variant", "student", "-o", "out", "-j", "1")
    assert good.code == 0, good.err
    before = (project.folder / "out/a.html").read_bytes()
    breaks(monkeypatch)
    ran = project.run("build", "--variant", "student", "-o", "out", "--force", "-j", "1")
    assert (ran.code, "SG070" in ran.codes) == (1, True), ran.err
    assert "this is left out, but out/a.html would hold it" in ran.err
    assert (
        next(
            name
            for name in files
            if not name.endswith((".bib", "/a.md", "say.html")) or not (files.keys() & {"b.md", "b.html"})
        )
        in ran.err
    )
    assert (project.folder / "out/a.html").read_bytes() == before, "the old page stays"
    shown = project.run("inspect", "--variant", "student")
    if "bodyStart" not in files["slides/a.md"] and breaks not in (keep_properties,):
        assert shown.code == 1
        assert json.loads(shown.out)["slides"] == []


def test_a_picture_that_only_a_solution_shows(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/solved.png", PIXEL + b"one")
    project.write("slides/both.png", PIXEL + b"two")
    project.write("slides/a.md", "# A ![](both.png)\n\n.solution[![](solved.png) ![](both.png)]\n")
    assert project.run("build", "--variant", "student", "-o", "out").code == 0
    nothing_is_left_out(monkeypatch)
    for more in ((), ("--no-embed",)):
        ran = project.run("build", "--variant", "student", "-o", "new", "--force", "-j", "1", *more)
        assert (ran.code, ran.codes) == (1, ["SG070"])
        assert ran.err.startswith("slides/a.md:3:1: error[SG070]")
        assert project.files("new") == []


def test_the_archive_is_looked_at(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("slidegen.yml", CONFIG + "url: https://example.org/\n")
    project.write("slides/a.md", f"# A\n\n.solution[{ANSWER}]\n")
    project.write("slides/b.md", "# B\n\nThe walk returns, as another deck may say\n")
    assert project.run("build", "--variant", "student", "-o", "out", "--zip").code == 0
    with zipfile.ZipFile(project.folder / "out.zip") as packed:
        assert "a.html" in packed.namelist()
    archive = (project.folder / "out.zip").read_bytes()
    (project.folder / "out/b.html").write_text(
        "<p>The <b>walk</b> returns with prob&#97;bility one</p>", "utf-8"
    )
    monkeypatch.setattr(IncrementalBuild, "build_changed", lambda *_: iter(()))
    ran = project.run("build", "--variant", "student", "-o", "out", "--zip")
    assert (ran.code, ran.codes) == (1, ["SG070"])
    assert "this is left out, but out.zip, b.html would hold it" in ran.err
    assert (project.folder / "out.zip").read_bytes() == archive


def test_the_course_page_is_looked_at(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("slidegen.yml", CONFIG + "url: https://example.org/\n")
    project.write("slides/a.md", f"---\ndate: 2026-01-02\n---\n# A\n\n.solution[{ANSWER}]\n")
    project.write("slides/b.md", "# B\n\nThe walk returns, as another deck may say\n")
    assert project.run("build", "--variant", "student", "-o", "out").code == 0
    before = {name: (project.folder / "out" / name).read_bytes() for name in project.files("out")}
    made = maker.Maker._make

    def leaking(self: Any, *given: Any) -> Any:
        result = made(self, *given)
        summary = json.loads(result.summary)
        return (
            replace(result, summary=json.dumps({**summary, "title": ANSWER})) if summary["date"] else result
        )

    monkeypatch.setattr(maker.Maker, "_make", leaking)
    ran = project.run("build", "--variant", "student", "-o", "out", "--force", "-j", "1")
    assert (ran.code, "SG070" in ran.codes) == (1, True)
    assert {name: (project.folder / "out" / name).read_bytes() for name in project.files("out")} == before


def test_ordinary_courses_raise_no_alarm(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(
        "slides/a.md",
        "# Exercise: random walks\n\n.pull-left[What is the probability of a return?]\n\n"
        '.solution[<div class="pull-left">The probability of a return is one.</div> '
        "[More](https://www.youtube.com/watch?v=abc)]\n\n![:youtube](dQw4w9WgXcQ)\n\n"
        "<!-- ## .center[Stage two: learn the skills] -->\n\n## .center[Stage two: learn the skills]\n\n"
        "<!-- Credits: [A. Author](http://a.example), [Some long course](http://b.example) -->\n\n"
        ".small[Credits: [A. Author](http://a.example), [Some long course](http://b.example)]\n\n"
        "<!-- end of the first part -->\n\n---\nclass: solution\n\n# Exercise: random walks\n\nShow slide numbers\n\n"
        "---\n# End of the first part\n\nSlides of this presentation\n",
    )
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert "SG070" not in ran.codes
    assert ran.code == 0


def test_works_that_are_cited_raise_no_alarm(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(
        "slides/a.md",
        "---\nbibliography: r.bib\n---\n# A\n\nSee [@kept, p. 3] and @Other.\n\n"
        ".solution[Known, Konrad: The theory of returning walks [@kept] [@hidden]]\n\n![:bibliography]\n",
    )
    project.write(
        "slides/r.bib",
        "@book{kept, title={The theory of {Returning} walks}, author={Known, Konrad},\n"
        " year=2000, publisher={Springer Verlag}}\n"
        "@article{Other, title={Other}, author={Known, Konrad}, year=2002, journal={Annals of Probability}}\n"
        "@book{hidden, title={Returning}, author={Known, Konrad}, year=2001, publisher={Springer Verlag}}\n",
    )
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert "SG070" not in ran.codes
    assert ran.code == 0


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("shown", ["![](a.svg)", "[the data](a.csv)"])
def test_what_a_drawing_or_file_on_a_slide_says_raises_no_alarm(
    project: Project, monkeypatch: pytest.MonkeyPatch, shown: str, *, marked: bool
) -> None:
    """Unless something in it may be marked, and so left out of it."""
    says = "<g class='solution'><text>Errors of Monte Carlo</text></g>" if marked else "Errors of Monte Carlo"
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><title>{says}</title></svg>")
    project.write("slides/a.csv", f"{says}\n")
    project.write("slides/a.md", f"# A\n\n{shown}\n\n???\n\nThe line of Monte Carlo falls\n")
    monkeypatch.setattr(Cleaner, "text", lambda *arguments: arguments[-1])
    ran = project.run("build", "--variant", "student")
    assert ("SG070" in ran.codes) is marked, ran.err


@pytest.mark.parametrize("names", ["Solution", "answer key"])
def test_a_drawing_explains_nothing_that_is_taken_out_of_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    """A comment, or an element of a class in any writing, which its cleaning may have left."""
    project.write("slidegen.yml", f"variants: {{student: {{without: [{names.split()[0]}], notes: false}}}}\n")
    drawn = f"<!-- {ANSWER} -->" if " " in names else f"<g class='{names}'><title>{ANSWER}</title></g>"
    project.write("slides/a.svg", f"<svg xmlns='http://www.w3.org/2000/svg'>{drawn}</svg>")
    project.write("slides/_part.md", f"# Part\n\n{ANSWER}\n")
    project.write("slides/a.md", f"# A\n\n![](a.svg) [part](_part.md)\n\n???\n\n{ANSWER}\n")
    monkeypatch.setattr(Cleaner, "text", lambda *arguments: arguments[-1])
    ran = project.run("build", "--variant", "student")
    assert "SG070" in ran.codes
    assert "a.html would hold it" in ran.err


def test_what_stands_side_by_side_raises_no_alarm(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(
        "slides/a.md",
        "# Terraform on a large cloud\n\n???\nTerraform on a large cloud workshop, dynamic control with webhooks\n"
        "---\nWorkshop\n\nThe [dynamic control][w] with [webhooks](https://example.org/a-long-address)\n\n"
        "up to .red[max length] of parsers\n\n[w]: https://example.org/another-address\n\n"
        "???\nLook: up to max length of parsers, https://example.org/a-long-address\n",
    )
    project.write(
        "slides/b.md", "# B\n\n.solution[Terraform on a large cloud, up to max length of parsers]\n"
    )
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, ran.err) == (0, "")


def test_a_part_of_a_passage_is_found_from_twelve_letters_on(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\nThe walk goes on. .solution[{ANSWER}]\n")
    render = slides.heading
    for part, code in (("with probability", 1), ("The walk goes on", 0), ("returns", 0)):
        monkeypatch.setattr(slides, "heading", lambda html, part=part: f"{render(html)} {part}")
        ran = project.run("build", "--variant", "student", "-o", "out", "--force", "-j", "1")
        assert (ran.code, "SG070" in ran.codes) == (code, code == 1), part


def test_what_other_decks_leave_out_is_looked_for(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\n.solution[{ANSWER}]\n")
    project.write("slides/b.md", "# B\n\nkept\n")
    project.write("slides/c.md", f"# C\n\nA later session says: {ANSWER}\n")
    good = project.run("build", "--variant", "student", "-o", "out", "-j", "1")
    assert (good.code, good.err) == (0, ""), "one deck may say what another leaves out"
    before = project.page("out/b.html").html
    render = slides.heading
    monkeypatch.setattr(slides, "heading", lambda html: ANSWER if "kept" in html else render(html))
    project.write("slides/b.md", "# B\n\nkept, and changed\n")
    for more in ((), ("--force",)):
        ran = project.run("build", "--variant", "student", "-o", "out", "-j", "1", *more)
        assert (ran.code, ran.codes) == (1, ["SG070"]), "decks that are left alone count, too"
        assert "slides/a.md:3:1: error[SG070]: this is left out, but out/b.html would hold it" in ran.err
    assert project.page("out/b.html").html == before


SHORT_ANSWERS = ("forty-two apples", "Minimum is Kruskal", "`solve_all(xs, n=3)`", "| it's | Poisson | 2.5 |")


@pytest.mark.parametrize("answer", SHORT_ANSWERS)
@pytest.mark.parametrize("changed", ["title", "description", "texts", "cover"])
def test_a_short_passage_is_looked_for_in_what_a_course_page_is_made_of(
    project: Project, monkeypatch: pytest.MonkeyPatch, answer: str, changed: str
) -> None:
    project.write("slidegen.yml", CONFIG + "url: https://example.org/\n")
    project.write("slides/a.md", f"# A\n\n.solution[\n{answer}\n]\n")
    project.write("slides/b.md", "---\ndate: 2026-01-02\n---\n# B\n\nforty apples\n")
    assert project.run("build", "--variant", "student", "-o", "out", "-j", "1").code == 0
    before = {name: (project.folder / "out" / name).read_bytes() for name in project.files("out")}
    made = maker.Maker._make
    said = re.sub(r"\W+", " ", answer) if "`" not in answer else answer

    def leaking(self: Any, *given: Any) -> Any:
        result = made(self, *given)
        summary = json.loads(result.summary)
        value = [["1", "B", f"x {said} y"]] if changed == "texts" else f"x {said} y"
        told = {**summary, changed: value} if summary["date"] else summary
        return replace(result, summary=json.dumps(told))

    monkeypatch.setattr(maker.Maker, "_make", leaking)
    ran = project.run("build", "--variant", "student", "-o", "out", "--force", "-j", "1")
    assert (ran.code, ran.codes) == (1, ["SG070"]), ran.err
    assert "slides/a.md:3:1: error[SG070]" in ran.err
    assert {name: (project.folder / "out" / name).read_bytes() for name in project.files("out")} == before


@pytest.mark.parametrize("answer", SHORT_ANSWERS[:3])
def test_a_short_passage_of_one_deck_is_looked_for_in_the_page_of_another(
    project: Project, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\n.solution[{answer}]\n")
    project.write("slides/b.md", "# B\n")
    command = ("build", "--variant", "student", "-o", "out", "-j", "1", "--force")
    assert project.run(*command).code == 0
    render = slides.heading
    monkeypatch.setattr(slides, "heading", lambda html: f"x {answer}" if ">B<" in html else render(html))
    ran = project.run(*command)
    assert (ran.code, ran.codes) == (1, ["SG070"]), ran.err
    assert "out/b.html would hold it" in ran.err
    project.write("slides/c.md", f"# C\n\nNext time: {answer}\n")
    assert project.run(*command).code == 0, "another deck says it, and it is short"


@pytest.mark.parametrize("answer", SHORT_ANSWERS[:3])
def test_a_short_passage_is_looked_for_in_an_archive(
    project: Project, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\n.solution[{answer}]\n")
    project.write("slides/b.md", "# B\n")
    command = ("build", "--variant", "student", "-o", "out", "--zip")
    assert project.run(*command).code == 0
    page = project.page("out/b.html").html
    project.write("out/b.html", page.replace("</body>", f"<p>{answer}</p></body>"))
    monkeypatch.setattr(IncrementalBuild, "build_changed", lambda *_: iter(()))
    ran = project.run(*command)
    assert (ran.code, ran.codes) == (1, ["SG070"])


@pytest.mark.parametrize(
    ("left_out", "others"),
    [
        ("of the matrix is", {"b": "# B\n\nThe rank of the matrix is full.\n"}),
        ("symmetric, there", {"b": "# B\n\n$k$ is symmetric $\\Rightarrow$ there is a map\n"}),
        ("a function: F, R, N", {"b": "# B\n\nLet a function $f: \\mathbb{R}^n \\to S$ be given\n"}),
        ("dark screen, overview", {"b": "# B\n\n???\nSwitch to the dark screen overview\n"}),
        (
            "kept in brackets",
            {"b": "# B\n\n.red[kept] in *brackets*\n", "c": "# C\n\n.solution[kept in brackets]\n"},
        ),
        ("Probability and its uses", {"b": "# B\n"}),
        ("b second session", {"b-second-session": "# B\n"}),
        ("our own picture", {"b": "# B\n\n![](our%20own%20picture.png)\n"}),
    ],
)
def test_what_others_say_for_themselves_raises_no_alarm(
    project: Project, left_out: str, others: dict[str, str]
) -> None:
    project.write("slidegen.yml", CONFIG + "url: https://example.org/\n")
    project.write("slides/our own picture.png", PIXEL)
    project.write("slides/a.md", f"# A\n\n.solution[{left_out}]\n\n.solution[![](our%20own%20picture.png)]\n")
    for name, text in others.items():
        project.write(f"slides/{name}.md", f"---\ndate: 2026-01-02\n---\n{text}")
    for more in ((), ("--no-embed",)):
        ran = project.run("build", "--variant", "student", "-o", "out", "--zip", "--force", "-j", "1", *more)
        assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("config", "sources"),
    [
        (CONFIG + "index: false\n", ()),
        (CONFIG, ("slides/a.md",)),
        ("", ("slides/a.md",)),
        (None, ("slides/a.md",)),
    ],
    ids=["without a course page", "a deck", "a deck without variants", "a deck in no project"],
)
def test_every_archive_is_looked_at(
    project: Project, monkeypatch: pytest.MonkeyPatch, config: str | None, sources: tuple[str, ...]
) -> None:
    if config is not None:
        project.write("slidegen.yml", config)
    project.write("slides/a.md", f"# A\n\n.solution[{ANSWER}]\n")
    command = ("build", *sources, "--variant", "student", "-o", "out", "--zip")
    assert project.run(*command, "--force").code == 0
    archive = (project.folder / "out.zip").read_bytes()
    written = archiving._write

    def leaking(archive: Any, target: Any, files: Any, check: Any) -> None:
        (target / "a.html").write_text(f"<p>{ANSWER}</p>", "utf-8")
        written(archive, target, files, check)

    monkeypatch.setattr(archiving, "_write", leaking)
    ran = project.run(*command)
    assert (ran.code, ran.codes) == (1, ["SG070"]), ran.err
    assert (project.folder / "out.zip").read_bytes() == archive


@pytest.mark.parametrize(
    ("kept", "left_out"),
    [
        ("# CI/CD \ud1b5\ud569(Integration)", "CD integration"),  # in the address that the heading gets
        ("# Kubernetes cluster.red[**s**]", "Kubernetes clusters"),
        ("- Calibration\n- Imbalanced data", "Calibration, imbalanced data"),
        ("|Calibration|Imbalanced data|\n|-|-|\n|a|b|", "Calibration, imbalanced data"),
    ],
)
def test_what_only_seems_to_be_said_raises_no_alarm(project: Project, kept: str, left_out: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\n.solution[{left_out}]\n---\n{kept}\n")
    project.write("slides/b.md", "# B\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, ran.err) == (0, "")


def test_the_name_of_a_file_is_no_secret(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(
        "slides/10-calibration-imbalanced-data.md", "text\n\n.solution[# Calibration, imbalanced data]\n"
    )
    ran = project.run("build", "--variant", "student", "-o", "out", "--zip")
    assert (ran.code, ran.err) == (0, "")


def test_a_solution_of_two_decks_that_one_shows_is_found(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("slidegen.yml", CONFIG)
    for name in "ab":
        project.write(f"slides/{name}.md", f"# {name}\n\n.solution[{ANSWER}]\n")
    assert project.run("build", "--variant", "student", "-o", "out").code == 0
    made = maker.Maker._make

    def leaking(self: Any, *given: Any) -> Any:
        result = made(self, *given)
        summary = json.loads(result.summary)
        told = {**summary, "title": ANSWER} if summary["title"] == "a" else summary
        return replace(result, summary=json.dumps(told))

    monkeypatch.setattr(maker.Maker, "_make", leaking)
    ran = project.run("build", "--variant", "student", "-o", "out", "--force", "-j", "1")
    assert (ran.code, ran.codes) == (1, ["SG070"])


@pytest.mark.parametrize(
    "deck",
    [
        f"# A\n\n.Solution[{ANSWER}]\n",
        f"# A\n---\nClass: solution\n\n# {ANSWER}\n",
        f"# A\n\n??? \n{ANSWER}\n",
        f"---\ntitle: {ANSWER}\nonly: instructor\n---\n# A\n",
    ],
)
def test_inspect_shows_nothing_of_a_variant_whose_deck_has_errors(project: Project, deck: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", deck)
    ran = project.run("inspect", "--variant", "student")
    said = json.loads(ran.out)
    assert (ran.code, said["slides"], said["title"]) == (1, [], "a")
    assert "SG069" in {item["code"] for item in said["diagnostics"]}
    assert json.loads(project.run("inspect").out)["slides"] != []


def test_only_slidegens_own_text_is_not_searched() -> None:
    secrets = Secrets()
    secrets.add(ANSWER, "a.md:1:1")
    name = "deck.mjs"
    own = own_scope(name, (own_templates() / "runtime" / name).read_text("utf-8"))
    line = style_text(minified((own_templates() / "styles" / "base.css").read_text("utf-8")))
    sheet = f"@layer slidegen.base {{\n{line}\n}}"
    assert without_own_text(f"<a>{own}<b>{sheet}<c>", "|") == "<a>|<b>@layer slidegen.base {\n|\n}<c>"
    for text in (
        f"{own}{ANSWER}",
        own.replace("return", f"// {ANSWER}\nreturn", 1),
        own[: len(own) // 2] + f'"{ANSWER}"' + own[len(own) // 2 :],
        f'slidegen["{name}"]=(()=>{{{ANSWER}}})();',
        f'slidegen["../../{name}"]=(()=>{{{ANSWER}}})();',
        sheet.replace("{\n", f"{{\n/* {ANSWER} */", 1),
        f"@layer slidegen.base {{\n{ANSWER}\n}}",
        f"{sheet}{ANSWER}{sheet}",
    ):
        assert find_leaks(text.encode(), [secrets]) != [], text[:80]


def test_short_passages_are_counted_in_one_line(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", "# A\n\n6 x 7 = .solution[42], 7 x 7 = .solution[49]\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert "2 passages left out are too short to search the pages for" in ran.out
    assert "fewer than" not in project.run("build", "-o", "all").out


def packed(text: str) -> str:
    """A text compressed by DEFLATE, as a string of base64."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    words = f"what stands before it {text} and more behind"
    return json.dumps(base64.b64encode(packer.compress(words.encode()) + packer.flush()).decode("ascii"))


SPELLINGS = {
    "as it is": ANSWER,
    "tags": "The <b>walk</b> re<i>turn</i>s<br>with <span class='x'>probability</span> one",
    "entities": "".join(f"&#{ord(letter)};" for letter in ANSWER),
    "hexadecimal entities": "".join(f"&#x{ord(letter):X};" for letter in ANSWER),
    "JSON": json.dumps({"html": f"<p>{ANSWER}</p>"}),
    "escaped JSON": "".join(f"\\u{ord(letter):04x}" for letter in ANSWER),
    "JavaScript": "".join(f"\\x{ord(letter):02x}" for letter in ANSWER),
    "JSON of two things of one name": f'{{"a": "{ANSWER}", "a": "x"}}',
    "JSON deep down": f'f([{{"{ANSWER}": [1, null]}}]);',
    "a name in JSON": json.dumps({ANSWER: 1}),
    "nearly JSON": f'{{"a": "{ANSWER}", }}',
    "JSON and more": f'["x"] {ANSWER}',
    "tags in words": "<p>x<b>The walk returns</b> with probability one</p>",
    "tags around words": f"<p>x<b><i>{ANSWER}</i></b>y</p>",
    "a tag that is none": f"<p {ANSWER}> <{ANSWER}>",
    "a script": f"<script>if (a<b && '{ANSWER}') x>y</script>",
    "packed, as a page's tools are": f"<script>a.b={packed(ANSWER)};</script>",
    "JSON in an attribute": f"<p data-x='{json.dumps(ANSWER)}'>".replace('"', "&quot;"),
    "percent signs": quote(ANSWER),
    "all percent signs": "".join(f"%{ord(letter):02X}" for letter in ANSWER),
    "twice": quote("".join(f"&#{ord(letter)};" for letter in ANSWER)),
    "base64": "x(data:text/html;base64," + base64.b64encode(f"<p>{ANSWER}</p>".encode()).decode() + ")",
    "base64 in base64": base64.b64encode(base64.b64encode(ANSWER.encode())).decode(),
    "an attribute": f'<img alt="{ANSWER}">',
    "capitals and signs": "THE walk: returns -- with “probability” (one)",
    "wide letters": "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in ANSWER),
    "soft hyphens": ANSWER.replace("bab", "b\xada\u200bb"),
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_passage_is_found_however_it_is_written(text: str) -> None:
    secrets = Secrets()
    secrets.add(ANSWER, "a.md:1:1")
    found = find_leaks(f"<html>before {text} after</html>".encode(), [secrets])
    assert {leak.place for leak in found} == {"a.md:1:1"}
    assert find_leaks(b"<html>the walk may return with one</html>", [secrets]) == []
    assert find_leaks(b"bathe walk returnsx", [secrets]) == [], "a word is compared from its beginning"


def test_a_file_is_found_by_its_bytes_beside_a_page_and_in_it() -> None:
    secrets = Secrets(files={digest_of(PIXEL): ("dot.png", "a.md:1:1")})
    page = b"<img src=data:image/png;base64," + base64.b64encode(PIXEL) + b">"
    assert [leak.what for data in (PIXEL, page) for leak in find_leaks(data, [secrets])] == ["dot.png"] * 2
    assert find_leaks(PIXEL + b"x", [secrets]) == []


@pytest.mark.parametrize(
    "written", [f"The walk {word} soon" for word in ("re.red[turn]s", ".red[ret]urns", "re.a.b[*turns*]")]
)
def test_words_that_a_content_class_is_within_are_found(written: str) -> None:
    secrets = Secrets()
    secrets.add(written, "a.md:1:1")
    assert find_leaks(b"<p>The walk re<span class=red>turn</span>s soon</p>", [secrets]) != []


def test_texts_in_json_are_not_read_as_one() -> None:
    secrets = Secrets()
    secrets.add("Returns, one day", "a.md:1:1")
    assert find_leaks(b'f(["<b>Returns","one day"]);', [secrets]) == []
    assert find_leaks(b'slidegenSearch(["Returns\\none day"]);', [secrets]) == []
    assert find_leaks(b'f(["Returns\\none day"]);', [secrets]) != []


def test_what_is_kept_too_is_no_secret() -> None:
    secrets = Secrets()
    secrets.add(ANSWER, "a.md:1:1")
    secrets.forget("As we know, *the walk* returns with probability one.")
    assert not secrets


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a<!-- x -->b", ["<!-- x -->"]),
        ("a<!-- x --!>b--> c", ["<!-- x --!>"]),
        ("a<!-->b--><!--->c", ["<!-->", "<!--->"]),
        ("a<!-- x", ["<!-- x"]),
        ("a<!DOCTYPE x>b<![CDATA[y]]>", []),
        ("<p class=solution>x<!-- </p> --></p>y", ["<p class=solution>x<!-- </p> --></p>"]),
    ],
)
def test_the_check_reads_comments_as_browsers_do(text: str, found: list[str]) -> None:
    ranges = marked_ranges(text, {"solution"}).ranges
    assert [text[start:end] for start, end in ranges] == found
