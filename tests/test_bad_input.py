from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.projects import PIXEL, Project


@dataclass(frozen=True, slots=True)
class Mistake:
    """A deck with a mistake, and what is to be said of it."""

    deck: str | bytes
    place: str
    """Line and column."""
    code: str
    says: str
    """How the message begins."""
    caret: str
    """What is underlined."""
    hint: str
    """What the hint holds."""


ERRORS = {
    "not UTF-8": Mistake(
        b"# X\n\nCaf\xe9\n", "3:4", "SG002", "not UTF-8: byte 0xe9 at offset 8", "\ufffd", "UTF-8"
    ),
    "binary": Mistake(
        b"\x89PNG\r\n\x1a\n\0\0",
        "1:1",
        "SG002",
        "not UTF-8: byte 0x89 at offset 0",
        "\ufffd",
        "not look like text",
    ),
    "text after a quoted value": Mistake(
        '---\ntitle: "A" B\n---\n# X\n',
        "2:12",
        "SG003",
        'the second " ends this value, but text follows it',
        "B",
        """write title: '"A" B'""",
    ),
    "a value that starts with a sign of YAML": Mistake(
        "---\nauthor: @me\n---\n# X\n",
        "2:9",
        "SG003",
        "a value that starts with @ needs quotes",
        "@me",
        'write author: "@me"',
    ),
    "a part of an option that does not exist": Mistake(
        "---\nmath: {numbr: true}\n---\n# X\n",
        "2:8",
        "SG004",
        "math does not have numbr",
        "numbr",
        "did you mean number?",
    ),
    "a rule that does not exist": Mistake(
        "---\ncheck:\n  no-tilte: false\n---\n# X\n",
        "3:3",
        "SG004",
        "check has no rule no-tilte",
        "no-tilte",
        "did you mean no-title?",
    ),
    "a PDF": Mistake(
        b"%PDF-1.7\n%\xbf\xf7\n", "1:1", "SG002", "this is a PDF, not a deck", "%PDF-", "Markdown file"
    ),
    "YAML": Mistake(
        "---\ntitle: a: b\n---\n# X\n",
        "2:8",
        "SG003",
        "this value holds a colon, so it needs quotes",
        "a: b",
        'write title: "a: b"',
    ),
    "YAML that is a list": Mistake(
        "---\na: 1\n- b\n---\n# X\n", "3:1", "SG003", "not valid YAML: ", "-", "quote"
    ),
    "wrong type": Mistake(
        "---\nratio: wide\n---\n# X\n",
        "2:8",
        "SG004",
        "ratio expects two numbers such as 4:3",
        "wide",
        "Width to height",
    ),
    "wrong pattern": Mistake(
        "---\nhighlightSpans: '('\n---\n# X\n", "2:17", "SG004", "highlightSpans ", "'('", ""
    ),
    "unknown macro": Mistake(
        "# X\n\nan ![:sclae 60%](a.png)\n",
        "3:4",
        "SG005",
        "there is no macro sclae",
        "![:sclae 60%](a.png)",
        "did you mean scale?",
    ),
    "unknown theme": Mistake(
        "---\ntheme: lectur\n---\n# X\n",
        "2:8",
        "SG007",
        "there is no theme lectur",
        "lectur",
        "did you mean lecture?",
    ),
}

