"""A folder of decks that is built, changed and built again: what is the same is left alone, and nothing else."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from slidegen.build import incremental as building
from slidegen.files.lock import locked
from tests.projects import PIXEL, Project, Ran

COMMAND = [sys.executable, "-m", "slidegen", "build"]


@pytest.fixture
def course(project: Project) -> Project:
    """Three decks, two of which show pictures."""
    project.write("slidegen.yml", "footer: Sampling\n")
    project.write("slides/a.md", "# A\n\n![](img/a.png)\n")
    project.write("slides/b.md", "# B\n\n![](img/a.png) ![](img/b.png)\n")
    project.write("slides/c.md", "# C\n")
    project.write("slides/img/a.png", PIXEL)
    project.write("slides/img/b.png", PIXEL)
    return project


def built(ran: Ran) -> list[str]:
    """The decks that were built, by name."""
    return re.findall(r"^slides/(\S+)\.md -> ", ran.out, re.MULTILINE)


def stamps(project: Project) -> dict[str, tuple[int, int]]:
    """Which file each page is, and when it was written."""
    return {
        path.name: (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in (project.folder / "public").rglob("*")
    }


def clean_build(project: Project) -> dict[str, bytes]:
    """What a first build of the project gives."""
    subprocess.run([*COMMAND, "-q", "-o", "elsewhere/public"], cwd=project.folder, check=True)
    top = "elsewhere/public"
    return {name: (project.folder / top / name).read_bytes() for name in project.pages(top)}


def pages(project: Project) -> dict[str, bytes]:
    return {name: (project.folder / "public" / name).read_bytes() for name in project.pages("public")}


def test_nothing_changed(course: Project) -> None:
    assert built(course.build()) == ["a", "b", "c"]
    before = stamps(course)
    ran = course.build()
    assert built(ran) == []
    assert ran.out == "3 pages are up to date\n"
    assert stamps(course) == before


def test_contents_count_and_times_do_not(course: Project) -> None:
    course.build()
    for path in course.folder.rglob("slides/**/*.*"):
        os.utime(path, (1, 1))
        path.write_bytes(path.read_bytes())
    assert built(course.build()) == []

    same_size = course.write("slides/c.md", "# D\n")
    os.utime(same_size, (1, 1))
    assert built(course.build()) == ["c"]
    assert ">D</h1>" in course.page("public/c.html").slides[0]


@pytest.mark.parametrize(
    ("name", "content", "decks"),
    [
        ("slides/img/a.png", PIXEL + b"\0", ["a", "b"]),
        ("slides/img/b.png", PIXEL + b"\0", ["b"]),
        ("slides/img/other.png", PIXEL, []),
        ("slides/c.md", "# Other\n", ["c"]),
        ("slidegen.yml", "footer: Walks\n", ["a", "b", "c"]),
        ("templates/themes/lecture/theme.css", "", ["a", "b", "c"]),
        ("templates/themes/slate/theme.css", "", []),
        ("README.md", "# About\n", []),
    ],
)
def test_an_edit_rebuilds_the_decks_that_it_changes(
    course: Project, name: str, content: str | bytes, decks: list[str]
) -> None:
    course.write("templates/macros/box.html", "<b>{{ target }}</b>")
    course.build()
    course.write(name, content)
    assert built(course.build()) == decks
    assert built(course.build()) == []
    assert pages(course) == clean_build(course)


def test_a_missing_picture_is_waited_for_and_missed_again(course: Project) -> None:
    course.write("slides/c.md", "# C\n\n![](img/late.png)\n")
    first = course.run("build")
    again = course.run("build")
    assert first.codes == again.codes == ["SG104"]
    assert first.err == again.err
    assert built(again) == []

    course.write("slides/img/late.png", PIXEL)
    ran = course.run("build")
    assert (built(ran), ran.err) == (["c"], "")
    (course.folder / "slides/img/late.png").unlink()
    assert course.run("build").err == first.err


def test_warnings_of_decks_left_alone_fail_a_strict_build(course: Project) -> None:
    course.write("slides/c.md", "# C\n\n![](img/none.png)\n")
    course.run("build")
    ran = course.run("build", "--strict")
    assert ran.code == 1
    assert ran.codes == ["SG104"]
    assert "slides/c.md: not built" in ran.err


def test_a_mistake_keeps_the_last_page_and_is_told_until_it_is_mended(course: Project) -> None:
    course.build()
    good = pages(course)
    course.write("slides/a.md", "# A\n\n![:sclae 3](img/a.png)\n")
    for _ in range(2):
        ran = course.run("build")
        assert (ran.code, ran.codes) == (1, ["SG005"])
        assert pages(course) == good
    course.write("slides/a.md", "# A\n\n![](img/a.png)\n")
    assert built(course.build()) == []


def test_a_page_that_somebody_changed_or_took_away_is_built(course: Project) -> None:
    course.build()
    course.write("public/a.html", "mine")
    (course.folder / "public/b.html").unlink()
    assert built(course.build()) == ["a", "b"]


def test_other_options_make_other_pages(course: Project) -> None:
    course.build()
    assert built(course.build("--theme", "slate")) == ["a", "b", "c"]
    assert built(course.build("--theme", "slate")) == []
    assert built(course.build("--theme", "slate", "-o", "site")) == ["a", "b", "c"]
    assert built(course.build("--theme", "slate")) == []
    assert built(course.build("--force", "--theme", "slate")) == ["a", "b", "c"]


def test_a_link_follows_the_deck_that_it_leads_to(course: Project) -> None:
    course.write("slides/c.md", "# C\n\n[next](d.md)\n")
    assert course.run("build").codes == ["SG114"]
    course.write("slides/d.md", "# D\n")
    assert built(course.build()) == ["c", "d"]
    course.write("slides/d.md", "# Dee\n")
    assert built(course.build()) == ["d"]


def test_the_page_of_a_deleted_deck_goes_with_all_that_only_it_used(course: Project) -> None:
    course.write("slides/more/d.md", "# D\n\n![](d.png) ![](../img/a.png)\n")
    course.write("slides/more/d.png", PIXEL + b"d")
    course.build("--no-embed")
    before = course.pages("public")
    (course.folder / "slides/more/d.md").unlink()
    ran = course.build("--no-embed")
    gone = [name for name in before if name.startswith("more/")]
    assert course.pages("public") == [name for name in before if name not in gone]
    assert "removed public/more/d.html" in ran.out
    assert not (course.folder / "public/more").exists()


def test_a_page_is_left_that_slidegen_did_not_write_or_that_changed_since(course: Project) -> None:
    course.build()
    course.write("public/a.html", "mine")
    course.write("public/own.html", "mine, too")
    for name in "ab":
        (course.folder / f"slides/{name}.md").unlink()
    course.build()
    assert course.pages("public") == ["a.html", "c.html", "own.html"]


def test_a_deck_that_was_built_by_its_name_stays(course: Project) -> None:
    course.write("talk.md", "# Talk\n")
    course.build("talk.md")
    course.build()
    assert "talk.html" in course.pages("public")


def test_a_deck_that_becomes_another_goes_along(course: Project) -> None:
    course.build()
    (course.folder / "slides/a.md").rename(course.folder / "slides/z.md")
    assert built(course.build()) == ["z"]
    assert course.pages("public") == ["b.html", "c.html", "z.html"]


@pytest.mark.parametrize(
    "record", [b"", b"{", b"[]", b'{"format": 1}', b'{"format": 1, "places": 3, "pages": 4}']
)
def test_a_record_that_cannot_be_read_is_made_anew(course: Project, record: bytes) -> None:
    course.build()
    course.write(".slidegen/build.json", record)
    assert built(course.build()) == ["a", "b", "c"]
    assert built(course.build()) == []


def test_a_project_that_moves_takes_its_record_along(course: Project) -> None:
    course.write("elsewhere/x", "")
    course.build()
    moved = course.folder / "elsewhere/course"
    moved.mkdir()
    for name in ("slides", "public", ".slidegen", "slidegen.yml"):
        (course.folder / name).rename(moved / name)
    (moved / "slides/a.md").unlink()
    ran = Project(moved).build()
    assert "removed public/a.html" in ran.out


def test_what_is_kept_is_no_part_of_the_repository(course: Project) -> None:
    course.build()
    assert (course.folder / ".slidegen/.gitignore").read_text() == "*\n"


def test_single_decks_in_no_project_leave_no_record(project: Project) -> None:
    project.write("talk.md", "# Talk\n")
    for _ in range(2):
        assert "talk.md -> public/talk.html" in project.build("talk.md").out
    assert project.files() == ["public/talk.html", "talk.md"]


def test_several_processes_make_the_same_pages_and_say_so_in_order(
    course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.write("slides/b.md", "# B\n\n![](none.png)\n\n---\n" * 50)
    monkeypatch.setattr(building, "WORTH_SHARING_SECONDS", 0)
    alone = course.run("build", "-j", "1")
    first = pages(course)
    both = course.run("build", "-j", "3", "--force")
    assert (both.out, both.err) == (alone.out, alone.err)
    assert pages(course) == first
    assert built(course.run("build")) == []


def test_a_mistake_in_a_process_is_a_mistake_like_any_other(
    course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.write("slides/b.md", "# B\n\n![:sclae](x)\n")
    monkeypatch.setattr(building, "WORTH_SHARING_SECONDS", 0)
    ran = course.run("build", "-j", "2")
    assert (ran.code, ran.codes, built(ran)) == (1, ["SG005"], ["a", "c"])


def test_a_killed_build_is_made_good_by_the_next(course: Project) -> None:
    course.write("slides/b.md", "# B\n\n```python\nx = 1\n```\n\n---\n" * 400)
    with subprocess.Popen(COMMAND, cwd=course.folder, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"slides/a.md")
        process.send_signal(signal.SIGKILL)
    course.write("public/.c.html.abc.slidegen.tmp", "what it was writing")
    course.build()
    assert pages(course) == clean_build(course)
    assert built(course.build()) == []


def test_a_build_that_is_stopped_leaves_whole_pages(course: Project) -> None:
    course.write("slides/b.md", "# B\n\n```python\nx = 1\n```\n\n---\n" * 400)
    with subprocess.Popen(
        [*COMMAND, "-j", "2"], cwd=course.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    if process.returncode:  # else it was done already
        assert (process.returncode, err.strip()) == (130, b"stopped")
    course.build()
    assert pages(course) == clean_build(course)


def test_two_builds_at_once_wait_for_each_other(course: Project) -> None:
    course.build()
    with locked(course.folder / ".slidegen", "", lambda: None):
        process = subprocess.Popen(COMMAND, cwd=course.folder, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting for another build in .\n"
    out, _ = process.communicate()
    assert (process.returncode, out) == (0, b"3 pages are up to date\n")


def test_builds_of_one_project_do_not_disturb_each_other(course: Project) -> None:
    processes = [subprocess.Popen([*COMMAND, "-q"], cwd=course.folder) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert pages(course) == clean_build(course)


def test_a_full_disk_leaves_every_page_whole_and_the_record_right(course: Project) -> None:
    course.build()
    good = pages(course)
    course.write("slides/a.md", "# A, larger\n\n" + "text " * 60_000)
    course.write("slides/c.md", "# C, other\n")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    ran = subprocess.run(COMMAND, cwd=course.folder, preexec_fn=little_room, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "SG010" in ran.stderr
    assert pages(course) == {**good, "c.html": (course.folder / "public/c.html").read_bytes()}
    assert "C, other" in course.page("public/c.html").slides[0]
    assert built(course.build()) == ["a"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_that_may_not_be_written_is_named(course: Project) -> None:
    (course.folder / "public").mkdir(mode=0o500)
    ran = course.run("build")
    assert (ran.code, ran.codes) == (1, ["SG010"] * 3)


def test_a_project_in_which_nothing_can_be_kept_is_built_all_the_same(course: Project) -> None:
    course.write(".slidegen", "no folder")
    for _ in range(2):
        assert built(course.build()) == ["a", "b", "c"]


def test_a_configuration_two_folders_up_counts(project: Project) -> None:
    project.write("slidegen.yml", "footer: From above\n")
    (project.folder / "year/term/slides").mkdir(parents=True)
    term = Project(project.folder / "year/term")
    term.write("slides/a.md", "# A\n")
    term.build()
    assert "From above" in term.page("public/a.html").html
    project.write("slidegen.yml", "footer: From far above\n")
    term.build()
    assert "From far above" in term.page("public/a.html").html
    assert Path(project.folder / ".slidegen").is_dir()
    term.write("slidegen.yml", "footer: From here\n")
    term.build()
    assert "From here" in term.page("public/a.html").html
