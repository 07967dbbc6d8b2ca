"""`slidegen export`: handouts, notes, pictures, text."""

from __future__ import annotations

import json
import struct

import pytest

from slidegen.export.pictures import names_of
from slidegen.project.package_data import own_slides
from tests.export.pdf import pdf_of, problems
from tests.projects import PIXEL, Project

pikepdf = pytest.importorskip("pikepdf")
Image = pytest.importorskip("PIL.Image")
pytestmark = pytest.mark.browser

DECK = """\
---
title: A talk
lang: {lang}
---
# First

Words, $x^2$ and [there](https://example.org/).

![A dot](dot.png)
???
Said *only*.

{notes}
---
# Second

1. one
   - nested
2. two

```python
one

two
```

| a | b |
|---|---|
| 1 | 2 |
--

More
---
# Third
---
# Fourth
"""


@pytest.fixture
def talk(course: Project) -> Project:
    course.write("slidegen.yml", "course: Counting\n")
    course.write("talk.md", DECK.format(lang="en-US", notes=""))
    course.write("dot.png", PIXEL)
    return course


@pytest.mark.parametrize(("count", "pages"), [("2", 2), ("3", 2), ("4", 1), ("6", 1)])
def test_handouts_have_several_slides_a_page(talk: Project, count: str, pages: int) -> None:
    ran = talk.run("export", "talk.md", "-o", "out.pdf", "--handout", count)
    assert (ran.code, ran.codes) == (0, [])
    assert problems(talk.folder / "out.pdf") == []
    with pdf_of(talk, "out.pdf") as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == pages
        size = sorted(round(float(number)) for number in pdf.pages[0].MediaBox[2:])
        assert size == [612, 792]  # Letter, since the deck is in American English
        assert [item.title for item in outline.root] == ["First", "Second", "Third", "Fourth"]


def test_notes_stand_below_their_slides_and_go_on(talk: Project) -> None:
    talk.write("talk.md", DECK.format(lang="de", notes="A long story. " * 900))
    assert talk.run("export", "talk.md", "-o", "out.pdf", "--notes").code == 0
    assert problems(talk.folder / "out.pdf") == []
    with pdf_of(talk, "out.pdf") as pdf:
        assert 5 <= len(pdf.pages) <= 7  # three for the first slide, two slides on each of the others
        assert [round(float(number)) for number in pdf.pages[0].MediaBox[2:]] in ([595, 842], [596, 842])


def test_pictures_of_slides_and_steps(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "p", "--format", "png", "--width", "640", "--sheet").code == 0
    assert talk.files("p") == ["01.png", "03.png", "04.png", "05.png", "sheet.png"]
    head = (talk.folder / "p/01.png").read_bytes()[:24]
    assert struct.unpack(">II", head[16:]) == (640, 480)
    assert talk.run("export", "talk.md", "-o", "s", "--format", "jpeg", "--steps", "--scale", "1").code == 0
    assert talk.files("s") == ["01.jpg", "02.jpg", "03.jpg", "04.jpg", "05.jpg"]
    first, second = ((talk.folder / "s" / name).read_bytes() for name in ("02.jpg", "03.jpg"))
    assert first != second


def test_pictures_have_the_names_by_which_slides_are_asked_for(talk: Project) -> None:
    assert (
        talk.run("export", "talk.md", "-o", "p", "--format", "png", "--scale", "1", "--slides", "4").code == 0
    )
    assert talk.files("p") == ["04.png"]
    assert names_of([1, 1, 2, 3]) == ["01-1", "01-2", "02", "03"]
    assert names_of([9, 100]) == ["009", "100"]


def test_what_was_drawn_is_shown_where_it_is_asked_for(talk: Project) -> None:
    ran = talk.run("export", "talk.md", "-o", "out.pdf", "--ink")
    assert (ran.code, ran.codes) == (0, ["SG360"])
    assert "talk.ink.json" in ran.err
    stroke = {"tool": "pen", "color": "#ff0000", "points": [100, 500, 800, 500]}
    talk.write("talk.ink.json", json.dumps({"version": 1, "slides": {"First": [stroke]}}))
    red = {}
    for options in ([], ["--ink"]):
        for name in ("p", "a.pdf", "h.pdf", "n.pdf"):
            more = {
                "p": ["--format", "png", "--scale", "1"],
                "h.pdf": ["--handout", "2"],
                "n.pdf": ["--notes"],
            }
            ran = talk.run("export", "talk.md", "-o", name, *more.get(name, []), *options)
            assert (ran.code, ran.codes) == (0, [])
            if name == "p":
                with Image.open(talk.folder / "p/01.png") as picture:
                    found = picture.convert("RGB").getpixel((454, 500)) == (255, 0, 0)
            else:
                with pdf_of(talk, name) as pdf:
                    found = any(
                        str(each.operator) == "RG" and [float(value) for value in each.operands] == [1, 0, 0]
                        for each in pikepdf.parse_content_stream(pdf.pages[0])
                    )
                assert problems(talk.folder / name) == []
            red[name, bool(options)] = found
    assert red == {(name, asked): asked for name, asked in red}


def test_text_has_all_that_is_said(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "talk.txt").code == 0
    text = (talk.folder / "talk.txt").read_text("utf-8")
    assert text.startswith(
        "A talk\n======\n\n1. First\n--------\n\nWords, x squared and there (https://example.org/).\n"
    )
    assert "[A dot]" in text
    assert "Notes:\n\nSaid only." in text
    assert "1. one\n   - nested\n2. two" in text
    assert "    one\n\n    two\n" in text
    assert "a | b\n1 | 2" in text
    assert text.count("More") == 1


def test_markdown_has_formulas_in_tex(talk: Project) -> None:
    assert talk.run("export", "talk.md", "-o", "out/talk.md").code == 0
    text = (talk.folder / "out/talk.md").read_text("utf-8")
    assert "## 1. First\n\nWords, $x^2$ and [there](https://example.org/)." in text
    assert "```\none\n\ntwo\n```" in text
    assert "| a | b |\n| --- | --- |\n| 1 | 2 |" in text


def test_a_deck_is_not_written_over(talk: Project) -> None:
    before = (talk.folder / "talk.md").read_bytes()
    ran = talk.run("export", "talk.md", "-o", "talk.md")
    assert ran.codes == ["SG010"]
    assert (talk.folder / "talk.md").read_bytes() == before


def test_a_picture_of_a_film_shows_its_first_frame(course: Project) -> None:
    course.write("film.mp4", (own_slides() / "tour/pendulums.mp4").read_bytes())
    course.write("talk.md", '<video src="film.mp4" preload="none" width="600"></video>\n')
    assert course.run("export", "talk.md", "-o", "out/", "--format", "png", "--scale", "1").code == 0
    with Image.open(course.folder / "out/01.png") as picture:
        shown = picture.convert("RGB").crop((120, 120, 500, 300))
    assert len(shown.getcolors(100_000)) > 50
