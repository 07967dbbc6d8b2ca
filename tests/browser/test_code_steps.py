"""Code that is explained step by step, wherever a page shows it: one copy, of which some lines are lit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
Build = Callable[..., str]

DECK = """# Code

.columns[
.column[
```python {1|2-3|all} title="a.py"
first = 1
second = 2
third = 3
```
]
.column-2[
Text beside it.

--

More of it.
]
]

---

# End
"""
LIT = """(root) => [...document.querySelectorAll(`${root} .remark-code-line`)]
  .map((line, place) => getComputedStyle(line).opacity === "1" ? place : -1).filter((place) => place >= 0)"""
SLIDE = ".remark-visible"


@pytest.fixture
def page(build_page: Build, open_page: Open) -> Any:
    html = build_page(DECK)
    assert html.count('class="remark-code-line') == 3, "the block is in the page once"
    return open_page(html)


def test_keys_go_from_step_to_step_and_back(page: Any) -> None:
    steps = [page.evaluate(LIT, SLIDE)]
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        steps.append(page.evaluate(LIT, SLIDE))
    assert steps == [[0], [1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2], [1, 2], [0]]


def test_its_column_is_as_wide_at_each_step(page: Any) -> None:
    widths = set()
    for _ in range(4):
        widths.add(page.locator(f"{SLIDE} pre").bounding_box()["width"])
        page.keyboard.press("ArrowRight")
    assert len(widths) == 1


def test_the_overview_shows_the_last_step_and_leaves_the_slide_at_its_own(page: Any) -> None:
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    page.wait_for_selector(".slidegen-open")
    assert page.evaluate(LIT, ".remark-slides-area") == [0, 1, 2]
    page.keyboard.press("o")
    assert page.evaluate(LIT, SLIDE) == [1, 2]


def test_the_presenter_sees_this_step_and_the_next(page: Any) -> None:
    page.keyboard.press("p")
    page.wait_for_selector(".slidegen-presenter")
    assert page.evaluate(LIT, SLIDE) == [0]
    assert page.evaluate(LIT, ".remark-preview-area") == [1, 2]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(LIT, SLIDE) == [1, 2]
    assert page.evaluate(LIT, ".remark-preview-area") == [0, 1, 2]


@pytest.mark.parametrize(
    ("asked", "lit"), [("", [[0, 1, 2]]), ("?print=steps", [[0], [1, 2], [0, 1, 2], [0, 1, 2]])]
)
def test_paper_has_the_last_step_or_each(
    build_page: Build, open_page: Open, asked: str, lit: list[list[int]]
) -> None:
    page = open_page(build_page(DECK), asked)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    slides = page.locator("div.remark-slide-container:has(pre)")
    slides.evaluate_all("(all) => all.forEach((slide, place) => slide.id = `paper-${place}`)")
    assert [page.evaluate(LIT, f"#paper-{place}") for place in range(slides.count())] == lit


def test_numbers_and_signs_of_a_diff_stand_in_one_line(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page("# A\n\n```python linenums=99 diff\n a\n-b\n+c\n```\n"))
    heights = page.evaluate("""[...document.querySelectorAll(".remark-code-line")].map((line) =>
      [parseFloat(getComputedStyle(line, "::after").height), line.getBoundingClientRect().height])""")
    assert len(heights) == 3
    assert all(0 < sign <= line + 1 for sign, line in heights)
