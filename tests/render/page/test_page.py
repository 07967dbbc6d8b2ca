"""The text of a page: what stands in it, in which order, and that nothing in it ends what it stands in."""

from __future__ import annotations

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from slidegen.render.page.layout import render_page
from slidegen.render.page_model import RenderedDeck, StyleSheet, slide_size
from tests.pages import FOLDERS, deck_of, page_of, step


def parsed(deck: RenderedDeck) -> LexborHTMLParser:
    return LexborHTMLParser(page_of(deck))


def test_two_pages_of_one_deck_are_the_same() -> None:
    deck = deck_of("<p>a</p>", ["<p>b</p>", "<p>c</p>"], theme="lecture")
    assert page_of(deck) == page_of(deck)


def test_styles_slides_script_assets_script_come_in_this_order() -> None:
    page = page_of(
        deck_of(
            "<p>the slide</p>",
            theme="lecture",
            css=".author {}",
            assets=".asset {}",
            head="<meta name=mine>",
            scripts="<script>authors()</script>",
        )
    )
    parts = [
        "@layer slidegen.base, slidegen.vocabulary, slidegen.code, slidegen.math, slidegen.theme;",
        "@page",
        "@layer slidegen.vocabulary {",
        ".author {}",
        'classList.add("slidegen-live"',
        "<meta name=mine>",
        "the slide",
        'slidegen["boot.mjs"]=',
        "authors()",
        ".asset {}",
        '<script type="module">',
        'slidegen["keyboard.mjs"]=',
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_what_the_page_says_of_itself() -> None:
    page = parsed(
        deck_of("<p>a</p>", lang="pt-BR", title="Tom & <Jerry>", description='Say "hi"', favicon="data:,")
    )
    assert page.css_first("html").attributes["lang"] == "pt-BR"
    assert page.css_first("title").text() == "Tom & <Jerry>"
    assert page.css_first("meta[name=description]").attributes["content"] == 'Say "hi"'
    assert page.css_first("link[rel=icon]").attributes["href"] == "data:,"
    assert "width=device-width" in str(page.css_first("meta[name=viewport]").attributes["content"])


def test_only_last_steps_are_in_the_document() -> None:
    deck = deck_of(
        [
            "<p>a</p>",
            step("<p>a</p><p>b</p>", notes="<p>note</p>"),
            step("<p>a</p><p>b</p><p>c</p>", notes="<p>end</p>"),
        ],
        "<p>d</p>",
    )
    page = parsed(deck)
    names = [child.tag for child in page.css(".remark-slides-area > *")]
    assert names == ["template", "template", "div", "div"]
    assert [each.text(strip=True) for each in page.css(".remark-slide-content p")] == ["a", "b", "c", "d"]
    notes = re.findall(r'<div class="remark-slide-notes">(.*?)</div>', page_of(deck))
    assert notes == ["", "<p>note</p>", "<p>end</p>", ""]


def test_a_step_says_only_in_what_it_differs() -> None:
    page = parsed(
        deck_of(
            [
                step("a", number=1, number_text="1", classes=("x",)),
                step("a", number=2, number_text="2", classes=("x",)),
            ]
        )
    )
    differs = json.loads(str(page.css_first("template").attributes["data-differs"]))
    assert differs == {"number": "1", "label": "Slide 1 of 1"}


def test_attributes_of_a_slide() -> None:
    page = parsed(
        deck_of(
            step(
                "<h1>T</h1>",
                name='a"b',
                id='slide-a"b',
                classes=("inverse", "hljs-github"),
                style="background-image: url('x')",
                lang="de",
                title="Tom & Jerry",
                number=4,
                number_text="<b>4</b> / 5",
                properties={"time": "3", "template": "x"},
            )
        )
    )
    slide, content = page.css_first(".remark-slide-container"), page.css_first(".remark-slide-content")
    assert slide.attributes["aria-label"] == "Slide 4 of 1: Tom & Jerry"
    assert slide.attributes["data-name"] == 'a"b'
    assert slide.attributes["data-number"] == "4"
    assert slide.attributes["data-properties"] == '{"time":"3"}'
    assert content.attributes == {
        "id": 'slide-a"b',
        "class": "remark-slide-content inverse hljs-github",
        "style": "background-image: url('x')",
        "lang": "de",
    }
    assert (
        page.css_first(".remark-slide-number").html == '<div class="remark-slide-number"><b>4</b> / 5</div>'
    )


def test_nothing_ends_the_element_it_stands_in() -> None:
    evil = "</style></script><i>"
    deck = deck_of(
        "<p>a</p>", css=f"/* {evil} */", assets=f"/* {evil} */", options={"slideNumberFormat": evil}
    )
    page = parsed(deck)
    assert page.css("i") == []
    assert json.loads(page.css_first("#slidegen-options").text())["slideNumberFormat"] == evil


def test_the_browser_is_told_what_it_asks_for_in_the_language_of_the_deck() -> None:
    code = '<pre><code class="remark-code">a</code></pre>'
    deck = deck_of(code, lang="fr-CA", options={"ratio": "4:3", "math": {"macros": {}}})
    options = json.loads(parsed(deck).css_first("#slidegen-options").text())
    assert set(options) == {"ratio", "words"}
    assert options["words"]["copy"] == "Copier le code"


@pytest.mark.parametrize(
    ("navigation", "linked"),
    [({}, False), ({"click": True}, True), ({"scroll": True}, True), ({"click": False}, False)],
)
def test_only_modules_that_the_deck_needs_are_linked(navigation: dict[str, bool], linked: bool) -> None:
    page = page_of(deck_of("<p>a</p>", options={"navigation": navigation}))
    assert ('slidegen["pointer.mjs"]=' in page) == linked


def test_a_style_sheet_may_have_media() -> None:
    styles = (StyleSheet("p { color: red }", "theme", "print"), StyleSheet("b {}", media="(min-width: 9px)"))
    page = page_of(deck_of("<p>a</p>", styles=styles))
    assert "@media print {\n@layer slidegen.theme {\np{color:red}\n}\n}" in page
    assert '<style media="(min-width: 9px)">b {}</style>' in page


@pytest.mark.parametrize(
    ("ratio", "size"),
    [
        ((4, 3), (908, 681)),
        ((16, 9), (1210, 681)),
        ((16, 10), (1089, 681)),
        ((1, 1), (681, 681)),
        ((800, 600), (908, 681)),
    ],
)
def test_slides_have_remarks_size(ratio: tuple[float, float], size: tuple[int, int]) -> None:
    assert slide_size(ratio) == size


def test_a_template_of_the_user_can_fill_a_block() -> None:
    files = {
        "deck.html": '{% extends "slidegen/deck.html" %}{% block body_end %}<p id=mine>mine</p>{% endblock %}'
    }

    def read(name: str) -> str | None:
        return files.get(name) or FOLDERS.text(name)

    from jinja2 import Environment, FunctionLoader

    environment = Environment(
        loader=FunctionLoader(read), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    page = LexborHTMLParser(render_page(deck_of("<p>a</p>"), environment, read))
    assert page.css_first("body > #mine").text() == "mine"
    assert page.css_first(".remark-slide-content p").text() == "a"


def test_a_deck_without_slides_is_a_page() -> None:
    assert parsed(deck_of()).css(".remark-slide-container") == []
