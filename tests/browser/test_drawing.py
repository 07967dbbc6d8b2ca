"""The laser pointer, the pens and the highlighter, in one window and in its clone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.devices import LEAST, PHONE, SMALL, at_every_size, place
from tests.browser.drawing import PATHS, drag, pen
from tests.browser.slideshow import index, opened
from tests.pages import THEMES

Open = Callable[..., Any]
SLIDES = ["<p>one</p><a href='#3'>three</a>", ["<p>two</p>", "<p>two</p><p>more</p>"], "<p>three</p>"]
COLORS = f"{PATHS}.map((path) => path.getAttribute('stroke'))"
DOT = "document.querySelector('.slidegen-laser')?.getBoundingClientRect().toJSON()"


def count(page: Any) -> int:
    return len(page.evaluate(COLORS))


def test_the_mouse_draws_while_the_bar_is_open(open_deck: Open) -> None:
    page = open_deck(*SLIDES, options={"navigation": {"click": True}})
    page.keyboard.press("d")
    drag(page, (400, 300), (600, 350), (500, 500))
    assert count(page) == 1
    box = page.evaluate(f"{PATHS}[0].getBoundingClientRect().toJSON()")
    assert [box["left"], box["top"], box["right"], box["bottom"]] == pytest.approx(
        [400, 300, 600, 500], abs=12
    )
    link = page.locator(".remark-visible a").bounding_box()
    drag(page, (link["x"] + 5, link["y"] + 5), (link["x"] + 6, link["y"] + 5))
    assert index(page) == 0, "neither a click nor a link"
    page.keyboard.press("d")
    drag(page, (700, 300), (720, 350))
    assert index(page) == 1, "a click again"
    page.keyboard.press("ArrowLeft")
    assert count(page) == 2


@at_every_size
def test_drawings_belong_to_their_slide_and_its_steps_and_scale_with_it(
    open_deck: Open, size: dict[str, Any]
) -> None:
    page = open_deck(*SLIDES, hash="?view=slides#2", page=size)
    page.keyboard.press("d")
    drag(page, place(page, 400, 300), place(page, 600, 400))
    for key, number in (("ArrowRight", 1), ("ArrowRight", 0), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        assert count(page) == number
    page.set_viewport_size({"width": 800, "height": 450})
    box = page.evaluate(f"{PATHS}[0].getBoundingClientRect().toJSON()")
    left, top = place(page, 400, 300)
    width = place(page, 600, 300)[0] - left
    assert [box["left"], box["top"], box["width"]] == pytest.approx([left, top, width], abs=5)


@at_every_size
def test_tools_undo_and_clear(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    page.keyboard.press("d")
    bar = page.get_by_role("region", name="Draw on slides")
    tools = ["Pen in the colour of the text", "Red pen", "Blue pen", "Green pen", "Highlighter"]
    for row, name in enumerate(tools):
        choice = bar.get_by_role("button", name=name, exact=True)
        choice.click()
        assert choice.get_attribute("aria-pressed") == "true"
        drag(page, place(page, 300, 100 + 60 * row), place(page, 500, 110 + 60 * row))
    assert bar.locator("[aria-pressed=true]").count() == 1
    assert len(set(page.evaluate(COLORS))) == 5
    assert page.locator(".remark-visible .slidegen-marker path").count() == 1
    bar.get_by_role("button", name="Undo").click()
    assert page.locator(".remark-visible .slidegen-marker path").count() == 0
    page.keyboard.press("Control+z")
    assert count(page) == 3
    bar.get_by_role("button", name="Clear this slide").click()
    assert count(page) == 0
    bar.get_by_role("button", name="Undo").click()
    assert count(page) == 3
    page.keyboard.press("Escape")
    assert bar.count() == 0


def test_pens_are_seen_on_light_and_on_dark_slides(open_deck: Open) -> None:
    page = open_deck("<p>x</p>")
    page.keyboard.press("d")
    colors = page.evaluate(
        "[...document.querySelectorAll('.slidegen-draw i:not(.slidegen-marker, .slidegen-penInk)')]"
        ".map((each) => getComputedStyle(each).color)"
    )
    assert len(colors) == 3
    for color in colors:
        for ground in ("rgb(255, 255, 255)", "rgb(35, 46, 58)"):
            assert contrast(color, ground) >= 3, (color, ground)


@pytest.mark.parametrize("size", [{}, SMALL, PHONE, LEAST], ids=["1280", "640", "390", "320"])
@pytest.mark.parametrize("ratio", [(4, 3), (16, 9)], ids=["4:3", "16:9"])
def test_the_bar_has_a_place_of_its_own_in_which_each_button_is_reached(
    open_deck: Open, size: dict[str, Any], ratio: tuple[int, int]
) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", ratio=ratio, page=size)
    page.keyboard.press("d")
    bar = page.get_by_role("region", name="Draw on slides")
    around, slide = bar.bounding_box(), page.locator(".remark-visible .remark-slide-scaler").bounding_box()
    assert around["x"] + around["width"] <= slide["x"] or slide["y"] + slide["height"] <= around["y"]
    assert slide["x"] + slide["width"] <= page.viewport_size["width"] + 1
    bar.get_by_role("button").first.focus()
    for _ in range(bar.locator("button:visible").count()):
        box = page.locator(":focus").bounding_box()
        assert around["y"] <= box["y"]
        assert box["y"] + box["height"] <= around["y"] + around["height"]
        page.keyboard.press("Tab")
    bar.get_by_role("button", name="Close").focus()
    page.keyboard.press("Enter")
    assert bar.count() == 0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_pen_that_is_chosen_is_seen_in_the_bar(open_deck: Open, theme: str, forced: str) -> None:
    page = open_deck("<p>x</p>", theme=theme, page={"forced_colors": forced})
    page.keyboard.press("d")
    bar = page.get_by_role("region", name="Draw on slides")
    bar.get_by_role("button", name="Pen in the colour of the text").click()
    color = bar.locator("[aria-pressed=true] i").evaluate("(each) => getComputedStyle(each).backgroundColor")
    assert contrast(color, bar.evaluate("(each) => getComputedStyle(each).backgroundColor")) >= 3


def contrast(one: str, two: str) -> float:
    def light(color: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", color)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@at_every_size
def test_a_stylus_draws_without_the_bar_and_turns_no_slide(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page={**size, "has_touch": True})
    pen(page, "pointerdown", *place(page, 400, 300))
    prevented = page.evaluate(
        """([clientX, clientY]) => {
          const target = document.elementFromPoint(clientX, clientY);
          const touches = [new Touch({ identifier: 1, target, clientX, clientY })];
          return !target.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, cancelable: true, touches }));
        }""",
        place(page, 400, 300),
    )
    assert prevented
    pen(page, "pointermove", *place(page, 500, 300))
    pen(page, "pointerup", *place(page, 500, 300))
    assert count(page) == 1
    assert index(page) == 0
    page.keyboard.press("d")
    pen(page, "pointerdown", *place(page, 400, 400), "touch")
    pen(page, "pointerup", *place(page, 400, 400), "touch")
    assert count(page) == 1, "the hand that holds the stylus does not draw"


@pytest.mark.parametrize(("wanted", "display"), [(False, "none"), (True, "block")])
def test_drawings_are_printed_if_wanted(open_deck: Open, wanted: bool, display: str) -> None:
    page = open_deck(*SLIDES)
    page.keyboard.press("d")
    drag(page, (400, 300), (600, 400))
    if wanted:
        page.get_by_role("button", name="Print drawings").click()
    page.emulate_media(media="print")
    shown = "getComputedStyle(document.querySelector('.slidegen-pen')).display !== 'none'"
    assert page.evaluate(shown) == (display != "none")
    assert not page.get_by_role("region").is_visible()


def test_clones_show_what_is_drawn_before_and_after_they_come(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    page.keyboard.press("d")
    drag(page, (400, 300), (600, 400))
    clone = opened(page)
    clone.wait_for_function(f"{PATHS}.length === 1")
    drag(page, (400, 400), (600, 500))
    clone.wait_for_function(f"{PATHS}.length === 2")
    assert clone.evaluate(f"{PATHS}.map((path) => path.getAttribute('d'))") == page.evaluate(
        f"{PATHS}.map((path) => path.getAttribute('d'))"
    )
    page.get_by_role("button", name="Clear this slide").click()
    clone.wait_for_function(f"{PATHS}.length === 0")


@at_every_size
def test_the_laser_follows_the_pointer_in_all_windows(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    clone = opened(page)
    clone.set_viewport_size({"width": 640, "height": 360})
    page.mouse.move(*place(page, 500, 300))
    assert page.evaluate(DOT) is None
    page.keyboard.press("l")
    at = place(page, 800, 420)
    page.mouse.move(*at)
    dot = page.evaluate(DOT)
    assert [dot["left"] + dot["width"] / 2, dot["top"] + dot["height"] / 2] == pytest.approx(at, abs=1)
    clone.wait_for_function(DOT)
    dot = clone.evaluate(DOT)
    assert [dot["left"] + dot["width"] / 2, dot["top"] + dot["height"] / 2] == pytest.approx(
        place(clone, 800, 420), abs=1.5
    )
    page.keyboard.press("ArrowRight")
    assert page.locator(".remark-visible .slidegen-laser").count() == 1
    page.keyboard.press("l")
    assert page.evaluate(DOT) is None
    clone.wait_for_function(f"!({DOT})")


def test_the_laser_points_right_on_mirrored_slides(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    page.keyboard.press("m")
    page.keyboard.press("l")
    page.mouse.move(400, 300)
    dot = page.evaluate(DOT)
    assert dot["left"] + dot["width"] / 2 == pytest.approx(400, abs=1)
