"""A rehearsal records how long each slide takes; the presenter's view shows that beside the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.browser.axe import violations
from tests.browser.devices import PHONE, at_every_size
from tests.projects import Project
from tests.serve.serving import serving

BUTTON = "Rehearse: record the time of each slide"
DECK = "---\nduration: 4 min\n---\n# One\n\n---\n# Two\n\n--\nmore\n\n---\n# Three\n"


@at_every_size
def test_a_rehearsal_is_kept_beside_the_deck_and_shown_the_next_time(
    project: Project, browser: Any, axe: str, size: dict[str, Any]
) -> None:
    project.write("talk.md", DECK)
    with serving(project) as server:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **size})
        page = context.new_page()
        page.clock.install(time="2030-01-01T09:00:00")
        page.clock.pause_at("2030-01-01T10:00:00")
        page.goto(f"{server.url}/talk.html#p1")
        button = page.get_by_role("button", name=BUTTON)
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        page.get_by_text("being recorded").wait_for()
        for seconds in (40, 20, 30):
            page.clock.run_for(seconds * 1000)
            page.keyboard.press("ArrowRight")
        page.clock.run_for(15_000)
        page.keyboard.press("Control+k")
        page.get_by_role("searchbox").fill("rehearse")
        page.keyboard.press("Enter")
        page.get_by_text("is saved").wait_for()
        path = project.folder / "talk.rehearsal.json"
        for _ in range(3000):
            if path.exists():
                break
            page.evaluate("fetch('/talk.html')")
        [kept] = json.loads(path.read_text())["rehearsals"]
        assert {key: round(took) for key, took in kept["slides"].items()} == {
            "One": 40,
            "Two": 50,
            "Three": 15,
        }

        page.clock.resume()  # what waits in a page waits by its clock
        other = context.new_page()
        other.goto(f"{server.url}/talk.html#p2")
        beside = other.get_by_text("plan 1:20 · rehearsed 0:15")
        beside.wait_for()
        low = size.get("viewport", {}).get("height") == 360
        assert beside.bounding_box()["height"] < (45 if low else 25), "one line where there is room"
        other.set_viewport_size(PHONE["viewport"])
        assert beside.bounding_box()["height"] < 25
        assert not violations(other, axe)
        context.close()


@at_every_size
def test_a_page_that_no_server_serves_remembers_its_last(
    open_deck: Callable[..., Any], size: dict[str, Any]
) -> None:
    page = open_deck("<h1>One</h1>", "<h1>Two</h1>", hash="#p1", page=size)
    page.clock.install(time="2030-01-01T09:00:00")
    page.clock.pause_at("2030-01-01T10:00:00")
    page.goto(page.url.split("#")[0] + "?#p1")
    page.get_by_role("button", name=BUTTON).click()
    advice, coming = (
        page.locator(part).bounding_box() for part in (".slidegen-advice", ".remark-preview-area")
    )
    assert advice["y"] + advice["height"] <= coming["y"], "it does not cover the next slide"
    page.clock.run_for(61_000)
    page.get_by_role("button", name=BUTTON).click()
    page.reload()
    page.get_by_text("rehearsed 1:01").wait_for()
