"""What scripts of the author's find: `slideshow` and `remark`, as remark has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.pages import step

Open = Callable[..., Any]
LOG = """
window.log = [];
for (const when of ["", "before", "after"]) {
  for (const what of ["ShowSlide", "HideSlide"]) {
    const name = (when + what).replace(/^[SH]/, (letter) => letter.toLowerCase());
    slideshow.on(name, (slide) => {
      log.push(`${name} ${slide.getSlideIndex()} ${slideshow.getCurrentSlideIndex()}`);
    });
  }
}
"""


def test_events_come_in_remarks_order(open_deck: Open) -> None:
    page = open_deck("<p>a</p>", "<p>b</p>")
    page.evaluate(LOG)
    page.evaluate("slideshow.gotoNextSlide()")
    assert page.evaluate("log") == [
        "hideSlide 0 0",
        "beforeHideSlide 0 0",
        "afterHideSlide 0 0",
        "showSlide 1 0",
        "beforeShowSlide 1 0",
        "afterShowSlide 1 0",
    ]


def test_before_and_after_are_before_and_after(open_deck: Open) -> None:
    page = open_deck("<p>a</p>", ["<p>b</p>", "<p>b</p><p>c</p>"])
    page.evaluate("""
      window.texts = [];
      const text = () => document.querySelector(".remark-visible p:last-of-type")?.textContent;
      for (const name of ["beforeHideSlide", "afterHideSlide", "beforeShowSlide", "afterShowSlide"])
        slideshow.on(name, () => texts.push(text()));
    """)
    page.evaluate("slideshow.gotoSlide(2)")
    page.evaluate("slideshow.gotoSlide(3)")
    assert page.evaluate("texts") == ["a", None, None, "b", "b", "b", "b", "c"]


def test_scripts_that_come_too_early_are_served_in_time(open_deck: Open) -> None:
    head = f"""<script>
      {LOG}
      const mine = remark.create({{ ratio: "4:3" }}, (made) => {{ window.made = made === slideshow; }});
      window.same = mine === slideshow && mine.on("showSlide", () => {{}}) === slideshow;
      window.early = slideshow.getSlides().length;
      remark.macros.mine = () => "";
      slideshow.gotoSlide(2);
    </script>"""
    page = open_deck("<p>a</p>", "<p>b</p>", "<p>c</p>", head=head)
    assert page.evaluate("[same, made, early]") == [True, True, 0]
    assert page.evaluate("log") == ["showSlide 1 -1", "beforeShowSlide 1 -1", "afterShowSlide 1 -1"]
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1


def test_scripts_after_the_slides_find_them(open_deck: Open) -> None:
    script = "<script>window.found = slideshow.getSlides().map((slide) => slide.getSlideIndex())</script>"
    page = open_deck("<p>a</p>", ["<p>b</p>", "<p>b</p><p>c</p>"], scripts=script)
    assert page.evaluate("found") == [0, 1, 2]


def test_what_can_be_asked(open_deck: Open) -> None:
    page = open_deck(
        step(
            "<p>a</p>",
            name="start",
            notes="<p>say</p>",
            properties={"name": "start", "class": "center", "count": "false"},
        ),
        [step("<p>b</p>", number=7), step("<p>b</p><p>c</p>", number=7, notes="<p>more</p>")],
        options={"ratio": "16:9", "highlightStyle": "monokai"},
    )
    ask = page.evaluate
    assert ask("slideshow.getSlideCount()") == 3
    assert ask("slideshow.getSlideByName('start').getSlideIndex()") == 0
    assert ask("slideshow.getSlideByName('none')") is None
    assert ask("slideshow.getSlidesByNumber(7).map((slide) => slide.getSlideIndex())") == [1, 2]
    assert ask("slideshow.getSlides().map((slide) => slide.notes)") == ["<p>say</p>", "", "<p>more</p>"]
    assert ask("slideshow.getSlides()[0].properties") == {
        "continued": "false",
        "name": "start",
        "class": "center",
        "count": "false",
    }
    assert ask("slideshow.getSlides()[2].properties.continued") == "true"
    assert ask("[slideshow.getRatio(), slideshow.getHighlightStyle(), slideshow.getHighlightLines()]") == [
        "16:9",
        "monokai",
        False,
    ]
    ask("slideshow.gotoSlide('start')")
    ask("slideshow.gotoLastSlide()")
    assert ask("slideshow.getCurrentSlideIndex()") == 2
    ask("slideshow.gotoFirstSlide()")
    assert ask("slideshow.getCurrentSlideIndex()") == 0


def test_a_listener_can_be_taken_away(open_deck: Open) -> None:
    page = open_deck("<p>a</p>", "<p>b</p>")
    page.evaluate(
        "window.calls = 0; window.count = () => calls++;"
        "slideshow.on('showSlide', count).off('showSlide', count)"
    )
    page.keyboard.press("j")
    assert page.evaluate("calls") == 0


def test_scripts_that_fail_do_not_stop_the_deck(open_deck: Open) -> None:
    page = open_deck(
        "<p>a</p><script>undefinedFunction()</script>",
        "<p>b</p>",
        head="<script>slideshow.on('showSlide', () => { throw new Error('mine') })</script>",
        page={"expect_errors": True},
    )
    page.keyboard.press("j")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1
    assert page.locator(".remark-visible").inner_text().startswith("b")


def test_pause_and_resume(open_deck: Open) -> None:
    page = open_deck("<p>a</p>", "<p>b</p>", "<p>c</p>", options={"navigation": {"click": True}})
    page.evaluate("slideshow.pause()")
    page.keyboard.press("j")
    page.mouse.click(640, 360)
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0
    page.evaluate("slideshow.resume()")
    page.keyboard.press("j")
    page.mouse.click(640, 360)
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 2


def test_the_script_that_xaringan_puts_into_its_decks(open_deck: Open) -> None:
    """It walks the slides and the children of the area side by side."""
    script = """<script>
      const children = document.getElementsByClassName("remark-slides-area")[0].children;
      const slides = slideshow.getSlides();
      for (let i = 1; i < slides.length; i++) {
        if (slides[i].properties.continued === "true") children[i - 1].className += " has-continuation";
      }
    </script>"""
    page = open_deck("<p>a</p>", ["<p>b</p>", "<p>b</p><p>c</p>"], "<p>d</p>", scripts=script)
    marked = "[...document.querySelectorAll('.has-continuation')].map((each) => each.localName)"
    assert page.evaluate(marked) == ["template"]
    page.keyboard.press("End")
    assert page.locator(".remark-visible").inner_text().startswith("d")


def test_the_keyboard_scrolls_a_listing_that_is_too_wide(open_deck: Open) -> None:
    def listing(text: str) -> str:
        return f'<pre><code class="remark-code" style="display: block; overflow-x: auto">{text}</code></pre>'

    page = open_deck(listing("short"), [listing("short"), listing("x" * 400)])
    wide = page.locator("code", has_text="xxx")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement?.textContent.startsWith('xxx')")
    assert wide.get_attribute("tabindex") == "0"
    assert page.locator("code[tabindex]").count() == 1
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 2
