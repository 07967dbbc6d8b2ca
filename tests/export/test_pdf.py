"""`slidegen export`: what is in the PDF."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.export.pdf import pdf_of, pikepdf, problems
from tests.projects import PIXEL, Project

pytestmark = pytest.mark.browser

DECK = """\
title: A talk
author: Ada
description: About it
keywords: one, two
footer: The foot
---
class: section
# First

A *paragraph* with **words**, [elsewhere](https://example.org/), [beside](other/file.zip) and [slide two](#2).

![A dot](dot.png)
???
Said only.
---
class: section
name: second
# Second

- one
  1. nested
- two[^1]

### Deep

| a | b |
|---|---|
| 1 | 2 |

$$\\frac{a+1}{2} = \\sqrt{x}$$

[^1]: A note
--

More
---
```python title="one.py"
print("code")
```

<figure aria-label="Named"><p>Read this</p></figure>
"""


def front(text: str) -> str:
    return "---\n" + text


@pytest.fixture
def talk(course: Project) -> Project:
    course.write("talk.md", front(DECK))
    course.write("dot.png", PIXEL)
    course.write("other/file.zip", b"zip")
    return course


def elements(pdf: Any) -> list[tuple[str, Any]]:
    """The roles and dictionaries of the tree, in their order."""
    found = []

    def walk(value: Any) -> None:
        if isinstance(value, pikepdf.Array):
            for each in value:
                walk(each)
        elif isinstance(value, pikepdf.Dictionary) and "/S" in value:
            found.append((str(value.S)[1:], value))
            walk(value.get("/K", pikepdf.Array([])))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def test_a_pdf_is_for_everyone(talk: Project) -> None:
    ran = talk.run("export", "talk.md", "-o", "talk.pdf")
    assert ran.code == 0, ran.err
    assert re.search(r"talk\.md -> talk\.pdf  \(3 slides, \d+ KB\)", ran.out)
    assert problems(talk.folder / "talk.pdf") == []
    with pdf_of(talk, "talk.pdf") as pdf:
        assert len(pdf.pages) == 3
        assert str(pdf.docinfo.Title) == "A talk"
        assert str(pdf.docinfo.Author) == "Ada"
        assert str(pdf.docinfo.Keywords) == "one, two"
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "A talk"
        found = elements(pdf)
        roles = [role for role, _ in found]
        assert roles.count("Sect") == 3
        assert [role for role in roles if re.match(r"H\d", role)] == ["H1", "H1", "H2"]
        assert {"L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Em", "Strong", "Code"} <= set(roles)
        alts = {role: str(value.get("/Alt", "")) for role, value in found}
        assert alts["Figure"] == "A dot"
        assert alts["Formula"] == (
            "the fraction a plus 1 over 2, end of fraction equals the square root of x"
        )
        formula = next(value for role, value in found if role == "Formula")
        assert b"<mfrac" in formula.AF[0].EF.F.read_bytes()
        labels = [int(each.St) for each in pdf.Root.PageLabels.Nums if isinstance(each, pikepdf.Dictionary)]
        assert labels[0] == 1


def test_links_lead_somewhere_and_nowhere_on_the_authors_disk(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "talk.pdf").code == 0
    with pdf_of(talk, "talk.pdf") as pdf:
        links = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
        addresses = [str(each.A.URI) for each in links if "/A" in each and "/URI" in each.A]
        assert addresses[:2] == ["https://example.org/", "other/file.zip"]
        named = {str(name): value for name, value in pdf.Root.get("/Dests", {}).items()}
        inner = [str(each.get("/Dest", "")) for each in links if "/Dest" in each]
        assert len(inner) == 3  # to slide two, to the note and back
        assert all(name in named for name in inner)
        assert all(str(each.Contents) for each in links)
        assert str(talk.folder) not in (talk.folder / "talk.pdf").read_bytes().decode("latin-1")


def test_the_outline_has_slides_below_sections_with_steps_too(talk: Project) -> None:
    for arguments, pages in (([], 3), (["--steps"], 4)):
        assert talk.run("export", "talk.md", "-o", "talk.pdf", *arguments).code == 0
        with pdf_of(talk, "talk.pdf") as pdf, pdf.open_outline() as outline:
            assert len(pdf.pages) == pages
            titles = [item.title for item in outline.root]
            assert titles == ["First", "Second"]
            assert [item.title for item in outline.root[1].children] == ["4"]
            starts = [
                int(each.St) for each in pdf.Root.PageLabels.Nums if isinstance(each, pikepdf.Dictionary)
            ]
            assert starts == ([1] if arguments else [1, 3])  # a label is the number on the slide
        assert problems(talk.folder / "talk.pdf") == []


def test_only_some_slides(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "one.pdf", "--slides", "2-3").code == 0
    with pdf_of(talk, "one.pdf") as pdf:
        assert len(pdf.pages) == 1
    assert talk.run("export", "talk.md", "-o", "one.pdf", "--slides", "9").codes == ["SG074"]
    assert talk.run("export", "talk.md", "-o", "one.pdf", "--slides", "x").code == 2


def test_the_words_of_a_slide_are_in_the_tree_and_its_foot_is_not(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "talk.pdf").code == 0
    with pdf_of(talk, "talk.pdf") as pdf:
        operators = pikepdf.parse_content_stream(pdf.pages[0])
        kinds = [
            str(each.operands[1].get("/Type"))
            for each in operators
            if str(each.operator) == "BDC" and str(each.operands[0]) == "/Artifact"
        ]
        assert kinds.count("/Pagination") >= 2


def test_without_pikepdf_the_pdf_is_plain(talk: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from slidegen.export.pdf import export

    monkeypatch.setattr(export, "find_spec", lambda _: None)
    ran = talk.run("export", "talk.md", "-o", "talk.pdf")
    assert ran.code == 0
    assert ran.codes == ["SG367"]
    assert (talk.folder / "talk.pdf").read_bytes().startswith(b"%PDF-")


def test_a_format_whose_package_is_missing(talk: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from slidegen.export import command

    monkeypatch.setattr(command, "find_spec", lambda _: None)
    ran = talk.run("export", "talk.md", "-o", "talk.pptx")
    assert (ran.code, ran.codes) == (1, ["SG073"])
    assert 'pip install "slidegen[export]"' in ran.err


def test_languages_are_those_of_the_text(course: Project) -> None:
    slide = '# One\n\nSay <span lang="fr">un *bon* mot</span>\n\n???\n- *Slowly*\n'
    course.write("talk.md", f"---\nlang: en\n---\n{slide}")
    assert course.run("export", "talk.md", "-o", "talk.pdf", "--notes").code == 0
    with pdf_of(course, "talk.pdf") as pdf:
        named = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each]
        assert {str(each.Lang) for each in named} == {"en", "fr"}


def test_controls_of_forms_are_read_as_what_they_show(course: Project) -> None:
    course.write("talk.md", "# A\n\n- [x] done\n- [ ] open\n\n<input value='typed'> <button>Go</button>\n")
    assert course.run("export", "talk.md", "-o", "talk.pdf").code == 0
    assert problems(course.folder / "talk.pdf") == []
    with pdf_of(course, "talk.pdf") as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        assert "/Form" not in {str(each.S) for each in found}
        figures = [str(each.Alt) for each in found if each.S == "/Figure"]
        assert figures == ["☑", "☐", "typed"]


def test_build_exports_where_its_output_is_a_pdf(talk: Project) -> None:
    ran = talk.run("build", "talk.md", "-o", "out/talk.pdf")
    assert ran.code == 0
    assert talk.files("out") == ["talk.pdf"]


def test_a_folder_is_exported_once(course: Project) -> None:
    course.write("slidegen.yml", "lang: fr\n")
    course.write("slides/a.md", "# A\n\n[b](b.md)\n")
    course.write("slides/b.md", "# B\n")
    ran = course.run("export")
    assert ran.code == 0
    assert course.files("public") == ["a.pdf", "b.pdf"]
    with pdf_of(course, "public/a.pdf") as pdf:
        assert [str(each.A.URI) for each in pdf.pages[0].Annots] == ["b.pdf"]
        assert str(pdf.Root.Lang) == "fr"
    assert course.run("export").out == "2 exports are up to date\n"
    course.write("slides/b.md", "# B two\n")
    ran = course.run("export")
    assert re.search(r"slides/b\.md -> public/b\.pdf", ran.out)
    assert "1 export is up to date" in ran.out
    course.build()
    assert {"a.pdf", "b.pdf", "a.html"} <= set(course.files("public"))
    assert 'href="a.pdf"' in course.page("public/index.html").html
    assert course.run("export").out == "2 exports are up to date\n"


def test_what_a_variant_leaves_out_is_in_no_export(course: Project) -> None:
    course.write("slidegen.yml", "variants:\n  student: {without: [solution]}\n")
    course.write("talk.md", "# A\n\nShown\n\n.solution[The secret answer is here]\n")
    assert course.run("export", "talk.md", "-o", "talk.txt", "--variant", "student").code == 0
    text = (course.folder / "talk.txt").read_text("utf-8")
    assert "Shown" in text
    assert "secret" not in text


def test_a_deck_that_does_not_compile_is_named_and_the_others_are_exported(course: Project) -> None:
    course.write("slides/a.md", "---\ntitle: [\n---\n# A\n")
    course.write("slides/b.md", "# B\n")
    ran = course.run("export", "slides", "-o", "out")
    assert ran.code == 1
    assert ran.codes == ["SG003"]
    assert "slides/a.md: not exported" in ran.err
    assert course.files("out") == ["b.pdf"]


def test_characters_that_no_font_has_are_named(course: Project) -> None:
    course.write("talk.md", "# A \U0001fb93\U000130a7\n")
    ran = course.run("export", "talk.md", "-o", "talk.pdf")
    if ran.codes:  # a machine may have fonts for everything
        assert ran.codes == ["SG366"]
        assert "\U000130a7" in ran.err or "\U0001fb93" in ran.err
    assert problems(course.folder / "talk.pdf") == []


def test_a_build_exports_what_the_project_says_and_the_course_page_links_it(course: Project) -> None:
    course.write("slidegen.yml", "course: Counting\nexport: [pdf, handout]\n")
    course.write("slides/a.md", "# A\n")
    course.write("slides/b.md", "# B\n")
    assert course.run("build").code == 0
    assert {"a.html", "a.pdf", "a-handout.pdf", "b.pdf", "index.html"} <= set(course.files("public"))
    page = course.page("public/index.html").html
    assert 'href="a.pdf"' in page
    assert 'href="a-handout.pdf"' in page
    assert "Handout" in page
    ran = course.run("build")
    assert ran.out == "2 pages are up to date\n4 exports are up to date\n"
    (course.folder / "slides/b.md").unlink()
    assert course.run("build").code == 0
    assert "b.pdf" not in course.files("public")
    assert "a.pdf" in course.files("public")
    course.write("slidegen.yml", "course: Counting\nexport: [doc]\n")
    assert course.run("build").codes == ["SG004"]


UNDESCRIBED = """\
# Pictures

![](plots/one%20plot.png) ![:scale 50%](two.png) .right[![](three.png)] <img src="four.png"> ![][five]

![:scale 50%, What it shows](six.png) <img src="line.png" alt=""> <img src="a.png" alt="Said">

[five]: plots/five.png
"""


def test_pictures_without_a_description_have_the_names_of_their_files(course: Project) -> None:
    course.write("talk.md", UNDESCRIBED)
    for name in ("plots/one plot", "two", "three", "four", "plots/five", "six", "line", "a"):
        course.write(f"{name}.png", PIXEL)
    assert course.run("export", "talk.md", "-o", "talk.pdf").code == 0
    with pdf_of(course, "talk.pdf") as pdf:
        said = [str(value.get("/Alt", "")) for role, value in elements(pdf) if role == "Figure"]
    assert said == ["one plot", "two", "three", "four", "five", "What it shows", "Said"]
    assert problems(course.folder / "talk.pdf") == []


def test_spaces_that_belong_to_no_element_are_artifacts(course: Project) -> None:
    course.write("talk.md", "# A\n\nIf $x$, then $y$; else ($z$).\n\n$a_1$, $a_2$, ...\n")
    assert course.run("export", "talk.md", "-o", "talk.pdf").code == 0
    with pdf_of(course, "talk.pdf") as pdf:
        assert outside_of_marks(pdf.pages[0], pdf.pages[0].Resources, marked=False) == []


def test_the_lines_of_a_table_are_artifacts_and_no_caption(course: Project) -> None:
    rows = "<tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    style = "<style>table { border-collapse: collapse } th, td { border: 1px solid }</style>"
    course.write(
        "talk.md", f"# A\n\n{style}<table>{rows}\n\n---\n# B\n\n<table><caption>Said</caption>{rows}\n"
    )
    assert course.run("export", "talk.md", "-o", "talk.pdf").code == 0
    with pdf_of(course, "talk.pdf") as pdf:
        roles = [role for role, _ in elements(pdf) if role in ("Table", "Caption", "TR")]
        assert roles == ["Table", "TR", "TR", "Table", "Caption", "TR", "TR"]
        assert outside_of_marks(pdf.pages[0], pdf.pages[0].Resources, marked=False) == []
    assert problems(course.folder / "talk.pdf") == []


BORDERS = """\
class: drawn
background-image: url(dot.png)

<style>
.drawn h1 { border-bottom: 4px solid; background: #eee }
.drawn p { border-left: 4px solid }
.bar { height: 9px; background: red }
</style>

# A title

Said, with `code` and **more**.

<div class="bar"></div>

> [!TIP]
> Take care.

![A dot](dot.png) $\\frac12$

- one
"""


def test_borders_and_backgrounds_are_artifacts_and_no_part_of_the_text(course: Project) -> None:
    course.write("talk.md", BORDERS)
    course.write("dot.png", PIXEL)
    assert course.run("export", "talk.md", "-o", "talk.pdf").code == 0
    assert problems(course.folder / "talk.pdf") == []
    with pdf_of(course, "talk.pdf") as pdf:
        painted = painted_by_roles(pdf)
        assert {role for role, operators in painted if operators & {"f", "S", "Do", "sh"}} == {
            "Figure",
            "Formula",
            "Lbl",
        }
        silent = {"Figure", "Formula", "Lbl"}
        assert all(operators & {"Tj", "TJ"} for role, operators in painted if role not in silent)
        assert outside_of_marks(pdf.pages[0], pdf.pages[0].Resources, marked=False) == []


def painted_by_roles(pdf: Any) -> list[tuple[str, set[str]]]:
    """The roles of the elements that hold the content of the first page, with what it paints."""
    page = pdf.pages[0]
    owners = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))[page.StructParents]
    found: list[tuple[str, set[str]]] = []
    depth, at = 0, 0
    for each in pikepdf.parse_content_stream(page):
        operator = str(each.operator)
        if operator in ("BDC", "BMC"):
            depth += 1
            if operator == "BDC" and "/MCID" in each.operands[1]:
                at = depth
                found.append((str(owners[int(each.operands[1].MCID)].S)[1:], set()))
        elif operator == "EMC":
            at = 0 if depth == at else at
            depth -= 1
        elif at:
            found[-1][1].add(operator)
    return found


def test_links_of_a_page_are_in_the_order_in_which_they_are_read(course: Project) -> None:
    course.write(
        "talk.md",
        '# A\n\n<div style="display: flex; flex-direction: column-reverse">\n'
        '<p><a href="https://one.example/">one</a></p>\n<p style="position: relative; z-index: -1">'
        '<a href="https://two.example/">two</a></p>\n<p><a href="https://three.example/">three</a></p>\n</div>\n',
    )
    assert course.run("export", "talk.md", "-o", "talk.pdf").code == 0
    with pdf_of(course, "talk.pdf") as pdf:
        read = [str(value.K[-1].Obj.A.URI) for role, value in elements(pdf) if role == "Link"]
        assert sorted(read) == sorted(f"https://{each}.example/" for each in ("one", "two", "three"))
        assert [str(each.A.URI) for each in pdf.pages[0].Annots] == read


@pytest.mark.parametrize("control", ["progress", "meter"])
def test_a_number_that_a_control_shows_is_read(course: Project, control: str) -> None:
    course.write("talk.md", f"# A\n\n<{control} value=3 max=10></{control}>\n")
    ran = course.run("export", "talk.md", "-o", "talk.pdf")
    assert ran.code == 0, ran.err
    with pdf_of(course, "talk.pdf") as pdf:
        assert [str(value.Alt) for role, value in elements(pdf) if role == "Figure"] == ["3"]


def outside_of_marks(content: Any, resources: Any, *, marked: bool) -> list[str]:
    """What is painted neither as content with a number nor as an artifact."""
    found: list[str] = []
    open_marks: list[bool] = []
    for each in pikepdf.parse_content_stream(content):
        operator, operands = str(each.operator), each.operands
        is_marked = marked or any(open_marks)
        if operator in ("BDC", "BMC"):
            numbered = operator == "BDC" and "/MCID" in operands[1]
            open_marks.append(numbered or operands[0] == pikepdf.Name.Artifact)
        elif operator == "EMC":
            open_marks.pop()
        elif operator == "Do" and resources.XObject[operands[0]].Subtype == "/Form":
            form = resources.XObject[operands[0]]
            found += outside_of_marks(form, form.get("/Resources", resources), marked=is_marked)
        elif operator in ("Tj", "TJ", "f", "f*", "S", "Do", "sh") and not is_marked:
            found.append(operator)
    return found
