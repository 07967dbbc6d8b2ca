from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from slidegen.diagnostics import Code, DeckError
from slidegen.files.writing import write_by, write_file
from tests.projects import PATIENCE, PIXEL, Project


def test_a_page_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    page = tmp_path / "new" / "folder" / "page.html"
    write_file(page, b"first", tmp_path)
    write_file(page, b"second", tmp_path)
    assert page.read_bytes() == b"second"
    assert [path.name for path in page.parent.iterdir()] == ["page.html"]


def test_a_reader_of_the_page_before_keeps_it_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_file(page, b"first", tmp_path)
    with page.open("rb") as reader:
        write_file(page, b"2nd", tmp_path)
        assert reader.read() == b"first"


def test_a_page_may_be_read_by_whoever_may_read_the_users_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "page.html", b"x", tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o640


def test_a_folder_in_the_pages_place_stays(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(DeckError) as caught:
        write_file(tmp_path / "page.html", b"x", tmp_path)
    assert caught.value.diagnostic.code is Code.CANNOT_WRITE
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("obstacle", "args", "where"),
    [
        ("public", ["talk.md"], "public/talk.html"),
        ("public/talk.html/x", ["talk.md"], "public/talk.html"),
        ("site", ["talk.md", "-o", "site/a.html"], "site/a.html"),
    ],
    ids=["a file where the folder should be", "a folder where the page should be", "a file above the page"],
)
def test_output_that_cannot_be_written_is_an_error_that_changes_nothing(
    project: Project, obstacle: str, args: list[str], where: str
) -> None:
    project.write("talk.md", "# Talk\n")
    project.write(obstacle, "in the way\n")
    before = project.files()
    ran = project.run("build", *args)
    assert (ran.code, ran.out, ran.codes) == (1, "", ["SG010"])
    assert f"{where}: error[SG010]: cannot be written: " in ran.err
    assert "hint: " in ran.err
    assert project.files() == before
    assert (project.folder / obstacle).read_text("utf-8") == "in the way\n"


def test_a_full_disk_leaves_the_page_before_and_no_rest_of_the_new_one(project: Project) -> None:
    project.write("talk.md", "# Talk\n")
    project.build("talk.md")
    before = (project.folder / "public/talk.html").read_bytes()
    project.write("talk.md", "# Talk\n\n" + "more " * 20_000)

    def no_file_above_twenty_kilobytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-B", "-m", "slidegen", "build", "talk.md"],
        cwd=project.folder,
        preexec_fn=no_file_above_twenty_kilobytes,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert "public/talk.html: error[SG010]: cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert project.files("public") == ["talk.html"]
    assert (project.folder / "public/talk.html").read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_an_error(project: Project) -> None:
    project.write("talk.md", "# Talk\n")
    project.build("talk.md")
    public = project.folder / "public"
    public.chmod(0o500)
    try:
        ran = project.run("build", "talk.md")
    finally:
        public.chmod(0o700)
    assert (ran.code, ran.codes) == (1, ["SG010"])


def test_a_copy_beside_the_page_that_cannot_be_written_leaves_the_page_before(project: Project) -> None:
    project.write("talk.md", "# Talk\n")
    project.build("talk.md")
    before = (project.folder / "public/talk.html").read_bytes()
    project.write("data.csv", "1,2\n")
    project.write("public/data.csv/in-the-way", "")
    project.write("talk.md", "[data](data.csv)\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG010"])
    assert (project.folder / "public/talk.html").read_bytes() == before


def test_building_over_the_deck_is_refused(project: Project) -> None:
    project.write("talk.html", "# Talk\n")
    ran = project.run("build", "talk.html", "-o", "talk.html")
    assert ran.code == 1
    assert (project.folder / "talk.html").read_text("utf-8") == "# Talk\n"


def test_a_build_into_its_own_folder_leaves_pictures_and_links_as_they_are(project: Project) -> None:
    project.write("pixel.png", PIXEL)
    project.write("data.csv", "1,2\n")
    project.write("talk.md", "![](pixel.png) [data](data.csv)\n")
    project.build("talk.md", "-o", ".")
    assert project.files() == ["data.csv", "pixel.png", "talk.html", "talk.md"]
    assert (project.folder / "data.csv").read_text("utf-8") == "1,2\n"


@pytest.mark.parametrize("how", [KeyboardInterrupt, SystemExit, MemoryError])
def test_a_file_that_is_broken_off_leaves_nothing(tmp_path: Path, how: type[BaseException]) -> None:
    def fill(file: BinaryIO) -> None:
        file.write(b"x" * 1_000_000)
        file.flush()
        raise how

    with pytest.raises(how):
        write_by(tmp_path / "film.mp4", fill, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files have names from the beginning")
@pytest.mark.parametrize("sign", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_nor_does_one_whose_process_is_killed(tmp_path: Path, sign: str) -> None:
    story = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom slidegen.files.writing import write_by\n"
        "def fill(file):\n    file.write(b'x' * 1_000_000)\n    file.flush()\n"
        f"    os.kill(os.getpid(), signal.{sign})\n"
        "write_by(Path(sys.argv[1], 'film.mp4'), fill, Path(sys.argv[1]))\n"
    )
    ran = subprocess.run([sys.executable, "-c", story, str(tmp_path)], check=False)
    assert ran.returncode == -getattr(signal, sign)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("sign", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_stopped_says_so_and_leaves_nothing(
    project: Project, sign: str, code: int, jobs: str
) -> None:
    for name in "abc":
        project.write(f"slides/{name}.md", "# A\n")
    story = (
        "import os, sys, time\nfrom slidegen.build import incremental, maker\nfrom slidegen.cli import main\n"
        "def wait(*args, **options):\n    os.write(1, b'ready')\n    time.sleep(600)\n"
        f"maker.compile_deck = wait\nincremental.WORTH_SHARING_SECONDS = 0.0\n"
        f"sys.argv = ['slidegen', 'build', '-j', '{jobs}']\nmain()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", story], cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(5) == b"ready"
        running.send_signal(getattr(signal, sign))
        assert running.stderr.read().strip() == b"stopped"
    assert running.returncode == code
    assert not list(project.folder.rglob("*.tmp"))


@pytest.mark.parametrize("kind", ["pipe", "link to a device", "folder"])
def test_what_is_no_file_is_not_written_over(project: Project, kind: str) -> None:
    page = project.folder / "out.html"
    if kind == "pipe":
        os.mkfifo(page)
    elif kind == "folder":
        page.mkdir()
    else:
        page.symlink_to("/dev/null")
    project.write("a.md", "# A\n")
    ran = project.run("build", "a.md", "-o", "out.html")
    assert ran.codes == ["SG010"]
    assert not page.is_file()
