"""Finding slides: go to, search, and the browser's own search."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.devices import at_every_size
from tests.browser.slideshow import index
from tests.pages import step

Open = Callable[..., Any]


def titled(title: str, html: str, **fields: Any) -> Any:
    """A slide with a heading."""
    return step(f"<h1>{title}</h1>{html}", title=title, **fields)


SLIDES: list[Any] = [
    titled("Beginning", "<p>Un élève révise.</p>"),
    titled(
        "Markov chains",
        "<p>The <em>chain</em> forgets; a chain\nreaction does not.</p>",
        name="markov",
    ),
    [titled("Steps", "<p>first</p>"), titled("Steps", "<p>first</p><p>and then the chain</p>")],
    titled(
        "Code",
        "<details><summary>more</summary><p>hidden chain</p></details><p>End<b>ing</b></p>",
    ),
    *[f"<p>Filler {number}</p>" for number in range(5, 31)],
]
MARKED = "[...(CSS.highlights.get(NAME) ?? [])].map((range) => range.toString())"


def rows(page: Any) -> list[str]:
    return [" ".join(text.split()) for text in page.get_by_role("option").all_inner_texts()]


def marked(page: Any, name: str = "slidegen-found") -> list[str]:
    return list(page.evaluate(MARKED.replace("NAME", repr(name))))


@pytest.mark.parametrize(
    ("typed", "first", "place"),
    [
        ("3", "3 Steps", 2),
        ("markov", "2 Markov chains", 1),
        ("CHAINS mar", "2 Markov chains", 1),
        ("30", "30 Filler 30", 30),
        ("filler 12", "12 Filler 12", 12),
    ],
)
def test_go_to_by_number_name_or_words(open_deck: Open, typed: str, first: str, place: int) -> None:
    page = open_deck(*SLIDES)
    page.keyboard.press("g")
    page.keyboard.type(typed)
    assert rows(page)[0] == first
    page.keyboard.press("Enter")
    assert index(page) == place
    assert page.get_by_role("dialog").count() == 0


def test_go_to_lists_all_and_starts_at_the_slide_shown(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#6")
    page.keyboard.press("g")
    assert len(rows(page)) == 30
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.inner_text().split() == ["5", "Filler", "5"]
    field = page.get_by_role("combobox", name="Go to a slide")
    assert field.evaluate("(field) => field === document.activeElement")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert index(page) == 4


def test_nothing_is_found_and_escape(open_deck: Open) -> None:
    page = open_deck(*SLIDES)
    page.keyboard.press("g")
    page.keyboard.type("nowhere j")
    assert rows(page) == []
    assert page.get_by_role("dialog").get_by_role("status").inner_text() == "0 hits"
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").count() == 1
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert index(page) == 0, "letters typed in the field are not the deck's"


@at_every_size
def test_a_click_beside_the_palette_closes_it_and_one_on_a_row_goes(
    open_deck: Open, size: dict[str, Any]
) -> None:
    page = open_deck(*SLIDES, page=size)
    page.keyboard.press("g")
    page.mouse.click(5, 5)
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("g")
    page.get_by_role("option").nth(2).click()
    assert index(page) == 2


@at_every_size
def test_search_lists_hits_with_what_stands_around_them(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, page=size)
    page.keyboard.press("/")
    page.keyboard.type("Chain")
    assert rows(page) == [
        "2 Markov chains The chain forgets; a chain reaction does not.",
        "2 Markov chains The chain forgets; a chain reaction does not.",
        "2 …ns The chain forgets; a chain reaction does not.",
        "3 …teps first and then the chain",
        "4 Code more hidden chain Ending",
    ]
    assert page.get_by_role("option").locator("mark").all_inner_texts() == ["chain"] * 5
    assert page.get_by_role("dialog").get_by_role("status").inner_text() == "5 hits"


@pytest.mark.parametrize("typed", ["eleve", "ÉLÈVE", "ending", "a chain reaction"])
def test_case_accents_and_line_breaks_hide_nothing(open_deck: Open, typed: str) -> None:
    page = open_deck(*SLIDES)
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert len(rows(page)) == 1


@at_every_size
def test_hits_are_marked_and_next_and_previous_lead_to_them(open_deck: Open, size: dict[str, Any]) -> None:
    page = open_deck(*SLIDES, hash="?view=slides", page=size)
    page.keyboard.press("/")
    page.keyboard.type("chain")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    bar = page.get_by_role("search")
    assert (index(page), bar.inner_text()) == (1, "2 / 5")
    assert marked(page) == ["chain"] * 3
    assert marked(page, "slidegen-found-here") == ["chain"]
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert index(page) == 3, "the step that shows it"
    assert marked(page) == ["chain"]
    page.keyboard.press("n")
    assert page.locator("details").evaluate("(details) => details.open")
    page.keyboard.press("n")
    assert (index(page), bar.inner_text()) == (1, "1 / 5")
    page.keyboard.press("Shift+N")
    assert index(page) == 4
    bar.get_by_role("button", name="Previous hit").click()
    assert index(page) == 3
    bar.get_by_role("button", name="Close").click()
    assert bar.count() == 0
    assert marked(page) == []
    page.keyboard.press("n")
    assert index(page) == 3


def test_marks_stay_with_the_slide(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#4")
    page.keyboard.press("/")
    page.keyboard.type("then the")
    page.keyboard.press("Enter")
    assert (index(page), marked(page)) == (3, ["then the"])
    page.keyboard.press("ArrowLeft")
    assert (index(page), marked(page)) == (2, [])
    page.keyboard.press("ArrowRight")
    assert marked(page) == ["then the"]
    page.keyboard.press("Escape")
    assert marked(page) == []


def test_what_later_steps_show_is_found_from_an_earlier_one(open_deck: Open) -> None:
    page = open_deck(*SLIDES, hash="#3")
    page.keyboard.press("/")
    page.keyboard.type("and then")
    assert rows(page) == ["3 Steps first and then the chain"]
    assert page.locator(".remark-visible p").all_inner_texts() == ["first"]


@pytest.mark.parametrize(
    ("text", "place"), [("Un%20%C3%A9l%C3%A8ve", 0), ("and%20then", 3), ("Filler%2029", 29)]
)
def test_the_browsers_own_search_goes_to_the_slide(open_deck: Open, text: str, place: int) -> None:
    """A fragment of text in an address is found as Ctrl+F finds it; a busy Chromium may give up looking for it."""
    from playwright.sync_api import TimeoutError as Late

    for _ in range(40):
        page = open_deck(*SLIDES, hash=f"#:~:text={text}")
        with contextlib.suppress(Late):
            page.wait_for_function(f"slideshow.getCurrentSlideIndex() === {place}", timeout=5000)
            break
    assert index(page) == place


def test_a_deck_s_footer_is_no_hit(open_deck: Open) -> None:
    foot = '<div class="slidegen-foot"><div class="footnote">a note</div><div class="footer">Course notes</div></div>'
    page = open_deck(titled("One", f"<h1>One</h1>{foot}"), titled("Two", f"<p class=footer>noted</p>{foot}"))
    page.keyboard.press("/")
    page.keyboard.type("note")
    assert rows(page) == ["1 One One a note", "2 Two noted a note", "2 Two noted a note"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["3 hits", "1 hit", "0 hits"]),
        ("de", ["3 Treffer", "1 Treffer", "0 Treffer"]),
        ("ko", ["3건", "1건", "0건"]),
    ],
)
def test_one_hit_is_one_hit(open_deck: Open, lang: str, said: list[str]) -> None:
    page = open_deck("<p>apple</p>", "<p>apple pie</p>", "<p>apple</p>", lang=lang)
    page.keyboard.press("/")
    for typed, words in zip(("apple", " pie", "x"), said, strict=True):
        page.keyboard.type(typed)
        assert page.get_by_role("dialog").get_by_role("status").inner_text() == words
