"""Buttons, bars and panels over the slides: where they are, who reaches them, how they go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.slideshow import shows
from tests.pages import step

Open = Callable[..., Any]
SIZES = [(1280, 720), (640, 360), (390, 844), (1024, 768), (844, 390)]
FILL = (
    "<h1>A title that is long enough to go to the other end of the slide</h1>"
    + "<p>Words and words to fill it. </p>" * 8
)
FOOT = "<p><span class=footnote>A note</span></p><p><span class=footer>A footer</span></p>"
NOTES = [
    step("<h1>One</h1>", notes="<p>Say hello.</p>", title="One"),
    [
        step("<p>a</p>", title="Two"),
        step("<p>a</p><p>b</p>", title="Two"),
        step("<p>a</p><p>b</p><p>c</p>", notes="<p>All of it</p>", title="Two"),
    ],
    *(step(f"<h1>Slide {number}</h1>", title=f"Slide {number}") for number in range(3, 31)),
    step(
        "<h1>Long</h1>",
        title="A title that is longer than any list of slides is wide, even in a large window",
    ),
]
BUTTONS = (
    '<pre><code class="remark-code"><div class="remark-code-line">print()</div></code></pre><p><span '
    'class="slidegen-countdown" data-seconds="60"><span class="slidegen-countdown-time">1:00</span></span></p>'
)
PANELS = "<div class=panelset>{}</div>".format(
    "".join(f"<div class=panel><div class=panel-name>{name}</div><p>{name} text</p></div>" for name in "ABC")
)
CONTROLS = ".slidegen-controls"
FOCUSED = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
OVER = """(name) => {
  const bar = document.querySelector(name).getBoundingClientRect();
  return [...document.querySelectorAll(".remark-visible :is(h1, p, span, .remark-slide-number)")].filter((each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return [...range.getClientRects()].some((box) =>
      box.left < bar.right && box.right > bar.left && box.top < bar.bottom && box.bottom > bar.top);
  }).map((each) => each.textContent);
}"""
IN_WINDOW = """(name) => [...document.querySelectorAll(name)].every((each) => {
  const { left, top, right, bottom } = each.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
})"""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("ratio", [(4, 3), (16, 9)])
def test_controls_and_pens_lie_beside_what_is_read(
    open_deck: Open, width: int, height: int, ratio: tuple[int, int]
) -> None:
    page = open_deck(
        FILL + FOOT,
        hash="?view=slides",
        theme="lecture",
        ratio=ratio,
        page={"viewport": {"width": width, "height": height}},
    )
    page.mouse.move(width / 2, height / 2)
    page.mouse.move(width / 2 + 9, height / 2)
    assert page.evaluate(OVER, CONTROLS) == []
    assert page.evaluate(IN_WINDOW, f"{CONTROLS} button")
    page.keyboard.press("d")
    assert page.evaluate(OVER, ".slidegen-draw") == []
    assert page.evaluate(IN_WINDOW, ".slidegen-draw button")
    page.keyboard.press("d")
    page.keyboard.press("/")
    page.keyboard.type("words")
    page.keyboard.press("Enter")
    assert page.evaluate(OVER, ".slidegen-found") == []


def test_controls_come_with_the_mouse_and_go(open_deck: Open) -> None:
    page = open_deck(FILL)
    page.clock.install()
    shown = f"getComputedStyle(document.querySelector('{CONTROLS}')).pointerEvents === 'auto'"
    assert not page.evaluate(shown)
    page.mouse.move(300, 300)
    assert page.evaluate(shown)
    page.clock.run_for(4000)
    assert not page.evaluate(shown)
    page.locator(f"{CONTROLS} button").nth(2).focus()
    assert page.evaluate(shown)


def test_controls_come_with_a_touch_and_go(open_deck: Open) -> None:
    page = open_deck(
        "<p>one</p>", "<p>two</p>", "<p>three</p>", hash="?view=slides",
        page={"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True},
    )  # fmt: skip
    shown = f"getComputedStyle(document.querySelector('{CONTROLS}')).pointerEvents === 'auto'"
    page.wait_for_function(f"!({shown})")  # they show themselves once
    box = page.locator(f"{CONTROLS} .slidegen-menu").bounding_box()
    page.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    shows(page, 1)  # who touches what is not there turns the slide
    assert page.evaluate(shown)
    assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize(("width", "height"), [(640, 360), (320, 256), (844, 390), (390, 844)])
@pytest.mark.parametrize("key", ["g", "/", "?"])
def test_palettes_fit_into_low_windows(open_deck: Open, width: int, height: int, key: str) -> None:
    page = open_deck(*NOTES, page={"viewport": {"width": width, "height": height}})
    page.keyboard.press(key)
    if key == "/":
        page.keyboard.type("slide")
    assert page.evaluate(IN_WINDOW, "dialog")


def test_every_icon_is_drawn(open_deck: Open) -> None:
    page = open_deck(step(BUTTONS, notes="<p>n</p>"), "<p>two</p>")
    page.keyboard.press("d")
    page.keyboard.press("p")
    page.keyboard.press("?")
    wrong = page.evaluate(
        """[...document.querySelectorAll("button")].filter((each) => {
          const use = each.querySelector("use");
          if (use) return !document.querySelector(use.href.baseVal) || each.textContent.trim().length === 1;
          return !each.querySelector("i") && !/\\p{L}{2}|\\d/u.test(each.textContent);
        }).map((each) => each.outerHTML)"""
    )
    assert wrong == []
    assert page.locator("button use").count() > 15


@pytest.mark.parametrize(("width", "height"), [(390, 844), (640, 360), (844, 390)])
@pytest.mark.parametrize("view", ["slides", "scroll"])
def test_buttons_on_slides_are_large_enough_to_touch(
    open_deck: Open, width: int, height: int, view: str
) -> None:
    page = open_deck(
        BUTTONS + PANELS,
        hash=f"?view={view}",
        theme="lecture",
        page={"viewport": {"width": width, "height": height}, "has_touch": True, "is_mobile": True},
    )
    sizes = page.evaluate(
        """[...document.querySelectorAll(".remark-slide-content button")].flatMap((each) => {
          const { width, height } = each.getBoundingClientRect();
          return [width, height];
        })"""
    )
    assert len(sizes) == 12
    assert min(sizes) >= 24


def test_pens_have_the_focus_and_give_it_back(open_deck: Open) -> None:
    page = open_deck("<p>one</p>", "<p>two <a href='#1'>link</a></p>", hash="#2")
    page.locator("a").focus()
    page.keyboard.press("d")
    assert page.evaluate(FOCUSED) == "Red pen"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert (
        page.locator(".slidegen-draw [aria-pressed=true]").get_attribute("aria-label")
        == "Pen in the colour of the text"
    )
    page.keyboard.press("Escape")
    assert page.locator(".slidegen-draw").count() == 0
    assert page.evaluate(FOCUSED) == "link"


def test_a_black_screen_is_said(open_deck: Open) -> None:
    page = open_deck("<p>one</p>", "<p>two</p>")
    said = "document.querySelector('.slidegen-status').textContent"
    page.keyboard.press("b")
    assert page.evaluate(said) == "The screen is black"
    page.keyboard.press("b")
    assert page.evaluate(said) == "Slide 1 of 2"
    page.keyboard.press(".")
    page.keyboard.press("Escape")
    assert page.evaluate(said) == "Slide 1 of 2"


def test_a_black_screen_is_black(open_deck: Open) -> None:
    page = open_deck("<p>one</p>", "<p>two</p>", options={"progress": "bar"})
    page.keyboard.press("d")
    page.keyboard.press("b")
    page.wait_for_selector(".remark-backdrop")
    for part in (".slidegen-progress", ".slidegen-draw"):
        page.locator(part).wait_for(state="hidden")
    page.keyboard.press("b")
    for part in (".slidegen-progress", ".slidegen-draw"):
        page.locator(part).wait_for()


MODE = "document.body.className + document.documentElement.className"


@pytest.mark.parametrize(
    ("key", "mode"),
    [
        ("p", "remark-presenter-mode"),
        ("m", "remark-mirrored-mode"),
        ("r", "slidegen-reading"),
        ("o", "slidegen-overview-mode"),
    ],
)
def test_escape_leads_back_to_the_slides(open_deck: Open, key: str, mode: str) -> None:
    page = open_deck(*NOTES)
    page.keyboard.press(key)
    assert mode in page.evaluate(MODE)
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('dialog')")
    assert mode in page.evaluate(MODE)  # first what lies on top
    page.keyboard.press("Escape")
    assert mode not in page.evaluate(MODE)
    shows(page, 0)


def test_escape_closes_what_lies_over_the_slides_before_it_leaves_a_mode(open_deck: Open) -> None:
    page = open_deck(*NOTES)
    page.keyboard.press("p")
    for key, gone in [
        ("d", ".slidegen-draw-mode"),
        ("b", ".remark-blackout-mode"),
        ("l", ".slidegen-laser-mode"),
    ]:
        page.keyboard.press(key)
        assert page.locator(gone).count() == 1
        page.keyboard.press("Escape")
        assert page.locator(gone).count() == 0
        assert page.locator(".remark-presenter-mode").count() == 1


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_presenters_list_shows_where_it_is(open_deck: Open, width: int, height: int) -> None:
    page = open_deck(*NOTES, hash="#p1", page={"viewport": {"width": width, "height": height}})
    for at in (8, 15, 31, 2):
        page.evaluate(f"slideshow.gotoSlide({at})")
        assert page.evaluate(
            """(() => {
              const row = document.querySelector(".slidegen-list [aria-current]").getBoundingClientRect();
              const list = document.querySelector(".slidegen-list ol").getBoundingClientRect();
              return row.top >= list.top - 1 && row.bottom <= list.bottom + 1 && list.height > 30;
            })()"""
        ), at


def test_the_list_is_one_stop_of_the_tab_key(open_deck: Open) -> None:
    page = open_deck(*NOTES, hash="#p5")
    page.wait_for_selector(".slidegen-presenter")
    current = page.locator(".slidegen-list [aria-current]")
    assert current.inner_text() == "Slide 3"
    stops = page.locator(".slidegen-list button:not([tabindex='-1'])")
    assert stops.all_inner_texts() == ["Slide 3"]
    current.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUSED) == "Slide 4"
    shows(page, 4)
    page.keyboard.press("Enter")
    shows(page, 5)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Smaller notes"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "Slide 4"


def test_notes_of_a_later_step_are_there_and_stand_back(open_deck: Open) -> None:
    page = open_deck(*NOTES, hash="#p2")
    page.wait_for_selector(".slidegen-presenter")
    notes = page.locator(".remark-notes")
    looks = []
    for at in (1, 2, 3):
        shows(page, at)
        assert notes.inner_text() == "All of it"
        looks.append(notes.evaluate("(each) => [getComputedStyle(each).color, each.dataset.none]"))
        page.keyboard.press("ArrowRight")
    assert looks[0] == looks[1]
    assert looks[0][1] == "For a later step"
    assert looks[2][1] == ""
    assert looks[1][0] != looks[2][0]
    assert notes.inner_text() == ""
    assert notes.get_attribute("data-none") == "No notes for this slide"


def test_notes_written_before_the_last_step_stay(open_deck: Open) -> None:
    slide = [
        step("<p>a</p>", notes="<p>First</p>"),
        step("<p>a</p><p>b</p>"),
        step("<p>a</p><p>b</p><p>c</p>"),
    ]
    page = open_deck(slide, hash="#p3")
    page.wait_for_selector(".slidegen-presenter")
    notes = page.locator(".remark-notes")
    assert (notes.inner_text(), notes.get_attribute("data-none")) == ("First", "")


@pytest.mark.parametrize(("width", "height"), [(640, 360), (320, 256), (390, 844), (1280, 720), (844, 390)])
def test_the_presenters_view_keeps_sensible_sizes(open_deck: Open, width: int, height: int) -> None:
    page = open_deck(
        *NOTES,
        hash="#p1",
        options={"plan": [300] * len(NOTES)},
        page={"viewport": {"width": width, "height": height}},
    )
    page.wait_for_selector(".slidegen-presenter")
    if width > 320:
        timer, clock = (
            page.locator(part).bounding_box() for part in (".remark-toolbar-timer", ".slidegen-clock")
        )
        assert clock["y"] + clock["height"] / 2 == pytest.approx(timer["y"] + timer["height"] / 2, abs=8)
    size = page.locator(".remark-notes").evaluate("(each) => [each.clientWidth, each.clientHeight]")
    assert size[0] >= 200
    assert size[1] >= 120
    assert page.evaluate("document.body.scrollWidth") <= width
    for part in (
        ".remark-notes",
        ".slidegen-list [aria-current]",
        ".slidegen-coming",
        ".remark-toolbar-timer",
        ".slidegen-clock",
    ):
        each = page.locator(part).first
        each.scroll_into_view_if_needed()
        box = each.bounding_box()
        assert 0 <= box["x"] < box["x"] + box["width"] <= width + 1
        assert box["y"] > -1
        assert box["y"] + min(box["height"], 40) <= height + 1


def test_hidden_panels_are_no_stop_of_the_tab_key(open_deck: Open) -> None:
    page = open_deck(f"{PANELS}<p><a href='#1'>after</a></p>")
    tab = page.get_by_role("tab", selected=True)
    for name in "ABC":
        tab = page.get_by_role("tab", name=name)
        tab.click()
        tab.focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == f"{name}{name} text"
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "after"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (640, 360), (390, 844), (320, 256)])
def test_pens_lie_beside_the_buttons_of_the_presenters_view(open_deck: Open, width: int, height: int) -> None:
    page = open_deck(
        *NOTES, hash="#p1", theme="lecture", page={"viewport": {"width": width, "height": height}}
    )
    page.keyboard.press("d")
    page.wait_for_selector(".slidegen-draw")
    covered = page.evaluate(
        """[...document.querySelectorAll(".slidegen-controls button, .slidegen-draw button")].filter((each) => {
          each.scrollIntoView({ block: "nearest" });
          const { left, top, width, height } = each.getBoundingClientRect();
          return width && !each.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }).map((each) => each.getAttribute("aria-label"))"""
    )
    assert covered == []


@pytest.mark.parametrize("scrolled", [0, 900])
def test_the_reading_view_is_black_from_edge_to_edge(open_deck: Open, scrolled: int) -> None:
    page = open_deck(*["<p>one</p>" * 20] * 4, hash="?view=scroll")
    page.evaluate(f"scrollTo(0, {scrolled})")
    page.keyboard.press("b")
    box = page.locator(".remark-backdrop").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 720}


OFFER = ".slidegen-offer"


@pytest.mark.parametrize(("width", "height"), [(640, 360), (780, 500), (1000, 400)])
def test_small_windows_offer_the_reading_view(open_deck: Open, width: int, height: int) -> None:
    page = open_deck(*NOTES, theme="lecture", page={"viewport": {"width": width, "height": height}})
    offer = page.locator(OFFER)
    assert offer.is_visible()
    assert page.evaluate(IN_WINDOW, OFFER)
    page.get_by_role("button", name="Larger text").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.classList.contains('slidegen-reading')")
    assert not offer.is_visible()
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)")
    assert size >= 16
    page.keyboard.press("Escape")
    assert offer.is_visible()
    offer.get_by_role("button", name="Close").click()
    assert not offer.is_visible()
    page.reload()
    assert not offer.is_visible()


@pytest.mark.parametrize(
    ("size", "asked"), [((1280, 720), ""), ((640, 360), "?view=slides"), ((390, 844), "")]
)
def test_the_reading_view_is_offered_where_it_helps_only(
    open_deck: Open, size: tuple[int, int], asked: str
) -> None:
    page = open_deck(*NOTES, hash=asked, page={"viewport": {"width": size[0], "height": size[1]}})
    assert not page.locator(OFFER).is_visible()


@pytest.mark.parametrize(("width", "height"), [(640, 360), (700, 900)])
def test_the_offer_leaves_slides_and_buttons_alone_once_somebody_presents(
    open_deck: Open, width: int, height: int
) -> None:
    page = open_deck(
        FILL + FOOT, "<p>Two</p>", theme="lecture", page={"viewport": {"width": width, "height": height}}
    )
    look = f"getComputedStyle(document.querySelector('{OFFER}')).opacity"
    offer = page.locator(OFFER)
    assert offer.is_visible()
    page.mouse.move(300, 100)
    page.wait_for_selector("body.slidegen-active")
    over, controls = offer.bounding_box(), page.locator(CONTROLS).bounding_box()
    beside = over["x"] + over["width"] <= controls["x"]
    assert (
        beside
        or over["y"] + over["height"] <= controls["y"]
        or over["y"] >= controls["y"] + controls["height"]
    )
    page.keyboard.press("ArrowRight")
    page.evaluate("document.body.classList.remove('slidegen-active')")
    page.wait_for_function(f"{look} === '0'")
    page.mouse.move(320, 120)
    page.wait_for_function(f"{look} === '1'")
    page.keyboard.press("b")
    assert not offer.is_visible()


def test_a_window_that_is_made_larger_and_smaller_quickly_stays_at_its_slide(open_deck: Open) -> None:
    page = open_deck(
        *(f"<h1>Slide {at}</h1>" + "<p>Words.</p>" * (at % 7) for at in range(30)), theme="lecture"
    )
    for at in (17, 30, 1, 29):
        page.set_viewport_size({"width": 1000, "height": 700})
        page.evaluate(f"slideshow.gotoSlide({at})")
        for turn in range(25):
            page.set_viewport_size({"width": (500, 700, 640, 580)[turn % 4], "height": 700 + turn})
        page.set_viewport_size({"width": 1000, "height": 700})
        page.wait_for_function("!document.documentElement.classList.contains('slidegen-reading')")
        shows(page, at - 1)
