"""The presenter's view: what it shows, and that it keeps time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.slideshow import opened, shows
from tests.pages import TEMPLATES, THEMES, deck_of, page_of, step

Open = Callable[..., Any]
SLIDES = [
    step("<h1>Start</h1>", notes="<p>Say hello.</p>", title="Start", classes=("section",)),
    [step("<p>one</p>", notes="<p>first</p>"), step("<p>one</p><p>two</p>", notes="<p>second</p>")],
    step("<h1>Part</h1>", title="Part", classes=("inverse", "middle")),
    step("<h1>Last</h1>", title="Last"),
]
CLOCK = "2030-01-01T10:00:00"


def open_presenter(open_deck: Open, *, at: int = 1, **fields: Any) -> Any:
    """The deck in the presenter's view, its clock standing still."""
    page = open_deck(*SLIDES, **fields)
    page.clock.install(time="2030-01-01T09:00:00")
    page.clock.pause_at(CLOCK)
    page.goto(page.url.split("#")[0] + f"?#p{at}")
    page.wait_for_selector(".slidegen-presenter")
    return page


def text(page: Any, part: str) -> str:
    """What a part of the view says."""
    return str(page.locator(f".slidegen-presenter .{part}").inner_text())


def test_p_goes_there_and_back(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    page.evaluate(
        "window.heard = []; slideshow.on('toggledPresenter', (slide) => heard.push(slide.getSlideIndex()))"
    )
    page.keyboard.press("p")
    assert page.locator("body.remark-presenter-mode .remark-notes").inner_text() == "Say hello."
    assert page.evaluate("location.hash") == "#p1"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#p2"
    page.keyboard.press("p")
    assert page.locator(".slidegen-presenter, .remark-presenter-mode").count() == 0
    assert page.evaluate("location.hash") == "#2"
    assert page.evaluate("heard") == [0, 1]


def test_an_address_leads_there(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#p3")
    page.wait_for_selector(".slidegen-presenter")
    shows(page, 2)
    page.keyboard.press("p")
    page.evaluate("location.hash = 'p1'")
    page.wait_for_selector(".slidegen-presenter")
    shows(page, 0)


def test_notes_and_what_comes_next_are_those_of_the_step(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#p1")
    following = page.locator(".remark-preview-area .remark-slide-content p")
    assert following.all_inner_texts() == ["one"]
    page.keyboard.press("ArrowRight")
    assert text(page, "remark-notes") == "first"
    assert following.all_inner_texts() == ["one", "two"]
    assert page.locator(".remark-visible .remark-slide-content p").all_inner_texts() == ["one"]
    page.keyboard.press("ArrowRight")
    assert text(page, "remark-notes") == "second"
    assert page.locator(".remark-preview-area h1").inner_text() == "Part"
    page.keyboard.press("End")
    assert page.locator(".slidegen-end").is_visible()
    assert page.locator(".remark-notes").get_attribute("data-none") == "No notes for this slide"


def test_the_list_leads_to_slides(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#p1")
    names = page.locator(".slidegen-list button")
    assert [name.split("\n")[0] for name in names.all_inner_texts()][::2] == ["Start", "Part"]
    names.nth(2).click()
    shows(page, 3)
    assert names.nth(2).get_attribute("aria-current") == "true"
    page.keyboard.press("Space")
    shows(page, 4)


def test_the_size_of_the_notes_is_remembered(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#p1")
    size = "getComputedStyle(document.querySelector('.remark-notes')).fontSize"
    before = page.evaluate(size)
    page.click(".slidegen-larger")
    page.click(".slidegen-larger")
    larger = page.evaluate(size)
    assert float(larger[:-2]) > float(before[:-2])
    page.reload()
    page.wait_for_selector(".slidegen-presenter")
    assert page.evaluate(size) == larger


def test_the_timer_starts_with_the_first_change_and_survives_a_reload(open_deck: Open) -> None:
    page = open_presenter(open_deck)
    page.clock.run_for(5000)
    assert text(page, "remark-toolbar-timer") == "00:00:00"
    page.keyboard.press("ArrowRight")
    page.clock.run_for(65_000)
    assert text(page, "remark-toolbar-timer") == "00:01:05"
    page.keyboard.press("s")
    page.clock.run_for(30_000)
    assert text(page, "remark-toolbar-timer") == "00:01:05"
    page.keyboard.press("s")
    page.reload()
    page.wait_for_selector(".slidegen-presenter")
    page.clock.run_for(2000)
    assert text(page, "remark-toolbar-timer") == "00:01:07"
    page.keyboard.press("t")
    page.clock.run_for(2000)
    assert text(page, "remark-toolbar-timer") == "00:00:00"
    page.keyboard.press("ArrowRight")
    page.clock.run_for(3000)
    assert text(page, "remark-toolbar-timer") == "00:00:03"


@pytest.mark.parametrize(
    ("timer", "head", "shown"),
    [
        ({"startOnChange": False}, "", "00:00:00"),
        ({"formatter": "%minutes% min"}, "", "02 min"),
        ({}, "<script>remark.create({ timer: { formatter: (ms) => `${ms / 1000} s` } })</script>", "120 s"),
    ],
)
def test_remarks_timer_options(open_deck: Open, timer: dict[str, Any], head: str, shown: str) -> None:
    page = open_presenter(open_deck, options={"timer": timer}, head=head)
    page.keyboard.press("ArrowRight")
    page.clock.run_for(120_000)
    assert text(page, "remark-toolbar-timer") == shown


def test_a_timer_that_cannot_be_reset_and_one_that_is_not_there(open_deck: Open) -> None:
    page = open_presenter(open_deck, options={"timer": {"resetable": False}})
    page.keyboard.press("ArrowRight")
    page.clock.run_for(4000)
    page.keyboard.press("t")
    page.clock.run_for(1000)
    assert text(page, "remark-toolbar-timer") == "00:00:05"
    page = open_presenter(open_deck, options={"timer": {"enabled": False}})
    assert page.locator(".remark-toolbar").is_hidden()


def test_how_the_session_agrees_with_its_plan(open_deck: Open) -> None:
    page = open_presenter(open_deck, options={"plan": [60, 240, 60, 240]})
    page.keyboard.press("ArrowRight")
    page.clock.run_for(10_000)
    assert text(page, "slidegen-pace") == "0:50 ahead"
    assert text(page, "slidegen-section") == "Start · 0:10 / 5:00"
    page.clock.run_for(60_000)
    assert text(page, "slidegen-pace") == "On time"
    page.clock.run_for(350_000)
    assert text(page, "slidegen-pace") == "2:00 behind"
    page.keyboard.press("End")
    page.clock.run_for(1000)
    assert text(page, "slidegen-pace") == "On time"
    assert text(page, "slidegen-section") == "Part · 2:01 / 5:00"


def test_the_time_of_day(open_deck: Open) -> None:
    page = open_presenter(open_deck, lang="de")
    assert text(page, "slidegen-clock") == "10:00"
    page.clock.run_for(60_000)
    assert text(page, "slidegen-clock") == "10:01"


def test_the_presenter_drives_the_window_on_the_projector(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#p1")
    clone = opened(page)
    assert clone.locator(".slidegen-presenter").count() == 0
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    shows(clone, 2)
    clone.keyboard.press("End")
    page.wait_for_selector(".slidegen-end:visible")
    page.keyboard.press("b")
    clone.wait_for_selector(".remark-backdrop:visible")
    assert page.locator(".slidegen-black").is_visible()
    assert page.locator(".remark-backdrop").is_hidden()


def test_arrows_scroll_the_notes_that_have_the_focus_and_a_clicker_goes_on(open_deck: Open) -> None:
    page = open_deck(
        step("<p>a</p>", notes="<p>long</p>" * 60), "<p>b</p>", hash="#p1", page={"has_touch": True}
    )
    page.click(".remark-notes")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.querySelector('.remark-notes').scrollTop > 0")
    shows(page, 0)
    page.keyboard.press("PageDown")
    shows(page, 1)


def test_where_nothing_may_be_kept_the_help_says_so(open_deck: Open) -> None:
    head = """<script>for (const store of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, store, { get() { throw new DOMException("no", "SecurityError"); } })</script>"""
    page = open_deck(*SLIDES, hash="#p1", head=head)
    page.keyboard.press("ArrowRight")
    shows(page, 1)
    page.keyboard.press("?")
    assert "Nothing can be saved here" in page.locator(".remark-help").inner_text()


def test_in_a_frame_that_may_only_run_scripts_the_deck_goes_on(open_page: Open, tmp_path: Any) -> None:
    (tmp_path / "deck.html").write_text(page_of(deck_of(*SLIDES)), "utf-8")
    frame_html = '<iframe width=900 height=600 sandbox="allow-scripts" src="deck.html"></iframe>'
    page = open_page(frame_html, expect_errors=True)  # the browser says what it forbids
    frame = page.frame_locator("iframe")
    frame.locator(".remark-visible").click()
    for key in ("ArrowRight", "f", "c", "p"):
        page.keyboard.press(key)
    assert frame.locator(".remark-notes").inner_text() == "first"
    page.keyboard.press("?")
    said = frame.locator(".remark-help").inner_text()
    assert "does not allow this page to open windows" in said
    assert "Full screen is not allowed here" in said
    assert "Nothing can be saved here" in said


def test_films_are_silent_at_the_presenter_and_play_alike(open_page: Open, build_page: Open) -> None:
    film = (TEMPLATES.parent / "slides" / "tour" / "chime.mp3").read_bytes()
    page = open_page(build_page("# A\n---\n<audio src=a.mp3 controls loop></audio>\n", a_mp3=film), "#p1")
    clone = opened(page)
    page.keyboard.press("ArrowRight")
    shows(clone, 1)
    play = "document.querySelector('.remark-visible audio').play()"
    playing = "!document.querySelector('.remark-visible audio').paused"
    page.evaluate(play)
    clone.wait_for_function(playing)
    assert page.evaluate("document.querySelector('.remark-visible audio').muted")
    page.evaluate("document.querySelector('.remark-visible audio').pause()")
    clone.wait_for_function(f"!({playing})")
    page.keyboard.press("p")
    assert not page.evaluate("document.querySelector('.remark-visible audio').muted")


def test_the_screen_stays_awake_while_somebody_presents(open_deck: Open) -> None:
    head = """<script>
      window.locks = [];
      Object.defineProperty(navigator, "wakeLock", { value: { async request() {
        const lock = Object.assign(new EventTarget(), { async release() { locks.splice(locks.indexOf(lock), 1); } });
        locks.push(lock);
        return lock;
      } } });
    </script>"""
    page = open_deck(*SLIDES, head=head)
    assert page.evaluate("locks.length") == 0
    page.keyboard.press("p")
    page.wait_for_function("locks.length === 1")
    page.keyboard.press("p")
    page.wait_for_function("locks.length === 0")


@pytest.mark.parametrize("theme", THEMES)
def test_the_slide_has_a_thin_edge_instead_of_the_frame_of_its_theme(open_deck: Open, theme: str) -> None:
    page = open_deck(*SLIDES, theme=theme, hash="#p1")
    edge = page.locator(".remark-slides-area .remark-visible .remark-slide-scaler")
    assert edge.evaluate("(each) => getComputedStyle(each).boxShadow") == "rgb(57, 66, 78) 0px 0px 0px 1px"


def test_a_recording_is_red_under_the_mouse_too(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#p1")
    button = page.get_by_role("button", name="Rehearse")
    button.click()
    colour = "(each) => getComputedStyle(each).backgroundColor"
    under = button.evaluate(colour)
    page.mouse.move(0, 0)
    assert button.evaluate(colour) == under
