"""The live loop in a real browser: a file is saved, and every window that shows its deck follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.devices import PHONE, SMALL, at_every_size
from tests.browser.live import DECK, server
from tests.projects import PIXEL, Project
from tests.serve.serving import Serving

__all__ = ["server"]


def shown(page: Any) -> str:
    """What the reader sees."""
    return str(page.locator(".remark-visible .remark-slide-content").inner_text())


def loads(page: Any) -> int:
    return int(page.evaluate("Number(sessionStorage.loads)"))


def test_a_save_is_seen_in_place_on_the_slide_and_step_that_was_shown(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#2")
    page.evaluate("window.same = document.querySelector('.remark-visible')")
    project.write("talk.md", DECK.replace("- a", "- a new beginning"))

    page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('new beginning')")
    assert "b" not in shown(page).split()
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1
    assert page.evaluate("same === document.querySelector('.remark-visible')")
    assert loads(page) == 1


def test_new_moved_and_removed_slides_change_in_place_and_the_view_goes_to_what_was_edited(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#1")
    one, two, three = DECK.split("---\n")
    project.write("talk.md", "---\n".join((one, two, three, "# Four\n")))
    page.wait_for_function("slideshow.getSlideCount() === 5")
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 4")
    assert "Four" in shown(page)
    assert page.locator(".remark-visible .remark-slide-number").inner_text() == "5 / 5"

    project.write("talk.md", "---\n".join((three, one, "# Four\n")))
    page.wait_for_function("slideshow.getSlideCount() === 3")
    titles = page.locator(".remark-slide-content h1").evaluate_all("all => all.map((one) => one.textContent)")
    assert titles == ["Three", "One", "Four"]
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 2
    numbers = page.locator(".remark-slide-number").evaluate_all("all => all.map((one) => one.textContent)")
    assert numbers == ["1 / 3", "2 / 3", "3 / 3"]
    assert loads(page) == 1


def test_the_presenters_list_and_the_progress_bar_have_the_slides_that_there_are(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    head = "---\nprogress: sections\n---\n"
    section = "class: section\n\n# More\n"
    parts = [*DECK.split("---\n"), section, "# Four\n"]
    project.write("talk.md", head + "---\n".join(parts))
    page = visit(f"{server.url}/talk.html#p1")
    rows = page.locator(".slidegen-list li")
    page.wait_for_function("document.querySelectorAll('.slidegen-list li').length === 5")
    sections = "document.querySelectorAll('.slidegen-progress i').length"
    assert page.evaluate(sections) == 2

    project.write("talk.md", head + "---\n".join([*parts, "# Five\n", section.replace("More", "Yet more")]))
    page.wait_for_function("document.querySelectorAll('.slidegen-list li').length === 7")
    assert rows.all_inner_texts()[-2:] == ["Five", "Yet more"]
    assert page.evaluate(sections) == 3
    assert page.locator(".slidegen-list [aria-current]").count() == 1

    page.evaluate("slideshow.gotoLastSlide()")
    project.write("talk.md", head + "---\n".join(parts[1:3]))
    page.wait_for_function("document.querySelectorAll('.slidegen-list li').length === 2")
    assert page.evaluate(sections) == 1
    assert page.locator(".slidegen-list [aria-current]").count() == 1


def test_a_window_that_does_not_follow_stays_where_it_is_and_this_is_remembered(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#1")
    page.keyboard.press("e")
    page.reload()
    project.write("talk.md", DECK.replace("print(1)", "print(2)"))
    page.wait_for_function("document.querySelector('.remark-slides-area').textContent.includes('print(2)')")
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 0


def test_what_plays_is_scrolled_or_has_the_focus_on_the_slide_stays(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    box = "<div id=box style='height:50px;overflow:auto'><p style='height:900px'>x</p></div>"
    form = f"# One\n\nHello\n\n<input id=field>\n\n{box}\n"
    project.write("talk.md", form)
    page = visit(f"{server.url}/talk.html")
    page.wait_for_selector("#field").fill("written")
    page.evaluate("document.getElementById('box').scrollTop = 300")
    project.write("talk.md", form.replace("Hello", "Good morning\nto all"))
    page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('Good morning')")

    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == ["field", "written"]
    assert page.evaluate("document.getElementById('box').scrollTop") == 300


def test_a_style_sheet_is_swapped_and_a_template_loads_the_page_anew_at_its_slide(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    project.write("own.css", "h1 { color: rgb(1, 2, 3) }")
    project.write("talk.md", f"---\ncss: own.css\n---\n{DECK}")
    page = visit(f"{server.url}/talk.html#3")
    color = "getComputedStyle(document.querySelector('.remark-visible h1')).color"
    assert page.evaluate(color) == "rgb(1, 2, 3)"
    project.write("own.css", "h1 { color: rgb(4, 5, 6) }")
    page.wait_for_function(f"{color} === 'rgb(4, 5, 6)'")
    assert loads(page) == 1

    template = '{% extends "slidegen/deck.html" %}{% block body_start %}<p id="mine">x</p>{% endblock %}'
    project.write("templates/deck.html", template)
    page.wait_for_selector("#mine", state="attached")
    page.wait_for_function("window.slideshow?.getCurrentSlideIndex?.() === 2")


def test_an_error_is_shown_over_the_last_good_slides_and_goes_when_it_is_mended(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#1")
    project.write("talk.md", DECK.replace("Hello", "![:sclae 50%](a.png)"))
    panel = page.locator(".slidegen-problems")
    panel.wait_for()
    text = panel.inner_text()
    assert "talk.md:3:1" in text
    assert "there is no macro sclae" in text
    assert "^^^" in text
    assert "did you mean scale?" in text
    assert "Hello" in shown(page)

    project.write("talk.md", DECK.replace("Hello", "Mended"))
    panel.wait_for(state="detached")
    page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('Mended')")
    assert loads(page) == 1


@at_every_size
def test_a_deck_that_never_built_says_why_and_appears_when_it_is_mended(
    project: Project, server: Serving, visit: Callable[..., Any], size: dict[str, Any]
) -> None:
    project.write("new.md", "---\nratio: wide\n---\n# New\n")
    page = visit(f"{server.url}/new.html", **size)
    panel = page.locator(".slidegen-problems")
    panel.wait_for()
    box = panel.bounding_box()
    assert box["y"] > 0
    assert box["y"] + box["height"] == page.viewport_size["height"]
    assert page.locator("h1").inner_text() == "new"
    project.write("new.md", "# Mended\n")
    page.wait_for_selector("h1:text('Mended')")
    assert not page.locator(".slidegen-problems").count()


def test_warnings_are_a_number_that_opens_their_list(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#1")
    project.write("talk.md", DECK.replace("print(1)\n```", "print(1)\n```\n\n![](none.png)"))
    counter = page.locator(".slidegen-warnings")
    counter.wait_for()
    assert counter.inner_text() == "1"
    assert not page.locator(".slidegen-problems").count()
    counter.click()
    page.locator(".slidegen-problems li button").click()
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 3")

    project.write("none.png", PIXEL)
    counter.wait_for(state="detached")
    page.wait_for_function("document.querySelector('.remark-visible img')?.naturalWidth === 1")


@pytest.mark.parametrize("size", [{}, SMALL, PHONE, {"has_touch": True, "is_mobile": True}])
def test_the_counter_of_warnings_covers_no_button_of_the_presenters_view(
    project: Project, server: Serving, visit: Callable[..., Any], size: dict[str, Any]
) -> None:
    project.write("talk.md", "# One\n\n![](none.png)\n")
    page = visit(f"{server.url}/talk.html#p1", **size)
    page.locator(".slidegen-warnings").wait_for()
    assert page.locator(".remark-top-area").bounding_box()["height"] < 60, "one row of buttons"
    page.keyboard.press("d")
    page.locator(".slidegen-draw").wait_for()
    covered = page.evaluate(
        """[...document.querySelectorAll(":is(.slidegen-controls, .slidegen-draw) button, .slidegen-warnings")]
             .filter((each) => {
               each.scrollIntoView({ block: "nearest" });
               const { left, top, right, width, height } = each.getBoundingClientRect();
               return width && [left + 6, right - 6].some((x) =>
                 !each.contains(document.elementFromPoint(x, top + height / 2)));
             }).map((each) => each.getAttribute("aria-label") ?? each.className)"""
    )
    assert covered == []


def test_a_picture_that_changes_is_never_shown_stale(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'
    project.write("a.svg", square.format(40))
    project.write("talk.md", "![](a.svg)\n")
    page = visit(f"{server.url}/talk.html")
    page.wait_for_function("document.querySelector('.remark-visible img').naturalWidth === 40")
    project.write("a.svg", square.format(60))
    page.wait_for_function("document.querySelector('.remark-visible img').naturalWidth === 60")
    assert loads(page) == 1


def test_a_deck_that_is_deleted_stays_on_the_screen_and_comes_back(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#1")
    (project.folder / "talk.md").unlink()
    page.locator(".slidegen-problems").wait_for()
    assert "Hello" in shown(page)
    project.write("talk.md", DECK.replace("Hello", "Back"))
    page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('Back')")
    assert loads(page) == 1


def test_ten_windows_of_one_browser_all_follow(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    first = visit(f"{server.url}/talk.html")
    windows = [first, *(visit(f"{server.url}/talk.html", context=first.context) for _ in range(9))]
    project.write("talk.md", DECK.replace("Hello", "All of you"))
    for page in windows:
        page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('All of you')")


def test_a_page_that_was_cut_off_asks_for_what_it_missed(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#1")
    page.wait_for_function("true")
    page.context.set_offline(True)
    for window in list(server.session.windows.all):
        server.session.loop.call_soon_threadsafe(window.disconnect)
    project.write("talk.md", DECK.replace("Hello", "While you slept"))
    page.locator(".slidegen-note").wait_for()
    page.context.set_offline(False)
    page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('While you slept')")
    assert loads(page) == 1


def test_an_editor_moves_the_windows_to_its_line(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#1")
    page.wait_for_function("document.readyState === 'complete'")
    said = project.run("goto", f"{project.folder / 'talk.md'}:17", "-p", server.url.rpartition(":")[2])
    assert (said.code, said.out) == (0, "/talk.html#4\n")
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 3")


def test_alt_and_a_click_open_the_editor_at_the_line(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    asked = project.folder / "asked.txt"
    script = project.write("editor.sh", f'#!/bin/sh\necho "$1" > {asked}.new && mv {asked}.new {asked}\n')
    script.chmod(0o755)
    project.write("slidegen.yml", f"editor: {script} {{path}}:{{line}}\n")
    page = visit(f"{server.url}/talk.html#4")
    page.locator(".remark-visible .remark-code").click(modifiers=["Alt"])
    for _ in range(6000):
        if asked.exists():
            break
        page.wait_for_timeout(20)
    assert asked.read_text("utf-8") == f"{project.folder / 'talk.md'}:20\n"


def test_a_phone_that_is_presenter_drives_the_projectors_window_and_is_driven_by_it(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    projector = visit(f"{server.url}/talk.html#1")
    phone = visit(f"{server.url}/talk.html#p1", has_touch=True, is_mobile=True)
    phone.wait_for_selector(".remark-presenter-mode")
    phone.evaluate("slideshow.gotoNextSlide()")
    projector.wait_for_function("slideshow.getCurrentSlideIndex() === 1")
    phone.evaluate("slideshow.gotoNextSlide()")
    projector.wait_for_function("document.querySelector('.remark-visible').innerText.includes('b')")
    phone.evaluate("slideshow.toggleBlackout()")
    projector.wait_for_selector(".remark-blackout-mode")
    projector.keyboard.press("b")
    phone.wait_for_function("!document.body.classList.contains('remark-blackout-mode')")
    projector.keyboard.press("End")
    phone.wait_for_function("slideshow.getCurrentSlideIndex() === 3")

    phone.context.set_offline(True)  # it sleeps
    for window in list(server.session.windows.all):
        server.session.loop.call_soon_threadsafe(window.disconnect)
    phone.locator(".slidegen-note").wait_for()
    projector.keyboard.press("Home")
    projector.wait_for_function("slideshow.getCurrentSlideIndex() === 0")
    phone.context.set_offline(False)
    phone.wait_for_function("slideshow.getCurrentSlideIndex() === 0")


def test_drawings_go_with_their_slide(project: Project, server: Serving, visit: Callable[..., Any]) -> None:
    page = visit(f"{server.url}/talk.html#1")
    page.keyboard.press("d")
    page.mouse.move(500, 300)
    page.mouse.down()
    page.mouse.move(600, 360)
    page.mouse.up()
    drawn = "document.querySelectorAll('.remark-visible .slidegen-pen path').length"
    page.wait_for_function(f"{drawn} === 1")
    project.write("talk.md", "# Zero\n\n---\n" + DECK.replace("Hello", "Good day"))
    page.wait_for_function("slideshow.getSlideCount() === 5")
    page.evaluate("slideshow.gotoSlide(2)")
    page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('Good day')")
    assert page.evaluate(drawn) == 1


PARTS = """# Before

