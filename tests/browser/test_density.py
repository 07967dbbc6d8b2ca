"""How large text is on a slide: the scale of the themes, densities, and content that is made to fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from slidegen.deck.density import FIT_FLOOR
from tests.pages import VOCABULARY_THEMES, step

Open = Callable[..., Any]
Build = Callable[..., str]
SLIDE = (
    "<h1>Title</h1><p>Text</p><ul><li>one<ul><li>two<ul><li>three<ul><li><span id=deep>four</span></li></ul></li></ul>"
    '</li></ul></li></ul><pre><code class="remark-code hljs"><div class="remark-code-line">x</div></code></pre>'
    "<p><span class=footer>Foot</span></p>"
)
SIZES = """Object.fromEntries([["text", "p"], ["deep", "li li li li"], ["code", ".remark-code"], ["foot", ".footer"],
  ["number", ".remark-slide-number"], ["title", "h1"]].map(([name, selector]) =>
  [name, parseFloat(getComputedStyle(document.querySelector(`.remark-visible ${selector}`)).fontSize)]))"""
WIDE = {"viewport": {"width": 1210, "height": 681}}
ROOM = """(() => {
  const content = document.querySelector(".remark-visible .remark-slide-content");
  const { bottom } = content.closest(".remark-slide-scaler").getBoundingClientRect();
  const last = [...content.children].filter((each) => !each.matches(".slidegen-foot, .remark-slide-number")).at(-1);
  return [content.scrollHeight - 681, bottom - last.getBoundingClientRect().bottom];
})()"""
FIT = (
    "parseFloat(document.querySelector('.remark-visible .remark-slide-content').style"
    ".getPropertyValue('--slidegen-fit'))"
)


@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_the_last_row_can_read(open_deck: Open, theme: str) -> None:
    page = open_deck(
        *(step(SLIDE, classes=(name,)) for name in ("top", "density-compact", "density-roomy")),
        theme=theme,
        page=WIDE,
    )
    normal = page.evaluate(SIZES)
    assert normal["text"] >= 27
    assert normal["deep"] >= 22
    assert normal["foot"] == normal["number"] == 16
    assert normal["title"] > 1.4 * normal["text"]
    page.keyboard.press("ArrowRight")
    compact = page.evaluate(SIZES)
    page.keyboard.press("ArrowRight")
    roomy = page.evaluate(SIZES)
    for name, size in normal.items():
        assert compact[name] < size < roomy[name], name


def test_code_goes_with_the_density_and_with_small_text(build_page: Build, open_page: Open) -> None:
    listing = "```python\nx = 1\n```\n"
    deck = f"---\ntheme: lecture\n---\n{listing}\n.small[\n{listing}]\n---\ndensity: compact\n\n{listing}"
    page = open_page(build_page(deck))
    sizes = page.evaluate(
        "[...document.querySelectorAll('.remark-code')].map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert sizes[0] == 21
    assert sizes[0] > sizes[1] > sizes[2] == 17


@pytest.mark.parametrize(
    ("front", "own", "classes"),
    [
        ("", "", []), ("", "density: roomy\n\n", ["density-roomy"]), ("density: compact\n", "", ["density-compact"]),
        ("density: compact\n", "density: normal\n\n", []), ("", "fit: true\n\n", ["slidegen-fit"]),
        ("density: roomy\n", "fit: yes\n\n", ["density-roomy", "slidegen-fit"]), ("", "fit: false\n\n", []),
    ],
)  # fmt: skip
def test_decks_and_slides_say_their_density(
    build_page: Build, open_page: Open, front: str, own: str, classes: list[str]
) -> None:
    page = open_page(build_page(f"---\ntheme: lecture\n{front}---\n{own}# A\n"))
    found = page.evaluate("[...document.querySelector('.remark-slide-content').classList]")
    assert [name for name in found if name.startswith(("density", "slidegen"))] == classes


@pytest.mark.parametrize("kind", ["title", "title-slide", "section", "statement", "quotation"])
@pytest.mark.parametrize("theme", VOCABULARY_THEMES)
def test_one_message_stays_large_in_a_compact_deck(
    build_page: Build, open_page: Open, theme: str, kind: str
) -> None:
    slide = f"class: {kind}\n\n# A\n\n> B\n"
    others = "".join(f"---\ndensity: {density}\n{slide}" for density in ("normal", "compact"))
    deck = f"---\ntheme: {theme}\ndensity: compact\n---\n{slide}{others}"
    page = open_page(build_page(deck))
    compact, normal, own = page.evaluate(
        "[...document.querySelectorAll('h1')].map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert compact == normal > own


FEW = "# A\n\n- one\n- two\n"
MANY = "# A\n\n" + "- words that go on and on and on and on and on and on and on and on\n" * 14
CODE = "# A\n\n```python\n" + "call(1)\n" * 22 + "```\n"
STEPS = "# A\n\none\n\n--\n\n" + "- two\n" * 12


@pytest.mark.parametrize("theme", ["lecture", "paper", "remark"])
@pytest.mark.parametrize(("slide", "larger"), [(FEW, True), (MANY, False), (CODE, False), (STEPS, False)])
def test_content_is_as_large_as_fits(
    build_page: Build, open_page: Open, theme: str, slide: str, larger: bool
) -> None:
    page = open_page(build_page(f"---\ntheme: {theme}\n---\n# First\n---\nfit: true\n\n{slide}"), "#2")
    page.wait_for_function(f"{FIT} > 0")
    page.evaluate("document.fonts.ready")
    sizes = set()
    for _ in range(2 if slide is STEPS else 1):
        over, below = page.evaluate(ROOM)
        assert over <= 1
        assert below >= -1
        sizes.add(page.evaluate(FIT))
        page.keyboard.press("ArrowRight")
    [size] = sizes  # nothing jumps from step to step
    assert FIT_FLOOR <= size <= 2
    if theme != "remark" or larger:  # whose own text is smaller
        assert (size > 1) is larger


def test_content_does_not_become_smaller_than_can_be_read(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(f"---\ntheme: lecture\n---\nfit: true\n\n{MANY * 4}"))
    page.wait_for_function(f"Math.abs({FIT} - {FIT_FLOOR}) < 0.02")
    size = page.evaluate("document.querySelector('li').getBoundingClientRect().height")
    assert size > 15


def test_pictures_are_not_made_smaller_for_larger_text(build_page: Build, open_page: Open) -> None:
    picture = b"<svg xmlns='http://www.w3.org/2000/svg' width='1600' height='900'/>"
    deck = "---\ntheme: lecture\n---\n{}# A\n\nText\n\n![a](a.svg)\n"
    height = "document.querySelector('img').getBoundingClientRect().height"
    page = open_page(
        build_page(deck.format("fit: true\n\n") + "---\n" + deck.split("---\n")[2].format(""), a_svg=picture)
    )
    page.wait_for_function(f"{FIT} > 0")
    fitted = page.evaluate(height)
    page.keyboard.press("ArrowRight")
    plain = page.evaluate(height.replace("'img'", "'.remark-visible img'"))
    assert fitted > 0.9 * plain


def test_the_reading_view_and_decks_without_fit_have_nothing_of_it(
    build_page: Build, open_page: Open
) -> None:
    html = build_page(f"---\ntheme: lecture\n---\nfit: true\n\n{FEW}")
    page = open_page(html, "?view=scroll")
    page.wait_for_function(f"{FIT} > 0")
    assert page.evaluate("getComputedStyle(document.querySelector('li')).zoom") == "1"
    assert page.evaluate("document.querySelector('h1').currentCSSZoom ?? 1") == 1
