"""What is drawn is kept: over a reload, beside a served deck, in the page that is built from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions
from tests.browser.axe import violations
from tests.browser.devices import PHONE, at_every_size, place
from tests.browser.drawing import PATHS, drag, pen
from tests.browser.ink import kept, seen
from tests.browser.slideshow import opened, shows
from tests.pages import step
from tests.projects import Project
from tests.serve.serving import Serving, serving
from tests.serve.slow import slow_line

Open = Callable[..., Any]
Visit = Callable[..., Any]
SLIDES = [
    step("<h1>One</h1>", title="One"),
    [step("<h1>Two</h1>", title="Two"), step("<h1>Two</h1><p>more</p>", title="Two")],
    step("<h1>One</h1>", title="One"),
]
DRAWN = """Object.fromEntries([...slidegen["ink.mjs"].slideKeys(slidegen["boot.mjs"].deck)]
  .map(([slide, key]) => [key, slidegen["slide_scaler.mjs"].stageOf(slidegen["boot.mjs"].deck.slides[slide])
    .querySelectorAll(".slidegen-drawing path").length])
  .filter(([, count]) => count))"""
"""How many strokes each slide has, by its key."""
DECK = "# One\n\n---\n# Two\n\n--\nmore\n\n---\n# One\n"


def draws(page: Any, *places: tuple[int, int]) -> None:
    """Draws through places, given as `place` takes them."""
    if not page.locator(".slidegen-draw").count():
        page.keyboard.press("d")
    drag(page, *(place(page, x, y) for x, y in places))


@at_every_size
def test_drawings_of_slides_and_steps_are_there_after_a_reload(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    draws(page, (400, 300), (600, 400))
    page.keyboard.press("End")
    draws(page, (400, 300), (500, 400))
    draws(page, (400, 380), (500, 460))
    page.keyboard.press("ArrowLeft")
    draws(page, (400, 300), (600, 500))
    page.keyboard.press("ArrowLeft")
    seen(page, 0)
    page.reload()
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 1")
    seen(page, 0)
    page.keyboard.press("ArrowRight")
    seen(page, 1)
    page.keyboard.press("ArrowRight")
    seen(page, 2)
    page.keyboard.press("Home")
    seen(page, 1)
    page.emulate_media(media="print")
    page.evaluate("document.body.classList.add('slidegen-print-drawings')")
    assert page.evaluate(
        "[...document.querySelectorAll('.slidegen-drawing path')]"
        ".every((each) => getComputedStyle(each).display !== 'none')"
    )


@at_every_size
def test_shapes_and_words(open_deck: Open, axe: str, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    clone = opened(page)
    page.keyboard.press("d")
    bar = page.get_by_role("region", name="Draw on slides")
    for row, name in enumerate(["Line", "Arrow", "Rectangle"]):
        bar.get_by_role("button", name=name, exact=True).click()
        draws(page, (300, 280 + 60 * row), (360, 300 + 60 * row), (500, 320 + 60 * row))
    paths = page.evaluate(f"{PATHS}.map((path) => path.getAttribute('d').replace(/[^A-Z]/g, ''))")
    assert paths == ["ML", "MLMLL", "MHVHZ"]
    bar.get_by_role("button", name="Text", exact=True).click()
    page.mouse.click(*place(page, 700, 300))
    assert not violations(page, axe)
    page.keyboard.type("n > 5")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("always")
    page.keyboard.press("Enter")
    seen(page, 4)
    assert page.locator(".slidegen-drawing tspan").all_text_contents() == ["n > 5", "always"]
    seen(clone, 4)
    shows(page, 0)
    page.keyboard.press("Control+z")
    seen(page, 3)
    bar.get_by_role("button", name="Line", exact=True).click()
    bar.get_by_role("button", name="Line", exact=True).click()
    assert bar.locator("[aria-pressed=true]").count() == 1


@at_every_size
def test_a_stylus_draws_wider_where_it_is_pressed(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    page.evaluate(
        """([[start, clientY], ...places]) => {
          const area = slidegen["boot.mjs"].deck.area;
          area.setPointerCapture = () => {};
          const target = document.elementFromPoint(start, clientY);
          const tell = (kind, clientX, pressure) => target.dispatchEvent(new PointerEvent(kind,
            { bubbles: true, clientX, clientY, pointerType: "pen", pointerId: 7, pressure }));
          tell("pointerdown", start, 0.1);
          places.forEach(([x], index) => tell("pointermove", x, [0.3, 0.9, 0.9][index]));
          tell("pointerup", places.at(-1)[0], 0);
        }""",
        [place(page, x, 300) for x in (400, 450, 500, 550)],
    )
    seen(page, 1)
    height = page.evaluate(f"{PATHS}[0].getBBox().height")
    assert 6 < height < 12
    pen(page, "pointerdown", *place(page, 400, 400), "touch")
    pen(page, "pointerup", *place(page, 400, 400), "touch")
    seen(page, 1)


@at_every_size
def test_the_hand_that_holds_the_stylus_neither_draws_nor_turns_slides(
    open_deck: Open, size: dict[str, Any]
) -> None:
    page = open_deck(*SLIDES, hash="?view=slides#2", page={**size, "has_touch": True})
    browser = page.context.new_cdp_session(page)

    def stylus(kind: str, x: int) -> None:
        pressed = {"button": "left", "buttons": 1, "clickCount": 1, "pointerType": "pen", "force": 0.5}
        at = dict(zip("xy", place(page, x, 200), strict=True))
        browser.send("Input.dispatchMouseEvent", {"type": f"mouse{kind}", **at, **pressed})

    def hand(kind: str, *places: int) -> None:
        at = [dict(zip("xy", place(page, x, 500), strict=True)) for x in places]
        touches = [{**each, "radiusX": 30, "radiusY": 30} for each in at]
        browser.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touches})

    stylus("Pressed", 400)
    hand("Start", 700)
    hand("Move", 500)
    stylus("Moved", 500)
    hand("End")
    stylus("Moved", 600)
    stylus("Released", 600)
    seen(page, 1)
    box = page.locator(".remark-visible .slidegen-drawing path").bounding_box()
    ends = [place(page, x, 200)[0] for x in (400, 600)]
    assert [box["x"], box["x"] + box["width"]] == pytest.approx(ends, abs=12)
    assert box["height"] < 20, "it goes to no place of the hand"
    ignored = page.evaluate(
        """([clientX, clientY]) => {
          const target = document.elementFromPoint(clientX, clientY);
          const near = { bubbles: true, clientX, clientY, pointerType: "pen", pointerId: 7 };
          target.dispatchEvent(new PointerEvent("pointermove", near));
          const touches = [new Touch({ identifier: 1, target, clientX, clientY })];
          return !target.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, cancelable: true, touches }));
        }""",
        place(page, 400, 300),
    )
    assert ignored, "while the stylus is near"
    page.keyboard.press("d")
    hand("Start", 500)
    hand("Move", 700)
    hand("End")
    seen(page, 1)
    shows(page, 1)


@at_every_size
def test_a_jump_from_an_empty_page_leads_where_it_says(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides#2", page=size)
    for keys, to in ((["Home"], 0), (["1", "Enter"], 0)):
        page.keyboard.press("Shift+B")
        page.locator(".slidegen-board").wait_for()
        for key in keys:
            page.keyboard.press(key)
        shows(page, to)
        assert page.locator(".slidegen-board").count() == 0
        page.keyboard.press("ArrowRight")
        shows(page, 1)


@at_every_size
def test_empty_pages_come_after_their_slide_and_stay(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    clone = opened(page)
    page.keyboard.press("Shift+B")
    page.locator(".slidegen-board").wait_for()
    clone.locator(".slidegen-board").wait_for()
    assert not page.evaluate("document.body.matches('.remark-blackout-mode')")
    draws(page, (400, 300), (600, 400))
    seen(clone, 1)
    page.keyboard.press("ArrowRight")
    shows(page, 1)
    clone.wait_for_function("slideshow.getCurrentSlideIndex() === 1")
    assert clone.locator(".slidegen-board").count() == 0
    seen(page, 0)
    page.keyboard.press("ArrowLeft")
    page.locator(".slidegen-board").wait_for()
    seen(page, 1)
    page.keyboard.press("ArrowLeft")
    assert page.locator(".slidegen-board").count() == 0
    shows(page, 0)
    seen(page, 0)
    page.reload()
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 0")
    page.keyboard.press("ArrowRight")
    page.locator(".slidegen-board").wait_for()
    seen(page, 1)
    page.keyboard.press("Escape")
    assert page.locator(".slidegen-board").count() == 0


@pytest.mark.parametrize("size", [{}, PHONE], ids=["1280", "390"])  # a low window has no such button
def test_drawings_are_given_as_a_file(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    draws(page, (400, 300), (600, 400))
    with page.expect_download() as download:
        page.get_by_role("button", name="Save drawings to a file").click()
    assert download.value.suggested_filename == "page1.ink.json"
    kept = json.loads(Path(download.value.path()).read_text())
    assert list(kept["slides"]) == ["One"]


@pytest.fixture
def server(project: Project) -> Iterator[Serving]:
    project.write("talk.md", DECK)
    with serving(project, shared=True, host="0.0.0.0") as running:
        yield running


@at_every_size
def test_the_presenters_drawings_are_kept_beside_the_deck_and_in_the_page_that_is_built(
    project: Project, server: Serving, visit: Visit, open_page: Open, size: dict[str, Any]
) -> None:
    page = visit(f"{server.url}/talk.html?view=slides#3", **size)
    draws(page, (400, 300), (600, 400))
    page.keyboard.press("Shift+B")
    draws(page, (400, 300), (600, 500))
    page.keyboard.press("End")
    draws(page, (400, 300), (600, 500))
    slides = kept(project, page, 2, 1)
    assert list(slides) == ["Two", "One (2)"]
    assert [(stroke.get("step", 0), stroke.get("board", 0)) for stroke in slides["Two"]] == [(1, 0), (0, 1)]
    other = visit(f"{server.url}/talk.html?view=slides#3", **size)
    seen(other, 1)

    for ink, count in (("", 4), ("---\nink: true\n---\n", 5)):
        project.write("talk.md", ink + DECK)
        [built] = build_decks([project.folder / "talk.md"], Path("-"), BuildOptions(), project.folder)
        assert not built.diagnostics
        html = built.page.decode("utf-8")
        assert html.count('class="slidegen-ink"') == 3 * (count == 5)
        made = open_page(html, "?view=slides#2", **size)
        assert made.evaluate("slideshow.getSlideCount()") == count
        if count == 4:
            continue
        ink_seen = "document.querySelectorAll('.remark-visible .slidegen-ink path').length"
        for number in (0, 1, 1, 1):
            assert made.evaluate(ink_seen) == number
            made.keyboard.press("ArrowRight")
        made.emulate_media(media="print")
        assert made.evaluate("getComputedStyle(document.querySelector('.slidegen-ink')).display") != "none"


@at_every_size
def test_drawings_stay_with_their_slide_whatever_becomes_of_its_title(
    project: Project, server: Serving, visit: Visit, size: dict[str, Any]
) -> None:
    page = visit(f"{server.url}/talk.html?view=slides#1", **size)
    draws(page, (400, 300), (600, 400))
    page.keyboard.press("End")
    draws(page, (400, 300), (600, 500))
    draws(page, (400, 400), (600, 600))
    kept(project, page, 1, 2)
    first = "# One\n\nnew\n\n---\n"
    for text, drawn in (
        (DECK.replace("# One", "# Uno", 1), {"Uno": 1, "One": 2}),
        (DECK, {"One": 1, "One (2)": 2}),
        (first + DECK, {"One (2)": 1, "One (3)": 2}),
        (f"{first}name: first\n\n{DECK}", {"#first": 1, "One (2)": 2}),
        ("# Two\n\n---\n# One\n", {"One": 2}),
        (f"{first}# Two\n\n---\n# One\n", {"One (2)": 2}),
    ):
        project.write("talk.md", text)
        page.wait_for_function(
            f"JSON.stringify({DRAWN}) === {json.dumps(json.dumps(drawn, separators=(',', ':')))}"
        )
    other = visit(f"{server.url}/talk.html", **size)
    other.wait_for_function(f"{DRAWN}['One (2)'] === 2")


def test_the_room_writes_nothing_and_a_file_that_cannot_be_read_stays(
    project: Project, server: Serving, visit: Visit
) -> None:
    port = int(server.url.rpartition(":")[2])
    shared = server.access.address
    with slow_line(port, 0.2) as slow:
        room = visit(f"{shared}talk.html")
        room.evaluate(
            """() => new Promise((done) => {
              const live = JSON.parse(document.getElementById("slidegen-options").textContent).live;
              const socket = new WebSocket(`ws://${location.host}/live`);
              socket.onopen = () => {
                socket.send(JSON.stringify(live));
                const stroke = { tool: "pen", color: "#000", points: [1, 1, 2, 2], id: "x", version: 1 };
                const message = { kind: "drawing", slide: "One", strokes: [stroke] };
                socket.send(JSON.stringify({ rehearsal: { date: "now", slides: { One: 1 } } }));
                socket.send(JSON.stringify({ relay: { from: "x", count: 1, message } }));
                done();
              };
            })"""
        )
        own = shared.replace(str(port), str(slow))
        presenter = visit(f"{own}talk.html?presenter={server.access.token}")
        presenter.wait_for_selector(".remark-visible")
        draws(presenter, (400, 300), (600, 400))
        seen(room, 1)
        kept(project, presenter, 1)
        presenter.context.set_offline(True)
        for each in list(server.session.windows.all):
            server.session.loop.call_soon_threadsafe(each.disconnect)
        presenter.locator(".slidegen-note").wait_for()
        draws(presenter, (400, 450), (600, 500))
        seen(presenter, 2)
        presenter.context.set_offline(False)
        seen(room, 2)
        kept(project, presenter, 2)
    assert not (project.folder / "talk.rehearsal.json").exists()


def test_a_file_of_something_else_is_not_written_over(project: Project, visit: Visit) -> None:
    project.write("talk.md", "---\nink: true\n---\n" + DECK)
    project.write("talk.ink.json", '{"mine": 1}')
    [built] = build_decks([project.folder / "talk.md"], Path("-"), BuildOptions(), project.folder)
    assert [diagnostic.code.number for diagnostic in built.diagnostics] == ["SG360"]
    with serving(project) as server:
        page = visit(f"{server.url}/talk.html")
        draws(page, (400, 300), (600, 400))
        page.reload()
        page.wait_for_selector(".remark-visible")
    assert (project.folder / "talk.ink.json").read_text() == '{"mine": 1}'


def test_a_variant_has_no_drawings(project: Project) -> None:
    project.write("slidegen.yml", "variants: {student: {notes: false}}\nink: true\n")
    project.write("talk.md", "class: solution\n\n# One\n\n---\n# One\n")
    stroke = {"tool": "text", "color": "#000000", "points": [10, 10], "text": "SECRET"}
    project.write("talk.ink.json", json.dumps({"version": 1, "slides": {"One": [stroke]}}))
    [whole] = build_decks([project.folder / "talk.md"], Path("-"), BuildOptions(), project.folder)
    assert b"SECRET" in whole.page
    [student] = build_decks(
        [project.folder / "talk.md"], Path("-"), BuildOptions(variant="student"), project.folder
    )
    assert b"SECRET" not in student.page