---
# Parts

.panelset[
.panel[.panel-name[One]
first
]
.panel[.panel-name[Two]
second
]
]

![:countdown 5:00]
"""


def test_tools_outlive_an_edit(project: Project, server: Serving, visit: Callable[..., Any]) -> None:
    project.write("talk.md", PARTS)
    page = visit(f"{server.url}/talk.html#2")
    page.wait_for_selector(".panel-tabs", state="attached")
    page.evaluate("slideshow.gotoSlide(2)")
    page.keyboard.press("d")
    page.mouse.move(400, 300)
    page.mouse.down()
    page.mouse.move(500, 400, steps=5)
    page.mouse.up()
    page.keyboard.press("d")
    page.keyboard.press("o")
    longer = PARTS.replace("# Parts", "# New\n\n---\n# Parts")
    project.write("talk.md", longer)
    page.wait_for_function("document.querySelectorAll('.slidegen-open').length === 3")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.remark-visible .slidegen-pen path').length === 1")
    project.write("talk.md", longer.replace("second", "2nd"))
    page.wait_for_function("document.querySelector('.remark-visible').textContent.includes('2nd')")
    assert page.locator(".remark-visible .slidegen-drawing path").count() == 1
    assert page.get_by_role("tab").all_inner_texts() == ["One", "Two"]
    page.get_by_role("tab", name="Two").click()
    assert page.get_by_role("tabpanel", name="Two").inner_text().strip() == "2nd"
    assert page.get_by_role("group", name="Countdown").get_by_role("button").count() == 2


def test_the_presenters_view_goes_along_with_slides_that_come_change_and_go(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    notes = "???\n" + "\n\n".join(f"Say {number}" for number in range(60))
    timed = f"---\nduration: 10 min\n---\n# One\n\n{notes}\n---\n# Two\n"
    project.write("talk.md", timed)
    page = visit(f"{server.url}/talk.html#p1")
    entries = page.locator(".slidegen-presenter ol button")
    page.wait_for_function("document.querySelectorAll('.slidegen-presenter ol button').length === 2")
    page.keyboard.press("e")  # stay on the first slide
    page.evaluate("document.querySelector('.remark-notes').scrollTop = 200")

    project.write("talk.md", timed.replace("# Two", "# Between\n---\n# Two\n---\nclass: section\n\n# Three"))
    page.wait_for_function("document.querySelectorAll('.slidegen-presenter ol button').length === 4")
    assert entries.all_inner_texts() == ["One", "Between", "Two", "Three"]
    assert page.locator(".slidegen-presenter [aria-current]").all_inner_texts() == ["One"]
    assert "Between" in page.locator(".remark-preview-area").inner_text()
    assert page.locator(".slidegen-timeline > span").count() == 2
    assert page.evaluate("document.querySelector('.remark-notes').scrollTop") == 200
    entries.last.click()
    assert "Three" in shown(page)

    project.write("talk.md", timed.replace("# One", "\n# First").replace("Say 0", "Say hello"))
    page.wait_for_function("document.querySelectorAll('.slidegen-presenter ol button').length === 2")
    page.wait_for_function("document.querySelector('.slidegen-presenter [aria-current]').innerText === 'Two'")
    page.keyboard.press("p")
    page.keyboard.press("o")
    project.write("talk.md", timed.partition("---\n# Two")[0])  # what is shown has gone
    page.wait_for_function("slideshow.getSlideCount() === 1")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    project.write("talk.md", timed.replace("# One", "\n# First").replace("Say 0", "Say hello"))
    page.wait_for_function("document.querySelectorAll('.slidegen-presenter ol button').length === 2")
    page.keyboard.press("Home")
    assert page.locator(".slidegen-presenter [aria-current]").all_inner_texts() == ["First"]
    assert "Say hello" in page.locator(".remark-notes").inner_text()
    assert loads(page) == 1


@pytest.mark.parametrize("mode", ["", "p", "r", "o"])
@pytest.mark.parametrize("focus", ["", ".slidegen-problems li button"])
def test_escape_closes_the_errors_before_anything_else(
    project: Project, server: Serving, visit: Callable[..., Any], mode: str, focus: str
) -> None:
    page = visit(f"{server.url}/talk.html#2")
    if mode:
        page.keyboard.press(mode)
    look = (
        "document.body.className.replace('slidegen-active', '').trim() + document.documentElement.className"
    )
    before = page.evaluate(look)
    project.write("talk.md", DECK.replace("# Three", "# Three\n\n![:sclae 50%](a.png)"))
    page.locator(".slidegen-problems").wait_for()
    if focus:
        page.locator(focus).first.focus()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.slidegen-problems')")
    assert page.evaluate(look) == before
