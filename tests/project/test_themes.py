from __future__ import annotations

import re
from pathlib import Path

from tests.projects import PIXEL, Project

TEMPLATES = Path(__file__).parents[2] / "templates"
OWN = ["chalk", "lecture", "paper", "remark", "slate"]


def listed(project: Project) -> dict[str, list[str]]:
    ran = project.run("themes")
    assert (ran.code, ran.err) == (0, "")
    return {name: rest for name, *rest in (line.split(maxsplit=2) for line in ran.out.splitlines())}


def test_themes_are_listed_with_their_scheme_and_a_sentence(project: Project) -> None:
    themes = listed(project)
    assert list(themes) == OWN
    assert themes["chalk"] == ["dark", "A dark green board with coloured chalk"]
    assert all(scheme in ("light", "dark") and sentence for scheme, sentence in themes.values())


def test_a_copy_is_what_slidegen_has_and_is_taken_from_then_on(project: Project) -> None:
    ran = project.run("themes", "--copy", "paper")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "wrote templates/themes/paper/theme.css",
        "wrote templates/themes/paper/theme.yml",
    ]
    for name in ("theme.css", "theme.yml"):
        copy = project.folder / "templates/themes/paper" / name
        assert copy.read_bytes() == (TEMPLATES / "themes/paper" / name).read_bytes()
    css = project.folder / "templates/themes/paper/theme.css"
    css.write_text(css.read_text("utf-8") + "\n.mine { color: red }\n", "utf-8")
    assert ".mine{color:red}" in project.deck("---\ntheme: paper\n---\n.mine[A]\n").html


def test_a_theme_comes_with_the_files_that_it_names(project: Project) -> None:
    folder = "templates/themes/mine/"
    project.write(folder + "theme.yml", "title: Mine\n")
    project.write(folder + "logo.png", PIXEL)
    project.write(folder + "more/colours.css", "h2 { background: url(../logo.png) }\n")
    project.write(folder + "theme.css", "@import url(more/colours.css);\nh1 { background: url(logo.png) }\n")
    page = project.deck("---\ntheme: mine\n---\n# A\n\n## B\n")
    assert "logo.png" not in page.html
    assert "@import" not in page.html
    assert page.html.count("data:image/png;base64,") == 1
    shown = re.findall(r"h[12]\s*\{\s*background:\s*(var\([\w-]+\))", page.html)
    assert len(shown) == 2
    assert len(set(shown)) == 1


def test_a_file_that_a_theme_lacks_is_named_in_its_style_sheet(project: Project) -> None:
    project.write("templates/themes/mine/theme.css", "b { }\nh1 { background: url(gone.png) }\n")
    project.write("deck.md", "---\ntheme: mine\n---\n# A\n")
    ran = project.run("build", "deck.md")
    assert (ran.code, ran.codes) == (0, ["SG104"])
    assert ran.err.startswith("templates/themes/mine/theme.css:2:22: warning[SG104]: ")


def test_what_a_theme_shows_only_in_left_out_parts_is_left_out(project: Project) -> None:
    project.write("templates/themes/mine/theme.css", ".solution { background: url(answer.png) }\n")
    project.write("templates/themes/mine/answer.png", PIXEL)
    project.write("slidegen.yml", "theme: mine\nvariants:\n  student: {}\n")
    project.write("deck.md", "# A\n\n.solution[B]\n")
    assert "data:image/png" in project.run("build", "deck.md", "-o", "-").out
    ran = project.run("build", "deck.md", "--variant", "student", "-o", "-")
    assert ran.code == 0
    assert "data:image/png" not in ran.out


def test_a_copy_goes_to_the_top_of_the_project(project: Project) -> None:
    project.write("slidegen.yml", "")
    project.write("slides/a.md", "# A\n")
    ran = Project(project.folder / "slides").run("themes", "--copy", "slate")
    assert ran.code == 0
    assert "templates/themes/slate/theme.css" in project.files()


def test_a_copy_never_overwrites(project: Project) -> None:
    project.write("templates/themes/slate/theme.css", "/* mine */")
    ran = project.run("themes", "--copy", "slate")
    assert (ran.code, ran.codes) == (1, ["SG010"])
    assert ran.err.startswith("templates/themes/slate: error[SG010]: this theme exists already")
    assert project.files() == ["templates/themes/slate/theme.css"]


def test_a_theme_that_is_not_there_cannot_be_copied(project: Project) -> None:
    ran = project.run("themes", "--copy", "papper")
    assert (ran.code, ran.codes) == (1, ["SG007"])
    assert "did you mean paper?" in ran.err
    assert not project.files()


def test_ones_own_themes_are_listed_too(project: Project) -> None:
    project.write("templates/themes/mine/theme.css", "")
    project.write("templates/themes/mine/theme.yml", "description: Ours\nscheme: dark\n")
    assert listed(project)["mine"] == ["dark", "Ours"]
    assert not any(name == "mine" for name in OWN)


def test_a_manifest_that_is_wrong_is_named(project: Project) -> None:
    project.write("templates/themes/mine/theme.css", "")
    project.write("templates/themes/mine/theme.yml", "scheme: pink\n")
    ran = project.run("themes")
    assert (ran.code, ran.codes) == (1, ["SG008"])
    assert "`scheme` of the theme `mine` is neither light nor dark" in ran.err
