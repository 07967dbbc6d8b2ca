"""Moving through a deck: keys, addresses, mouse and touch."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.devices import at_every_size
from tests.browser.slideshow import index, shows
from tests.pages import step

Open = Callable[..., Any]
FIVE = [f"<p>Slide {number}</p>" for number in range(1, 6)]


def shown(page: Any) -> str:
    """The text of the one slide that is to be seen."""
    texts = page.locator(".remark-visible .remark-slide-content").all_inner_texts()
    assert len(texts) == 1
    return str(texts[0])


@pytest.mark.parametrize(
    ("key", "moves_to"),
    [
        *((key, 3) for key in ("ArrowRight", "ArrowDown", "PageDown", "Space", "j", "Shift+J")),
        *((key, 1) for key in ("ArrowLeft", "ArrowUp", "PageUp", "Shift+Space", "k")),
        ("Home", 0),
        ("End", 4),
        *((f"{modifier}+{key}", 2) for modifier in ("Control", "Alt", "Meta") for key in ("j", "ArrowRight")),
        *((key, 2) for key in ("x", "Enter", "Tab", "Shift", "Escape", "4")),
    ],
)
def test_keys(open_deck: Open, key: str, moves_to: int) -> None:
    page = open_deck(*FIVE, hash="#3")
    page.keyboard.press(key)
    assert index(page) == moves_to
    assert shown(page).startswith(f"Slide {moves_to + 1}")


def test_ends_are_ends(open_deck: Open) -> None:
    page = open_deck("<p>one</p>", "<p>two</p>")
    page.keyboard.press("ArrowLeft")
    assert index(page) == 0
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert index(page) == 1


def test_a_number_and_return_lead_to_the_slide_of_that_number(open_deck: Open) -> None:
    slides = [["<p>a</p>", "<p>a</p><p>b</p>"], *(f"<p>{number}</p>" for number in range(2, 13))]
    page = open_deck(*slides)
    for key in "12":
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    assert shown(page).startswith("12")
    page.keyboard.press("1")
    page.keyboard.press("x")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert shown(page).startswith("2")
    page.keyboard.press("Enter")
    assert shown(page).startswith("2")


@pytest.mark.parametrize(
    ("element", "own_keys", "deck_keys"),
    [
        ("<input id=x>", ["j", "ArrowRight", "Space", "Home"], []),
        ("<textarea id=x></textarea>", ["j", "ArrowDown", "Enter"], []),
        ("<select id=x><option>a<option>b</select>", ["ArrowDown", "j"], []),
        ("<div id=x contenteditable>text</div>", ["j", "ArrowRight"], []),
        ("<button id=x>b</button>", ["Space", "Enter"], ["ArrowRight", "j"]),
        ("<details><summary id=x>s</summary>t</details>", ["Space", "Enter"], ["ArrowRight"]),
        ("<input id=x type=checkbox>", ["Space"], ["ArrowRight"]),
        ("<video id=x controls tabindex=0></video>", ["Space", "ArrowRight"], ["PageDown", "j"]),
        ("<a id=x href='#1'>link</a>", [], ["Space", "ArrowRight"]),
        (
            "<pre id=x tabindex=0 style='overflow:auto;width:80px'>a line that is too long</pre>",
            ["ArrowRight", "Home"],
            ["ArrowDown", "Space", "j"],
        ),
        ("<pre id=x tabindex=0 style='overflow:auto'>short</pre>", [], ["ArrowRight", "Space"]),
    ],
)
def test_keys_belong_first_to_what_has_the_focus(
    open_deck: Open, element: str, own_keys: list[str], deck_keys: list[str]
) -> None:
    page = open_deck("<p>before</p>", element, *FIVE, hash="#2")
    for key in own_keys:
        page.focus("#x")
        page.keyboard.press(key)
        assert index(page) == 1, key
    for key in deck_keys:
        page.focus("#x")
        page.keyboard.press(key)
        assert index(page) == 2, key
        page.evaluate("slideshow.gotoSlide(2)")


def test_a_key_that_a_script_of_the_author_takes_is_left_to_it(open_deck: Open) -> None:
    page = open_deck(
        *FIVE, head="<script>addEventListener('keydown', (e) => e.preventDefault(), true)</script>"
    )
    page.keyboard.press("ArrowRight")
    assert index(page) == 0


@pytest.mark.parametrize(
    ("hash", "shows"),
    [
        ("", 0),
        ("#4", 3),
        ("#p4", 3),
        ("#named", 2),
        ("#un%20nom", 4),
        ("#in-second", 1),
        ("#nowhere", 0),
        ("#99", 4),
        ("#0", 0),
        ("#%", 0),
    ],
)
def test_the_address_says_which_slide_is_shown_first(open_deck: Open, hash: str, shows: int) -> None:
    slides = [*FIVE]
    slides[1] = "<p id=in-second>Slide 2</p>"
    slides[2] = step(FIVE[2], name="named")
    slides[4] = step(FIVE[4], name="un nom")
    page = open_deck(*slides, hash=hash)
    assert index(page) == shows
    presents = hash == "#p4"
    assert page.evaluate("location.hash") == f"#{'p' if presents else ''}{shows + 1}"


def test_links_in_slides_and_the_way_back(open_deck: Open) -> None:
    page = open_deck("<a href='#end'>end</a>", "<p>two</p>", step("<p>three</p>", name="end"))
    page.click("text=end")
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 2")
    page.go_back()
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 0")
    page.go_forward()
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 2")


def test_stepping_leaves_no_trail_in_the_history(open_deck: Open) -> None:
    page = open_deck(*FIVE)
    length = page.evaluate("history.length")
    page.keyboard.press("End")
    assert page.evaluate("location.hash") == "#5"
    assert page.evaluate("history.length") == length


def test_an_address_that_leads_nowhere_leaves_the_slide(open_deck: Open) -> None:
    page = open_deck(*FIVE, hash="#3")
    page.evaluate("location.hash = 'nowhere'")
    page.evaluate("new Promise((done) => setTimeout(done))")
    assert index(page) == 2


def test_clicks_do_nothing_unless_asked_for(open_deck: Open) -> None:
    page = open_deck(*FIVE, hash="#3")
    page.mouse.click(640, 360)
    page.mouse.click(640, 360, button="right")
    page.mouse.wheel(0, 400)
    assert index(page) == 2


def test_clicks_where_the_deck_navigates_by_click(open_deck: Open) -> None:
    slide = "<p>text <button>b</button></p>"
    page = open_deck(slide, slide, slide, hash="#2", options={"navigation": {"click": True}})
    page.mouse.click(640, 600)
    assert index(page) == 2
    page.mouse.click(640, 600, button="right")
    assert index(page) == 1
    page.click(".remark-visible button")
    assert index(page) == 1


def test_selecting_text_is_no_click(open_deck: Open) -> None:
    page = open_deck("<p>Some text to select</p>", "<p>two</p>", options={"navigation": {"click": True}})
    box = page.locator(".remark-visible p").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 10)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()")
    assert index(page) == 0


def test_the_wheel_where_the_deck_scrolls(open_deck: Open) -> None:
    page = open_deck(*FIVE, hash="#3", options={"navigation": {"scroll": True}})
    page.mouse.move(640, 360)
    page.mouse.wheel(0, 120)
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 3")


def touch(page: Any, *path: tuple[int, int], fingers: int = 1) -> None:
    """Fingers go down at the first place, over the others, and up; further fingers stand 60 pixels apart."""
    session = page.context.new_cdp_session(page)

    def points(place: tuple[int, int]) -> list[dict[str, int]]:
        return [{"x": place[0], "y": place[1] + 60 * finger, "id": finger} for finger in range(fingers)]

    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points(path[0])})
    for place in path[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points(place)})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


PHONE = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(
    ("path", "fingers", "moves_to"),
    [
        ([(600, 200), (500, 205), (300, 210)], 1, 3),
        ([(300, 200), (400, 205), (600, 210)], 1, 1),
        ([(700, 200)], 1, 3),
        ([(100, 200)], 1, 1),
        ([(600, 100), (590, 200), (580, 300)], 1, 2),
        ([(600, 200), (580, 200)], 1, 2),
        ([(600, 200), (500, 205), (300, 210)], 2, 2),
    ],
    ids=["swipe left", "swipe right", "tap right", "tap left", "scroll", "slip", "two fingers"],
)
def test_touch(open_deck: Open, path: list[tuple[int, int]], fingers: int, moves_to: int) -> None:
    page = open_deck(*FIVE, hash="#3", page=PHONE)
    touch(page, *path, fingers=fingers)
    shows(page, moves_to)


def test_touch_can_be_switched_off(open_deck: Open) -> None:
    page = open_deck(*FIVE, hash="#3", page=PHONE, options={"navigation": {"touch": False}})
    touch(page, (700, 200))
    assert index(page) == 2


def test_a_tap_on_a_link_follows_it(open_deck: Open) -> None:
    page = open_deck("<p>one</p>", "<p><a href='#4'>link</a></p>", *FIVE, hash="#2", page=PHONE)
    page.tap("text=link")
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 3")


def test_a_key_held_through_400_slides_skips_none(open_deck: Open) -> None:
    page = open_deck(*(f"<p>{number}</p>" for number in range(400)))
    page.evaluate("window.seen = []; slideshow.on('showSlide', (slide) => seen.push(slide.getSlideIndex()))")
    page.evaluate(
        "for (let press = 0; press < 450; press++) document.body.dispatchEvent("
        " new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, repeat: press > 0 }))"
    )
    assert page.evaluate("seen") == list(range(1, 400))
    assert shown(page).startswith("399")
    assert page.locator(".remark-visible, .remark-fading").count() <= 2


def test_hidden_slides_cannot_be_reached_but_can_be_found(open_deck: Open) -> None:
    page = open_deck("<p><a href='#1'>first</a></p>", "<p><a href='#2'>second</a> needle</p>")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") != "second"
    assert page.get_by_role("link").all_inner_texts() == ["first"]
    second = page.locator(".remark-slide-container").nth(1)
    assert second.get_attribute("hidden") == "until-found"
    second.dispatch_event("beforematch")
    assert index(page) == 1


@at_every_size
def test_screen(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*FIVE, hash="?view=slides", page=size)
    body = page.locator("body")
    page.keyboard.press("b")
    assert "remark-blackout-mode" in body.get_attribute("class")
    assert page.locator(".remark-backdrop").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".remark-backdrop").is_hidden()
    page.keyboard.press("m")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.remark-slides-area')).transform"
    ).startswith("matrix(-1")
    page.keyboard.press("m")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.remark-slides-area')).transform") == "none"
    )


@pytest.mark.parametrize("close", ["Escape", "?", "Control+k"])
def test_help(open_deck: Open, close: str) -> None:
    page = open_deck(*FIVE, lang="fr")
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog", name="Raccourcis clavier")
    assert "Diapositive suivante" in dialog.inner_text()
    page.keyboard.press("j")
    assert index(page) == 0
    page.keyboard.press("Backspace")
    page.keyboard.press(close)
    dialog.wait_for(state="detached")
    page.keyboard.press("j")
    assert index(page) == 1


@pytest.mark.parametrize("key", ["h", "/", "g"])
def test_the_key_after_a_dialog_has_closed_is_the_deck_s(open_deck: Open, key: str) -> None:
    """Its field has the focus until the next frame is painted, although nobody can see it."""
    page = open_deck(*FIVE)
    page.keyboard.press(key)
    page.locator("dialog[open] input").first.wait_for()
    press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))"
    page.evaluate(f"document.querySelector('dialog[open]').close(); {press}")
    assert index(page) == 1


def test_a_toggle_happens_once_while_its_key_is_held(open_deck: Open) -> None:
    page = open_deck(*FIVE)
    page.evaluate(
        "for (let press = 0; press < 6; press++) document.body.dispatchEvent("
        " new KeyboardEvent('keydown', { key: 'b', bubbles: true, repeat: press > 0 }))"
    )
    assert page.locator(".remark-blackout-mode").count() == 1


def test_letters_are_found_by_their_place_on_keyboards_of_other_scripts(open_deck: Open) -> None:
    page = open_deck(*FIVE, hash="#3")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'о', code: 'KeyJ', bubbles: true }))"
    )
    assert index(page) == 3


def test_the_address_keeps_up_with_a_key_that_is_held(open_deck: Open) -> None:
    """A browser ignores a page that changes its address too often; the last change must count."""
    page = open_deck(*(f"<p>{number}</p>" for number in range(400)))
    page.evaluate(
        "window.writes = 0; const replace = history.replaceState.bind(history);"
        "history.replaceState = (...args) => { writes++; replace(...args); };"
        "for (let press = 0; press < 399; press++) slideshow.gotoNextSlide()"
    )
    page.wait_for_function("location.hash === '#400'")
    assert page.evaluate("writes") < 100


def test_buttons_for_those_without_keys(open_deck: Open) -> None:
    page = open_deck(*FIVE)
    back, on = page.locator(".slidegen-previous"), page.locator(".slidegen-next")
    page.mouse.move(300, 300)
    page.wait_for_function("getComputedStyle(document.querySelector('.slidegen-controls')).opacity === '1'")
    assert back.is_disabled()
    on.click()
    on.click()
    back.click()
    assert index(page) == 1
    page.keyboard.press("End")
    assert on.is_disabled()
    page.click(".slidegen-menu")
    page.get_by_role("button", name="First slide").click()
    assert index(page) == 0
    assert page.locator(".remark-help").count() == 0


def test_one_key_leaves_the_list_of_commands_from_its_field(open_deck: Open) -> None:
    page = open_deck("<h1>One</h1>")
    page.keyboard.press("Control+k")
    page.keyboard.type("view")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


@at_every_size
def test_what_is_typed_over_the_list_of_commands_searches_it_wherever_the_focus_is(
    open_deck: Open, size: dict[str, Any]
) -> None:
    page = open_deck(*FIVE, hash="?view=slides", page=size)
    page.keyboard.press("?")
    page.get_by_role("button", name="First slide").focus()
    page.keyboard.type("last sl")
    assert page.locator("dialog tr:visible button").all_inner_texts() == ["Last slide"]
    page.keyboard.press("Enter")
    assert index(page) == 4
    page.keyboard.press("Control+k")
    page.keyboard.type("first")
    page.keyboard.press("Enter")
    assert index(page) == 0


def test_the_help_has_every_command(open_deck: Open) -> None:
    page = open_deck(*FIVE)
    page.keyboard.press("?")
    keys = page.locator(".remark-help kbd").all_inner_texts()
    assert {"b", "m", "f", "c", "p", "t", "s", "h", "?", "Esc", "Space", "Home", "End", "j", "k"} <= set(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("transition", "moves", "animation"),
    [
        ("fade", "ArrowRight", "slidegen-fade"),
        ("slide", "ArrowRight", "slidegen-on"),
        ("slide", "ArrowLeft", "slidegen-back"),
        ("", "ArrowRight", "none"),
    ],
)
def test_transitions(open_deck: Open, transition: str, moves: str, animation: str) -> None:
    slides = [step(html, transition=transition) for html in FIVE]
    page = open_deck(*slides, hash="#3")
    name = "getComputedStyle(document.querySelector('.remark-visible')).animationName"
    assert page.evaluate(name) == "none"
    page.keyboard.press(moves)
    assert page.evaluate(name) == animation
    for _ in range(3):
        page.keyboard.press(moves)
    assert index(page) == (4 if moves == "ArrowRight" else 0)


def test_steps_and_those_who_want_no_motion_get_no_transition(open_deck: Open) -> None:
    steps = [step("<p>a</p>", transition="fade"), step("<p>a</p><p>b</p>", transition="fade")]
    page = open_deck(step("<p>0</p>", transition="fade"), steps)
    name = "getComputedStyle(document.querySelector('.remark-visible')).animationName"
    page.keyboard.press("ArrowRight")
    running = "document.getAnimations().filter((each) => each.playState === 'running').length"
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    page.keyboard.press("ArrowRight")
    assert index(page) == 2
    assert page.evaluate(running) == 0
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("Home")
    assert page.evaluate(name) == "none"


def test_the_documentation_has_the_keys_of_the_help(open_deck: Open) -> None:
    docs = Path(__file__).parent.parent.parent / "docs"
    table = (docs / "presenting.md").read_text("utf-8").partition("|---|---|")[2].partition("\n\n")[0]
    documented = {
        key
        for row in table.splitlines()
        for key in re.findall(r"`([^`]+)`", row.split("|")[1:2][0] if row else "")
    }
    page = open_deck(*FIVE)
    page.keyboard.press("Shift")  # the sign for which the tools wait
    modules = 'slidegen["commands.mjs"].commands'
    known = page.evaluate(f"{modules}.flatMap((each) => each.keys).map((key) => key === ' ' ? 'Space' : key)")
    assert documented <= set(known)
    others = "".join((docs / name).read_text("utf-8") for name in ("tools.md", "reading-and-print.md"))
    assert [key for key in known if key not in documented and f"`{key}`" not in others] == []