WARNINGS = {
    "unclosed class": Mistake(
        "# X\n\nso .red[open\n", "3:4", "SG101", "no ] closes .red[", ".red[", "close it with ]"
    ),
    "unclosed class over slides": Mistake(
        ".red[open\n\n---\n\n# Next\n", "1:1", "SG101", "no ] closes .red[", ".red[", "close it with ]"
    ),
    "unknown template": Mistake(
        "name: one\n\n# X\n\n---\ntemplate: noe\n\n# Y\n",
        "6:1",
        "SG102",
        "no slide before this one has the name noe",
        "template: noe",
        "one",
    ),
    "name used twice, and linked": Mistake(
        "name: a\n\n# X\n\n---\nname: a\n\n[there](#a)\n", "6:1", "SG103", "", "name: a", ""
    ),
    "name used twice, and a template": Mistake(
        "name: a\n\n# X\n\n---\nname: a\n\n# Y\n\n---\ntemplate: a\n", "6:1", "SG103", "", "name: a", ""
    ),
    "missing image": Mistake(
        "# X\n\n![A](nope.png)\n", "3:6", "SG104", "there is no image nope.png", "nope.png", ""
    ),
    "misspelt image": Mistake(
        "# X\n\n![A](pixle.png)\n",
        "3:6",
        "SG104",
        "there is no image pixle.png",
        "pixle.png",
        "did you mean pixel.png?",
    ),
    "image in other case": Mistake(
        "# X\n\n<img src='Pixel.PNG'>\n",
        "3:11",
        "SG104",
        "there is no image Pixel.PNG",
        "Pixel.PNG",
        "pixel.png exists",
    ),
    "missing image that a listing names too": Mistake(
        '```r\nf("nope.png")\n```\n\n`nope.png` or nope.png\n\n![A](nope.png)\n',
        "7:6",
        "SG104",
        "there is no image nope.png",
        "nope.png",
        "",
    ),
    "missing image in an indented item": Mistake(
        "- a\n    - ![A](nope.png)\n", "2:12", "SG104", "there is no image nope.png", "nope.png", ""
    ),
    "missing image named in its own text": Mistake(
        "<!-- nope.png -->\n\n![nope.png](nope.png)\n", "3:13", "SG104", "", "nope.png", ""
    ),
    "missing background": Mistake(
        "background-image: url(gone.png)\n\n# X\n",
        "1:23",
        "SG104",
        "there is no file gone.png",
        "gone.png",
        "",
    ),
    "prose like a property": Mistake(
        "Note: this is prose\n\n# X\n", "1:1", "SG105", "remark would take this line", "Note:", "{{Note}}"
    ),
    "separator with a blank": Mistake(
        "# X\n\n--- \n\n# Y\n", "3:4", "SG106", "--- has spaces after it", " ", "remove the spaces"
    ),
    "step with a blank": Mistake(
        "# X\n\n--\t\n\n# Y\n", "3:3", "SG106", "-- has spaces after it", "\t", "remove the spaces"
    ),
    "unknown slide": Mistake(
        "name: second\n\n# X\n\n[there](#seconf)\n",
        "5:9",
        "SG107",
        "no slide has the name seconf",
        "#seconf",
        "did you mean #second?",
    ),
    "slide beyond the last": Mistake(
        "# X\n\n[there](#9)\n", "3:9", "SG107", "there is no slide 9", "#9", "the last one is #1"
    ),
    "formula": Mistake(
        "# X\n\nso $a + \\frac{1$ is\n",
        "3:",
        "SG108",
        "the formula does not parse: ",
        "",
        "shown as you wrote it",
    ),
    "language": Mistake(
        "# X\n\n```pyhton\nx\n```\n",
        "3:4",
        "SG109",
        "no language is called pyhton",
        "pyhton",
        "did you mean python",
    ),
    "language of code without one": Mistake(
        "---\nhighlightLanguage: [pyhton, r]\n---\n# X\n",
        "2:20",
        "SG109",
        "no language is called pyhton",
        "[pyhton, r]",
        "did you mean python",
    ),
    "misspelled property": Mistake(
        "# X\n\n---\nclas: middle\n\n# Y\n",
        "4:1",
        "SG195",
        "no property is called clas",
        "clas: middle",
        "did you mean class?",
    ),
    "option on a slide": Mistake(
        "title: T\n\n# X\n", "1:1", "SG196", "title is an option of the deck", "title: T", "front matter"
    ),
    "option": Mistake(
        "---\nhightlightStyle: github\n---\n# X\n",
        "2:1",
        "SG110",
        "hightlightStyle is a variable",
        "hightlightStyle",
        "did you mean highlightStyle?",
    ),
    "outside the project": Mistake(
        "# X\n\n![A](../a.png)\n",
        "3:6",
        "SG111",
        "../a.png is outside the project",
        "../a.png",
        "assets: {allow: [",
    ),
    "remote image": Mistake(
        "# X\n\n![A](https://example.org/a.png)\n",
        "3:6",
        "SG112",
        "https://example.org/a.png is loaded from the network",
        "https://example.org/a.png",
        "save a copy",
    ),
    "missing file of a link": Mistake(
        "# X\n\n[A](nope.pdf)\n", "3:5", "SG114", "there is no file nope.pdf", "nope.pdf", ""
    ),
    "highlight style": Mistake(
        "---\nhighlightStyle: monokia\n---\n# X\n",
        "2:17",
        "SG115",
        "there is no highlight style monokia",
        "monokia",
        "monokai",
    ),
    "highlight style of a slide": Mistake(
        "highlight-style: monokia\n\n# X\n",
        "1:1",
        "SG115",
        "there is no highlight style monokia",
        "highlight-style: monokia",
        "monokai",
    ),
    "no image": Mistake(
        "# X\n\n![A](note.txt)\n", "3:6", "SG118", "note.txt is not an image", "note.txt", ""
    ),
}


