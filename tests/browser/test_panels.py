"""Panels, in the markup that decks of xaringanExtra have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Open = Callable[..., Any]
Build = Callable[..., str]
DECK = """# Panels

.panelset[
.panel[.panel-name[R Code]

```r
x <- 1
```
]
.panel[.panel-name[Plot *it*]

Second words.
]
.panel[.panel-name[Third]
A [link](#2) and a xylophone.
]
]

---
.panelset.sideways[
.panel[.panel-name[A] one]
.panel[.panel-name[B] two]
]
---
end
"""


def shown(page: Any) -> list[str]:
    texts = page.locator(".remark-visible .panel").all()
    return [panel.inner_text().strip() for panel in texts if panel.get_attribute("hidden") is None]


def test_panels_are_tabs(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(DECK))
    tabs = page.get_by_role("tab")
    assert tabs.all_inner_texts() == ["R Code", "Plot it", "Third"]
    assert page.get_by_role("tab", selected=True).inner_text() == "R Code"
    assert shown(page) == ["x <- 1"]
    tabs.nth(1).click()
    assert shown(page) == ["Second words."]
    panel = page.get_by_role("tabpanel", name="Plot it")
    assert panel.get_attribute("id") == tabs.nth(1).get_attribute("aria-controls")
    assert page.locator(".panel-name:visible").count() == 0
    assert page.locator(".remark-visible .panel-tab-active").all_inner_texts() == ["Plot it"]


def test_arrow_keys_choose_and_turn_no_slide(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(DECK))
    page.get_by_role("tab", selected=True).focus()
    for key, name in [
        ("ArrowRight", "Plot it"), ("ArrowRight", "Third"), ("ArrowRight", "R Code"), ("ArrowLeft", "Third"),
        ("Home", "R Code"), ("End", "Third"), ("ArrowUp", "Plot it"), ("ArrowDown", "Third"),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert page.get_by_role("tab", selected=True).inner_text() == name, key
        assert page.evaluate("document.activeElement.textContent") == name
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tabpanel"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1


def test_sideways_and_on_one_line(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(DECK), "#2")
    assert shown(page) == ["one"]
    tabs = page.get_by_role("tablist")
    assert tabs.get_attribute("aria-orientation") == "vertical"
    beside = page.evaluate(
        "[...document.querySelectorAll('.remark-visible :is(.panel-tabs, .panel:not([hidden]))')]"
        ".map((each) => each.getBoundingClientRect().toJSON())"
    )
    assert beside[0]["right"] < beside[1]["left"]
    assert abs(beside[0]["top"] - beside[1]["top"]) < 5


def test_text_in_a_panel_is_found(build_page: Build, open_page: Open) -> None:
    html = build_page(DECK)
    page = open_page(html)
    page.keyboard.press("/")
    page.keyboard.type("xylo")
    page.keyboard.press("Enter")
    assert page.get_by_role("tab", selected=True).inner_text() == "Third"
    page = open_page(html, "#:~:text=Second%20words")
    page.wait_for_function("document.querySelector('[aria-selected=true]').textContent === 'Plot it'")


def test_other_windows_show_the_same_panel(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(DECK))
    with page.context.expect_page() as opened:
        page.keyboard.press("c")
    clone = opened.value
    clone.wait_for_function("document.querySelector('.remark-visible .panel-tabs')")
    page.get_by_role("tab", name="Third").click()
    clone.wait_for_function("document.querySelector('[aria-selected=true]').textContent === 'Third'")


def test_paper_and_pages_without_script_show_all_panels_with_their_names(
    build_page: Build, open_page: Open
) -> None:
    html = build_page(DECK)
    printed = open_page(html)
    printed.emulate_media(media="print")
    still = open_page(html, java_script_enabled=False)
    for page in (printed, still):
        texts = page.locator(".remark-slide-container").first.locator(".panel").all_inner_texts()
        assert [" ".join(text.split()) for text in texts] == [
            "R Code x <- 1", "Plot it Second words.", "Third A link and a xylophone.",
        ]  # fmt: skip
        assert page.locator(".panel").first.bounding_box()["height"] > 20
        assert page.locator(".panel-tab:visible").count() == 0


def test_a_deck_without_panels_has_nothing_for_them(build_page: Build) -> None:
    page = build_page("# A\n\n`x`\n")
    for name in ("panels", "copy", "countdown", "enlarge", "progress", "players"):
        assert f'slidegen["{name}.mjs"]' not in page
    assert ".panelset" not in page
