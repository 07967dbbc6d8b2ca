"""The presenter's panes, the notes in a window of their own, and the menu of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.devices import PHONE, SMALL, at_every_size
from tests.browser.slideshow import shows
from tests.pages import step

Open = Callable[..., Any]
SLIDES = [
    step("<h1>One</h1>", notes="<p>Say hello.</p>", title="One"),
    step("<h1>Two</h1>", notes="<p>Go on.</p>", title="Two"),
    step("<h1>Three</h1>", title="Three"),
]


def width(page: Any) -> float:
    return float(page.locator(".remark-notes-area").bounding_box()["width"])


def test_panes_are_sized_by_mouse_and_keys_and_stay_so(open_deck: Open, axe: str) -> None:
    page = open_deck(*SLIDES, hash="#p1", page={"viewport": {"width": 1280, "height": 720}})
    edge = page.get_by_role("separator", name="Width of the notes")
    before = width(page)
    box = edge.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(600, 300, steps=4)
    page.mouse.up()
    wider = width(page)
    assert wider > before + 100
    assert 40 < int(edge.get_attribute("aria-valuenow")) < 60
    page.reload()
    page.wait_for_selector(".slidegen-presenter")
    assert width(page) == pytest.approx(wider, abs=2)
    assert not violations(page, axe)
    edge.focus()
    page.keyboard.press("ArrowRight")
    assert width(page) < wider - 10
    shows(page, 0)
    lower = page.get_by_role("separator", name="Height of the slide")
    lower.focus()
    slide = page.locator(".remark-slides-area").bounding_box()["height"]
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    assert page.locator(".remark-slides-area").bounding_box()["height"] < slide - 20
    edge.dblclick()
    assert width(page) == pytest.approx(before, abs=2)


@pytest.mark.parametrize("size", [SMALL, PHONE], ids=["640", "390"])
def test_small_windows_have_no_edges(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="#p1", page=size)
    assert not page.locator(".slidegen-edge").first.is_visible()


@at_every_size
def test_notes_stand_in_a_window_of_their_own_beside_one_that_is_shared(
    open_deck: Open, axe: str, size: dict[str, Any]
) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    with page.context.expect_page() as opening:
        page.keyboard.press("w")
    notes = opening.value
    notes.locator(".remark-notes", has_text="Say hello.").wait_for()
    assert notes.locator(".remark-slides-area").bounding_box()["width"] == 1
    notes.set_viewport_size(page.viewport_size)
    said, coming = (notes.locator(part).bounding_box() for part in (".remark-notes", ".slidegen-coming"))
    assert said["height"] > 40
    assert said["y"] + said["height"] <= coming["y"]
    assert not violations(notes, axe)
    assert "Say hello." not in page.locator("body").inner_text()
    notes.keyboard.press("ArrowRight")
    shows(page, 1)
    page.keyboard.press("ArrowRight")
    shows(notes, 2)


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (390, 844)])
@pytest.mark.parametrize("key", ["?", "Control+k"])
def test_commands_are_found_by_typing(open_deck: Open, axe: str, key: str, size: tuple[int, int]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page={"viewport": {"width": size[0], "height": size[1]}})
    page.keyboard.press(key)
    menu = page.get_by_role("dialog", name="Keyboard shortcuts")
    assert menu.get_by_role("rowheader").all_inner_texts() == ["Navigation", "View", "Time", "More"]
    assert not violations(page, axe)
    page.keyboard.type("black")
    assert menu.get_by_role("button", name="Black screen").is_visible()
    assert not menu.get_by_role("button", name="Next slide").is_visible()
    assert menu.get_by_role("rowheader").all_inner_texts() == ["View"]
    page.keyboard.press("Enter")
    assert menu.count() == 0
    page.wait_for_selector(".remark-blackout-mode")
    page.keyboard.press(key)
    page.keyboard.type("next sl")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Next slide"
    page.keyboard.press("Enter")
    shows(page, 1)
