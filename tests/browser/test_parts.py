"""What some slides have: code to copy, pictures to enlarge, clocks, films in frames; and the progress bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.slideshow import index
from tests.pages import step
from tests.projects import PIXEL

Open = Callable[..., Any]
Build = Callable[..., str]
CODE = "```python\ndef f():\n\n    return 'a'\n```\n\n---\n# End\n"
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100"/></svg>'
)
COUNT_TONES = """() => {
  const { createOscillator } = BaseAudioContext.prototype;
  window.tones = 0;
  BaseAudioContext.prototype.createOscillator = function () {
    tones++;
    return createOscillator.call(this);
  };
}"""
DONE = """[...document.querySelectorAll(".slidegen-progress b")]
  .map((bar) => bar.offsetWidth / bar.parentElement.offsetWidth)"""
FRAME = """<iframe srcdoc="<script>
  addEventListener('message', (event) => { (parent.heard ??= []).push(event.data) })
</script>"></iframe>"""
CLOCK = "![:countdown 0:03, sound]\n\n---\n# Next\n"


@pytest.mark.parametrize("clipboard", [True, False])
def test_code_is_copied_as_it_was_written(build_page: Build, open_page: Open, clipboard: bool) -> None:
    page = open_page(build_page(CODE), permissions=["clipboard-write"])
    if not clipboard:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.keyboard.press("Tab")
    copier = page.get_by_role("button", name="Copy code")
    copier.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('.slidegen-copy use').href.baseVal === '#slidegen-icon-done'"
    )
    assert page.get_by_role("status").filter(has_text="Copied").count() == 1
    assert copier.evaluate("(copier) => copier === document.activeElement")
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
    page.locator("#paste").focus()
    page.keyboard.press("Control+v")
    assert page.locator("#paste").input_value() == "def f():\n\n    return 'a'"
    assert index(page) == 0


def test_where_nothing_can_be_copied_the_code_is_selected(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(CODE))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate("document.execCommand = () => false")
    page.locator("pre").hover()
    page.get_by_role("button", name="Copy code").click()
    page.wait_for_function("getSelection().toString().startsWith('def f()')")


def test_the_button_comes_back_with_each_step_once(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page("```\none\n```\n--\n\n```\ntwo\n```\n---\nend"))
    for key, count in [("ArrowRight", 2), ("ArrowRight", 0), ("ArrowLeft", 2), ("ArrowLeft", 1)]:
        page.keyboard.press(key)
        assert page.locator(".remark-visible .slidegen-copy").count() == count


def test_a_picture_is_enlarged_and_given_back(build_page: Build, open_page: Open) -> None:
    html = build_page("![A box](a.svg)\n\n---\n# End\n", a_svg=PICTURE)
    page = open_page(html)
    page.get_by_role("button", name="Enlarge: A box").click()
    dialog = page.get_by_role("dialog", name="A box")
    box = dialog.get_by_role("img", name="A box").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(2, 0.02)
    assert box["width"] > 1200
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Enlarge: A box").focus()
    for key in ("Enter", " "):
        page.keyboard.press(key)
        page.get_by_role("button", name="Close").click()
        assert dialog.count() == 0
        assert page.evaluate("document.activeElement.alt") == "A box"
    assert index(page) == 0


def test_linked_pictures_and_icons_are_left_alone(build_page: Build, open_page: Open) -> None:
    page = open_page(
        build_page(
            "[![linked](a.svg)](#2)\n\n![](b.png)\n\n.no-zoom[![as it is](a.svg)]\n\n---\n# End\n",
            a_svg=PICTURE,
            b_png=PIXEL,
        )
    )
    assert page.locator(".slidegen-enlarges").count() == 0
    page.get_by_role("img", name="linked").click()
    assert index(page) == 1


def test_a_tap_enlarges_and_a_swipe_over_a_picture_turns_the_slide(
    build_page: Build, open_page: Open
) -> None:
    html = build_page("![A box](a.svg)\n\n---\n# End\n", a_svg=PICTURE)
    page = open_page(html, has_touch=True)
    box = page.locator("img").bounding_box()
    page.touchscreen.tap(box["x"] + 50, box["y"] + 20)
    assert page.get_by_role("dialog").count() == 1
    page.keyboard.press("Escape")
    page.evaluate(
        """() => {
          const target = document.querySelector("img");
          const at = (clientX) => new Touch({ identifier: 1, target, clientX, clientY: 100 });
          const fire = (kind, touches, changedTouches) => target.dispatchEvent(
            new TouchEvent(kind, { bubbles: true, cancelable: true, touches, changedTouches }),
          );
          fire("touchstart", [at(300)], [at(300)]);
          fire("touchend", [], [at(100)]);
        }"""
    )
    assert index(page) == 1


