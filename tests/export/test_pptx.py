"""`slidegen export`: what is in the presentation."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.projects import PIXEL, Project

pptx = pytest.importorskip("pptx")
Image = pytest.importorskip("PIL.Image")
pytestmark = pytest.mark.browser

DECK = """\
---
title: A talk
author: Ada
---
# First

Words, **bold**, [there](https://example.org/) and [slide two](#second).

![A dot](dot.png)
???
Said *only*.
---
name: second
# Second

- one
- two

3. three

```python
def one():
    pass
```

| a | b |
|---|---|
| 1 | 2 |

$$\\frac{a}{b} = \\sqrt{x}$$
--

More
---
background-image: url(dot.png)

No heading
"""
A14 = "{http://schemas.microsoft.com/office/drawing/2010/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@pytest.fixture
def talk(course: Project) -> Project:
    course.write("talk.md", DECK)
    course.write("dot.png", PIXEL)
    return course


def opened(project: Project, name: str = "talk.pptx") -> Any:
    return pptx.Presentation(str(project.folder / name))


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_presentation_is_native(talk: Project) -> None:
    ran = talk.run("export", "talk.md", "-o", "talk.pptx")
    assert (ran.code, ran.codes) == (0, [])
    deck = opened(talk)
    assert (deck.core_properties.title, deck.core_properties.author) == ("A talk", "Ada")
    first, second, third = deck.slides
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == ["First", "Second", "Slide 4"]
    assert texts(first) == ["First", "Words, bold, there and slide two.", "1 / 4"]
    assert first.notes_slide.notes_text_frame.text == "Said only."
    assert not second.has_notes_slide
    paragraph = first.shapes[1].text_frame.paragraphs[0]
    assert [(run.text, bool(run.font.bold)) for run in paragraph.runs if run.font.bold] == [("bold", True)]
    links = [run.hyperlink for run in paragraph.runs if run._r.rPr.find(f"{{{NS}}}hlinkClick") is not None]
    assert links[0].address == "https://example.org/"
    target = links[1]._hlinkClick
    assert target.get("action") == "ppaction://hlinksldjump"
    assert first.part.related_part(target.rId) is second.part
    picture = next(
        shape for shape in first.shapes if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE
    )
    assert picture._element.nvPicPr.cNvPr.get("descr") == "A dot"
    assert third.background.fill.type is not None


NS = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_numbers_of_lists_are_in_no_picture(course: Project, between: str) -> None:
    course.write("style.css", "li::marker { color: #ff0000 }")
    items = between.join(f"{number}. item" for number in (1, 2))
    course.write("talk.md", f"---\ncss: [style.css]\n---\n# A\n\n{items}\n")
    assert course.run("export", "talk.md", "-o", "talk.pptx").code == 0
    with ZipFile(course.folder / "talk.pptx") as packed:
        for name in packed.namelist():
            if name.endswith(".png"):
                with Image.open(BytesIO(packed.read(name))) as picture:
                    colours = picture.convert("RGB").getcolors(1 << 24) or []
                    assert (255, 0, 0) not in {colour for _, colour in colours}


def test_lists_code_tables_and_formulas(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "talk.pptx").code == 0
    second = opened(talk).slides[1]
    found = texts(second)
    assert found[:4] == ["Second", "one", "two", "three"]
    assert "def one():\n    pass" in found
    assert found[-2:] == ["More", "3 / 4"]
    bullets = [
        next((child.get("char") or child.get("type") for child in shape.text_frame.paragraphs[0]._p.pPr
              if child.tag in (f"{{{NS}}}buChar", f"{{{NS}}}buAutoNum")), "")
        for shape in second.shapes if shape.has_text_frame and shape.text_frame.paragraphs[0]._p.pPr is not None
    ]  # fmt: skip
    assert bullets[1:4] == ["•", "•", "arabicPeriod"]
    [table] = [shape.table for shape in second.shapes if shape.has_table]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["1", "2"]]
    formulas = list(second._element.iter(f"{A14}m"))
    assert len(formulas) == 1
    assert formulas[0].find(f".//{M}f") is not None
    assert formulas[0].find(f".//{M}rad") is not None
    [both] = second._element.iter(f"{MC}AlternateContent")  # for programs without formulas: a picture
    choice, fallback = both
    assert (choice.get("Requires"), choice.nsmap[choice.get("Requires")]) == ("math", A14.strip("{}"))
    assert fallback.find(".//{*}cNvPr").get("descr") == "a over b equals the square root of x"


def test_text_looks_as_the_page_has_it(course: Project) -> None:
    course.write(
        "talk.md",
        "<style>li::marker { color: rgb(1, 2, 3) } h1 { letter-spacing: 2px; font-size: 40px }\n"
        "code { padding: 0 8px !important; border: 0 !important }</style>\n"
        "# Title\n\n- an item\n\nWords `code` and more\n\n<div style='zoom: 0.5; font-size: 40px'>half</div>\n",
    )
    assert course.run("export", "talk.md", "-o", "talk.pptx").code == 0
    [slide] = opened(course).slides
    looks = {node.text: node.getparent().find(f"{{{NS}}}rPr") for node in slide._element.iter(f"{{{NS}}}t")}
    assert (looks["Title"].get("spc"), looks["Title"].get("sz")) == ("150", "3000")
    assert looks["half"].get("sz") == "1500"  # 20 pixels
    assert looks["Words"].get("spc") is None
    assert looks[" "].get("spc") == looks["e"].get("spc") == "600"  # the edges of `code`
    [colour] = slide._element.iter(f"{{{NS}}}buClr")
    assert colour[0].get("val") == "010203"


def test_shapes_stand_where_the_browser_has_them(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "talk.pptx").code == 0
    deck = opened(talk)
    assert (deck.slide_width, deck.slide_height) == (908 * 9525, 681 * 9525)
    for slide in deck.slides:
        boxes = [shape for shape in slide.shapes if shape.has_text_frame and shape.top >= 0]
        assert all(shape.left >= 0 and shape.left + shape.width <= deck.slide_width for shape in boxes)
        content = [shape.top for shape in boxes[:-1]]
        assert content == sorted(content)


def test_pictures_show_what_stands_there(course: Project) -> None:
    square = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'><path d='M0 0h40v30H0' fill='{}'/></svg>"
    colours = {"red": (255, 0, 0), "blue": (0, 0, 255)}
    for name in colours:
        course.write(f"{name}.svg", square.format(name))
    course.write("talk.md", "# A\n\n![red](red.svg)\n\nWords and $x^2$\n\n.right[![blue](blue.svg)]\n")
    assert course.run("export", "talk.md", "-o", "talk.pptx").code == 0
    [slide] = opened(course).slides
    found = {}
    for shape in slide.shapes:
        if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE:
            with Image.open(BytesIO(shape.image.blob)) as picture:
                found[shape._element.nvPicPr.cNvPr.get("descr")] = picture.size, picture.getpixel((40, 30))
    assert found == {name: ((80, 60), colour) for name, colour in colours.items()}


def test_steps_and_slides_of_one_picture(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "talk.pptx", "--steps", "--pictures").code == 0
    deck = opened(talk)
    assert len(deck.slides) == 4
    for slide in deck.slides:
        assert len(slide.shapes) == 2
    alternative = deck.slides[1].shapes[1]._element.nvPicPr.cNvPr.get("descr")
    assert alternative.startswith("Second\n- one\n- two")
    assert "a over b equals the square root of x" in alternative
    assert deck.slides[0].notes_slide.notes_text_frame.text == "Said only."


def test_a_formula_of_one_line_in_a_title_is_letters(talk: Project) -> None:
    talk.write("talk.md", "# Why $a_1^2$ counts\n\nText\n\n---\n# $E = mc^2$\n")
    assert talk.run("export", "talk.md", "-o", "talk.pptx").code == 0
    for slide, title in zip(opened(talk).slides, ["Why a12 counts", "E=mc2"], strict=True):
        assert slide.shapes.title.text_frame.text == title
        runs = slide.shapes.title.text_frame.paragraphs[0].runs
        assert all(run.font.size for run in runs)
        small = {run.text for run in runs if run._r.get_or_add_rPr().get("baseline", "0") != "0"}
        assert small == ({"1", "2"} if "a" in title else {"2"})


@pytest.mark.parametrize("formula", ["\\frac{a}{b}", "\\sqrt{x}", "x^{2^n}"])
def test_another_formula_in_a_title_is_native_and_letters_where_formulas_are_not_known(
    talk: Project, formula: str
) -> None:
    talk.write("talk.md", f"# Why ${formula}$\n\nText\n")
    assert talk.run("export", "talk.md", "-o", "talk.pptx").code == 0
    [both] = opened(talk).slides[0]._element.iter(f"{MC}AlternateContent")
    known, other = both
    assert known.find(f".//{A14}m") is not None
    assert other.find(f".//{A14}m") is None
    assert other.find(".//{*}nvPr/{*}ph").get("type") == "title"
    assert "".join(run.find(f"{A}t").text for run in other.iter(f"{A}r")).startswith("Why ")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "talk.odp").code == 0
    profile = f"-env:UserInstallation={(talk.folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(talk.folder / "out")]
    subprocess.run([*command, str(talk.folder / "talk.odp")], check=True, capture_output=True)
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(talk.folder / "out/talk.pdf") as pdf:
        assert len(pdf.pages) == 3
    shutil.rmtree(talk.folder / "profile")


def test_odp_without_libreoffice_says_what_to_install(
    talk: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from slidegen.export import odp

    monkeypatch.setattr(odp, "NAMES", ("no-such-office",))
    monkeypatch.setattr(odp, "PLACES", {})
    ran = talk.run("export", "talk.md", "-o", "talk.odp")
    assert (ran.code, ran.codes) == (1, ["SG073"])
    assert "install LibreOffice" in ran.err
    assert not (talk.folder / "talk.odp").exists()


def test_a_table_from_right_to_left_is_one_in_powerpoint(course: Project) -> None:
    course.write("talk.md", "---\nlang: ar\n---\n# A\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n")
    assert course.run("export", "talk.md", "-o", "talk.pptx").code == 0
    (slide,) = pptx.Presentation(str(course.folder / "talk.pptx")).slides
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    assert table._tbl.tblPr.get("rtl") == "1"
    looks = [cell._tc.find(".//{*}pPr") for cell in table.iter_cells()]
    assert [(look.get("algn"), look.get("rtl")) for look in looks] == [("r", "1"), ("ctr", "1")] * 2
