"""Windows of one session follow each other; others do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.slideshow import opened, shows
from tests.pages import deck_of, page_of

Open = Callable[..., Any]
SLIDES = ["<p>one</p>", ["<p>two</p>", "<p>two</p><p>more</p>"], "<p>three</p>", "<p>four</p>"]
NO_BROADCAST = "<script>delete window.BroadcastChannel</script>"


@pytest.mark.parametrize("head", ["", NO_BROADCAST], ids=["broadcast", "messages"])
def test_two_windows_follow_each_other_step_by_step(open_deck: Open, head: str) -> None:
    page = open_deck(*SLIDES, head=head, hash="#2")
    clone = opened(page)
    shows(clone, 1)
    page.keyboard.press("ArrowRight")
    shows(clone, 2)
    assert clone.locator(".remark-visible").inner_text().split() == ["two", "more", "2", "/", "4"]
    clone.keyboard.press("End")
    shows(page, 4)


@pytest.mark.parametrize("head", ["", NO_BROADCAST], ids=["broadcast", "messages"])
def test_they_are_black_together(open_deck: Open, head: str) -> None:
    page = open_deck(*SLIDES, head=head)
    page.keyboard.press("b")
    clone = opened(page)
    clone.wait_for_selector(".remark-blackout-mode")
    clone.keyboard.press("b")
    page.wait_for_selector("body:not(.remark-blackout-mode)")
    page.keyboard.press("b")
    clone.wait_for_selector(".remark-blackout-mode")
    page.keyboard.press("Escape")
    clone.wait_for_selector("body:not(.remark-blackout-mode)")


@pytest.mark.parametrize("head", ["", NO_BROADCAST], ids=["broadcast", "messages"])
@pytest.mark.parametrize("reloads", ["first", "second"])
def test_a_window_that_is_reloaded_stays_in_the_session(open_deck: Open, head: str, reloads: str) -> None:
    page = open_deck(*SLIDES, head=head)
    clone = opened(page)
    page.keyboard.press("ArrowRight")
    shows(clone, 1)
    reloaded, other = (page, clone) if reloads == "first" else (clone, page)
    other.evaluate("slideshow.on('toggledPresenter', () => {})")
    reloaded.reload()
    shows(reloaded, 1)
    other.keyboard.press("End")
    shows(reloaded, 4)
    reloaded.keyboard.press("Home")
    shows(other, 0)


@pytest.mark.parametrize("closes", ["first", "second"])
def test_closing_one_leaves_the_other(open_deck: Open, closes: str) -> None:
    page = open_deck(*SLIDES)
    clone = opened(page)
    closed, other = (page, clone) if closes == "first" else (clone, page)
    closed.close()
    other.keyboard.press("ArrowRight")
    shows(other, 1)
    if closes == "second":
        shows(opened(other), 1)


def test_a_window_of_a_window_follows_the_first(open_deck: Open) -> None:
    page = open_deck(*SLIDES, head=NO_BROADCAST)
    third = opened(opened(page))
    page.keyboard.press("End")
    shows(third, 4)
    third.keyboard.press("Home")
    shows(page, 0)


def test_c_again_brings_the_window_back_to_the_front(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    opened(page)
    page.keyboard.press("c")
    page.keyboard.press("ArrowRight")
    assert len(page.context.pages) == 2


def test_the_same_file_opened_twice_is_two_sessions(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    clone = opened(page)
    other = page.context.new_page()
    other.goto(page.url.split("#")[0])
    shows(other, 0)
    other_clone = opened(other)
    other.keyboard.press("End")
    shows(other_clone, 4)
    page.keyboard.press("ArrowRight")
    shows(clone, 1)
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1
    assert other.evaluate("slideshow.getCurrentSlideIndex()") == 4


def test_two_pages_in_one_tab_are_two_sessions(open_deck: Open, tmp_path: Any) -> None:
    page = open_deck(*SLIDES)
    clone = opened(page)
    (tmp_path / "other.html").write_text(page_of(deck_of(*SLIDES)), "utf-8")
    page.goto((tmp_path / "other.html").as_uri())
    page.keyboard.press("End")
    shows(page, 4)
    clone.keyboard.press("ArrowRight")
    shows(clone, 1)
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 4


def test_messages_that_remark_understands(open_page: Open) -> None:
    """Pages around a deck's frame send them."""
    deck = page_of(deck_of(*SLIDES)).replace("&", "&amp;").replace('"', "&quot;")
    page = open_page(f'<iframe name=deck width=600 height=400 srcdoc="{deck}"></iframe>')
    frame = page.frame("deck")
    frame.wait_for_function("window.slideshow?.getSlideCount() > 0")
    page.evaluate("frames.deck.postMessage('gotoSlide:4', '*')")
    frame.wait_for_function("slideshow.getCurrentSlideIndex() === 3")
    page.evaluate("frames.deck.postMessage('toggleBlackout', '*')")
    frame.wait_for_selector(".remark-blackout-mode")
    assert page.evaluate("frames.deck.name") == "deck"


def test_where_no_window_may_be_opened_the_help_says_so(open_deck: Open) -> None:
    page = open_deck(*SLIDES, head="<script>window.open = () => null</script>")
    page.keyboard.press("c")
    page.keyboard.press("?")
    assert "does not allow this page to open windows" in page.locator(".remark-help").inner_text()