def check(mistake: Mistake, err: str) -> None:
    """That standard error names the mistake, shows it with a caret, and helps."""
    lines = err.splitlines()
    start, line, caret = lines[:3]
    assert start.startswith(f"talk.md:{mistake.place}")
    assert f"[{mistake.code}]: {mistake.says}" in start
    text = mistake.deck if isinstance(mistake.deck, str) else mistake.deck.decode("utf-8", "replace")
    number = int(mistake.place.partition(":")[0])
    assert line == f"  {number} | " + text.splitlines()[number - 1].replace("\t", " ")
    underlined = line[caret.index("^") : caret.index("^") + caret.count("^")]
    assert caret.strip(" |^") == ""
    if mistake.caret:
        assert underlined == mistake.caret.replace("\t", " ")
    hints = "\n".join(item for item in lines[3:] if item.startswith(("  hint: ", "        ")))
    assert mistake.hint in hints


def prepare(project: Project) -> None:
    project.write("pixel.png", PIXEL)
    project.write("note.txt", "a note\n")
    project.write("slidegen.yml", "")


@pytest.mark.parametrize("mistake", ERRORS.values(), ids=ERRORS.keys())
def test_an_error_is_named_and_leaves_the_page_before(project: Project, mistake: Mistake) -> None:
    prepare(project)
    project.write("talk.md", "# Good\n")
    project.build("talk.md")
    before = (project.folder / "public/talk.html").read_bytes()
    project.write("talk.md", mistake.deck)
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.out, ran.codes) == (1, "", [mistake.code])
    check(mistake, ran.err)
    assert project.files("public") == ["talk.html"]
    assert (project.folder / "public/talk.html").read_bytes() == before


@pytest.mark.parametrize("mistake", WARNINGS.values(), ids=WARNINGS.keys())
def test_a_warning_is_named_and_the_page_is_built_unless_the_build_is_strict(
    project: Project, mistake: Mistake
) -> None:
    prepare(project)
    project.write("talk.md", mistake.deck)
    ran = project.run("build", "talk.md", "--strict")
    assert (ran.code, ran.out, ran.codes) == (1, "", [mistake.code])
    check(mistake, ran.err)
    assert not (project.folder / "public").exists()
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, [mistake.code])
    check(mistake, ran.err)
    assert project.page("public/talk.html").slides


@pytest.mark.parametrize(
    "deck",
    [
        "name: a\n\n# X\n\n---\nname: a\n\n# Y\n",
        "# X\n\nNote: in the middle of a slide\n",
        "Note: this\n\nis {{Note}}\n",
        "\\.red[open\n",
        "`.red[open`\n\n    .red[open\n",
        "# X\n\n```\n--- \n```\n",
        "[first](#1) [up](#) [named](#heading) [own](#id)\n\n# Heading\n\n<i id=own></i> <a name=id></a>\n",
        "```text\nx\n```\n\n```\nx\n```\n",
        "It costs $5 or $6.\n",
        "[a](https://example.org/) <https://example.org/>\n",
    ],
)
def test_what_is_no_mistake_has_no_warning(project: Project, deck: str) -> None:
    project.deck(deck, "--strict")


def test_a_missing_image_has_a_labelled_placeholder_of_its_size(project: Project) -> None:
    project.write(
        "talk.md", '# X\n\n<img src="gone.png" width="300" height="120px">\n\n![:scale 40%](lost.svg)\n'
    )
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG104", "SG104"])
    first, second = project.page("public/talk.html").tree.css(".slidegen-missing")
    assert first.attributes["style"] == "width: 300px; height: 120px"
    assert second.attributes["style"] == "width: 40%"
    assert first.attributes["aria-label"] == "Missing image: gone.png"
    assert first.text() == "gone.png"
    assert second.text() == "lost.svg"


def test_a_formula_that_does_not_parse_shows_its_source_marked(project: Project) -> None:
    project.write("talk.md", "# X\n\nso $\\frac{1$ is\n")
    assert project.run("build", "talk.md").codes == ["SG108"]
    page = project.page("public/talk.html")
    (formula,) = page.tree.css(".slidegen-math-error")
    assert formula.text() == "$\\frac{1$"
    assert "<math" not in page.slides[0]


def test_code_in_an_unknown_language_is_shown_plain(project: Project) -> None:
    project.write("talk.md", "# X\n\n```pyhton\nreturn 1\n```\n")
    assert project.run("build", "talk.md").codes == ["SG109"]
    slide = project.page("public/talk.html").slides[0]
    assert '<div class="remark-code-line">return 1</div>' in slide


