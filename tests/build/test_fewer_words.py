"""One mistake is one message: what is said once, and which hints mistakes of looks have."""

from __future__ import annotations

import re

import pytest

from slidegen.page import page as page_module
from tests.projects import PIXEL, Project

FONTS = "https://fonts.example.org"


@pytest.mark.parametrize(
    "css",
    [
        "".join(f"@import url({FONTS}/css?family={name});\n" for name in "ABC"),
        "".join(f"@font-face {{ font-family: {name}; src: url({FONTS}/{name}.woff2) }}\n" for name in "ABC"),
        f"@import '{FONTS}/css2?family=A';\n@font-face {{ font-family: B; src: url(https://b.example.org/b.woff) }}",
        f"@font-face {{ font-family: A; src: url({FONTS}/a.eot); src: url({FONTS}/a.ttf), url({FONTS}/a.svg) }}\n"
        * 2,
    ],
)
def test_all_fonts_of_the_network_are_one_warning(project: Project, css: str) -> None:
    project.write("look.css", css)
    project.write("talk.md", "---\ncss: look.css\n---\n# One\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert (ran.code, ran.codes) == (0, ["SG112"])
    assert "warning[SG112]: fonts (fonts.example.org) are loaded from the network" in ran.err


def test_fonts_of_several_style_sheets_and_links_are_one_warning(project: Project) -> None:
    project.write("a.css", f"@import url({FONTS}/css?family=A);")
    head = f'<link rel="stylesheet" href="{FONTS}/css?family=B"><link rel="stylesheet" href="a.css">'
    page = f'{head}<textarea id="source"># One</textarea><script>remark.create();</script>'
    project.write("talk.html", page)
    assert project.run("build", "talk.html", "-o", "out.html").codes == ["SG112"]


def test_what_is_no_font_is_still_named_one_by_one(project: Project) -> None:
    project.write(
        "look.css", "@import url(https://a.example.org/x.css);\n@import url(https://a.example.org/y.css);"
    )
    project.write("talk.md", "---\ncss: look.css\n---\n![](https://a.example.org/a.png)\n")
    assert project.run("build", "talk.md", "-o", "out.html").codes == ["SG112"] * 3


@pytest.mark.parametrize(
    "css",
    [
        "@font-face { font-family: A; src: url(gone.woff2) }\n" * 3,
        "@font-face { font-family: A; src: url(gone.woff2) }\n@font-face { font-family: B; src: url('./gone.woff2') }",
        "@font-face { font-family: A; src: url(gone.woff2), url(gone.woff) }\n"
        "@font-face { font-family: B; src: url(gone.woff2) format('woff2'), url(gone.ttf) }",
    ],
)
def test_a_missing_font_is_named_once(project: Project, css: str) -> None:
    project.write("look.css", css)
    project.write("talk.md", "---\ncss: look.css\n---\n# One\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert ran.codes == ["SG104"]
    assert "there is no font" in ran.err


@pytest.mark.parametrize(
    "slides",
    [
        "![:nosuch 1](a.png)\n" * 3,
        "![:nosuch](a)\n\n---\n\n![:nosuch](b)\n",
        "![:nosuch]\n\n--\n\n![:nosuch x](c)\n",
    ],
)
def test_an_unknown_macro_has_its_hint_once(project: Project, slides: str) -> None:
    project.write("talk.md", slides)
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert ran.codes.count("SG005") >= 2
    assert ran.err.count("write templates/macros/nosuch.html") == 1


def test_each_unknown_macro_has_a_hint(project: Project) -> None:
    project.write("talk.md", "![:one](a) ![:two](a) ![:one](b)\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert ran.codes == ["SG005"] * 3
    assert ran.err.count("  hint: ") == 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("facebook.com", "https://facebook.com"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("stat.example.edu/~me/a.html?b=1#c", "https://stat.example.edu/~me/a.html?b=1#c"),
        ("example.co.uk/", "https://example.co.uk/"),
        ("a.b@example.org", "mailto:a.b@example.org"),
    ],
)
def test_an_address_without_a_scheme_is_told_from_a_file(project: Project, written: str, meant: str) -> None:
    project.write("talk.md", f"[x]({written})\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert ran.codes == ["SG114"]
    assert f"hint: did you mean {meant}?" in ran.err
    [inspected] = project.inspect("talk.md")
    assert [each["hint"] for each in inspected["diagnostics"]] == [f"did you mean {meant}?"]


@pytest.mark.parametrize("written", ["notes.md", "data.csv", "a/www.txt", "lecture.pdf", "plot.py"])
def test_a_missing_file_is_no_address(project: Project, written: str) -> None:
    project.write("talk.md", f"[x]({written})\n")
    assert "https://" not in project.run("build", "talk.md", "-o", "out.html").err


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("a.png", "url(a.png)"),
        ("url(a.png", "url(a.png)"),
        ("url('a.png)", 'url("a.png")'),
        ("url(my own.png)", 'url("my own.png")'),
        ("(a.png)", "url(a.png)"),
        ("src(a.png) b)", "url(a.png)"),
        ('"a.png"', "url(a.png)"),
        ("url(a.png) no-repeat", "url(a.png)"),
        ("url(a.png) url(b.png)", "url(a.png)"),
        ("url(a.png),", "url(a.png)"),
    ],
)
def test_a_background_that_no_browser_reads_is_named(project: Project, value: str, hint: str) -> None:
    project.write("a.png", PIXEL)
    project.write("my own.png", PIXEL)
    project.write("talk.md", f"# One\n\n---\n\nbackground-image: {value}\n\n# Two\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert "SG119" in ran.codes
    assert "talk.md:5:" in ran.err
    assert f"hint: write background-image: {hint}" in ran.err


@pytest.mark.parametrize(
    "value",
    [
        "url(a.png)",
        "url('a.png')",
        'url( "a.png" );',
        "none",
        "linear-gradient(to right, rgba(0, 0, 0, 0.5), #fff)",
        "linear-gradient(red, blue), url(a.png)",
        "image-set('a.png' 1x)",
        "var(--ground)",
        "url(a\\ b.png)",
        "url(data:image/png;base64,iVBORw0KGgo=)",
    ],
)
def test_a_background_that_browsers_read_is_not(project: Project, value: str) -> None:
    project.write("a.png", PIXEL)
    project.write("a b.png", PIXEL)
    project.write("talk.md", f"background-image: {value}\n\n# One\n")
    assert "SG119" not in project.run("build", "talk.md", "-o", "out.html").codes


def test_a_very_large_page_says_how_it_gets_small(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "LARGE", 30_000)
    project.write("talk.md", "# One\n")
    ran = project.run("build", "talk.md", "-o", "out.html")
    assert (ran.code, ran.codes) == (0, ["SG150"])
    assert "--no-embed" in ran.err
    assert project.run("build", "talk.md", "-o", "out.html", "--no-embed").codes == []


@pytest.mark.parametrize(
    ("deck", "count"), [("# A\n--\nb\n---\n# C", 2), ("# A", 1), ("# A\n--\nb\n--\nc", 1)]
)
def test_build_and_import_count_slides_alike(project: Project, deck: str, count: int) -> None:
    page = f'<textarea id="source">{deck}</textarea><script>remark.create();</script>'
    project.write("talk.html", page)
    said = f"({count} slide{'s' if count > 1 else ''}, "
    assert said in project.run("build", "talk.html", "-o", "out.html").out
    assert said in project.run("import", "talk.html").out


@pytest.mark.parametrize(
    ("deck", "has"),
    [
        ("![a](//cdn.example.org/a.png)\n", 'src="https://cdn.example.org/a.png"'),
        ("[a](//example.org/a)\n", 'href="https://example.org/a"'),
        ("<style>h1 { background: url(//cdn.example.org/a.png) }</style>\n", "https://cdn.example.org/a.png"),
        ("background-image: url(//cdn.example.org/a.png)\n\n# One\n", "https://cdn.example.org/a.png"),
        ('<script src="//cdn.example.org/a.js"></script>\n', 'src="https://cdn.example.org/a.js"'),
        ('<iframe src="//example.org/a"></iframe>\n', 'src="https://example.org/a"'),
        ("---\ncss: [//cdn.example.org/a.css]\n---\n# One\n", '@import url("https://cdn.example.org/a.css")'),
    ],
)
def test_an_address_without_its_scheme_has_one_in_a_file(project: Project, deck: str, has: str) -> None:
    project.write("talk.md", deck)
    project.run("build", "talk.md", "-o", "out.html")
    html = project.page("out.html").html
    assert has in html
    assert '="//' not in html


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("![](no.png) and ![](no.png)\n\n.x[![](no.png)]\n", ["1:5", "1:21", "3:8"]),
        ('`no.png` ![](no.png)\n\n--\n\n<img src="no.png">\n', ["1:14", "5:11"]),
        ("[a](#no) [b](#no)\n\n???\n[c](#no)\n", ["1:5", "1:14", "4:5"]),
        ("[a](example.org)\n\n[b](example.org)\n", ["1:5", "3:5"]),
    ],
)
def test_identical_references_are_named_each_at_its_place(
    project: Project, text: str, places: list[str]
) -> None:
    project.write("talk.md", text)
    said = project.run("build", "talk.md").err
    assert re.findall(r"^talk\.md:(\d+:\d+): warning", said, re.MULTILINE) == places
