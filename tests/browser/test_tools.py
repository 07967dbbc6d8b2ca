"""What a page carries packed comes with the first sign that somebody may want it, in time for that very event."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
SLIDES = ("<h1>One</h1>", "<h1>Two</h1>")
THERE = "'presenter.mjs' in slidegen"


def test_nothing_is_unpacked_before_anybody_does_anything(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    assert not page.evaluate(THERE)
    assert page.locator("#slidegen-presenter").count() == 0
    page.keyboard.press("p")
    assert page.evaluate("document.body.matches('.remark-presenter-mode')")
    assert page.locator("#slidegen-presenter").count() == 1
    page.keyboard.press("p")
    page.keyboard.press("h")
    assert page.get_by_role("dialog").is_visible()
    assert page.locator("#slidegen-presenter").count() == 1


@pytest.mark.parametrize(
    "sign",
    [
        "slideshow.gotoNextSlide()",
        "slideshow.toggleBlackout()",
        "dispatchEvent(new Event('beforeprint'))",
        "document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }))",
        "document.querySelector('.slidegen-menu').focus()",
        "dispatchEvent(new MessageEvent('message', { data: 'gotoSlide:2' }))",
    ],
)
def test_each_sign_unpacks_at_once(open_deck: Open, sign: str) -> None:
    page = open_deck(*SLIDES)
    assert page.evaluate(f"{sign}, {THERE}")


def test_the_first_message_and_the_first_call_are_not_lost(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    page.evaluate("dispatchEvent(new MessageEvent('message', { data: 'gotoSlide:2' }))")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1
    page = open_deck(*SLIDES)
    page.evaluate("slideshow.toggleBlackout()")
    assert page.evaluate("document.body.matches('.remark-blackout-mode')")


@pytest.mark.parametrize(
    "packing",
    [
        {"level": 9},
        {"level": 0},
        {"level": 9, "strategy": zlib.Z_FIXED},
        {"level": 1, "strategy": zlib.Z_HUFFMAN_ONLY},
    ],
)
def test_every_kind_of_block_is_inflated(open_deck: Open, packing: dict[str, Any]) -> None:
    text = "".join(f"{place} Größe 大きさ {'ab' * (place % 200)}\n" for place in range(900))
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS, **packing)
    packed = b64encode(compressor.compress(text.encode()) + compressor.flush()).decode()
    assert open_deck(*SLIDES).evaluate("(packed) => slidegen['inflate.mjs'].inflate(packed)", packed) == text
