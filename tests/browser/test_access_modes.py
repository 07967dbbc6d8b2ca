"""Any mode of a page: axe finds nothing in any theme, in a window and on a phone, and no key is an error."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import REMARKS_CONTRAST, settle, violations
from tests.browser.devices import PHONE
from tests.browser.drawing import drag
from tests.browser.slideshow import shows
from tests.pages import THEMES, step
from tests.projects import Project
from tests.serve.serving import serving

Open = Callable[..., Any]
Prepare = Callable[[Any], Any]
SLIDES = [
    step("<h1>A talk</h1><h2>About sources</h2>", classes=("title-slide",), title="A talk"),
    step(
        "<h1>Sources</h1><ul><li>One source</li><li>Another</li></ul>"
        "<p><code class='remark-inline-code'>code</code> <a href='#1'>link</a> <mark>mark</mark></p>",
        title="Sources",
        notes="<p>Say <a href='#1'>this</a></p>",
    ),
    [step("<h1>Steps</h1>", title="Steps"), step("<h1>Steps</h1><p>source</p>", title="Steps")],
]


def pressing(*keys: str) -> Prepare:
    return lambda page: [page.keyboard.press(key) for key in keys]


def typing(key: str, text: str, *keys: str) -> Prepare:
    def prepare(page: Any) -> None:
        page.keyboard.press(key)
        page.keyboard.type(text)
        pressing(*keys)(page)

    return prepare


def drawing(page: Any) -> None:
    page.keyboard.press("d")
    drag(page, (300, 300), (350, 330))


def rehearsing(page: Any) -> None:
    page.keyboard.press("p")
    page.get_by_role("button", name="Rehearse").click()


MODES: dict[str, Prepare] = {
    "slides": pressing(),
    "mirror": pressing("m"),
    "black": pressing("b"),
    "help": pressing("?"),
    "command menu": typing("Control+k", "view"),
    "command menu with no hit": typing("Control+k", "xyzzy"),
    "jump": typing("g", "so"),
    "jump to nowhere": typing("g", "xyzzy"),
    "search": typing("/", "source"),
    "hits": typing("/", "source", "Enter"),
    "overview": pressing("o"),
    "presenter": pressing("p"),
    "presenter with pens": pressing("p", "d"),
    "presenter that rehearses": rehearsing,
    "presenter with hits": typing("/", "source", "Enter", "p"),
    "other view": pressing("r"),
    "drawing": drawing,
    "board": pressing("Shift+B"),
    "zoom": pressing("z", "Enter"),
    "laser": pressing("l"),
}


def check(page: Any, axe: str, theme: str) -> None:
    page.evaluate("document.body.classList.add('slidegen-active')")  # with its controls
    settle(page)
    found = violations(page, axe)
    if theme == "remark":  # whose slide numbers are as faint as remark's
        found = [each for each in found if not REMARKS_CONTRAST.match(each)]
    assert found == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_a_window(open_deck: Open, axe: str, theme: str, mode: str) -> None:
    page = open_deck(*SLIDES, theme=theme, hash="#2", page={"reduced_motion": "reduce"})
    MODES[mode](page)
    check(page, axe, theme)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_on_a_phone(open_deck: Open, axe: str, theme: str, mode: str) -> None:
    page = open_deck(*SLIDES, theme=theme, hash="#2", page={"reduced_motion": "reduce", **PHONE})
    MODES[mode](page)
    check(page, axe, theme)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("asked", ["notes", "handout"])
def test_axe_finds_nothing_on_paper(open_deck: Open, axe: str, theme: str, asked: str) -> None:
    page = open_deck(*SLIDES, theme=theme, hash=f"?print={asked}", page={"reduced_motion": "reduce"})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    check(page, axe, theme)


MISTAKE = "# One\n\n![:sclae 50%](a.png)\n\n---\nnaem: two\n\n# Two\n"


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_where_serve_shows_mistakes(
    project: Project, browser: Any, axe: str, theme: str
) -> None:
    project.write("talk.md", f"---\ntheme: {theme}\n---\n{MISTAKE}")
    with serving(project) as server:
        page = browser.new_page(reduced_motion="reduce")
        page.goto(f"{server.url}/talk.html")
        page.locator(".slidegen-problems").wait_for()
        check(page, axe, theme)
        page.keyboard.press("Escape")
        page.keyboard.press("p")
        check(page, axe, theme)
        page.close()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("system", ["light", "dark"])
def test_axe_finds_nothing_on_a_course_page(
    project: Project, browser: Any, axe: str, theme: str, system: str
) -> None:
    project.write("slidegen.yml", f"course: Statistics\nterm: Autumn\ntheme: {theme}\n")
    project.write("one.md", "# Least squares\n\n---\n# Rest\n")
    project.write("two.md", "---\ntheme: remark\n---\n# Two\n")
    assert project.run("build", ".", "-o", "out").code == 0
    page = browser.new_page(color_scheme=system, reduced_motion="reduce")
    page.goto((project.folder / "out/index.html").as_uri())
    assert violations(page, axe) == []
    page.keyboard.press("/")
    page.keyboard.type("squares")
    page.locator("#hits a").wait_for()
    assert violations(page, axe) == []
    page.close()


KEYS = [
    *"ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Home End Space Enter Escape Backspace Delete".split(),
    *"Tab Shift+Tab Shift+B Shift+N Control+k Control+z".split(),
    *"+-./?0123456789abdefghijklmnopqrstuvxyz",
]
"""All keys but those that open windows."""


@pytest.mark.parametrize("mode", MODES)
def test_no_mixture_of_keys_is_an_error(open_deck: Open, mode: str) -> None:
    page = open_deck(*SLIDES, theme="lecture", hash="#2", page={"reduced_motion": "reduce"})
    MODES[mode](page)
    chance = random.Random(mode)
    pressing(*(chance.choice(KEYS) for _ in range(300)))(page)
    page.keyboard.press("Escape")
    page.evaluate("slideshow.gotoFirstSlide()")
    shows(page, 0)
