"""What tests ask the slideshow of a page."""

from __future__ import annotations

from typing import Any


def index(page: Any) -> int:
    return int(page.evaluate("slideshow.getCurrentSlideIndex()"))


def opened(page: Any) -> Any:
    """The window that `c` opens, with its slides shown."""
    with page.context.expect_page() as opening:
        page.keyboard.press("c")
    clone = opening.value
    clone.wait_for_function(
        "window.slideshow?.getSlideCount() > 0 && document.querySelector('.remark-visible')"
    )
    return clone


def shows(page: Any, index: int) -> None:
    """Waits until the window shows the slide."""
    page.wait_for_function(f"slideshow.getCurrentSlideIndex() === {index}")
