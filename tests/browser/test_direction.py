"""Decks and slides in languages that run from right to left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.pages import THEMES, VOCABULARY_THEMES

DECK = """---
lang: {deck}
theme: {theme}
---
# عنوان

- بند $a^2$ `code(x)`

> اقتباس

```python
x = 1
```

---
lang: {slide}

# Other
--

more
"""
SIDE = """selector => {
  const slide = document.querySelector(".remark-visible .remark-slide").getBoundingClientRect();
  const box = document.querySelector(".remark-visible " + selector).getBoundingClientRect();
  return (box.left + box.right) / 2 < (slide.left + slide.right) / 2 ? "left" : "right";
}"""

PLACES = """shown => {
  const text = document.querySelector(".remark-visible .remark-slide-number").firstChild;
  if (text.data.trim() !== shown) throw new Error(text.data);
  const range = document.createRange();
  return ["1", "/", "3"].map(sign => {
    const at = text.data.indexOf(sign);
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect().left;
  });
}"""
"""How far from the left each sign of the slide's number stands."""


@pytest.mark.parametrize("theme", THEMES)
def test_a_deck_runs_to_the_left_but_for_code_formulas_and_slides_in_other_languages(
    open_page: Callable[..., Any], build_page: Callable[..., str], theme: str
) -> None:
    page = open_page(build_page(DECK.format(deck="ar", slide="en", theme=theme)))
    style = (
        "([selector, name]) => getComputedStyle(document.querySelector('.remark-visible ' + selector))[name]"
    )
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate(SIDE, ".remark-slide-number") == "left"
    assert page.evaluate(PLACES, "1 / 3") == sorted(page.evaluate(PLACES, "1 / 3"))
    assert page.evaluate(style, ["h1", "direction"]) == "rtl"
    for selector in ("pre", "code", "math"):
        assert page.evaluate(style, [selector, "direction"]) == "ltr"
    assert page.evaluate(style, ["ul", "paddingRight"]) != "0px"
    assert page.evaluate(style, ["ul", "paddingLeft"]) == "0px"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash === '#2'")
    assert page.evaluate(style, ["h1", "direction"]) == "ltr"
    assert page.evaluate(SIDE, ".remark-slide-number") == "right"


def test_presenter_and_buttons_run_as_the_deck_does(
    open_page: Callable[..., Any], build_page: Callable[..., str]
) -> None:
    page = open_page(build_page(DECK.format(deck="ar", slide="ar", theme="slate")), "#p1")
    left = "selector => document.querySelector(selector).getBoundingClientRect().left"
    # The next slide is at the right in every language, as its key is.
    assert page.evaluate(left, ".slidegen-previous") < page.evaluate(left, ".slidegen-next")
    assert page.evaluate(left, ".remark-notes-area") < page.evaluate(left, ".remark-slides-area")
    filled = page.evaluate(
        "getComputedStyle(document.querySelector('.slidegen-timeline'), '::before').clipPath"
    )
    assert filled == "inset(0px 0px 0px 50% round 3px)"


@pytest.mark.parametrize("lang", ["he", "fa", "ur-PK"])
def test_a_slide_may_run_to_the_left_by_itself(
    open_page: Callable[..., Any], build_page: Callable[..., str], lang: str
) -> None:
    page = open_page(build_page(DECK.format(deck="en", slide=lang, theme="lecture")))
    assert page.evaluate("document.documentElement.dir") == ""
    for number in ("#2", "#3"):
        page.keyboard.press("ArrowRight")
        page.wait_for_function("hash => location.hash === hash", arg=number)
        assert page.evaluate("document.querySelector('.remark-visible .remark-slide-content').dir") == "rtl"
        assert page.evaluate(SIDE, ".remark-slide-number") == "left"


def test_what_comes_next_stands_below_its_label(
    open_page: Callable[..., Any], build_page: Callable[..., str]
) -> None:
    page = open_page(build_page(DECK.format(deck="ar", slide="en", theme="lecture")), "#p1")
    label, slide = (
        page.locator(f".slidegen-coming {part}").bounding_box()
        for part in (".slidegen-label", ".remark-slide-scaler")
    )
    assert slide["x"] + slide["width"] == pytest.approx(label["x"] + label["width"], abs=2)


MARK = """() => {
  const quoted = document.querySelector(".remark-visible blockquote");
  const { left, right, content } = getComputedStyle(quoted, "::before");
  return [parseFloat(left) >= quoted.clientWidth - 1, parseFloat(right) >= quoted.clientWidth - 1, content,
    getComputedStyle(quoted).fontStyle];
}"""


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_the_mark_of_a_quotation_stands_where_its_lines_begin(
    open_page: Callable[..., Any], build_page: Callable[..., str], theme: str
) -> None:
    deck = (
        "---\nlang: {}\ntheme: {}\n---\nclass: quotation\n> one\n\n---\nlang: {}\nclass: quotation\n> two\n"
    )
    page = open_page(build_page(deck.format("ar", theme, "en")))
    assert page.evaluate(MARK) == [True, False, '"\u201d"', "normal"]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(MARK)[:3] == [False, True, '"\u201c"']


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_letters_that_join_stay_joined_in_titles(
    open_page: Callable[..., Any], build_page: Callable[..., str], theme: str
) -> None:
    kinds = "".join(f"---\nclass: {kind}\n# A\n## B\n" for kind in ("title", "section", "statement"))
    page = open_page(build_page(f"---\nlang: fa\ntheme: {theme}\n---\n# A\n## B\n{kinds}"))
    spaced = "[...document.querySelectorAll('h1, h2')].map((each) => getComputedStyle(each).letterSpacing)"
    assert set(page.evaluate(spaced)) <= {"normal", "0px"}
