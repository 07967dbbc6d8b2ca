"""Two windows and a phone on slow lines: all that is done arrives, in its order, whatever becomes of the connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.browser.devices import PHONE, SMALL, at_every_size, place
from tests.browser.drawing import drag
from tests.browser.ink import SEEN, kept, seen
from tests.browser.slideshow import shows
from tests.projects import Project
from tests.serve.serving import Serving, phone_path, serving
from tests.serve.slow import Silence, slow_line

Visit = Callable[..., Any]
DECK = "# One\n\n---\n# Two\n\n--\nmore\n\n---\n# Three\n"
DELAY = 0.2
"""Seconds that each way takes more."""
LISTEN = """() => {
  window.heard = [];
  for (const kind of ["slide", "drawing", "zoom", "blackout"]) {
    slidegen["channel.mjs"].onMessage(kind, (message) => {
      const { index, strokes, scale, on } = message;
      const said = [kind, index ?? strokes?.length ?? on ?? (scale > 1)].join(" ");
      if (heard.at(-1) !== said) heard.push(said);
    });
  }
}"""
DONE = [
    "slide 1",
    "slide 2",
    "drawing 1",
    "zoom true",
    "zoom false",
    "blackout true",
    "blackout false",
    "slide 3",
]


@dataclass
class Class:
    """A presenter, the window on the projector and the presenter's phone, each in a window of another size."""

    server: Serving
    silence: Silence
    presenter: Any
    projector: Any
    phone: Any

    @property
    def all(self) -> tuple[Any, Any, Any]:
        return self.presenter, self.projector, self.phone

    def cut(self) -> None:
        """Ends all connections at once, with what is on its way over them."""
        self.server.session.loop.call_soon_threadsafe(self.server.session.windows.disconnect_all)


@pytest.fixture
def room(project: Project, visit: Visit) -> Iterator[Class]:
    project.write("talk.md", DECK)
    silence = Silence()
    with (
        serving(project, shared=True, host="127.0.0.1") as server,
        slow_line(int(server.url.rpartition(":")[2]), DELAY, silence) as port,
    ):
        far = f"http://127.0.0.1:{port}"
        pages = [
            visit(f"{far}/talk.html?view=slides"),
            visit(f"{far}/talk.html?view=slides", **SMALL),
            visit(far + phone_path(server), **PHONE),
        ]
        pages[2].locator(".slidegen-thumb").wait_for()
        while len(server.session.windows.all) < len(pages):
            pages[0].wait_for_timeout(20)
        for pressed, index in (("End", 3), ("Home", 0)):  # until each has told how it stands
            pages[0].keyboard.press(pressed)
            for page in pages:
                shows(page, index)
        yield Class(server, silence, *pages)


