"""What the course page, `config` and `themes` know is what decks know."""

from __future__ import annotations

import pytest

from tests.projects import Project

PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\0\0\0\0IEND\xaeB`\x82"
)


def test_config_goes_by_the_folders_of_the_project(project: Project) -> None:
    project.write(
        "slidegen.yml", "ratio: '4:3'\nfolders:\n  slides/talks:\n    ratio: '16:9'\n    room: A 12\n"
    )
    project.write("slides/talks/a.md", "# A\n")
    project.write("slides/b.md", "# B\n")
    inside = project.run("config", "slides/talks/a.md").out
    assert "16:9" in inside
    assert "slidegen.yml:4" in inside
    assert "A 12" in inside
    outside = project.run("config", "slides/b.md").out
    assert next(line for line in outside.splitlines() if line.startswith("ratio:")).startswith('ratio: "4:3"')


@pytest.mark.parametrize("folder", ["", "part one/"])
def test_the_course_page_finds_the_pictures_of_decks_that_are_not_embedded(
    project: Project, folder: str
) -> None:
    for name in ("a.png", "b.png", "c.png", "d.png"):
        project.write(f"slides/{folder}{name}", PIXEL + name.encode())
    project.write("slides/s.css", ".title-slide h1 { background: url(x.png) }\n")
    project.write("slides/x.png", PIXEL + b"x")
    project.write("slidegen.yml", "course: C\n")
    slide = (
        "class: title-slide\nbackground-image: url(a.png)\n\n# One\n\n"
        '<img src="b.png" srcset="c.png 2x, d.png 3x" alt="">\n<p style="background: url(\'b.png\')">x</p>\n'
    )
    project.write(f"slides/{folder}one.md", f"---\nsession: 1\ncss: /slides/s.css\n---\n{slide}")
    project.build("--no-embed")
    html = project.page("public/index.html").html
    files = set(project.files("public"))
    from html import unescape
    from re import findall
    from urllib.parse import unquote

    found = {
        *findall(r'\ssrc="([^"#]+\.png)"', html),
        *(part.split()[0] for each in findall(r'srcset="([^"]+)"', html) for part in each.split(", ")),
        *findall(r"""url\(["']?([^"')]+\.png)""", unescape(html)),
    }
    assert len(found) == 4
    assert {unquote(name) for name in found} <= files
    sheets = [name for name in files if name.startswith("assets/cover.")]
    for name in sheets:
        for url in findall(
            r"""url\(["']?([^"')]+\.png)""", (project.folder / "public" / name).read_text("utf-8")
        ):
            assert unquote(url.removeprefix("../")) in files


def test_a_copy_of_a_theme_goes_where_the_project_has_its_templates(project: Project) -> None:
    project.write("slidegen.yml", "templates: looks\n")
    ran = project.run("themes", "--copy", "paper")
    assert ran.out.splitlines()[0] == "wrote looks/themes/paper/theme.css"
    assert "looks/themes/paper/theme.yml" in project.files()
    assert not (project.folder / "templates").exists()


def test_the_colors_of_the_project_are_those_of_the_course_page(project: Project) -> None:
    project.write("slidegen.yml", "course: C\ncolors:\n  accent: '#0b6e4f'\n")
    project.write("slides/a.md", "---\nsession: 1\n---\n# A\n\n[a link](https://example.org)\n")
    project.build()
    for name in ("a.html", "index.html"):
        assert "#0b6e4f" in project.page(f"public/{name}").html, name
