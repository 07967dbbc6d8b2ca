"""While `serve` shows a deck, the browser measures what does not fit; the audience is not shown it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slidegen.diagnostics import Diagnostic
from slidegen.serve.listening import addresses_of
from tests.browser.devices import PHONE
from tests.browser.live import server
from tests.browser.slideshow import opened
from tests.projects import Project
from tests.serve.serving import Serving, serving

__all__ = ["server"]
MARKED = ".remark-slide-container[data-overflow]"
LONG = "# Two\n\n" + "".join(f"- item {number}\n" for number in range(1, 31))
SHORT = "# Two\n\n- item\n"


def test_a_slide_that_holds_too_much_is_marked_and_said_and_forgotten_when_it_is_mended(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    said: list[Diagnostic] = []
    server.session.registry.warn = said.extend
    project.write("talk.md", f"# One\n\n---\n\n{LONG}")
    page = visit(f"{server.url}/talk.html")
    page.locator(MARKED).wait_for(state="attached")
    assert page.locator(MARKED).count() == 1
    page.locator(".slidegen-warnings").click()
    problem = page.locator(".slidegen-problems li")
    assert problem.count() == 1
    text = problem.inner_text()
    assert "talk.md:" in text
    assert "slide 2 is " in text
    assert "of 30 items are cut off" in text
    (item,) = said
    assert f"talk.md:{item.span.position.line if item.span else 0}:" in text
    project.write("talk.md", f"# One\n\n---\n\n{SHORT}")
    page.locator(MARKED).wait_for(state="detached")
    page.locator(".slidegen-warnings").wait_for(state="detached")


def test_slides_of_the_overview_carry_the_mark(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    project.write("talk.md", f"# One\n\n---\n\n{LONG}")
    page = visit(f"{server.url}/talk.html")
    page.locator(MARKED).wait_for(state="attached")
    page.keyboard.press("o")
    page.locator(".slidegen-open").first.wait_for()
    content = f"getComputedStyle(document.querySelector('{MARKED} > .remark-slide-scaler'), '::after').height"
    assert page.evaluate(content) == "8px"


def test_a_slide_may_be_allowed_to_overflow(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    project.write("talk.md", f"# One\n\n---\n\n<!-- check: allow overflow -->\n\n{LONG}")
    page = visit(f"{server.url}/talk.html")
    page.locator(MARKED).wait_for(state="attached")
    assert page.locator(".slidegen-warnings").count() == 0


def test_the_audience_is_shown_no_mark(project: Project, visit: Callable[..., Any]) -> None:
    project.write("talk.md", f"# One\n\n---\n\n{LONG}")
    with serving(project, shared=True, host="0.0.0.0") as running:
        port = int(running.url.rpartition(":")[2])
        author = visit(f"{running.url}/talk.html")
        room = visit(f"{addresses_of('0.0.0.0', port, '').audience}talk.html")
        author.locator(MARKED).wait_for(state="attached")
        author.locator(".slidegen-warnings").wait_for()
        room.locator(".remark-visible").wait_for()
        assert room.locator(MARKED).count() == 0
        assert room.locator(".slidegen-warnings, .slidegen-problems").count() == 0


def test_the_window_for_the_projector_is_shown_no_mark(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    project.write("talk.md", f"{LONG}\n---\n# One\n")
    page = visit(f"{server.url}/talk.html")
    page.locator(".slidegen-warnings").wait_for()
    stripe = f"getComputedStyle(document.querySelector('{MARKED} > .remark-slide-scaler'), '::after').height"
    assert page.evaluate(stripe) == "8px"
    clone = opened(page)
    page.keyboard.press("p")
    clone.locator(MARKED).wait_for(state="attached")
    clone.locator(".slidegen-warnings").wait_for(state="hidden")
    assert clone.evaluate(stripe) == "auto"
    assert page.locator(".slidegen-warnings").is_visible()


def test_the_window_for_the_projector_is_shown_no_error(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    project.write("talk.md", "# One\n\n---\n# Two\n")
    page = visit(f"{server.url}/talk.html")
    clone = opened(page)
    page.keyboard.press("p")
    page.locator(".remark-presenter-mode").wait_for()
    project.write("talk.md", "# One\n\n---\n# Two\n\n![:sclae 50%](a.png)\n")
    page.locator(".slidegen-problems").wait_for()
    clone.locator(".slidegen-problems").wait_for(state="attached")
    assert clone.locator(".slidegen-problems").is_hidden()


def test_slides_that_were_laid_out_as_text_to_read_are_measured_as_slides(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    project.write("talk.md", f"# One\n\n---\n# Two\n\n$x^2$\n\n```python\nprint(1)\n```\n\n---\n{LONG}")
    page = visit(f"{server.url}/talk.html?view=slides", **PHONE)
    page.locator(MARKED).wait_for(state="attached")
    page.locator(".slidegen-warnings").get_by_text("1", exact=True).wait_for()
    assert page.locator(MARKED).count() == 1