def act(page: Any) -> None:
    """What DONE says."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("d")
    drag(page, (400, 300), (600, 400))
    page.keyboard.press("d")
    for pressed in ("z", "Enter", "z", "b", "b", "ArrowRight"):
        page.keyboard.press(pressed)
        page.evaluate("new Promise(requestAnimationFrame)")  # a lens is told once a frame


def test_all_arrives_in_its_order(room: Class) -> None:
    for window in (room.projector, room.phone):
        window.evaluate(LISTEN)
    act(room.presenter)
    for window in (room.projector, room.phone):
        window.wait_for_function("heard.at(-1) === 'slide 3'")
        assert window.evaluate("heard") == DONE
        shows(window, 3)
        window.wait_for_selector("body:not(.remark-blackout-mode, .slidegen-zoom-mode)")


def test_what_was_on_its_way_when_the_connection_was_cut_arrives(project: Project, room: Class) -> None:
    act(room.presenter)
    room.presenter.keyboard.press("b")
    room.cut()
    for window in room.all:
        shows(window, 3)
        window.wait_for_selector(".remark-blackout-mode")
    room.phone.get_by_role("button", name="Black screen").tap()
    room.cut()
    for window in room.all:
        window.wait_for_selector("body:not(.remark-blackout-mode)")
    room.projector.keyboard.press("ArrowLeft")
    room.projector.keyboard.press("ArrowLeft")
    for window in room.all:
        shows(window, 1)
    kept(project, room.presenter, 1)
    room.presenter.keyboard.press("End")
    room.presenter.keyboard.press("ArrowLeft")
    for window in room.all:
        shows(window, 2)
    for window in (room.presenter, room.projector):
        seen(window, 1)


def test_what_is_undone_while_there_is_no_connection_stays_undone(project: Project, room: Class) -> None:
    page = room.presenter
    page.keyboard.press("d")
    drag(page, place(page, 300, 300), place(page, 500, 400))
    for window in (page, room.projector):
        seen(window, 1)
    page.context.set_offline(True)
    room.cut()
    drag(page, place(page, 300, 400), place(page, 500, 500))
    drag(page, place(page, 300, 500), place(page, 500, 600))
    page.get_by_role("button", name="Clear this slide").click()
    drag(page, place(page, 400, 300), place(page, 600, 300))
    page.context.set_offline(False)
    seen(room.projector, 1)
    kept(project, page, 1)
    d = "document.querySelector('.slidegen-drawing path').getAttribute('d')"
    path = page.evaluate(d)
    room.projector.wait_for_function(f"{d} === {path!r}")
    assert not room.projector.evaluate("document.querySelectorAll('.slidegen-pen path').length - 1")


def test_two_windows_that_draw_at_once_lose_nothing(project: Project, room: Class) -> None:
    both = room.presenter, room.projector
    for number in range(3):
        for window in both:
            if not number:
                window.keyboard.press("d")
            window.mouse.move(*place(window, 400, 300 + 50 * number))
            window.mouse.down()
        for at in range(3):
            for window in both:
                window.mouse.move(*place(window, 500 + 40 * at, 320 + 50 * number))
        if number == 1:
            room.cut()
        for window in both:
            window.mouse.up()
    for window in both:
        seen(window, 6)
    kept(project, room.presenter, 6)
    for window in both:
        window.keyboard.press("Control+z")
    room.presenter.get_by_role("button", name="Clear this slide").focus()
    room.presenter.keyboard.press("Enter")
    for window in both:
        seen(window, 0)
    room.presenter.get_by_role("button", name="Undo").focus()
    room.presenter.keyboard.press("Enter")
    paths = f"{SEEN}.map((path) => path.getAttribute('d')).sort().join()"
    drawn = room.presenter.evaluate(paths)
    assert drawn
    room.projector.wait_for_function(f"{paths} === {drawn!r}")


def test_a_phone_that_was_frozen_works_again(room: Class) -> None:
    session = room.phone.context.new_cdp_session(room.phone)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    room.cut()
    room.presenter.keyboard.press("End")
    shows(room.projector, 3)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    shows(room.phone, 3)
    room.phone.get_by_role("button", name="Previous slide").tap()
    for window in room.all:
        shows(window, 2)


def test_a_window_that_only_listens_notices_that_its_line_is_dead(room: Class) -> None:
    room.silence.fall()
    room.presenter.keyboard.press("End")
    for window in room.all:
        shows(window, 3)


def test_a_phone_that_wakes_does_not_take_the_room_back(room: Class) -> None:
    room.phone.context.set_offline(True)
    room.cut()
    room.phone.locator(".slidegen-note").wait_for()
    room.presenter.keyboard.press("End")
    shows(room.projector, 3)
    room.phone.get_by_role("button", name="Next slide").tap()
    shows(room.phone, 1)
    room.phone.context.set_offline(False)
    shows(room.phone, 3)
    room.phone.get_by_role("button", name="Previous slide").tap()
    for window in room.all:
        shows(window, 2)


def test_a_window_that_comes_back_sees_no_more_than_the_others(room: Class, visit: Visit) -> None:
    page = room.presenter
    for key in ("Shift+B", "End", "z", "Enter", "Home"):
        page.keyboard.press(key)
        page.evaluate("new Promise(requestAnimationFrame)")
    for window in room.all:
        shows(window, 0)
    room.projector.reload()
    later = visit(room.phone.url, **PHONE)
    for key, at in (("End", 3), ("Home", 0)):
        page.keyboard.press(key)
        for window in (*room.all, later):
            shows(window, at)
            assert not window.locator(".slidegen-board, .slidegen-zoomed").count()
    time = "document.querySelector('.slidegen-presenter .remark-toolbar-timer').textContent"
    page.keyboard.press("p")
    page.wait_for_function(f"{time} > '00:00:02'")
    another = visit(room.phone.url, **PHONE)
    another.wait_for_function(f"{time} > '00:00:02'")


@at_every_size
def test_what_is_drawn_while_the_server_is_started_again_is_kept(
    project: Project, visit: Visit, size: dict[str, Any]
) -> None:
    project.write("talk.md", DECK)
    with serving(project) as server:
        page = visit(f"{server.url}/talk.html?view=slides#2", **size)
        page.keyboard.press("d")
        drag(page, place(page, 400, 300), place(page, 600, 400))
        kept(project, page, 1)
    note = page.locator(".slidegen-note")
    note.wait_for()
    said = note.bounding_box()
    for bar in (".slidegen-controls", ".slidegen-draw"):
        box = page.locator(bar).bounding_box()
        beside = said["x"] >= box["x"] + box["width"] or box["x"] >= said["x"] + said["width"]
        assert beside or said["y"] + said["height"] <= box["y"]
    drag(page, place(page, 400, 400), place(page, 600, 500))
    page.keyboard.press("Control+z")
    drag(page, place(page, 300, 300), place(page, 500, 300))
    with serving(project, port=int(server.url.rpartition(":")[2])):
        page.wait_for_function("sessionStorage.loads === '2'")
        shows(page, 1)
        seen(page, 2)
        kept(project, page, 2)
        page.reload()
        seen(page, 2)
