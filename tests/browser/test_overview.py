"""The overview: all slides side by side, by keyboard and mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.slideshow import index
from tests.pages import step

Open = Callable[..., Any]
SLIDES: list[Any] = [f"<h1>Slide {number}</h1><p><a href='#1'>back</a></p>" for number in range(1, 31)]
SLIDES[4] = [step("<p>five</p>"), step("<p>five</p><p>more of it</p>")]
FOCUSED = "document.activeElement.textContent"
COLUMNS = "getComputedStyle(slidegen['boot.mjs'].deck.area).gridTemplateColumns.split(' ').length"


def is_open(page: Any) -> bool:
    return bool(page.evaluate("document.body.classList.contains('slidegen-overview-mode')"))


@pytest.fixture
def overview(open_deck: Open) -> Any:
    page = open_deck(*SLIDES)
    page.keyboard.press("o")
    return page


def test_all_slides_are_buttons_named_as_slides_each_once(open_deck: Open) -> None:
    page = open_deck(*[step(f"<p>{n}</p>", title=f"T{n}") for n in range(3)], SLIDES[4])
    assert page.locator(".slidegen-open").count() == 0
    page.keyboard.press("o")
    names = [
        each.get_attribute("aria-label")
        for each in page.get_by_role("button", name=re.compile("^Slide")).all()
    ]
    assert names == ["Slide 1 of 4: T0", "Slide 2 of 4: T1", "Slide 3 of 4: T2", "Slide 4 of 4"]
    boxes = page.evaluate(
        "[...document.querySelectorAll('.remark-slide-scaler')].map((each) => each.getBoundingClientRect().toJSON())"
    )
    assert len({(box["left"], box["top"]) for box in boxes}) == 4
    assert all(
        200 < box["width"] < 500 and box["width"] / box["height"] == pytest.approx(4 / 3, 0.01)
        for box in boxes
    )
    page.keyboard.press("o")
    assert page.locator(".slidegen-open").count() == 0
    assert page.locator("div.remark-slide-container[role=group]").count() == 4


def test_the_keyboard_moves_in_two_dimensions_and_opens(overview: Any) -> None:
    columns = overview.evaluate(
        "getComputedStyle(slidegen['boot.mjs'].deck.area).gridTemplateColumns.split(' ').length"
    )
    assert columns > 2
    walk = [
        ("ArrowRight", 2), ("ArrowDown", 2 + columns), ("ArrowLeft", 1 + columns), ("ArrowUp", 1), ("ArrowUp", 1),
        ("End", 30), ("ArrowDown", 30), ("ArrowRight", 30), ("Home", 1), ("PageDown", 1 + 3 * columns), ("PageUp", 1),
    ]  # fmt: skip
    for key, number in walk:
        overview.keyboard.press(key)
        assert overview.evaluate(FOCUSED) == str(number), key
    overview.keyboard.press("1")
    overview.keyboard.press("2")
    assert overview.evaluate(FOCUSED) == "12"
    assert index(overview) == 0, "nothing is chosen yet"
    overview.keyboard.press("Enter")
    assert not is_open(overview)
    assert overview.locator(".remark-visible h1").inner_text() == "Slide 12"


def test_the_focused_slide_is_in_sight(overview: Any) -> None:
    overview.keyboard.press("End")
    box = overview.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    assert box["top"] >= 0
    assert box["bottom"] <= 720


def test_a_click_opens_a_slide_at_its_first_step(overview: Any) -> None:
    overview.locator("div[data-number='5'] > button").click()
    assert not is_open(overview)
    assert index(overview) == 4
    assert overview.locator(".remark-visible p").all_inner_texts() == ["five"]


@pytest.mark.parametrize("key", ["Escape", "o"])
def test_leaving_changes_nothing(overview: Any, key: str) -> None:
    overview.keyboard.press("ArrowRight")
    overview.keyboard.press(key)
    assert not is_open(overview)
    assert index(overview) == 0
    overview.keyboard.press("ArrowRight")
    assert index(overview) == 1


def test_steps_are_collapsed_and_come_back(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#5")
    assert page.locator(".remark-visible p").all_inner_texts() == ["five"]
    page.keyboard.press("o")
    assert page.locator("div:has(> [aria-current]) p").all_inner_texts() == ["five", "more of it"]
    page.keyboard.press("Enter")
    assert index(page) == 4
    assert page.locator(".remark-visible p").all_inner_texts() == ["five"]


def test_what_is_on_the_slides_is_no_stop_for_the_keyboard(overview: Any) -> None:
    overview.keyboard.press("Tab")
    assert overview.evaluate("document.activeElement.matches('.remark-slides-area a') === false")


def test_a_slide_that_another_hand_turns_to_is_the_one_shown(overview: Any) -> None:
    overview.evaluate("slideshow.gotoSlide(9)")
    assert overview.locator("[aria-current]").inner_text() == "8"
    overview.keyboard.press("Escape")
    assert overview.locator(".remark-visible h1").inner_text() == "Slide 8"


def test_the_wheel_scrolls_it(open_deck: Open) -> None:
    page = open_deck(*SLIDES, options={"navigation": {"scroll": True, "click": True}})
    page.keyboard.press("o")
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 400)
    page.wait_for_function("slidegen['boot.mjs'].deck.area.scrollTop > 0")
    assert index(page) == 0


def test_it_is_not_printed(overview: Any) -> None:
    overview.emulate_media(media="print")
    assert overview.evaluate("getComputedStyle(slidegen['boot.mjs'].deck.area).display") == "block"


def test_phones_see_two_slides_side_by_side(open_deck: Open) -> None:
    page = open_deck(*SLIDES, page={"viewport": {"width": 390, "height": 844}})
    page.keyboard.press("o")
    tops = page.evaluate(
        "[...document.querySelectorAll('div.remark-slide-container')].map((each) => each.offsetTop)"
    )
    assert tops[0] == tops[1] < tops[2]
    assert page.evaluate("slidegen['boot.mjs'].deck.area.scrollWidth") <= 390
