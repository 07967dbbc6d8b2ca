"""A course from its first command on: begun, written session by session, built, changed, built again."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from slidegen.course.sessions import ExistingSession, next_day, next_number, slug
from slidegen.option_records import PlannedSession
from tests.projects import Project

FIRST = f"slides/{date.today():%Y%m%d}-welcome.md"


def front_matter(project: Project, name: str) -> dict[str, object]:
    text = (project.folder / name).read_text("utf-8")
    value = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(value, dict)
    return value


def new(project: Project, *args: str) -> str:
    """`slidegen new`, which is to end well; the path that it prints."""
    ran = project.run("new", *args)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.strip()


def test_one_command_makes_a_course_that_builds_without_a_word(project: Project) -> None:
    ran = project.run("init", "statistics", "--title", "Statistics: all of it", "--author", "M. O'Curie")
    assert (ran.code, ran.err) == (0, "")
    course = Project(project.folder / "statistics")
    course.build("--strict")
    assert "Statistics: all of it" in course.page("public/index.html").html, (
        "a course of one session has its page"
    )
    page = course.page(f"public/{Path(FIRST).stem}.html").html
    assert "Statistics: all of it" in page
    assert "M. O&#39;Curie" in page or "M. O'Curie" in page
    assert "{{" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("lang", "session", "today"),
    [
        ("en", "Session 2", "Today"),
        ("fr-CA", "Séance 2", "Aujourd’hui"),
        ("de", "Sitzung 2", "Heute"),
        ("es", "Sesión 2", "Hoy"),
        ("pt-BR", "Aula 2", "Hoje"),
        ("zh", "第 2 讲", "今天"),
        ("ja", "第 2 回", "今日の内容"),
        ("is", "Session 2", "Today"),
    ],
)
def test_a_course_in_the_language_it_is_taught_in(
    project: Project, lang: str, session: str, today: str
) -> None:
    title = 'Chaînes: "d\'ici" \\ là & <là>'
    project.run("init", ".", "--title", title, "--lang", lang, "--author", "É. 野口")
    path = new(project, title)
    project.build("--strict")
    front = front_matter(project, path)
    assert front["title"] == title
    text = (project.folder / path).read_text("utf-8")
    assert "\\u" not in text
    assert f"{session} · " in text
    assert f"# {today}\n" in text
    assert today in (project.folder / "templates/new/session.md").read_text("utf-8"), "as one changes it"
    again = new(project, "Encore", "--from", path)
    assert session.replace("2", "3") in (project.folder / again).read_text("utf-8")


def test_students_get_no_notes_and_instructors_do(project: Project) -> None:
    project.run("init")
    project.build()
    project.build("--variant", "instructor")
    name = f"{Path(FIRST).stem}.html"
    students, own = project.page(f"public/{name}").html, project.page(f"public/instructor/{name}").html
    for secret in ("These are notes", "only the instructor"):
        assert secret not in students
        assert secret in own


def test_what_is_there_is_not_overwritten(project: Project) -> None:
    project.write("slidegen.yml", "footer: mine\n")
    project.write("slides/mine.md", "# Mine\n")
    ran = project.run("init")
    assert "left slidegen.yml" in ran.out
    assert (project.folder / "slidegen.yml").read_text() == "footer: mine\n"
    assert project.files("slides") == ["mine.md"]
    before = {name: (project.folder / name).read_bytes() for name in project.files()}
    assert "wrote" not in project.run("init").out
    assert {name: (project.folder / name).read_bytes() for name in project.files()} == before


def test_a_file_in_the_courses_place_is_named(project: Project) -> None:
    project.write("statistics", "")
    ran = project.run("init", "statistics")
    assert (ran.code, ran.codes) == (1, ["SG010"])


def test_editors_find_the_schema_without_a_network(project: Project) -> None:
    project.run("init")
    text = (project.folder / "slidegen.yml").read_text()
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named is not None
    schema = json.loads((project.folder / named[1]).read_text())
    assert set(yaml.safe_load(text)) <= set(schema["properties"])
    (project.folder / named[1]).unlink()  # as in a fresh clone
    project.build()
    assert json.loads((project.folder / named[1]).read_text()) == schema
    assert json.loads(project.run("config", "--schema").out) == schema


def test_ci_files_are_valid_and_build_strictly(project: Project) -> None:
    project.run("init")
    for name in (".github/workflows/slides.yml", ".gitlab-ci.yml"):
        text = (project.folder / name).read_text()
        assert "slidegen build --strict" in text
        commands = list(_typed(yaml.safe_load(text)))
        assert len(commands) >= 2
        for command in commands:
            assert project.run(*shlex.split(command.partition(" > ")[0])[1:]).code == 0, command
    assert "${{ github.ref }}" in (project.folder / ".github/workflows/slides.yml").read_text()


def _typed(part: object) -> Iterator[str]:
    """The commands of slidegen that a CI file has its steps type."""
    if isinstance(part, dict):
        for each in part.values():
            yield from _typed(each)
    elif isinstance(part, list):
        for each in part:
            yield from _typed(each)
    elif isinstance(part, str) and part.startswith("slidegen "):
        yield part


def test_sessions_follow_each_other(project: Project) -> None:
    project.run("init", "--author", "M. Curie", "--title", "Physics")
    project.write(FIRST, "---\nsession: 1\ndate: 2026-09-15\n---\n# Welcome\n")
    second = new(project, "L'été à Łódź")
    assert second == "slides/20260922-l-ete-a-łodz.md"
    found = front_matter(project, second)
    assert (found["title"], found["session"], found["date"]) == ("L'été à Łódź", 2, date(2026, 9, 22))
    assert new(project, "確率の基礎が") == "slides/20260929-確率の基礎が.md"
    assert new(project, "???", "--session", "7", "--date", "20261102") == "slides/20261102-session-7.md"
    assert front_matter(project, new(project, "Next"))["session"] == 8
    project.build("--strict")
    assert "Physics" in project.page("public/20260922-l-ete-a-łodz.html").slides[0]


def test_nothing_is_overwritten_by_a_new_session(project: Project) -> None:
    project.run("init")
    path = new(project, "Walks", "--date", "2026-10-01")
    project.write(path, "mine")
    ran = project.run("new", "Walks", "--date", "2026-10-01")
    assert (ran.code, ran.codes) == (1, ["SG010"])
    assert (project.folder / path).read_text() == "mine"


def test_a_title_is_needed_and_a_date_has_to_be_one(project: Project) -> None:
    project.run("init")
    assert "needs a title" in project.run("new").err
    ran = project.run("new", "Walks", "--date", "2026-02-30")
    assert ran.code == 2
    assert "2026-02-30 is not a valid date" in ran.err


def test_the_plan_gives_dates_and_titles(project: Project) -> None:
    project.write(
        "slidegen.yml",
        "newName: 'week{number:02}/{slug}.md'\nsessions:\n  - {date: 2026-09-15, title: Walks}\n  - 2026-09-17\n",
    )
    assert new(project) == "slides/week01/walks.md"
    assert front_matter(project, "slides/week01/walks.md")["date"] == date(2026, 9, 15)
    assert front_matter(project, new(project, "Chains"))["date"] == date(2026, 9, 17)
    assert front_matter(project, new(project, "Beyond"))["date"] == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("yml", "place"),
    [
        (
            "sessions:\n  - 2026-13-45\n",
            "slidegen.yml:2:5: error[SG004]: sessions expects a date, not 2026-13-45",
        ),
        ("sessions: [{title: X}]\n", "slidegen.yml:1:11: error[SG004]: sessions expects a date, not nothing"),
        ("sessions: soon\n", "slidegen.yml:1:11: error[SG004]: sessions expects a list of dates"),
        ("newName: '{week}.md'\n", "slidegen.yml: error[SG004]: newName does not give the name of a deck"),
        ("newName: '../{slug}.md'\n", "slidegen.yml: error[SG004]: newName does not give the name of a deck"),
    ],
)
def test_a_plan_that_cannot_be_read_is_named_at_its_place(project: Project, yml: str, place: str) -> None:
    project.write("slidegen.yml", yml)
    ran = project.run("new", "Walks")
    assert ran.code == 1
    assert ran.err.startswith(place)
    assert not (project.folder / "slides").exists()


def test_a_template_of_the_users_and_one_that_there_is_not(project: Project) -> None:
    project.run("init")
    project.write(
        "templates/new/exam.md", "---\ntitle: {{ title|tojson }}\n---\n# {{ title }} on {{ date }}\n"
    )
    path = new(project, 'The "end"', "--template", "exam", "--date", "2026-12-01")
    assert (
        project.folder / path
    ).read_text() == '---\ntitle: "The \\"end\\""\n---\n# The "end" on 2026-12-01\n'
    ran = project.run("new", "X", "--template", "exem")
    assert (ran.code, ran.codes) == (1, ["SG001"])
    assert "choose from exam, session" in ran.err


def test_the_frame_of_an_earlier_deck(project: Project) -> None:
    project.write(
        "slides/20260915-walks.md",
        "---\ntitle: Walks\nsession: 3\ndate: 2026-09-15\ntheme: slate\n---\nclass: title\n\n"
        "# Walks\n\nSession 3, 2026-09-15\n\n---\nlayout: true\n\n.footer[Us]\n\n---\n# Body\n\n--\n\nmore\n\n"
        "---\nlayout: false\n# Thanks\n",
    )
    path = new(project, "Chains", "--from", "slides/20260915-walks.md")
    text = (project.folder / path).read_text()
    assert front_matter(project, path) == {
        "title": "Chains",
        "session": 4,
        "date": date(2026, 9, 22),
        "description": "",
        "theme": "slate",
    }
    assert "# Chains\n\nSession 4, 2026-09-22\n" in text
    assert "Body" not in text
    assert "more" not in text
    assert ".footer[Us]" in text
    assert text.endswith("# Thanks\n")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], date(2026, 1, 1)),
        ([date(2026, 9, 15)], date(2026, 9, 22)),
        ([date(2026, 9, 15), date(2026, 9, 17)], date(2026, 9, 22)),
        ([date(2026, 9, 15), date(2026, 9, 17), date(2026, 9, 22)], date(2026, 9, 24)),
        ([date(2026, 1, 1), date(2026, 9, 15)], date(2026, 9, 22)),
    ],
)
def test_the_rhythm_of_the_weeks(days: list[date], expected: date) -> None:
    sessions = [ExistingSession(Path(), None, day) for day in days]
    assert next_day(sessions, (), len(days) + 1, date(2026, 1, 1)) == expected


def test_numbers_and_plans() -> None:
    plan = (PlannedSession(date(2026, 3, 1)),)
    assert next_day((), plan, 1, date(2026, 1, 1)) == date(2026, 3, 1)
    assert next_number([ExistingSession(Path(), 4, None), ExistingSession(Path(), None, None)]) == 5
    assert next_number([ExistingSession(Path(), None, None)] * 3) == 4


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Markov chains & walks!", "markov-chains-walks"),
        ("Über Größe", "uber-grosse"),
        ("한국어 강의", "한국어-강의"),
        ("C++", "c"),
        ("../../etc", "etc"),
        ("!", ""),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_title_as_part_of_a_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_what_counts_and_where_it_comes_from(project: Project) -> None:
    project.write("slidegen.yml", "course: Physics\nratio: 16:9\nroom: 12\nvariables:\n  week: 3\n")
    project.write("slides/a.md", "---\ntitle: Walks\nratio: 4:3\nmine: yes\n---\n# X\n")
    lines = {
        line.split(":")[0]: " ".join(line.split())
        for line in project.run("config", "slides/a.md").out.splitlines()
    }
    assert lines["title"] == "title: Walks # slides/a.md:2"
    assert lines["ratio"] == 'ratio: "4:3" # slides/a.md:3'
    assert lines["course"] == "course: Physics # slidegen.yml:1"
    assert lines["highlightLines"] == "highlightLines: false # default"
    assert lines["room"] == 'room: "12" # slidegen.yml:3, a variable'
    assert lines["week"] == "week: 3 # slidegen.yml:5, a variable"
    assert lines["mine"] == 'mine: "yes" # slides/a.md:4, a variable'
    assert 'ratio: "16:9"' in project.run("config").out
    assert project.run("config", "none.md").codes == ["SG001"]


def test_folders_as_slidegen_yml_names_them(project: Project) -> None:
    project.write("slidegen.yml", "slides: lectures\noutput: site\ntemplates: mine\n")
    project.write("lectures/a.md", "# A\n\n![:hello](x)\n")
    project.write("mine/macros/hello.html", "<b>hello</b>")
    project.build()
    assert "<b>hello</b>" in project.page("site/a.html").html
    below = Project(project.folder / "lectures")
    assert "1 page is up to date" in below.build().out
    assert project.files("site") == ["a.html"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_passes_over_all_that_a_build_makes(project: Project) -> None:
    project.run("init")
    subprocess.run(["git", "init", "-q"], cwd=project.folder, check=True)
    git = ["git", "ls-files", "--others", "--exclude-standard"]
    before = subprocess.check_output(git, cwd=project.folder)
    project.build("--zip")
    project.build("--zip", "--variant", "instructor")
    assert {"public.zip", "public-instructor.zip"} <= set(project.files())
    assert subprocess.check_output(git, cwd=project.folder) == before
