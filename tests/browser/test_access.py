"""What people find who do not see the slides, or use the keyboard alone: WCAG 2.2, levels A and AA."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions
from tests.browser.axe import REMARKS_CONTRAST, settle, violations
from tests.browser.devices import NARROW
from tests.pages import THEMES, step

Open = Callable[..., Any]

ROOT = Path(__file__).parents[2]
SLIDES = ROOT / "slides"
DECKS = sorted(path.relative_to(SLIDES) for path in SLIDES.rglob("*.md"))
TWO_STEPS = [
    "<h1>One</h1>",
    [step("<h1>Two</h1>", title="Two"), step("<h1>Two</h1><p>and a half</p>", title="Two")],
    "<p>Three</p>",
]
FOCUSED = "document.activeElement.getAttribute('aria-label')"
STATUS = "document.querySelector('.slidegen-status').textContent"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Path, str], str]:
    """The demonstration decks in their own themes, and the tour in every theme."""
    found = {}
    for theme in (None, *THEMES):
        folder = tmp_path_factory.mktemp(theme or "own")
        sources = [SLIDES] if theme is None else [SLIDES / "tour.md"]
        for deck in build_decks(sources, folder, BuildOptions(theme=theme), ROOT):
            assert deck.output is not None
            found[deck.path.absolute().relative_to(SLIDES), theme or ""] = deck.output.read_text("utf-8")
    return found


def modes(page: Any) -> Iterator[str]:
    """Puts a page into one mode after the other."""
    yield "slides"
    page.keyboard.press("?")
    yield "help"
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    yield "overview"
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    yield "presenter"
    page.keyboard.press("p")
    page.keyboard.press("r")
    yield "reading view"
    page.keyboard.press("r")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    yield "paper"


@pytest.mark.parametrize("deck", DECKS, ids=str)
def test_axe_finds_nothing_in_any_mode(
    pages: dict[tuple[Path, str], str], open_page: Open, axe: str, deck: Path
) -> None:
    page = open_page(pages[deck, ""], reduced_motion="reduce")
    for mode in modes(page):
        settle(page)
        assert violations(page, axe) == [], mode


@pytest.mark.parametrize("deck", DECKS, ids=str)
def test_axe_finds_nothing_where_scripts_are_stripped(
    pages: dict[tuple[Path, str], str], open_page: Open, axe: str, deck: Path
) -> None:
    html = re.sub(r"<script\b.*?</script>", "", pages[deck, ""], flags=re.DOTALL)
    assert violations(open_page(html), axe) == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_any_slide_in_any_theme(
    pages: dict[tuple[Path, str], str], open_page: Open, axe: str, theme: str
) -> None:
    page = open_page(pages[Path("tour.md"), theme], "?view=scroll", reduced_motion="reduce")
    settle(page)
    found = violations(page, axe)
    if theme == "remark":  # whose slide numbers and code are as faint as remark's
        found = [each for each in found if not REMARKS_CONTRAST.match(each)]
    assert found == []


def test_axe_finds_nothing_on_a_telephone(
    pages: dict[tuple[Path, str], str], open_page: Open, axe: str
) -> None:
    page = open_page(pages[Path("tour.md"), ""], reduced_motion="reduce", **NARROW)
    settle(page)
    assert violations(page, axe) == []


def test_each_slide_is_a_group_that_says_its_place_and_title(open_deck: Open) -> None:
    page = open_deck(*TWO_STEPS, lang="fr")
    labels = page.evaluate(
        "[...document.querySelectorAll('[role=group]')].map((each) => each.getAttribute('aria-label'))"
    )
    assert labels == ["Diapositive 1 sur 3", "Diapositive 2 sur 3: Two", "Diapositive 3 sur 3"]


def test_slides_that_are_not_shown_cannot_be_reached(open_deck: Open) -> None:
    page = open_deck("<p><a id=a href='#2'>one</a></p>", "<p><a id=b href='#1'>two</a></p>", "<p>three</p>")
    assert "two" not in page.locator("body").aria_snapshot()
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id"))
    assert "a" in seen
    assert "b" not in seen


def test_a_change_moves_the_focus_to_the_slide(open_deck: Open) -> None:
    page = open_deck(*TWO_STEPS)
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "Slide 2 of 3: Two"
    assert page.evaluate(STATUS) == ""
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "Slide 2 of 3: Two"
    assert page.evaluate(STATUS) == "and a half"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "Slide 3 of 3"
    assert page.evaluate(STATUS) == ""


def test_a_change_from_elsewhere_moves_and_says_nothing(open_deck: Open) -> None:
    page = open_deck(*TWO_STEPS)
    page.keyboard.press("ArrowRight")
    for by in ("there", "edit"):
        page.evaluate(f"slidegen['boot.mjs'].deck.goto(0, '{by}'), slidegen['boot.mjs'].deck.goto(3, '{by}')")
        assert page.evaluate("slideshow.getCurrentSlideIndex()") == 3
        assert page.evaluate(STATUS) == ""
        assert page.evaluate(FOCUSED) != "Slide 3 of 3"
        page.evaluate("slidegen['boot.mjs'].deck.goto(0, 'there')")


def test_a_button_outside_the_slides_keeps_the_focus_and_the_slide_is_said(open_deck: Open) -> None:
    page = open_deck(*TWO_STEPS)
    page.evaluate("document.body.append(mine = document.createElement('button'))")
    page.evaluate("void (mine.onclick = slideshow.gotoNextSlide)")
    page.focus("body > button:last-child")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement === mine")
    assert page.evaluate(STATUS) == "Slide 2 of 3: Two"


def test_keys_that_are_letters_can_be_switched_off_and_on(open_deck: Open) -> None:
    page = open_deck(*TWO_STEPS)
    page.keyboard.press("?")
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    for key in ("j", "3", "Enter", "b", "?"):
        page.keyboard.press(key)
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0
    assert page.locator("dialog[open]").count() == 0
    assert "remark-blackout-mode" not in page.evaluate("document.body.className")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 2
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 2
    page.evaluate("slideshow.toggleHelp()")
    page.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 3


def test_the_language_of_page_and_slide_is_set(project: Any) -> None:
    page = project.deck("---\nlang: fr\n---\n# Un\n\n---\nlang: de\n\n# Zwei\n")
    assert page.attribute("html", "lang") == "fr"
    assert [node.attributes.get("lang") for node in page.tree.css(".remark-slide-content")] == [None, "de"]


@pytest.mark.parametrize(("feature", "value"), [("contrast", "more"), ("forced_colors", "active")])
def test_numbers_are_plain_where_more_contrast_is_asked_for(
    open_deck: Open, feature: str, value: str
) -> None:
    page = open_deck("<p>one</p>", theme="lecture", page={feature: value})
    colours = page.evaluate(
        """['.remark-slide-number', '.remark-slide-content p'].map((each) =>
             getComputedStyle(document.querySelector(each)).color)"""
    )
    assert colours[0] == colours[1]


def test_forced_colours_leave_what_only_colours_say(open_deck: Open) -> None:
    page = open_deck(
        "<h1>One</h1>", "<h1>Two</h1>", options={"progress": "bar"}, page={"forced_colors": "active"}
    )

    def grounds(selector: str) -> set[str]:
        page.wait_for_selector(selector, state="attached")
        found: list[str] = page.evaluate(
            """(selector) => [...document.querySelectorAll(selector)].map((each) =>
                 getComputedStyle(each).backgroundColor)""",
            selector,
        )
        return set(found)

    assert len(grounds(".slidegen-progress :is(i, b)")) == 2
    page.keyboard.press("d")
    assert len(grounds(".slidegen-draw i")) == 5
    page.keyboard.press("d")
    page.keyboard.press("g")
    assert len(grounds(".slidegen-palette li")) == 2
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="hidden")
    page.evaluate("slideshow.togglePresenterMode()")
    current = page.wait_for_selector(".slidegen-list [aria-current]", state="attached")
    assert current is not None
    assert current.evaluate("(each) => getComputedStyle(each).outlineStyle") == "solid"