def test_an_unclosed_class_is_shown_as_it_is_written(project: Project) -> None:
    project.write("talk.md", "# X\n\nso .red[open\n\n---\n\n# Y\n")
    assert project.run("build", "talk.md").codes == ["SG101"]
    slides = project.page("public/talk.html").slides
    assert "so .red[open" in slides[0]
    assert slides[1] == '<h1 id="y">Y</h1>'


def test_prose_like_a_property_is_shown(project: Project) -> None:
    project.write("talk.md", "Note: this is prose\n\n# X\n")
    assert project.run("build", "talk.md").codes == ["SG105"]
    assert "<p>Note: this is prose</p>" in project.page("public/talk.html").slides[0]


def test_a_mistake_on_a_slide_with_steps_or_inherited_is_reported_once(project: Project) -> None:
    project.write(
        "talk.md",
        "layout: true\n\n![](gone.png) $\\frac$ .red[\n\n---\n\n# A\n\n"
        "[x](#none)\n\n--\n\nmore\n\n--\n\nmost\n\n---\n\n# B\n",
    )
    ran = project.run("build", "talk.md")
    assert (ran.code, sorted(ran.codes)) == (0, ["SG101", "SG104", "SG107", "SG108"])


def test_all_mistakes_of_a_deck_are_named_in_one_go_in_reading_order(project: Project) -> None:
    project.write(
        "talk.md",
        "---\nratio: wide\nhightlightStyle: x\n---\n# X\n\n![](gone.png)\n\n![:nope](x)\n\n.red[open\n\n"
        "[x](#none)\n\n$\\frac$\n",
    )
    ran = project.run("build", "talk.md")
    assert ran.code == 1
    assert ran.codes == ["SG004", "SG110", "SG104", "SG005", "SG101", "SG107", "SG108"]


def test_an_unknown_theme_does_not_hide_the_other_mistakes(project: Project) -> None:
    project.write("talk.md", "---\ntheme: lectur\nratio: wide\n---\n# X\n\n![:nope](x)\n")
    assert project.run("build", "talk.md").codes == ["SG007", "SG004", "SG005"]


def test_an_unknown_theme_of_the_command_line_is_named_there(project: Project) -> None:
    project.write("talk.md", "# X\n")
    ran = project.run("build", "talk.md", "--theme", "slaet")
    assert (ran.code, ran.codes) == (1, ["SG007"])
    assert ran.err.startswith("--theme: error[SG007]: there is no theme slaet")
    assert "did you mean slate?" in ran.err


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("{% extends 'slidegen/deck.html' %}\n{% block meta %}", "templates/deck.html"),
        ("one\n\n{% if %}", "templates/deck.html:3"),
        ("{{ deck.nothing.at.all }}", "templates/deck.html"),
        ("{{ 1 / 0 }}", "templates/deck.html"),
        ("{% include 'gone.html' %}", "templates/deck.html"),
    ],
    ids=["unclosed", "syntax", "undefined", "exception", "include"],
)
def test_a_template_of_the_users_that_fails_is_an_error(project: Project, template: str, place: str) -> None:
    project.write("talk.md", "# X\n")
    project.build("talk.md")
    before = (project.folder / "public/talk.html").read_bytes()
    project.write("templates/deck.html", template)
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG008"])
    assert place in ran.err.partition(": error")[0]
    assert "Traceback" not in ran.err
    assert (project.folder / "public/talk.html").read_bytes() == before


@pytest.mark.parametrize(
    "manifest", ["a: b: c\n", "- a\n", "scheme: [x\n"], ids=["two colons", "a list", "an open bracket"]
)
def test_a_theme_of_the_users_with_a_bad_manifest_is_an_error(project: Project, manifest: str) -> None:
    project.write("templates/themes/mine/theme.css", "")
    project.write("templates/themes/mine/theme.yml", manifest)
    project.write("talk.md", "---\ntheme: mine\n---\n# X\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG008"])
    assert "Traceback" not in ran.err


def test_front_matter_that_is_nested_too_deeply_is_an_error(project: Project) -> None:
    project.write("talk.md", "---\na: " + "[" * 2_000 + "]" * 2_000 + "\n---\n# X\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG003"])


def test_a_deck_that_may_not_be_read_is_an_error(project: Project) -> None:
    (project.folder / "talk.md").symlink_to("talk.md")
    ran = project.run("build", "talk.md")
    assert ran.code == 1
    assert ran.codes == ["SG032"]


