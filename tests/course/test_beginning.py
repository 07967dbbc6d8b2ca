"""The first commands of a new user: `init` with its questions and `--from`, `demo`, `docs` and pictures of themes."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from slidegen import __version__
from slidegen.course.requirement import Requirement, requirement, requirement_of
from slidegen.manual.pages import manual_pages
from slidegen.project.package_data import own_slides
from tests.projects import PIXEL, Project, Ran

Type = Callable[..., Ran]


class _Keyboard(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The addresses that a browser was asked to open; temporary files go to a folder of the test's."""
    addresses: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("temporary")))
    monkeypatch.setattr("webbrowser.open", lambda address: bool(addresses.append(address)) or True)
    return addresses


@pytest.fixture
def type_in(project: Project, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Runs a command on a terminal where somebody types these lines."""

    def run(*args: str, lines: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", _Keyboard(io.BytesIO(lines.encode())))
        return project.run(*args, terminal=True)

    return run


def page_at(address: str) -> str:
    return Path(address.removeprefix("file://").partition("#")[0]).read_text("utf-8")


def test_init_asks_on_a_terminal_and_shows_the_themes(
    project: Project, type_in: Type, opened: list[str]
) -> None:
    ran = type_in("init", "statistics", lines="Statistics for all\nM. Curie\nfr\nchalk\n")
    assert ran.code == 0
    options = yaml.safe_load((project.folder / "statistics/slidegen.yml").read_text("utf-8"))
    assert options["course"] == "Statistics for all"
    assert options["author"] == [{"name": "M. Curie"}]
    assert (options["lang"], options["theme"]) == ("fr", "chalk")
    (address,) = opened
    assert page_at(address).count("data:image/webp;base64,") == 5
    Project(project.folder / "statistics").build("--strict")


@pytest.mark.parametrize("key", ["course", "author", "lang"])
def test_what_init_suggests_makes_the_terminal_do_nothing(
    project: Project, type_in: Type, opened: list[str], key: str
) -> None:
    project.write("theirs/slidegen.yml", f'{key}: "\\e]0;owned\\a\\nforged"\n')
    project.write("theirs/a.md", "# A\n")
    ran = type_in("init", "mine", "--from", "theirs", lines="A\nB\nen\n\n")
    assert "owned" in ran.err
    assert "\x1b]" not in ran.err
    assert not [line for line in ran.err.splitlines() if line.startswith("forged")]


def test_return_takes_what_init_suggests(project: Project, type_in: Type, opened: list[str]) -> None:
    assert type_in("init", "data-structures", lines="\nMe\n\n\n").code == 0
    options = yaml.safe_load((project.folder / "data-structures/slidegen.yml").read_text("utf-8"))
    assert (options["course"], options["lang"], options["theme"]) == ("Data structures", "en", "lecture")


def test_init_asks_only_for_what_is_not_given(project: Project, type_in: Type, opened: list[str]) -> None:
    given = ("--title", "A", "--author", "B", "--lang", "en", "--theme", "slate")
    assert type_in("init", "x", *given, lines="").code == 0
    assert not opened


def test_init_asks_again_for_what_is_no_language_or_theme(
    project: Project, type_in: Type, opened: list[str]
) -> None:
    ran = type_in("init", "statistics", lines="  \n  Me  \nEnglish\nen-GB\nslat\nSlate\n")
    assert ran.code == 0
    assert "English is not a language tag; write it as en, fr or pt-BR" in ran.err
    options = yaml.safe_load((project.folder / "statistics/slidegen.yml").read_text("utf-8"))
    assert (options["course"], options["author"]) == ("Statistics", [{"name": "Me"}])
    assert (options["lang"], options["theme"]) == ("en-GB", "slate")


def test_a_language_that_there_is_not_starts_nothing(project: Project) -> None:
    ran = project.run("init", "statistics", "--lang", "english")
    assert ran.code == 2
    assert "english is not a language tag" in ran.err
    assert not (project.folder / "statistics").exists()


@pytest.mark.parametrize("source", [(), ("--from", "lectures")])
def test_init_that_is_stopped_at_a_question_can_be_repeated(
    project: Project, type_in: Type, source: tuple[str, ...]
) -> None:
    project.write("lectures/a.md", "# One\n")
    ran = type_in("init", "algebra", *source, lines="Algebra\n")  # and the terminal is closed
    assert ran.code == 130
    assert project.files() == ["lectures/a.md"]
    assert project.run("init", "algebra", *source).code == 0


def test_a_course_for_imported_decks_needs_a_new_folder(project: Project) -> None:
    project.write("lectures/a.md", "# One\n")
    ran = project.run("init", "--from", "lectures")
    assert (ran.code, ran.codes) == (1, ["SG010"])
    assert "slidegen init FOLDER --from SOURCE" in ran.err


def test_init_says_what_to_type_next_as_each_shell_takes_it(project: Project) -> None:
    out = project.run("init", "my course").out
    assert re.search(r"^  cd 'my course'\n  slidegen serve --open\b", out, re.MULTILINE)
    assert "&&" not in out  # PowerShell 5.1 has none
    assert "  cd " not in project.run("init").out


@pytest.mark.parametrize("command", [("build",), ("build", "slides"), ("build", ".")])
def test_a_folder_of_decks_without_a_course_has_the_name_around_slides(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    project = Project(tmp_path / "data-structures")
    project.write("slides/a.md", "# A\n")
    project.write("slides/b.md", "# B\n")
    assert project.run(*command).code == 0
    assert "<title>Data structures</title>" in project.page("public/index.html").html


def test_init_asks_nothing_where_there_is_no_terminal(project: Project, opened: list[str]) -> None:
    assert project.run("init", "statistics").code == 0
    assert not opened


def test_a_theme_that_there_is_not_starts_nothing(project: Project) -> None:
    ran = project.run("init", "statistics", "--theme", "slat")
    assert ran.code == 2
    assert "there is no theme slat; choose from chalk, lecture" in ran.err
    assert not (project.folder / "statistics").exists()


@pytest.mark.parametrize("theme", ["lecture", "slate", "chalk", "paper", "remark"])
def test_the_first_session_shows_ten_slides_in_every_theme(project: Project, theme: str) -> None:
    project.run("init", "--theme", theme)
    ran = project.build("--strict")
    assert "(10 slides, " in ran.out


def test_decks_come_along_into_a_new_course(project: Project) -> None:
    project.write(
        "lectures/a.md", "---\ntheme: slate\ntitle: One\n---\n# One\n\n--\n\nmore\n\n![](img/a.png)\n"
    )
    project.write("lectures/b.md", "---\ntheme: slate\n---\n# Two\n")
    project.write("lectures/img/a.png", PIXEL)
    before = {name: (project.folder / "lectures" / name).read_bytes() for name in project.files("lectures")}
    ran = project.run("init", "algebra", "--from", "lectures", "--title", "Algebra")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("unchanged") == 2
    assert {name: (project.folder / "lectures" / name).read_bytes() for name in before} == before
    course = Project(project.folder / "algebra")
    options = yaml.safe_load((course.folder / "slidegen.yml").read_text("utf-8"))
    assert (options["course"], options["theme"]) == ("Algebra", "slate")
    assert "variants" not in options
    assert course.files("slides") == ["a.md", "b.md", "img/a.png"]
    course.build("--strict")
    assert "Algebra" in course.page("public/index.html").html
    assert course.page("public/a.html").theme == "slate"


def test_ci_installs_the_version_that_wrote_it(project: Project) -> None:
    project.run("init")
    for name in (".github/workflows/slides.yml", ".gitlab-ci.yml"):
        text = (project.folder / name).read_text("utf-8")
        yaml.safe_load(text)
        assert f'pip install "{requirement().text}"' in text


@pytest.fixture
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """A git checkout that slidegen seems to have been installed from; returns its commit."""

    def make(folder: Path, remote: str | None, *, pushed: bool = True) -> str:
        def git(*words: str) -> str:
            who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
            ran = subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)
            return ran.stdout.decode().strip()

        folder.mkdir()
        git("init", "-q")
        git("commit", "-q", "--allow-empty", "-m", "One")
        if remote is not None:
            git("remote", "add", "origin", remote)
            if pushed:
                git("update-ref", "refs/remotes/origin/main", "HEAD")
        return git("rev-parse", "HEAD")

    return make


@pytest.mark.parametrize(
    ("remote", "found"),
    [
        ("https://example.org/me/slidegen.git", "https://example.org/me/slidegen.git"),
        ("git@example.org:me/slidegen.git", "https://example.org/me/slidegen.git"),
        ("ssh://git@example.org:22/me/slidegen", "https://example.org/me/slidegen"),
    ],
)
@pytest.mark.parametrize("editable", [False, True])
def test_a_checkout_is_pinned_to_its_commit(
    project: Project, checkout: Callable[..., str], remote: str, found: str, *, editable: bool
) -> None:
    folder = project.folder / "a checkout"
    commit = checkout(folder, remote)
    noted = {"url": folder.as_uri(), "dir_info": {"editable": editable}}
    assert requirement_of(noted) == Requirement(f"slidegen @ git+{found}@{commit}")


@pytest.mark.parametrize(
    "remote", [None, "/srv/git/slidegen", "https://me:secret@example.org/s", "git@nas:s"]
)
def test_a_checkout_that_others_cannot_reach_is_not_pinned(
    project: Project, checkout: Callable[..., str], remote: str | None
) -> None:
    checkout(project.folder / "a", remote)
    (project.folder / "a" / "unpacked").mkdir()
    for place in ("a", "a/unpacked", "nowhere"):
        noted: dict[str, object] = {"url": (project.folder / place).as_uri(), "dir_info": {}}
        assert requirement_of(noted) == Requirement(f"slidegen=={__version__}", is_local=True)


def test_a_commit_that_is_not_pushed_is_not_pinned(project: Project, checkout: Callable[..., str]) -> None:
    checkout(project.folder / "a", "https://example.org/s.git", pushed=False)
    assert requirement_of({"url": (project.folder / "a").as_uri(), "dir_info": {}}).is_local


@pytest.mark.parametrize("remote", ["git@example.org:me/slidegen.git", None])
def test_init_says_what_a_slidegen_from_a_folder_needs(
    project: Project, checkout: Callable[..., str], monkeypatch: pytest.MonkeyPatch, remote: str | None
) -> None:
    folder = project.folder / "checkout"
    commit = checkout(folder, remote)
    installed = project.folder / "site" / f"slidegen-{__version__}.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text(f"Name: slidegen\nVersion: {__version__}\n", "utf-8")
    (installed / "RECORD").write_text(f"{installed.name}/direct_url.json,,\n", "utf-8")
    (installed / "direct_url.json").write_text(json.dumps({"url": folder.as_uri(), "dir_info": {}}), "utf-8")
    monkeypatch.syspath_prepend(str(installed.parent))
    ran = project.run("init", "course")
    assert ran.err == ""
    assert ("write the address of slidegen's repository" in ran.out) is (remote is None)
    for name, jobs in ((".github/workflows/slides.yml", 1), (".gitlab-ci.yml", 2)):
        text = (project.folder / "course" / name).read_text("utf-8")
        yaml.safe_load(text)
        if remote is None:
            assert "only your computer can reach" in text
            assert text.count(f'pip install "slidegen=={__version__}"') == jobs
        else:
            address = f"git+https://example.org/me/slidegen.git@{commit}"
            assert (
                text.count(f'- pip install "slidegen @ {address}"')
                + text.count(f'- run: pip install "slidegen @ {address}"')
                == jobs
            )
            assert f'When slidegen {__version__} is on PyPI, you can write: pip install "slidegen==' in text


@pytest.mark.parametrize(
    ("url", "info", "found"),
    [
        (
            "https://example.org/s.git",
            {"vcs": "git", "commit_id": "a" * 40},
            f"https://example.org/s.git@{'a' * 40}",
        ),
        (
            "ssh://git@example.org/s",
            {"vcs": "git", "commit_id": "b" * 40},
            f"ssh://git@example.org/s@{'b' * 40}",
        ),
        ("https://me:secret@example.org/s.git", {"vcs": "git", "commit_id": "a" * 40}, ""),
        ("file:///home/me/slidegen", {"vcs": "git", "commit_id": "a" * 40}, ""),
        ("file:///home/me/slidegen", None, ""),
        ("https://example.org/$(x)", {"vcs": "git", "commit_id": "a" * 40}, ""),
        ("https://example.org/s.git", {"vcs": "git", "commit_id": "x; y"}, ""),
    ],
)
def test_a_version_from_a_repository_is_pinned_to_its_commit(url: str, info: Any, found: str) -> None:
    release = f"slidegen=={__version__}"
    assert requirement_of({"url": url, "vcs_info": info}) == (
        Requirement(f"slidegen @ git+{found}") if found else Requirement(release, is_local=True)
    )
    assert requirement_of({}) == Requirement(release)


def test_a_wheel_from_a_server_is_installed_from_there() -> None:
    url = f"https://example.org/slidegen-{__version__}-py3-none-any.whl"
    assert requirement_of({"url": url, "archive_info": {}}) == Requirement(f"slidegen @ {url}")
    assert requirement_of({"url": "file:///home/me/slidegen.whl", "archive_info": {}}).is_local


def test_the_tour_opens_in_the_browser(project: Project, opened: list[str]) -> None:
    ran = project.run("demo")
    assert (ran.code, ran.err) == (0, "")
    (address,) = opened
    assert "A tour of the language" in page_at(address)
    assert project.files() == []


def test_each_demonstration_deck_can_be_had(project: Project, opened: list[str]) -> None:
    names = [path.stem if path.is_file() else path.name for path in own_slides().iterdir()]
    for name in {*names} - {"README"}:
        assert project.run("demo", name, "--no-open", "--theme", "paper").code == 0, name
    assert not opened
    ran = project.run("demo", "nope")
    assert (ran.code, ran.codes) == (1, ["SG001"])
    assert "choose from tour, " in ran.err


def test_docs_lists_its_pages_and_prints_one(project: Project) -> None:
    listed = project.run("docs")
    assert listed.code == 0
    for page in manual_pages():
        assert f"{page.name} " in listed.out
        assert project.run("docs", page.name).code == 0
    assert "notes" in project.run("docs", "presenting").out.lower()


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("ratio", "Width to height of the slides"),
        ("SG104", "does not exist"),
        ("countdown", "a clock"),
        ("moodle", "public.zip"),
        ("How do I ...?", "side by side"),
        ("accent", "list marks"),
        ("scale", "`![:scale 60%](a.png)` an image"),
        ("video", "a film"),
        ("pull-left", "a part with a class"),
        ("init", "start a course"),
    ],
)
def test_docs_finds_options_codes_macros_classes_commands_and_headings(
    project: Project, topic: str, said: str
) -> None:
    ran = project.run("docs", *topic.split())
    assert (ran.code, ran.err) == (0, "")
    assert said in " ".join(ran.out.split())


def test_docs_of_an_option_begin_with_the_page_of_options(project: Project) -> None:
    for option in ("ratio", "theme", "title"):
        assert project.run("docs", option).out.startswith("Options\n")


def test_docs_show_code_as_it_is_to_be_typed(project: Project) -> None:
    page = project.run("docs", "cheat-sheet").out
    for code in ("![:audio](a.mp3)", "[link](#x)", "**bold**", "![](a.png){width=50% .right}"):
        assert code in page, code
    assert "[Tools](tools.md)" not in project.run("docs", "presenting").out


def test_docs_of_what_there_is_not_says_where_the_word_is(project: Project) -> None:
    ran = project.run("docs", "presentng")
    assert ran.code == 1
    assert "slidegen docs presenting" in ran.err


def test_docs_open_in_the_browser_offline(project: Project, opened: list[str]) -> None:
    assert project.run("docs", "--open").code == 0
    assert project.run("docs", "presenting", "--open").code == 0
    assert opened[1].endswith("#presenting")
    html = page_at(opened[0])
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids, target
    assert not re.search(r'<\w[^<>]*\b(?:src|href)="(?!https?:|data:|#)', html)


def test_themes_are_shown_in_the_browser(project: Project, opened: list[str]) -> None:
    assert project.run("themes", "--open").code == 0
    (address,) = opened
    assert "A slide in the theme chalk" in page_at(address)
