from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects import PIXEL, Project

SECRETS = [f"SECRET{number}" for number in range(1, 31)]

DECK = """\
---
title: Talk
remark: "see .solution[SECRET25]"
---
layout: true

.footer[Course .instructor[SECRET1]]
---
name: first
answer: 4 .solution[SECRET2] more

# First {{answer}} {{remark}}

What is 6 x 7? .solution[It is **SECRET3** $SECRET4$ `SECRET5`]

.solution[
![SECRET6](solution.png)

.deep[SECRET7]
]

<!-- .solution[SECRET8] -->

Kept

.left[.solution[SECRET9] inside]

![:ask SECRET10]

<div class="a solution"><p>SECRET11<div class="solution">SECRET26</div></p></div>

--

A step[^1]

[^1]: A footnote .solution[SECRET12]

???
Spoken .solution[SECRET13] words

---
class: middle, instructor

# SECRET14

--

SECRET15

???
SECRET16

---
only: instructor

# SECRET17

--

SECRET18
---
exclude: student

# SECRET19
--
SECRET20
---
exclude: [student, print]
name: secret-template

# SECRET21
---
template: secret-template

SECRET22
---
# Last
--
only: instructor

SECRET23
--

SECRET24
---
footer: Foot .solution[SECRET27]
# Foot
---
layout: true
only: instructor

SECRET28
---
# SECRET29
---
layout: false
# End
"""

CONFIG = """\
title: Course
variants:
  student: {notes: false, output: student}
  instructor: {}
  print: {without: [solution], theme: remark, audience: Printed}
"""


@pytest.fixture
def course(project: Project) -> Project:
    project.write("slidegen.yml", CONFIG)
    project.write("templates/macros/ask.md", "Q .solution[{{ args[0] }}]")
    project.write("slides/solution.png", PIXEL)
    project.write("slides/talk.md", DECK)
    return project


