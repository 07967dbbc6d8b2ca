"""The deck as a column to read: on telephones, for large text, and by choice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.browser.devices import PHONE
from tests.pages import THEMES, VOCABULARY_THEMES, step

Open = Callable[..., Any]
PORTRAIT = {"width": 390, "height": 844}
LANDSCAPE = {"width": 844, "height": 390}
TEXT = "<h1>A title</h1><p>" + "Words that fill a line and the next one too. " * 8 + "</p>"
DECK = [
    step(TEXT, notes="<p>note</p>"),
    [step("<p>a</p>"), step("<p>a</p><p>b</p>"), step("<p>a</p><p>b</p><p id=c>c</p>")],
    *(step(f"{TEXT}<p id=t{place}>{place}</p>") for place in range(3, 9)),
]
READING = "document.documentElement.classList.contains('slidegen-reading')"
IN_VIEW = """(place) => {
  const { top } = document.querySelectorAll("div.remark-slide-container")[place].getBoundingClientRect();
  return top > -2 && top < 40;
}"""


def tops(page: Any) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.evaluate(
        """[...document.querySelectorAll(".remark-slide-scaler")].map((each) => {
             const { top, bottom, left, right } = each.getBoundingClientRect();
             return { top, bottom, left, right };
           })"""
    )
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_a_telephone_shows_a_column_as_wide_as_its_screen(open_deck: Open, theme: str) -> None:
    page = open_deck(*DECK, theme=theme, page=PHONE)
    assert page.evaluate(READING)
    boxes = tops(page)
    assert len(boxes) == 8
    for above, below in pairwise(boxes):
        assert above["bottom"] <= below["top"]
    assert all(box["left"] <= 10 and box["right"] >= 380 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)")
    assert size >= 16


def test_steps_are_at_their_last(open_deck: Open) -> None:
    page = open_deck(*DECK, hash="#2", page=PHONE)
    assert page.locator("#c").is_visible()
    page.set_viewport_size(LANDSCAPE)
    page.wait_for_function(f"!({READING})")
    assert page.locator("#c").count() == 0


def test_turning_the_telephone_goes_back_and_forth_and_keeps_the_place(open_deck: Open) -> None:
    page = open_deck(*DECK, page=PHONE)
    page.evaluate("document.querySelectorAll('div.remark-slide-container')[5].scrollIntoView()")
    page.wait_for_function(IN_VIEW, arg=5)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.set_viewport_size(LANDSCAPE)
    page.wait_for_function(f"!({READING})")
    assert page.locator(".remark-visible #t6").is_visible()
    page.set_viewport_size(PORTRAIT)
    page.wait_for_function(READING)
    assert page.evaluate(IN_VIEW, 5)


def test_a_key_and_a_button_switch(open_deck: Open) -> None:
    page = open_deck(*DECK)
    assert not page.evaluate(READING)
    page.keyboard.press("r")
    assert page.evaluate(READING)
    button = page.get_by_role("button", name="Reading view")
    assert button.get_attribute("aria-pressed") == "true"
    button.focus()
    page.keyboard.press("Enter")
    assert not page.evaluate(READING)
    assert button.get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize(("asked", "width", "reads"), [("scroll", 1280, True), ("slides", 390, False)])
def test_the_address_may_ask_for_a_view(open_deck: Open, asked: str, width: int, reads: bool) -> None:
    page = open_deck(*DECK, hash=f"?view={asked}", page={"viewport": {"width": width, "height": 844}})
    assert page.evaluate(READING) is reads


def test_text_grows_and_flows_with_zoom(open_deck: Open) -> None:
    """A browser that zooms to 400 % shows the page in a quarter of its width, and its text four times as large."""
    page = open_deck(
        *DECK, theme="lecture", hash="?view=scroll", page={"viewport": {"width": 320, "height": 256}}
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)") >= 16


def test_what_is_too_wide_scrolls_by_itself_and_can_be_reached(open_deck: Open) -> None:
    cells = "".join("<td>a_rather_long_word</td>" for _ in range(9))
    page = open_deck(f"<table><tr>{cells}</tr></table>", *DECK[2:], theme="lecture", page=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.wait_for_function("document.querySelector('.remark-slide-content').tabIndex === 0")


def test_notes_stand_behind_a_disclosure(open_deck: Open) -> None:
    page = open_deck(*DECK, page=PHONE)
    [button] = page.get_by_role("button", name="Notes").all()
    note = page.get_by_text("note", exact=True)
    assert not note.is_visible()
    button.click()
    assert note.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert not note.is_visible()


def test_keys_and_fingers_scroll(open_deck: Open) -> None:
    page = open_deck(*DECK, page=PHONE)
    page.touchscreen.tap(350, 300)
    page.keyboard.press(" ")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("scrollY > 100")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0


def test_links_and_going_to_a_slide_scroll_there(open_deck: Open) -> None:
    page = open_deck(*DECK, page=PHONE)
    page.evaluate("slideshow.gotoSlide(7)")
    page.wait_for_function(IN_VIEW, arg=4)
    page.evaluate("location.hash = '#t4'")
    page.wait_for_function("Math.abs(document.querySelector('#t4').getBoundingClientRect().top) < 40")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 5


def test_style_sheets_of_decks_do_not_keep_text_from_flowing(open_deck: Open) -> None:
    css = """.remark-slide-content { font-size: 31px; padding: 2em 6em; width: 900px }
      .pull-left { float: left; width: 47% }"""
    page = open_deck(f"<div class=pull-left>{TEXT}</div>", TEXT, css=css, page=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".pull-left").bounding_box()["width"] > 300


def test_the_overview_is_the_overview_and_leads_back(open_deck: Open) -> None:
    page = open_deck(*DECK, theme="lecture", page=PHONE)
    page.evaluate("slideshow.gotoSlide(6)")
    page.wait_for_function(IN_VIEW, arg=3)
    page.keyboard.press("o")
    assert len({round(box["left"]) for box in tops(page)}) > 1
    assert page.locator(".remark-slide-scaler").first.bounding_box()["height"] < 200
    page.keyboard.press("Escape")
    page.wait_for_function(IN_VIEW, arg=3)
    assert page.locator("#c").is_visible()


def test_the_presenters_view_stays_in_the_window_and_has_steps(open_deck: Open) -> None:
    page = open_deck(*DECK, page=PHONE)
    page.evaluate("slideshow.gotoSlide(2)")
    page.wait_for_function("scrollY > 100")
    page.keyboard.press("p")
    page.wait_for_function("document.querySelectorAll('.remark-visible p').length === 1")
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight]") == [0, PORTRAIT["height"]]
    page.keyboard.press("p")
    page.wait_for_function(f"({IN_VIEW})(1)")
    assert page.locator(".remark-visible p").count() == 3


@pytest.mark.parametrize("size", [PORTRAIT, {"width": 640, "height": 360}])
def test_columns_of_one_word_come_one_below_the_other(
    build_page: Callable[..., str], open_page: Open, size: dict[str, int]
) -> None:
    deck = "---\ntheme: lecture\n---\n.columns[\n.column[\nOne\n]\n.column-2[\nTwo\n]\n]\n"
    page = open_page(build_page(deck), "?view=scroll", viewport=size)
    one, two = page.evaluate(
        "[...document.querySelectorAll('.columns > *')].map((each) => each.getBoundingClientRect().toJSON())"
    )
    assert one["bottom"] <= two["top"]
    assert one["width"] == two["width"] > 0.8 * size["width"]


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_the_mark_of_a_quotation_is_on_its_slide(open_deck: Open, theme: str) -> None:
    quotation = step("<blockquote><p>Words</p></blockquote>", classes=("quotation",))
    page = open_deck(quotation, theme=theme, page=PHONE)
    mark = page.evaluate(
        "{ const { display, position } = getComputedStyle(document.querySelector('blockquote'), '::before');"
        " [display, position] }"
    )
    assert mark == ["block", "static"]


@pytest.mark.parametrize("width", [390, 640, 1280])
@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
@pytest.mark.parametrize("style", ["", "background-image: linear-gradient(white, red)"])
def test_footer_and_number_are_level(open_deck: Open, theme: str, width: int, style: str) -> None:
    page = open_deck(
        step("<h1>One</h1><p><span class=footer>A footer of some words</span></p>", style=style),
        hash="?view=scroll",
        theme=theme,
        page={"viewport": {"width": width, "height": 800}},
    )
    footer, number = (page.locator(part).bounding_box() for part in (".footer", ".remark-slide-number"))
    assert number["y"] + number["height"] == pytest.approx(footer["y"] + footer["height"], abs=2)
    assert number["x"] > footer["x"] + 100


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
@pytest.mark.parametrize("kind", ["title-slide", "question", "conclusion", "inverse"])
def test_what_frames_a_slide_leaves_its_text_alone_on_a_phone(open_deck: Open, theme: str, kind: str) -> None:
    page = open_deck(
        step("<h1>One</h1><p>text</p>", classes=(kind,)), hash="?view=scroll", theme=theme, page=PHONE
    )
    room = page.evaluate(
        """() => {
          const content = document.querySelector(".remark-slide-content");
          const { position, left, right, width, borderLeftWidth } = getComputedStyle(content, "::before");
          const text = parseFloat(getComputedStyle(content).paddingLeft);
          const framed = position === "absolute" && parseFloat(borderLeftWidth);
          const bar = position === "absolute" && left === "0px" && right !== "0px" && parseFloat(width);
          return text - (framed ? parseFloat(left) + framed : bar || 0);
        }"""
    )
    assert room >= 8
