"""What a command writes stays in the folder that it was given."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from slidegen.diagnostics import Code, DeckError
from slidegen.files.writing import is_portable, remove_file, write_file
from tests.html_pages import page
from tests.projects import Project


def outside(project: Project) -> set[str]:
    """What there is beside the folder that a test gives."""
    return {name for name in project.files() if not name.startswith(("in/", "source/", ".slidegen/"))}


@pytest.mark.parametrize(
    "name",
    [
        "../x.html",
        "a/../../x.html",
        "/x.html",
        "a\0b.html",
        ".",
        "..",
        "",
        "link/x.html",
        "link/new/x.html",
        "gone/x",
    ],
)
@pytest.mark.parametrize("new", [True, False])
def test_the_one_function_that_writes_refuses_what_leads_out(project: Project, name: str, new: bool) -> None:
    top = project.folder / "in"
    top.mkdir()
    (project.folder / "elsewhere").mkdir()
    (top / "link").symlink_to("../elsewhere")
    (top / "gone").symlink_to("../nowhere")
    with pytest.raises(DeckError) as caught:
        write_file(Path(f"{top}/{name}") if name[:1] != "/" else Path(name), b"x", top, new=new)
    assert caught.value.diagnostic.code is Code.OUTSIDE_TARGET
    assert outside(project) == set()
    assert sorted(path.name for path in project.folder.iterdir()) == ["elsewhere", "in"]


@pytest.mark.parametrize("name", ["a.html", "a/b/c.html", "a/../b.html", "x" * 255, "inner/x.html"])
def test_what_stays_within_is_written(project: Project, name: str) -> None:
    top = project.folder / "in"
    (top / "real").mkdir(parents=True)
    (top / "inner").symlink_to("real")
    assert write_file(top / name, b"x", top)
    assert write_file(top / name, b"y", top, new=True) is False
    assert (top / name).read_bytes() == b"x"
    assert not list(top.rglob("*.tmp"))


def test_a_link_in_the_files_own_place_is_replaced(project: Project) -> None:
    project.write("mine.txt", "mine")
    (project.folder / "in").mkdir()
    (project.folder / "in/x.html").symlink_to("../mine.txt")
    write_file(project.folder / "in/x.html", b"x", project.folder / "in")
    assert (project.folder / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "NUL.html",
        "Aux.md",
        "com1",
        "LPT9.txt",
        "COM¹",
        "a.",
        "a ",
        "nul .md",
        "a:b",
        "..\\x",
        "a/b",
        "a\0",
        "a\nb",
        "",
        ".",
        "x" * 300,
        "a?",
        "é" * 150,
    ],
)
def test_names_that_some_system_cannot_have(name: str) -> None:
    assert not is_portable(name)


@pytest.mark.parametrize(
    "name", ["a.html", ".gitignore", "console.js", "nul-set.md", "été.md", "com10", "x" * 200]
)
def test_names_that_all_systems_can_have(name: str) -> None:
    assert is_portable(name)


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil",
        "..\\\\..\\\\evil",
        "/evil",
        "C:\\\\evil",
        "nul",
        "CON",
        "a\\0evil",
        "evil ",
        "sub/evil",
        "..",
        "evil" + "l" * 300,
    ],
)
def test_names_of_macros_of_a_page_are_no_paths(project: Project, name: str) -> None:
    script = f"remark.macros['{name}'] = function () {{ return '<p>x</p>' }};\nremark.create();"
    project.write("source/q.html", page("# A\n", script=script))
    ran = project.run("import", "source/q.html", "-o", "in/course")
    assert (ran.code, ran.codes) == (0, ["SG182"])
    assert "source/q.html:" in ran.err
    assert outside(project) == set()
    assert project.files("in/course") == ["slidegen.yml", "slides/q.md"]


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" href="../../../evil.css">',
        '<link rel="stylesheet" href="..\\..\\evil.css" media="print">',
        '<link rel="stylesheet" href="../x/remark-css/..%2f..%2fevil.css">',
        '<link rel="stylesheet" href="/evil.css"><script src="../../evil.js"></script>',
        '<style media="../evil">h1 { color: red }</style><script type="../evil">1</script>',
        '<link rel="stylesheet" href="nul.css"><script src="con"></script><script src="a%00b.js"></script>',
    ],
)
def test_sheets_and_scripts_of_a_page_are_written_below_the_course(project: Project, head: str) -> None:
    project.write("source/q.html", page("# A\n\n![](../../../evil.png)\n![](..\\evil.png)\n", head=head))
    project.run("import", "source/q.html", "-o", "in/deep/course")
    assert outside(project) == set()
    assert not [name for name in project.files() if "evil" in name]


def test_decks_of_one_name_have_places_of_their_own(project: Project) -> None:
    project.write("source/a.html", page("# One\n"))
    project.write("source/a.md", "# Two\n")
    project.write("source/A.markdown", "# Three\n")
    ran = project.run("import", "source", "-o", "in")
    assert ran.code == 0
    texts = [path.read_text("utf-8") for path in (project.folder / "in/slides").glob("*.md")]
    assert sorted(text.strip().splitlines()[-1] for text in texts) == ["# One", "# Three", "# Two"]


def test_templates_and_permissions_of_a_project_from_elsewhere_are_left_behind(project: Project) -> None:
    project.write(
        "theirs/slidegen.yml",
        "course: T\neditor: evil {path}\nassets: {allow: ['/']}\ntemplates: t\nratio: '16:9'\n",
    )
    project.write("theirs/t/macros/m.html", "<p>x</p>")
    project.write("theirs/slides/a.md", "# A\n")
    (project.folder / "mine").mkdir()
    ran = Project(project.folder / "mine").run("import", "../theirs/slides", "-o", "course")
    assert (ran.code, sorted(ran.codes)) == (0, ["SG183", "SG184"])
    assert project.files("mine/course") == ["slidegen.yml", "slides/a.md"]
    assert (project.folder / "mine/course/slidegen.yml").read_text("utf-8") == "course: T\nratio: '16:9'\n"


@pytest.mark.parametrize("command", ["build", "build --no-embed", "build --zip"])
def test_a_build_does_not_follow_links_in_its_target(project: Project, command: str) -> None:
    project.write("source/slides/sub/a.md", "# A\n")
    (project.folder / "in").mkdir()
    (project.folder / "elsewhere").mkdir()
    (project.folder / "in/sub").symlink_to("../elsewhere")
    ran = project.run(*command.split(), "source/slides", "-o", "in")
    assert (ran.code, ran.codes) == (1, ["SG033"])
    assert outside(project) == set()


@pytest.mark.parametrize(
    "link", [".slidegen", ".slidegen/lock", ".slidegen/build.json", ".slidegen/.gitignore"]
)
def test_links_in_the_folder_of_what_is_remembered_are_not_followed(project: Project, link: str) -> None:
    project.write("mine.txt", "mine")
    (project.folder / "elsewhere").mkdir()
    project.write("source/slidegen.yml", "course: T\n")
    project.write("source/slides/a.md", "# A\n")
    path = project.folder / "source" / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(project.folder / ("elsewhere" if link == ".slidegen" else "mine.txt"))
    assert project.run("build", "source/slides", "-o", "in").code == 0
    assert (project.folder / "mine.txt").read_text("utf-8") == "mine"
    assert outside(project) == {"mine.txt"}


@pytest.mark.parametrize("what", ["init", "themes", "new"])
def test_other_commands_do_not_follow_links_either(project: Project, what: str) -> None:
    (project.folder / "elsewhere").mkdir()
    inside = Project(project.folder / "in")
    inside.write("slidegen.yml", 'course: T\nnewName: "sub/{slug}.md"\n')
    inside.write("slides/a.md", "# A\n")
    (inside.folder / "templates").mkdir()
    for name in ("templates/new", "templates/themes", "slides/sub"):
        (inside.folder / name).symlink_to(project.folder / "elsewhere")
    args = {
        "init": ["init"],
        "themes": ["themes", "--copy", "lecture"],
        "new": ["new", "X", "--date", "2026-09-15"],
    }
    ran = inside.run(*args[what])
    assert (ran.code, ran.codes) == (1, ["SG033"])
    assert outside(project) == set()


def test_a_record_of_somebody_elses_removes_and_packs_nothing_of_yours(project: Project) -> None:
    project.write("slidegen.yml", "course: T\n")
    project.write("slides/a.md", "# A\n")
    project.build()
    mine = project.write("mine.txt", "mine")
    record = project.folder / ".slidegen/build.json"
    value = json.loads(record.read_text("utf-8"))
    entry = next(iter(value["pages"].values()))
    from slidegen.files.file_state import digest

    entry[7] = {**entry[7], "public/../mine.txt": [digest(b"mine"), None]}
    record.write_text(json.dumps(value), "utf-8")
    (project.folder / "slides/a.md").rename(project.folder / "slides/b.md")
    project.run("build", "--zip")
    assert mine.exists()
    assert not any("mine" in name for name in zipfile.ZipFile(project.folder / "public.zip").namelist())
    (project.folder / "public/out").symlink_to(project.folder)
    assert remove_file(project.folder / "public/out/mine.txt", project.folder / "public") is False
    assert mine.exists()


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ('<style>b {}</style><link rel="stylesheet" href="q.css">', "q.css"),
        ('<link rel="stylesheet" href="Q.css"><style>b {}</style>', "Q.css"),
        ('<style>a {}</style><style>b {}</style><link rel="stylesheet" href="q-2.css">', "q-2.css"),
        ('<script>var a</script><script src="q.js"></script>', "q.js"),
    ],
)
def test_what_a_page_holds_is_not_written_over_files_that_it_names(
    project: Project, head: str, kept: str
) -> None:
    project.write("s/q.html", page("# A", head=head))
    project.write(f"s/{kept}", "/* of the author */")
    assert project.run("import", "s/q.html", "-o", "course").code == 0
    assert (project.folder / "course/slides" / kept).read_text("utf-8") == "/* of the author */"
    project.build("course", "-o", "out")
    assert project.files("out") == ["slides/q.html"]
    names = [name.casefold() for name in project.files("course")]
    assert len(names) == len(set(names))


def test_pages_of_one_name_have_style_sheets_of_their_own(project: Project) -> None:
    for suffix, colour in ((".html", "red"), (".htm", "blue"), (".xhtml", "green")):
        project.write(f"s/q{suffix}", page("# A", head=f"<style>b {{ color: {colour} }}</style>"))
    assert project.run("import", "s", "-o", "course").code == 0
    sheets = [name for name in project.files("course") if name.endswith(".css")]
    assert len(sheets) == 3
    for number in ("", "-2", "-3"):
        text = project.folder.joinpath(f"course/slides/q{number}.md").read_text("utf-8")
        assert sum(name in text for name in sheets) == 1


@pytest.mark.parametrize(("one", "other"), [("m", "M"), ("été", "Été"), ("Straße", "STRASSE")])
def test_macros_whose_names_are_one_on_some_systems_are_named(project: Project, one: str, other: str) -> None:
    macros = [f"remark.macros[{name!r}] = function () {{ return '<b>x</b>' }};" for name in (one, other)]
    project.write("q.html", page("# A", script="".join(macros) + "remark.create()"))
    ran = project.run("import", "q.html", "-o", "course")
    assert (ran.code, ran.codes) == (0, ["SG182"])
    assert "one file on Windows and macOS" in ran.err


def test_macros_of_one_name_in_two_pages_are_named(project: Project) -> None:
    for name in ("a", "b", "c"):
        text = "same" if name == "c" else name
        script = f"remark.macros.m = function () {{ return '<b>{text}</b>' }}; remark.create()"
        project.write(f"s/{name}.html", page("# A\n\n![:m](x)", script=script))
    ran = project.run("import", "s", "-o", "course")
    assert ran.codes == ["SG182", "SG182"]
    assert "s/b.html:" in ran.err
    assert (project.folder / "course/templates/macros/m.md").read_text("utf-8") == "<b>a</b>\n"


@pytest.mark.parametrize(("one", "other"), [("a", "A"), ("\u00e9", "e\u0301"), ("Straße", "STRASSE")])
def test_decks_whose_pages_are_one_on_some_systems_are_refused(
    project: Project, one: str, other: str
) -> None:
    project.write(f"slides/{one}.md", "# A\n")
    project.write(f"slides/{other}.md", "# B\n")
    ran = project.run("build", "slides")
    assert (ran.code, ran.codes) == (1, ["SG009"])
