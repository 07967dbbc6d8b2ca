"""What comes out of the printer, as a PDF: slides, steps, notes, links."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.devices import at_every_size
from tests.pages import step

Open = Callable[..., Any]
DECK = [
    step("<h1>One</h1>", notes="<p>Say this.</p>"),
    [
        "<p>Two</p>",
        "<p>Two</p><p>three</p>",
        "<p>Two</p><p>three</p><p id=four>four <a href='https://example.org/'>elsewhere</a></p>",
    ],
    step("<p>End <a href='#four'>back</a></p>"),
]


def paper(page: Any) -> bytes:
    data: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
    return data


def pages(pdf: bytes) -> list[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == len(re.findall(rb"/Type /Page\b", pdf))
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize(("asked", "count"), [("", 3), ("?print=steps", 5)])
def test_steps_are_collapsed_or_a_page_each(open_deck: Open, asked: str, count: int) -> None:
    page = open_deck(*DECK, hash=asked)
    assert pages(paper(page)) == [(681, 510)] * count
    page.wait_for_function("document.querySelectorAll('div.remark-slide-container').length === 3")


def test_each_step_shows_what_it_shows(open_deck: Open) -> None:
    page = open_deck(*DECK, hash="?print=steps")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    texts = page.evaluate(
        "[...document.querySelectorAll('.remark-slide-content')].map((each) => each.textContent)"
    )
    assert [re.findall(r"[A-Za-z]+", text) for text in texts] == [
        ["One"], ["Two"], ["Twothree"], ["Twothreefour", "elsewhere"], ["End", "back"],
    ]  # fmt: skip
    assert page.locator("#four").count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("div.remark-slide-container").count() == 3
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0


LONG_NOTES = "<p>" + "Say this and more. " * 150 + "</p>"


@at_every_size
def test_short_notes_are_two_to_a_page_below_their_slides(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*DECK, DECK[0], hash="?print=notes", page=size, theme="slate", scheme="dark")
    sizes = pages(paper(page))
    assert len(sizes) == 2
    assert all(width < height for width, height in sizes)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 600, "height": 900})
    slide = page.locator(".remark-slide-scaler").first.bounding_box()
    notes = page.get_by_text("Say this.").first.bounding_box()
    assert slide["width"] == pytest.approx(0.7 * 600, abs=1)
    assert slide["height"] == pytest.approx(0.7 * 600 * 681 / 908, abs=2)
    assert slide["y"] + slide["height"] < notes["y"] < slide["y"] + slide["height"] + 60


def test_long_notes_leave_no_half_of_a_page_empty(open_deck: Open) -> None:
    page = open_deck(*(step("<h1>One</h1>", notes=LONG_NOTES) for _ in range(6)), hash="?print=notes")
    assert len(pages(paper(page))) <= 8, "each beginning a page, they would be twelve"


SOME_NOTES = "<p>Say this.</p>" * 2


@pytest.mark.parametrize("paper_size", ["A4", "Letter"])
def test_notes_of_a_few_lines_add_no_page(open_deck: Open, paper_size: str) -> None:
    slides = (step("<h1>One</h1>", notes=SOME_NOTES), "<p>Two</p>")
    page = open_deck(*slides, *slides, hash="?print=notes")
    assert len(pages(page.pdf(format=paper_size, print_background=True))) == 2


@at_every_size
def test_a_handout_has_three_slides_to_a_page_beside_lines(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*DECK, *DECK, DECK[0], hash="?print=handout", page=size, theme="slate", ratio=(16, 9))
    sizes = pages(paper(page))
    assert len(sizes) == 3
    assert all(width < height for width, height in sizes)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1010})
    boxes = [each.bounding_box() for each in page.locator(".remark-slide-scaler").all()]
    assert boxes[3]["y"] - boxes[0]["y"] == pytest.approx(3 * (boxes[1]["y"] - boxes[0]["y"]), abs=2)
    assert boxes[0]["width"] < 0.6 * 690
    assert not page.get_by_text("Say this.").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
def test_links_stay_links(open_deck: Open, scripts: bool) -> None:
    pdf = paper(open_deck(*DECK, page={"java_script_enabled": scripts}))
    assert b"https://example.org/" in pdf
    assert len(re.findall(rb"/Subtype /Link\b", pdf)) == 2


def test_the_reading_view_prints_as_slides(open_deck: Open) -> None:
    page = open_deck(*DECK, page={"viewport": {"width": 390, "height": 844}})
    assert pages(paper(page)) == [(681, 510)] * 3


def test_notes_have_the_size_that_letters_have_and_slides_no_shadow(open_deck: Open) -> None:
    pdf = paper(open_deck(*DECK, hash="?print=notes", theme="slate"))
    outer, inner = (float(scale) for scale in re.findall(rb"^([\d.]+) 0 0 .* cm$", opened(pdf), re.M)[:2])
    assert outer * inner == pytest.approx(0.75, abs=0.001)  # points for a pixel
    assert b"/Subtype /Image" not in pdf  # what a shadow is drawn with


def opened(pdf: bytes) -> bytes:
    """The PDF's streams, without their compression."""
    streams = re.findall(rb"/FlateDecode.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"\n".join(zlib.decompressobj().decompress(stream) for stream in streams)


LONG = "x = 1  # " + "a comment that goes on " * 9 + "and ends"
LISTING = (
    '<pre><code class="remark-code"><div class="remark-code-line">short = 1\n</div>'
    f'<div class="remark-code-line remark-code-line-highlighted">{LONG}\n</div>'
    '<div class="remark-code-line">last = 2\n</div></code></pre>'
)
ROWS = """[...document.querySelectorAll(".remark-code-line")].map((line) => {
  const range = document.createRange();
  range.selectNodeContents(line);
  const { right, bottom } = range.getBoundingClientRect();
  const code = line.parentElement.getBoundingClientRect();
  const mark = getComputedStyle(line, "::before");
  return [right <= code.right && bottom <= code.bottom, mark.display === "none" ? 0 : parseFloat(mark.height)];
})"""


@pytest.mark.parametrize("theme", ["lecture", "remark", "slate"])
@pytest.mark.parametrize("scripts", [True, False])
def test_long_lines_of_code_go_on_below_behind_a_mark(open_deck: Open, theme: str, scripts: bool) -> None:
    page = open_deck(LISTING, theme=theme, page={"java_script_enabled": scripts})
    if scripts:
        assert page.evaluate(ROWS)[1] == [False, 0]  # on the screen they are scrolled
    page.emulate_media(media="print")
    (short, long, last) = page.evaluate(ROWS)
    assert short == last == [True, 0]
    assert long[0]
    assert long[1] > 10


def test_links_to_slides_by_number_lead_to_their_pages(open_deck: Open) -> None:
    page = open_deck(step("<p><a href='#2'>two</a></p>"), step("<p>Two</p>"))
    assert len(re.findall(rb"/Subtype /Link\b", paper(page))) == 1
    assert page.evaluate("document.querySelector('a[href]').getAttribute('href')") == "#2"


def test_text_with_a_shadow_is_there_once(open_deck: Open) -> None:
    page = open_deck(step("<h1 style='text-shadow: 1px 1px red'>One</h1>"))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textShadow") == "none"
