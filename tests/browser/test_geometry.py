"""Where a slide stands: in a window, in a column, on paper; and remark's names for its parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

Open = Callable[..., Any]
OUTER = "html.remark-container > body.remark-container > .remark-slides-area"
NAMES = f"{OUTER} > .remark-slide-container.remark-visible"
INNER = "> .remark-slide-scaler > .remark-slide > .remark-slide-content > .remark-slide-number:last-child"
THREE = ["<h1>One</h1>", ["<p>Two</p>", "<p>Two</p><p>and a half</p>"], "<p>Three</p>"]


def box(page: Any, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).bounding_box()
    return found


@pytest.mark.parametrize(
    ("ratio", "window", "width", "height"),
    [
        ((4, 3), (1280, 720), 960, 720),
        ((4, 3), (1024, 768), 1024, 768),
        ((16, 9), (1920, 1080), 1920, 1080),
        ((16, 9), (1024, 768), 1024, 576),
        ((16, 9), (600, 900), 600, 338),
    ],
)
def test_the_slide_fills_the_window_and_stands_in_its_middle(
    open_deck: Open, ratio: tuple[float, float], window: tuple[int, int], width: float, height: float
) -> None:
    page = open_deck(*THREE, ratio=ratio, page={"viewport": {"width": window[0], "height": window[1]}})
    slide = box(page, ".remark-visible .remark-slide-scaler")
    assert slide["width"] == pytest.approx(width, abs=1)
    assert slide["height"] == pytest.approx(height, abs=1)
    assert slide["x"] == pytest.approx((window[0] - width) / 2, abs=1)
    assert slide["y"] == pytest.approx((window[1] - height) / 2, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_slide_follows_the_window(open_deck: Open) -> None:
    page = open_deck(*THREE)
    page.set_viewport_size({"width": 640, "height": 480})
    assert box(page, ".remark-visible .remark-slide-scaler")["width"] == pytest.approx(640, abs=1)


@pytest.mark.parametrize(("ratio", "width"), [((4.0, 3.0), 908), ((16.0, 9.0), 1210), ((16.0, 10.0), 1089)])
def test_slides_are_as_large_as_remarks(open_deck: Open, ratio: tuple[float, float], width: int) -> None:
    page = open_deck(*THREE, ratio=ratio)
    size = "[scaler.offsetWidth, scaler.offsetHeight]"
    assert page.evaluate(f"scaler = document.querySelector('.remark-slide-scaler'), {size}") == [width, 681]


def test_the_parts_have_remarks_names(open_deck: Open) -> None:
    page = open_deck(*THREE)
    assert page.locator(f"{NAMES} {INNER}").inner_text() == "1 / 3"
    assert page.locator(f"{NAMES} > .remark-slide-scaler + .remark-slide-notes").count() == 1


def test_style_sheets_of_the_author_win(open_deck: Open) -> None:
    css = """
      h1 { color: rgb(1, 2, 3); }
      .remark-slide-content { font-size: 31px; }
      .remark-slide-number { display: none; }
      .remark-visible .remark-slide-content { background-color: rgb(4, 5, 6); }
    """
    for theme in ("remark", "lecture", "slate"):
        page = open_deck(*THREE, css=css, theme=theme)
        look = page.evaluate("""() => {
          const style = (selector) => getComputedStyle(document.querySelector(".remark-visible " + selector));
          const { fontSize, backgroundColor } = style(".remark-slide-content");
          return [style("h1").color, fontSize, style(".remark-slide-number").display, backgroundColor];
        }""")
        assert look == ["rgb(1, 2, 3)", "31px", "none", "rgb(4, 5, 6)"], theme


def test_the_scale_does_not_depend_on_angles_where_lengths_can_be_divided(open_deck: Open) -> None:
    # Safari 26 takes the angle of lengths that depend on a container for radians.
    page = open_deck("<p>One</p>")
    scale = page.evaluate(
        "getComputedStyle(document.querySelector('.remark-slide-scaler')).getPropertyValue('--slidegen-scale')"
    )
    assert "atan2" not in scale
    assert "/" in scale


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_the_slides_are_a_column(open_deck: Open, width: int) -> None:
    page = open_deck(*THREE, page={"java_script_enabled": False, "viewport": {"width": width, "height": 844}})
    slides = page.locator(".remark-slide-scaler")
    boxes = [slides.nth(place).bounding_box() for place in range(slides.count())]
    assert len(boxes) == 3
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]
    assert all(each["x"] >= 0 and each["x"] + each["width"] <= width for each in boxes)
    assert [page.locator(".remark-slide-number").nth(place).is_visible() for place in range(3)] == [True] * 3
    assert page.get_by_text("and a half").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(("ratio", "size"), [((4.0, 3.0), "681 510"), ((16.0, 9.0), "907 510")])
def test_paper_has_a_page_for_each_slide(
    open_deck: Open, ratio: tuple[float, float], size: str, scripts: bool
) -> None:
    page = open_deck(*THREE, ratio=ratio, page={"java_script_enabled": scripts})
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 3
    assert {f"{round(float(width))} {round(float(height))}" for width, height in boxes} == {size}


def test_on_paper_the_slide_shown_is_at_its_last_step_too(open_deck: Open) -> None:
    page = open_deck(*THREE, hash="#2")
    page.evaluate("""
      window.printed = [];
      addEventListener("beforeprint", () => {
        const containers = [...document.querySelectorAll("div.remark-slide-container")];
        printed.push(containers.map((each) => each.hidden), document.body.textContent.includes("and a half"));
      });
    """)
    page.pdf()
    assert page.evaluate("printed") == [[False, False, False], True]
    page.wait_for_function("!document.querySelector('.remark-visible').textContent.includes('and a half')")
    assert page.locator(".remark-slide-container[hidden]").count() == 2


def test_slides_that_run_over_do_not_scroll(open_deck: Open) -> None:
    tall = "<p id=top>top</p>" + "<p>line</p>" * 80 + "<p><a id=low href='#'>low</a></p>"
    page = open_deck(tall, "<p>two</p>")
    page.focus("#low")
    page.evaluate("low.scrollIntoView()")
    assert box(page, ".remark-visible .remark-slide-scaler")["y"] == pytest.approx(0, abs=1)