def test_a_countdown_starts_pauses_starts_over_and_ends(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(CLOCK))
    page.evaluate(COUNT_TONES)
    page.clock.install()
    clock = page.get_by_role("timer")
    group = page.get_by_role("group", name="Countdown 0:03")
    assert clock.inner_text() == "0:03"
    group.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    page.clock.run_for(1200)
    assert clock.inner_text() == "0:02"
    page.keyboard.press(" ")
    page.clock.run_for(5000)
    assert clock.inner_text() == "0:02"
    group.get_by_role("button", name="Reset").click()
    assert clock.inner_text() == "0:03"
    group.get_by_role("button", name="Start").click()
    page.keyboard.press("ArrowRight")
    assert index(page) == 1
    page.clock.run_for(3500)
    page.keyboard.press("ArrowLeft")
    assert clock.inner_text() == "0:00"
    assert group.get_by_role("status").inner_text() == "Time is up"
    assert page.evaluate("tones") == 3
    group.get_by_role("button", name="Start").click()
    assert clock.inner_text() == "0:03"


def test_a_countdown_runs_in_all_windows(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(CLOCK.replace("0:03", "1:30:00")))
    page.get_by_role("button", name="Start").click()
    with page.context.expect_page() as opened:
        page.keyboard.press("c")
    clone = opened.value
    clone.wait_for_function("document.querySelector('.slidegen-countdown.slidegen-runs')")
    page.get_by_role("button", name="Reset").click()
    clone.wait_for_function("!document.querySelector('.slidegen-countdown.slidegen-runs')")
    assert clone.get_by_role("timer").inner_text() == "1:30:00"


def test_without_script_a_countdown_says_its_time(build_page: Build, open_page: Open) -> None:
    page = open_page(build_page(CLOCK), java_script_enabled=False)
    assert page.locator(".slidegen-countdown").inner_text() == "0:03"


@pytest.mark.parametrize(
    ("progress", "widths"),
    [("bar", [[0], [0.25], [0.5], [1]]), ("sections", [[0.5, 0], [1, 0], [1, 1 / 3], [1, 1]])],
)
def test_the_progress_bar(open_deck: Open, progress: str, widths: list[list[float]]) -> None:
    slides = [
        "<p>1</p>",
        "<p>2</p>",
        step("<h1>S</h1>", title="S", classes=("section",)),
        "<p>4</p>",
        "<p>5</p>",
    ]
    page = open_deck(*slides, options={"progress": progress}, page={"reduced_motion": "reduce"})
    for place, expected in zip((1, 2, 3, 5), widths, strict=True):
        page.evaluate(f"slideshow.gotoSlide({place})")
        shown = page.evaluate(DONE)
        assert shown == pytest.approx(expected, abs=0.01)
    page.emulate_media(media="print")
    assert not page.locator(".slidegen-progress").is_visible()


def test_films_in_frames_stop_when_their_slide_is_left(open_deck: Open) -> None:
    page = open_deck(f"<p>{FRAME}</p>", "<p>b</p>")
    page.wait_for_function("document.querySelector('iframe').contentDocument.readyState === 'complete'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.heard?.some((message) => message.includes('pauseVideo'))")


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_root_is_as_wide_as_what_stands_below_it(build_page: Build, open_page: Open, medium: str) -> None:
    page = open_page(
        build_page(
            "# One\n\n---\n\n# Two\n\n$\\sqrt{N}$ and $\\sqrt{1+\\sqrt[3]{x}}$\n--\n\nmore $\\sqrt{y}$\n"
        )
    )
    if medium == "print":
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
    else:
        page.keyboard.press("End")
    page.wait_for_function(
        """() => {
          const roots = [...document.querySelectorAll("msqrt, mroot")];
          const right = (element) => element.getBoundingClientRect().right;
          const size = parseFloat(getComputedStyle(roots[0]).fontSize);
          const below = (root) => root.matches("msqrt") ? root.lastElementChild : root.firstElementChild;
          const gaps = roots.map((root) => right(root) - right(below(root)));
          return roots.length === 4 && gaps.every((gap) => Math.abs(gap) < 0.1 * size);
        }""",
    )