def test_an_empty_file_is_a_page(project: Project) -> None:
    for text in ("", "\n\n", "---\ntitle: T\n---\n", "???\nonly notes\n"):
        assert len(project.deck(text).slides) == 1


EXTREMES = {
    "large": "# Slide\n\nSome *text* with `code` and $x^2$.\n\n---\n" * 1_500,
    "slides": "# Slide\n\n- a\n- b\n\n---\n" * 1_000,
    "classes": ".a[" * 10_000 + "x" + "]" * 10_000,
    "open": ".a[" * 10_000,
    "brackets": "[" * 10_000 + "x" + "]" * 10_000,
    "images": "![" * 5_000 + "x" + "](y)" * 5_000,
    "one_line": "word *em* [l](https://e.org) `c` " * 2_000,
    "one_word": "x" * 500_000,
    "stars": "*a **b " * 10_000,
    "underscores": "_" * 50_000 + "a",
    "backticks": "".join("`" * (number % 50 + 1) + "a" for number in range(5_000)),
    "dollars": "$a$$b" * 10_000,
    "quotes": ">" * 5_000 + " x",
    "lists": "\n".join(" " * number + "- x" for number in range(400)),
    "html": "<div>" * 10_000,
    "less": "<a " * 20_000,
    "comments": "<!--" * 20_000,
    "steps": "# X\n" + "\n--\n- item $x$\n" * 150,
    "braces": "{{a}}" * 1_000 + "{{" * 1_000,
    "formula": "$" + "{" * 5_000 + "x" + "}" * 5_000 + "$",
    "separators": "---\n" * 3_000,
    "table": "|" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|x" * 5_000,
    "footnotes": "".join(f"[^{number}] " for number in range(2_000)),
    "front_matter": "---\na: " + "[" * 200 + "]" * 200 + "\n---\n# X\n",
    "variables": "---\na: '{{b}}{{b}}'\nb: '{{a}}{{a}}'\n---\n{{a}}\n",
    "controls": "".join(map(chr, range(32))) * 500 + "\u2028\ufffe\ufeff",
    "empty": "",
}
MEASURE = """
import resource, sys
from slidegen.cli import main
try:
    main()
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_extreme_decks_become_pages_or_diagnostics_within_a_gigabyte(project: Project) -> None:
    for name, text in EXTREMES.items():
        project.write(f"slides/{name}.md", text)
    project.write("slides/binary.md", bytes(range(256)) * 10_000)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, "build"],
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    *built, last = done.stdout.splitlines()
    pages = {line.partition(" -> ")[0] for line in built if not line.startswith("course page")}
    refused = {
        line.removesuffix(": not built") for line in done.stderr.splitlines() if line.endswith(": not built")
    }
    assert pages | refused == {f"slides/{name}.md" for name in (*EXTREMES, "binary")}
    assert "slides/binary.md" in refused
    for name in refused:
        assert f"{name}:" in done.stderr.replace(": not built", "")
    kilobytes = int(last.removeprefix("peak "))
    assert kilobytes < 1_000_000


@pytest.mark.parametrize("mark", ["\x031\x04", "\x020\x04", "\x05rx\x06", "\x0e7\x0f", "\x07"])
def test_characters_that_mean_something_inside_are_harmless_in_links(project: Project, mark: str) -> None:
    project.write("talk.md", f'[a][b] ![c][b] [{mark}][b]\n\n[b]: x{mark}y.html "t{mark}t"\n\n[^{mark}]: z\n')
    ran = project.run("build", "talk.md")
    assert "Traceback" not in ran.err
    assert (project.folder / "public/talk.html").exists()


def test_a_presentation_leads_to_how_to_bring_it_along(project: Project) -> None:
    project.write("talk.pptx", b"PK\x03\x04\xff\0")
    ran = project.run("build", "talk.pptx")
    assert ran.codes == ["SG002"]
    assert "`slidegen docs powerpoint`" in ran.err


def test_a_theme_in_the_projects_settings_is_missing_at_its_place(project: Project) -> None:
    project.write("slidegen.yml", "course: T\ntheme: slaet\n")
    project.write("deck.md", "# X\n")
    ran = project.run("build", "deck.md")
    assert ran.err.startswith("slidegen.yml:2:8: error[SG007]: there is no theme slaet")


def test_a_file_in_utf_16_is_called_by_name(project: Project) -> None:
    project.write("deck.md", "# X\n".encode("utf-16"))
    assert "hint: this is UTF-16, which some editors call Unicode" in project.run("build", "deck.md").err
