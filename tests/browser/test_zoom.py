"""Looking closer at a part of a slide, in all windows; and the way back from a jump."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.devices import PHONE, at_every_size, place
from tests.browser.drawing import drag
from tests.browser.slideshow import opened, shows

Open = Callable[..., Any]
SLIDES = [
    "<p>one</p><p><a href='#4'>four</a> <b id=spot style='position: absolute; left: 75%; top: 25%'>x</b></p>",
    ["<p>two</p>", "<p>two</p><p>more</p>"],
    "<p>three</p>",
]
SPOT = "document.querySelector('#spot').getBoundingClientRect().toJSON()"
SCALE = "Number(document.querySelector('.slidegen-zoomed')?.style.getPropertyValue('--slidegen-zoom') ?? 1)"


def zoomed(page: Any, scale: float) -> None:
    """Waits until the window shows a part of the slide so many times as large."""
    page.wait_for_function(f"Math.abs({SCALE} - {scale}) < 0.05")


def scale(page: Any) -> float:
    return float(page.evaluate(SCALE))


@at_every_size
def test_ctrl_and_the_wheel_enlarge_what_is_under_the_mouse(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    clone = opened(page)
    before = page.evaluate(SPOT)
    x, y = before["left"], before["top"]
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for _ in range(3):
        page.mouse.wheel(0, -60)
    page.keyboard.up("Control")
    page.wait_for_function(f"{SCALE} > 2")
    spot = page.evaluate(SPOT)
    assert [spot["left"], spot["top"]] == pytest.approx([x, y], abs=3)
    assert spot["width"] == pytest.approx(before["width"] * scale(page), rel=0.02)
    zoomed(clone, scale(page))
    third = opened(clone)
    zoomed(third, scale(page))
    clone.keyboard.press("Escape")
    for window in (page, clone, third):
        zoomed(window, 1)


@at_every_size
def test_z_and_a_drag_enlarge_a_part(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size, options={"navigation": {"click": True}})
    clone = opened(page)
    page.keyboard.press("z")
    page.mouse.move(*place(page, 800, 90))
    page.mouse.down()
    page.mouse.move(*place(page, 900, 140), steps=3)
    assert page.locator(".slidegen-frame").count() == 1
    page.mouse.move(*place(page, 1120, 270), steps=3)
    page.mouse.up()
    zoomed(page, 3)
    zoomed(clone, 3)
    assert page.locator(".slidegen-frame").count() == 0
    shows(page, 0)
    left = page.evaluate(SPOT)["left"]
    start, end = place(page, 600, 300), place(page, 700, 300)
    drag(page, start, end)
    assert page.evaluate(SPOT)["left"] == pytest.approx(left + end[0] - start[0], abs=3)
    shows(page, 0)
    page.keyboard.press("z")
    zoomed(page, 1)
    zoomed(clone, 1)
    page.mouse.click(*start)
    shows(page, 1)


@at_every_size
def test_the_keyboard_alone_enlarges_moves_and_goes_back(
    open_deck: Open, axe: str, size: dict[str, Any]
) -> None:
    page = open_deck("<h1>One</h1><p><b id=spot>x</b></p>", *SLIDES[1:], hash="?view=slides", page=size)
    page.keyboard.press("z")
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    zoomed(page, 1.96)
    assert "Escape" in page.locator(".slidegen-status").inner_text()
    assert not violations(page, axe)
    left = page.evaluate(SPOT)["left"]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SPOT)["left"] < left
    shows(page, 0)
    page.keyboard.press("-")
    zoomed(page, 1.4)
    page.keyboard.press("Escape")
    zoomed(page, 1)
    page.keyboard.press("ArrowRight")
    shows(page, 1)


@at_every_size
def test_a_step_stays_enlarged_another_slide_does_not(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides#2", page=size)
    clone = opened(page)
    page.keyboard.press("z")
    page.keyboard.press("Enter")
    page.keyboard.press("PageDown")
    shows(clone, 2)
    zoomed(page, 1.4)
    zoomed(clone, 1.4)
    page.keyboard.press("PageDown")
    shows(clone, 3)
    zoomed(page, 1)
    zoomed(clone, 1)


def test_two_fingers_enlarge_and_one_moves(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=PHONE)
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: tuple[int, int]) -> None:
        points = [{"x": x, "y": y, "id": place} for place, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", (150, 420))
    fingers("touchStart", (150, 420), (240, 420))
    fingers("touchMove", (130, 420), (260, 420))
    fingers("touchMove", (105, 420), (285, 420))
    fingers("touchEnd", (285, 420))
    fingers("touchEnd")
    zoomed(page, 2)
    shows(page, 0)
    assert page.evaluate("visualViewport.scale") == 1
    left = page.evaluate(SPOT)["left"]
    fingers("touchStart", (200, 420))
    fingers("touchMove", (180, 420))
    fingers("touchMove", (150, 420))
    fingers("touchEnd")
    page.wait_for_function(f"{SPOT}.left < {left} - 20")
    shows(page, 0)


def test_drawings_and_the_laser_are_where_the_mouse_is(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    page.keyboard.press("z")
    page.keyboard.press("Enter")
    page.keyboard.press("l")
    page.mouse.move(400, 300)
    dot = page.evaluate("document.querySelector('.slidegen-laser').getBoundingClientRect().toJSON()")
    assert dot["left"] + dot["width"] / 2 == pytest.approx(400, abs=1)
    page.keyboard.press("d")
    page.mouse.down()
    page.mouse.move(500, 350, steps=3)
    page.mouse.up()
    line = page.evaluate("document.querySelector('.slidegen-drawing path').getBoundingClientRect().toJSON()")
    assert [line["left"], line["right"]] == pytest.approx([400, 500], abs=14)


@at_every_size
def test_backspace_leads_back_from_jumps_and_not_from_steps(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    clone = opened(page)
    page.keyboard.press("Backspace")
    shows(page, 0)
    page.locator(".remark-visible a").click()
    shows(page, 3)
    page.keyboard.press("Backspace")
    shows(page, 0)
    shows(clone, 0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("/")
    page.keyboard.type("three")
    page.keyboard.press("Enter")
    shows(page, 3)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    shows(page, 0)
    page.keyboard.press("Backspace")
    shows(page, 3)
    page.keyboard.press("Backspace")
    shows(page, 1)
    page.keyboard.press("Backspace")
    shows(page, 1)
    page.keyboard.press("1")  # a jump to the next slide is one, too
    page.keyboard.press("Enter")
    shows(page, 0)
    page.keyboard.press("Backspace")
    shows(page, 1)


def test_a_slide_that_was_left_is_shown_whole_again(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    clone = opened(page)
    page.keyboard.press("z")
    page.keyboard.press("Enter")
    clone.locator(".slidegen-zoomed").wait_for()
    page.keyboard.press("PageDown")
    clone.wait_for_selector("body:not(.slidegen-zoom-mode)")
    page.keyboard.press("PageUp")
    shows(clone, 0)
    for window in (page, clone):
        assert window.locator(".slidegen-zoomed").count() == 0