def secrets_in(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [secret for secret in SECRETS if f"{secret}".encode() in data]


def test_nothing_of_what_is_marked_is_in_the_students_version(course: Project) -> None:
    course.build("--variant", "student")
    for name in course.files("public"):
        data = (course.folder / "public" / name).read_bytes()
        assert secrets_in(data) == []
        assert b"Kept" in data
        assert b"Spoken" not in data, "without notes"
        assert b"solution" not in data.replace(b"solution-", b"")
    assert course.files("public") == ["student/talk.html"]
    ran = course.run("inspect", "--variant", "student")
    assert ran.code == 0
    assert secrets_in(ran.out) == []


def test_what_is_left_out_takes_its_steps_and_numbers_along(course: Project) -> None:
    ran = course.run("inspect", "--variant", "student")
    (deck,) = map(json.loads, ran.out.splitlines())
    assert [slide["number"] for slide in deck["slides"]] == [f"{number} / 5" for number in range(1, 6)]
    assert [slide["step"] for slide in deck["slides"]] == [0, 1, 0, 0, 0]
    html = deck["slides"][1]["html"]
    for text in ("4  more", "Kept", "inside", "Q ", "A footnote", "see<"):
        assert text in html


def test_everything_is_in_the_decks_as_they_are_and_in_the_instructors_version(course: Project) -> None:
    course.build()
    used = [secret for secret in SECRETS if secret in DECK]
    assert len(used) == 29
    html = course.page("public/talk.html").html
    assert secrets_in(html) == used
    assert "data-variant" not in html
    course.build("--variant", "instructor")
    assert secrets_in(course.page("public/talk.html").html) == [name for name in used if name != "SECRET8"], (
        "comments are in no variant"
    )


def test_versions_stand_side_by_side(course: Project) -> None:
    ran = course.build()
    assert course.files("public") == ["student/talk.html", "talk.html"]
    assert secrets_in(course.page("public/student/talk.html").html) == []
    assert [line.split("  ")[0] for line in ran.out.splitlines() if "->" in line] == [
        "slides/talk.md -> public/talk.html",
        f"slides/talk.md -> {Path('public/student/talk.html')}",
    ]
    course.build("-o", "site")
    assert course.files("site") == ["student/talk.html", "talk.html"]


def test_a_variant_may_have_the_output_folder_for_itself(course: Project) -> None:
    course.write("slidegen.yml", "variants:\n  student: {output: .}\n  print: {output: paper}\n")
    course.build()
    assert course.files("public") == ["paper/talk.html", "talk.html"]
    assert secrets_in(course.page("public/talk.html").html) == []
    course.build("--variant", "instructor")
    assert secrets_in(course.page("public/talk.html").html) == [], (
        "it is not written over the students' pages"
    )
    assert "SECRET3" in course.page("public/instructor/talk.html").html
    course.build("slides/talk.md", "-o", "talk.html")
    assert secrets_in(course.page("talk.html").html) == []


@pytest.mark.parametrize(
    "changed",
    [
        "variants:\n  student: {output: student}\n",
        "variants:\n  student: {output: student}\n  answers: {output: hidden}\n",
    ],
    ids=["removed", "moved"],
)
def test_pages_of_a_variant_that_is_gone_go_too(project: Project, changed: str) -> None:
    project.write("slides/talk.md", "# A\n\n.solution[B]\n")
    project.write("slides/solution.png", PIXEL)
    project.write("slides/more.md", "# More\n\n![A dot](solution.png)\n")
    project.write(
        "slidegen.yml", "variants:\n  student: {output: student}\n  answers: {without: [], output: answers}\n"
    )
    project.build()
    project.write("public/answers/own.txt", "not slidegen's")
    project.build("-o", "elsewhere")
    project.write("slidegen.yml", changed)
    ran = project.build()
    assert project.files("public/answers") == ["own.txt"]
    assert f"removed {Path('public/answers/talk.html')}" in ran.out
    assert "student/talk.html" in project.files("public")
    assert "answers/talk.html" in project.files("elsewhere"), "that folder is not written to now"
    assert "removed" not in project.build().out


def test_several_variants_may_be_asked_for(course: Project) -> None:
    course.build("--variant", "student", "--variant", "print", "-q")
    assert course.files("public") == ["student/talk.html", "talk.html"]
    page = course.page("public/talk.html")
    assert page.theme == "remark"
    assert "SECRET14" in page.html, "it is without solutions only"
    assert "SECRET3" not in page.html
    assert "SECRET17" not in page.html
    assert "SECRET21" not in page.html


def test_variants_without_a_folder_that_are_asked_for_together_stand_side_by_side(project: Project) -> None:
    project.write("slides/talk.md", "# A\n\n.solution[SECRET]\n")
    project.write("slidegen.yml", "variants: {student: {notes: false}, instructor: {notes: true}}\n")
    project.build("--variant", "student", "--variant", "instructor")
    assert project.files("public") == ["instructor/talk.html", "student/talk.html"]
    assert "SECRET" not in project.page("public/student/talk.html").html
    assert "SECRET" in project.page("public/instructor/talk.html").html
    project.build()
    project.build("--variant", "student")
    assert project.files("public") == ["instructor/talk.html", "student/talk.html", "talk.html"], (
        "they are as good as they were"
    )
    one = project.run("build", "--variant", "student", "--variant", "instructor", "-o", "all.html")
    assert one.code == 2
    assert "a page holds one variant" in one.err


def test_a_variant_sets_options_and_variables_over_a_decks_own(project: Project) -> None:
    project.write(
        "slidegen.yml", "variants:\n  student:\n    theme: slate\n    audience: Students\n    notes: true\n"
    )
    page = project.deck(
        "---\ntheme: remark\naudience: All\n---\n# {{audience}}\n???\nSaid\n", "--variant", "student"
    )
    assert page.theme == "slate"
    assert "Students</h1>" in page.slides[0]
    assert "Said" in page.html


def test_the_standard_variants_need_no_settings(project: Project) -> None:
    text = "# A\n.solution[B]\n???\nC\n"
    assert project.deck(text, "--variant", "student").slides == ['<h1 id="a">A</h1>']
    page = project.deck(text, "--variant", "instructor")
    assert '<span class="solution">B</span>' in page.slides[0]
    assert "<p>C</p>" in page.html


def test_without_says_what_is_left_out(project: Project) -> None:
    project.write("slidegen.yml", "variants:\n  student: {without: .hint}\n  all: {without: []}\n")
    text = "# A\n.solution[B] .hint[C]\n"
    page = project.deck(text, "--variant", "student")
    assert ("B" in page.slides[0], "C" in page.slides[0]) == (True, False)
    assert "C</span>" in project.deck(text, "--variant", "all").slides[0]


def test_a_class_may_come_from_a_variable(project: Project) -> None:
    project.write("slidegen.yml", "variables: {who: solution}\n")
    project.write(
        "talk.md",
        "# One\n---\nclass: {{who}}\n\nSECRET1\n--\nSECRET2\n---\nname: both\nclass: {{whom}}\nwhom: middle\n\n"
        "# Shown\n---\ntemplate: both\nwhom: instructor\n\nSECRET3\n---\n# End\n",
    )
    project.build("talk.md", "-o", "talk.html", "--variant", "student")
    page = project.page("talk.html").html
    assert secrets_in(page) == []
    assert page.count("Shown") >= 1
    project.build("talk.md", "-o", "talk.html", "--variant", "instructor")
    assert len(secrets_in(project.page("talk.html").html)) == 3


def test_names_with_other_numbers_and_remarks_own_classes_are_no_misspellings(project: Project) -> None:
    project.write("slidegen.yml", "variants:\n  student: {without: [hint1, light, width-100]}\n")
    project.write("talk.md", ".hint2[a] .hint12[b] .right[c] .width-10[d] .hint1[SECRET] .light[SECRET]\n")
    ran = project.run("build", "talk.md", "--variant", "student", "-o", "out.html")
    assert (ran.code, ran.codes) == (0, [])
    project.write("talk.md", ".hnit1[SECRET]\n")
    assert project.run("build", "talk.md", "--variant", "student", "-o", "out.html").codes == ["SG069"]


@pytest.mark.parametrize("comment", ["/* the box */", "/* one */ b { } /* two */", ""])
def test_a_rule_behind_a_comment_of_a_style_sheet_is_no_mark(project: Project, comment: str) -> None:
    project.write(
        "talk.md",
        f"<style>\n{comment}\n.solution {{ color: red }}\n.solution > b {{ color: teal }}\n</style>\n\n"
        "# A\n\n.solution[SECRET]\n",
    )
    ran = project.run("build", "talk.md", "--variant", "student", "-o", "out.html")
    assert (ran.code, ran.codes) == (0, [])
    project.write("talk.md", f"<style>\n{comment}\n</style>\n\n.soluton[SECRET]\n")
    assert project.run("build", "talk.md", "--variant", "student", "-o", "out.html").codes == ["SG069"]


def test_code_that_shows_a_mark_is_no_mark(project: Project) -> None:
    page = project.deck("`.solution[x]` and \\.solution[y]\n", "--variant", "student")
    assert ".solution[x]" in page.slides[0]
    assert ".solution[y]" in page.slides[0]


def test_decks_that_know_no_variants_stay_as_they_are(project: Project) -> None:
    page = project.deck("class: instructor\n\n.solution[A]\n---\nexclude: false\n# B\n")
    assert len(page.slides) == 2
    assert '<span class="solution">A</span>' in page.slides[0]


def test_the_one_step_option_does_not_bring_a_hidden_step_back(project: Project) -> None:
    page = project.deck(
        "---\ndisableIncrementalSlides: true\n---\n# A\n--\nB\n--\nonly: instructor\nC\n--\nD\n---\n# E\n",
        "--variant",
        "student",
    )
    assert len(page.slides) == 2
    assert "B" in page.slides[0]
    assert "C" not in page.slides[0]


@pytest.mark.parametrize(
    ("line", "column", "hint"),
    [
        ("exclude: studnet", 1, "did you mean student?"),
        ("only: [instructor, teachers]", 1, "choose from instructor, print, student"),
        ("exclude: yes", 1, "choose from"),
    ],
)
def test_a_variant_that_does_not_exist(course: Project, line: str, column: int, hint: str) -> None:
    course.write("slides/talk.md", f"# A\n---\n{line}\n# B\n")
    ran = course.run("build", "slides/talk.md", "-o", "a.html")
    assert (ran.code, ran.codes) == (0, ["SG161"])
    assert ran.err.startswith(f"slides/talk.md:3:{column}: warning[SG161]: there is no variant ")
    assert hint in ran.err
    ran = course.run("build", "slides/talk.md", "--variant", "student")
    assert (ran.code, ran.codes) == (1, ["SG064"]), "it could be shown to those it is to be kept from"


def test_asking_for_a_variant_that_does_not_exist(course: Project) -> None:
    for command in ("build", "inspect"):
        ran = course.run(command, "--variant", "studet")
        assert (ran.code, ran.codes, ran.out) == (1, ["SG064"], "")
        assert "did you mean student?" in ran.err
    assert not (course.folder / "public").exists()


def test_a_mark_that_is_not_closed_is_an_error_where_it_would_be_shown(project: Project) -> None:
    project.write("talk.md", "# A\n\n.solution[open\n")
    assert project.run("build", "talk.md").codes == ["SG101"]
    ran = project.run("build", "talk.md", "--variant", "student")
    assert (ran.code, ran.codes) == (1, ["SG101", "SG065"])
    assert "talk.md:3:1: error[SG065]" in ran.err


@pytest.mark.parametrize(
    ("config", "place", "says"),
    [
        ("variants:\n  student: no notes\n", "2:12", "the variant student expects names with values"),
        (
            "variants:\n  student: {notes: maybe}\n",
            "2:20",
            "notes of a variant expects true or false, not maybe",
        ),
        ("variants:\n  student: {ratio: wide}\n", "2:20", "ratio expects two numbers"),
        ("variants:\n  student: {without: {a: b}}\n", "2:22", "without of a variant expects classes"),
        ("variants:\n  student: {output: }\n", "2:21", "output of a variant expects a folder"),
        *(
            (f"variants:\n  student: {{{key}: [hint]}}\n", "2:13", f"a variant has nothing called {key}")
            for key in (
                "wihtout",
                "Without",
                "with-out",
                "exclude",
                "hide",
                "classes",
                "outptu",
                "speakerNotes",
            )
        ),
        ("variants:\n  student: {note: false}\n", "2:13", "a variant has nothing called note"),
        ("url: example.org/course\n", "1:6", "url expects an address with https://, not example.org/course"),
        ("url: /course\n", "1:6", "url expects an address with https://, not /course"),
        ("variants: [student]\n", "1:11", "variants expects names with values"),
        (
            "variants:\n  a: {output: x}\n  b: {output: x}\n",
            "3:15",
            "the variants a and b have the same folder",
        ),
    ],
)
def test_mistakes_in_the_settings_are_named(project: Project, config: str, place: str, says: str) -> None:
    project.write("slidegen.yml", config)
    project.write("talk.md", "# A\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG004"]
    assert ran.err.startswith(f"slidegen.yml:{place}: error[SG004]: {says}")


def test_an_audience_that_is_no_variant_is_an_error(project: Project) -> None:
    project.write("slidegen.yml", "audience: studnet\n")
    project.write("talk.md", "# A\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG064"])
    assert ran.err.startswith("slidegen.yml:1:11: error[SG064]: there is no variant studnet for the audience")
    assert "did you mean student?" in ran.err


def test_marks_in_included_files_count(project: Project) -> None:
    project.write("shared.md", "only: instructor\n# SECRET1\n---\n# B .solution[SECRET2]\n")
    page = project.deck("# A\n---\n![:include shared.md]\n", "--variant", "student")
    assert len(page.slides) == 2
    assert secrets_in(page.html) == []


def test_versions_that_have_not_changed_are_left_alone(course: Project) -> None:
    course.build()
    assert course.build().out == "2 pages are up to date\n"
    course.write("slides/talk.md", "# Other .solution[SECRET1]\n")
    ran = course.build()
    assert "-> public/talk.html" in ran.out
    assert secrets_in(course.page("public/student/talk.html").html) == []
    (course.folder / "slides/talk.md").unlink()
    course.write("slides/next.md", "# Next\n")
    course.build()
    assert course.files("public") == ["next.html", "student/next.html"]