@pytest.mark.parametrize(
    "tex", ["\\sqrt{n}", "\\sqrt[3]{x}", "\\frac{1}{\\sqrt{a b}}", "\\sqrt{\\frac{a}{b}}"]
)
def test_what_a_root_holds_is_in_the_middle_of_its_sign(build_page: Build, open_page: Open, tex: str) -> None:
    page = open_page(build_page(f"# One\n\nLine ${tex}$ of text\n"))
    page.wait_for_function("document.querySelector('msqrt, mroot').hasAttribute('style')")
    above, below, height = page.evaluate(
        """() => {
          const root = document.querySelector("msqrt, mroot"), held = root.firstElementChild;
          const box = root.getBoundingClientRect(), style = getComputedStyle(held);
          const em = box.width / parseFloat(getComputedStyle(root).width) * parseFloat(style.fontSize);
          const scale = em / parseFloat(style.fontSize);
          return [parseFloat(style.paddingTop) * scale, box.bottom - held.getBoundingClientRect().bottom, box.height]
            .map((length) => length / em);
        }"""
    )
    assert above == pytest.approx(below, abs=0.05)
    assert 0.05 < below < 0.5
    assert height < 2.2


@pytest.mark.parametrize("theme", ["remark", "lecture", "paper", "slate"])
@pytest.mark.parametrize("around", ["$x$", "## $x$", "`code` .small[$x$]", "- a\n    - $$x$$"])
def test_letters_of_formulas_are_as_high_as_those_around(
    build_page: Build, open_page: Open, theme: str, around: str
) -> None:
    page = open_page(build_page(f"---\ntheme: {theme}\n---\n# One\n\n{around}\n"))
    text, formula = page.evaluate(
        """() => {
          const math = document.querySelector("math"), ruler = document.createElement("span");
          ruler.style.cssText = "display: inline-block; width: 1ex";
          math.parentElement.append(ruler);
          const scale = ruler.getBoundingClientRect().width / parseFloat(getComputedStyle(ruler).width);
          return [ruler.getBoundingClientRect().width / scale, parseFloat(getComputedStyle(math).fontSize) * 0.473];
        }"""
    )
    assert formula == pytest.approx(text, rel=0.03)


@pytest.mark.parametrize("after", [",", ".", ").", ":", "?", "th"])
@pytest.mark.parametrize("around", ["{}", "*{}*", "- {}", "> {}"])
def test_no_line_begins_with_what_ends_a_formula(
    build_page: Build, open_page: Open, around: str, after: str
) -> None:
    page = open_page(
        build_page("---\ntheme: lecture\n---\n" + around.format(f"ab $x$ and $y${after}") + "\n")
    )
    tops = page.evaluate("""() => {
      const [first, last] = document.querySelectorAll(".slidegen-math");
      first.closest("p, li").style.cssText = "width: 1px; overflow-wrap: normal";
      const text = document.createTreeWalker(document.querySelector(".remark-slide-content"), NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (text.nextNode())
        if (last.compareDocumentPosition(text.currentNode) === Node.DOCUMENT_POSITION_FOLLOWING) break;
      range.setStart(text.currentNode, 0);
      range.setEnd(text.currentNode, 1);
      const middle = ({ top, bottom }) => (top + bottom) / 2;
      return [first, last, range].map((each) => middle(each.getBoundingClientRect()));
    }""")
    assert tops[1] - tops[0] > 15
    assert abs(tops[2] - tops[1]) < 10


def test_arrays_have_their_lines(build_page: Build, open_page: Open) -> None:
    array = r"\begin{array}{||c:c|} \hline a & b \\\\ \hline\hline c & d \\\\ \hline \end{array}"
    page = open_page(build_page(f"# One\n\n$${array}$$\n"))
    rows = page.evaluate(
        """[...document.querySelectorAll("mtr")].map((row) => [...row.children].map((cell) => {
          const style = getComputedStyle(cell);
          return ["Top", "Right", "Bottom", "Left"].map((side) => style[`border${side}Style`]).join(" ");
        }))"""
    )
    assert rows == [
        ["solid dashed none double", "solid solid none none"],
        ["double dashed solid double", "double solid solid none"],
    ]


@pytest.mark.parametrize("theme", ["chalk", "lecture", "slate"])
def test_no_band_of_the_theme_looks_like_progress(open_deck: Open, theme: str) -> None:
    band = "getComputedStyle(document.querySelector('.title-slide'), '::before').display"
    title = step("<h1>Title</h1>", classes=("title-slide",))
    for progress, display in (("off", "block"), ("bar", "none")):
        page = open_deck(title, step("<p>b</p>"), theme=theme, options={"progress": progress})
        assert page.evaluate(band) == display
        page.emulate_media(media="print")
        assert page.evaluate(band) == "block"
