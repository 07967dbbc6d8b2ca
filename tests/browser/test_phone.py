"""The presenter's phone as a remote control, over a line that is slow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from slidegen.serve.listening import addresses_of
from tests.browser.axe import violations
from tests.browser.devices import ACROSS, LEAST, PHONE, SMALL, at_every_size
from tests.browser.slideshow import shows
from tests.projects import Project
from tests.serve.serving import Serving, phone_path, serving
from tests.serve.slow import slow_line

Visit = Callable[..., Any]
DECK = """---
duration: 1 min
---
class: section

# One

---
# Two

--
more

???
What to say

---
class: section

# Three
"""
BACK, FORTH, BLACK = "Previous slide", "Next slide", "Black screen"


@pytest.fixture
def server(project: Project) -> Iterator[Serving]:
    project.write("a.md", "# Another deck\n")
    project.write("talk.md", DECK)
    with serving(project, shared=True, host="0.0.0.0") as running:
        yield running


def other_address(server: Serving, port: int | None = None) -> str:
    """Where other machines reach the server."""
    return addresses_of("0.0.0.0", port or int(server.url.rpartition(":")[2]), "").audience.rstrip("/")


def test_the_code_leads_the_phone_to_the_deck_and_slide_on_screen(
    server: Serving, visit: Visit, axe: str
) -> None:
    presenter = visit(f"{server.url}/talk.html#p2")
    presenter.get_by_role("button", name="Phone as remote control").click()
    code = presenter.get_by_role("dialog", name="Phone as remote control")
    address = code.get_by_role("link").get_attribute("href")
    assert address.endswith(phone_path(server))
    assert code.get_by_role("img", name="Phone as remote control").is_visible()
    assert not violations(presenter, axe)
    presenter.keyboard.press("Escape")
    code.wait_for(state="hidden")
    presenter.keyboard.press("p")
    presenter.locator("body:not(.remark-presenter-mode)").wait_for()
    assert server.access.token not in presenter.content(), "a page that shows slides has no key in it"

    phone = visit(address, **PHONE)
    phone.get_by_role("button", name=FORTH).wait_for()
    phone.wait_for_url(f"{other_address(server)}/talk.html?view=remote#p2")
    shows(phone, 1)
    assert phone.locator(".remark-notes").inner_text() == "What to say"
    assert not violations(phone, axe)


@at_every_size
def test_the_presenters_address_is_followed_from_another_site(
    server: Serving, visit: Visit, size: dict[str, Any]
) -> None:
    page = visit(f"{server.url}/", **size)  # another site than the address
    key = f"presenter={server.access.token}"
    for address, to in (
        (f"/talk.html?{key}#p2", "/talk.html#p2"),
        (phone_path(server), "/talk.html?view=remote#p1"),
    ):
        page.evaluate("(address) => void (location.href = address)", other_address(server) + address)
        page.wait_for_url(other_address(server) + to)
        page.wait_for_selector(".remark-presenter-mode .remark-notes", state="attached")
        assert server.access.token not in page.evaluate("document.referrer + document.body.innerHTML")
        page.evaluate("history.back()")
        page.wait_for_url(f"{server.url}/")
        page.context.clear_cookies()


def test_the_phone_follows_to_another_deck(server: Serving, visit: Visit) -> None:
    presenter = visit(f"{server.url}/a.html")
    presenter.wait_for_selector(".remark-visible")
    phone = visit(other_address(server) + phone_path(server), **PHONE)
    phone.wait_for_url("**/a.html?view=remote#p1")
    presenter.goto(f"{server.url}/talk.html")
    phone.wait_for_url("**/talk.html?view=remote#p1")
    phone.get_by_role("button", name=FORTH).tap()
    shows(presenter, 1)
    phone.goto(f"{other_address(server)}/a.html?view=remote#p1")
    phone.wait_for_url("**/talk.html?view=remote#p*")
    shows(phone, 1)


def test_the_room_gets_neither_the_code_nor_the_remote_control(server: Serving, visit: Visit) -> None:
    room = visit(f"{other_address(server)}/talk.html?view=remote#p1")
    assert room.locator(".slidegen-thumb").count() == 0
    assert room.get_by_role("button", name="Phone as remote control").count() == 0
    for path in ("/api/code", "/api/phone", "/api/phone.webmanifest"):
        answer = room.request.get(other_address(server) + path)
        assert answer.status == 403
        assert server.access.token not in answer.text()


def test_a_thumb_drives_the_room_over_a_slow_line(server: Serving, visit: Visit) -> None:
    with slow_line(int(server.url.rpartition(":")[2]), 0.2) as port:
        presenter = visit(f"{server.url}/talk.html#1")
        room = visit(f"{other_address(server)}/talk.html")
        phone = visit(other_address(server, port) + phone_path(server), **PHONE)
        press = lambda name: phone.get_by_role("button", name=name).tap()  # noqa: E731
        for _ in range(3):
            press(FORTH)
        shows(phone, 3)
        for window in (presenter, room):
            shows(window, 3)
        press(BLACK)
        for window in (presenter, room):
            window.wait_for_selector(".remark-blackout-mode")
        assert phone.get_by_role("button", name=BLACK).get_attribute("aria-pressed") == "true"
        press(BLACK)
        press(BACK)
        for window in (presenter, room):
            shows(window, 2)
            window.wait_for_selector("body:not(.remark-blackout-mode)")

        presenter.keyboard.press("z")
        presenter.keyboard.press("Enter")
        for window in (phone, room):
            window.wait_for_selector(".slidegen-zoomed")
        presenter.keyboard.press("Escape")
        for window in (phone, room):
            window.wait_for_selector("body:not(.slidegen-zoom-mode)")

        phone.context.set_offline(True)  # it sleeps
        for each in list(server.session.windows.all):
            server.session.loop.call_soon_threadsafe(each.disconnect)
        phone.locator(".slidegen-note").wait_for()
        press(BACK)
        shows(phone, 1)
        phone.context.set_offline(False)
        for window in (presenter, room):
            shows(window, 1)
        presenter.keyboard.press("Home")
        shows(phone, 0)


def test_the_phone_shakes_once_when_the_time_of_a_section_is_up(server: Serving, visit: Visit) -> None:
    phone = visit(other_address(server) + phone_path(server), **PHONE)
    phone.goto(f"{other_address(server)}/talk.html")
    phone.add_init_script("window.shaken = 0; navigator.vibrate = () => { shaken += 1; return true; };")
    phone.clock.install()
    phone.goto(f"{other_address(server)}/talk.html?view=remote#p1")
    phone.get_by_role("button", name=FORTH).tap()
    phone.clock.run_for(30_000)
    assert phone.evaluate("shaken") == 0
    phone.clock.run_for(20_000)
    assert phone.evaluate("shaken") == 1
    phone.clock.run_for(5_000)
    assert phone.evaluate("shaken") == 1


BOXES = """Object.fromEntries(["slidegen-session", "remark-slides-area", "slidegen-coming", "remark-notes-area",
  "slidegen-thumb"].map((name) => [name, document.querySelector(`.${name}`).getBoundingClientRect().toJSON()]))"""


@pytest.mark.parametrize("size", [{}, SMALL, PHONE, ACROSS], ids=["1280", "640", "390", "844"])
def test_all_that_is_needed_is_in_sight_and_large_enough(server: Serving, visit: Visit, size: Any) -> None:
    phone = visit(
        other_address(server) + phone_path(server).replace("/api/phone", "/talk.html") + "&view=remote",
        **size,
    )
    phone.get_by_role("button", name=FORTH).focus()
    phone.keyboard.press("Enter")
    shows(phone, 1)
    width, height = phone.viewport_size["width"], phone.viewport_size["height"]
    boxes = phone.evaluate(BOXES)
    for name, box in boxes.items():
        assert box["left"] >= -1, name
        assert box["right"] <= width + 1, name
        assert box["bottom"] <= height + 1, name
        assert box["height"] >= 30, name
    for button in phone.get_by_role("navigation", name="Slide controls").get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 60
        assert box["width"] >= 60
    assert (
        float(
            phone.evaluate("parseFloat(getComputedStyle(document.querySelector('.remark-notes')).fontSize)")
        )
        >= 18
    )
    opacities = phone.evaluate(
        "[...document.querySelectorAll('.slidegen-thumb button')].map((each) => getComputedStyle(each).opacity)"
    )
    assert set(opacities) == {"1"}


def test_in_the_lowest_window_the_notes_are_scrolled_to_and_nothing_is_cut(
    server: Serving, visit: Visit
) -> None:
    phone = visit(f"{server.url}/talk.html?view=remote#p2", **LEAST)
    thumb = phone.get_by_role("navigation", name="Slide controls")
    phone.locator(".remark-notes").get_by_text("What to say").wait_for()
    for part in (".slidegen-clock", ".slidegen-plan", ".remark-toolbar"):
        box = phone.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    smaller, larger = (phone.get_by_role("button", name=name) for name in ("Smaller notes", "Larger notes"))
    larger.focus()
    assert smaller.bounding_box()["y"] == larger.bounding_box()["y"]
    assert larger.bounding_box()["y"] + 44 <= thumb.bounding_box()["y"]
    phone.locator(".remark-notes").focus()
    phone.keyboard.press("ArrowRight")
    shows(phone, 2)
    thumb.get_by_role("button", name=BACK).click()
    shows(phone, 1)


def test_the_home_screen_has_an_address_that_leads_here_again(server: Serving, visit: Visit) -> None:
    phone = visit(other_address(server) + phone_path(server), **PHONE)
    phone.goto(f"{other_address(server)}/talk.html?view=remote#p1")
    href = phone.locator("link[rel=manifest]").get_attribute("href")
    manifest = phone.request.get(other_address(server) + href).json()
    assert manifest["display"] == "standalone"
    assert manifest["start_url"] == phone_path(server)
    icons = [each["src"] for each in manifest["icons"] if each["type"] == "image/png"]
    assert [phone.locator("link[rel=apple-touch-icon]").get_attribute("href")] == icons
    shown = phone.evaluate(
        """async (source) => {
          const icon = new Image();
          icon.src = source;
          await icon.decode();
          return [icon.naturalWidth, icon.naturalHeight];
        }""",
        icons[0],
    )
    assert shown == [512, 512]


def test_without_host_the_code_says_what_to_do(project: Project, visit: Visit) -> None:
    project.write("talk.md", DECK)
    with serving(project) as server:
        presenter = visit(f"{server.url}/talk.html#p1")
        presenter.get_by_role("button", name="Phone as remote control").click()
        presenter.get_by_text("--host 0.0.0.0").wait_for()


@pytest.mark.parametrize("lang", ["en", "de", "es", "pt", "it"])
@pytest.mark.parametrize("size", [(1280, 720), (640, 360)])
def test_buttons_over_the_notes_have_room_for_their_words(
    project: Project, visit: Visit, lang: str, size: tuple[int, int]
) -> None:
    project.write("talk.md", f"---\nlang: {lang}\n---\n# One\n")
    with serving(project) as server:
        page = visit(f"{server.url}/talk.html#p1", viewport={"width": size[0], "height": size[1]})
        page.locator(".slidegen-phone-code").wait_for()
        widths = page.evaluate(
            "[...document.querySelectorAll('.remark-top-area button')]"
            ".map((each) => [each.scrollWidth, each.clientWidth])"
        )
        assert len(widths) == 4
        assert all(inner <= outer for inner, outer in widths)
