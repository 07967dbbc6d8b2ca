"""`slidegen export`: handouts, notes, pictures, text."""

from __future__ import annotations

import struct

import pytest

from tests.export.test_pdf import pdf_of, problems
from tests.projects import PIXEL, Project

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
    assert talk.files("p") == ["01.png", "02.png", "03.png", "04.png", "sheet.png"]
    head = (talk.folder / "p/01.png").read_bytes()[:24]
    assert struct.unpack(">II", head[16:]) == (640, 480)
    assert talk.run("export", "talk.md", "-o", "s", "--format", "jpeg", "--steps", "--scale", "1").code == 0
    assert talk.files("s") == ["01.jpg", "02-1.jpg", "02-2.jpg", "03.jpg", "04.jpg"]
    first, second = ((talk.folder / "s" / name).read_bytes() for name in ("02-1.jpg", "02-2.jpg"))
    assert first != second


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
