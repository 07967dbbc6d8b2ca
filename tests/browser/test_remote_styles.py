"""Style sheets from the network: slides do not wait for them, and do without where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.http_server import Answers, site_of
from tests.projects import PATIENCE, Project

COLOUR = "getComputedStyle(document.querySelector('.remark-visible h1')).color"
SHOWN = "!!document.querySelector('.remark-visible h1')?.getBoundingClientRect().width"


@pytest.fixture
def answers() -> Event:
    """When the server of style sheets answers."""
    return Event()


@pytest.fixture
def server(answers: Event) -> Iterator[str]:
    class Sheets(Answers):
        def answer(self) -> None:
            answers.wait(PATIENCE)
            self.send_response(200)
            self.send_header("Content-Type", "text/css")
            self.end_headers()
            self.wfile.write(b"h1 { color: rgb(1, 2, 3); font-style: italic }")

    with site_of(Sheets) as address:
        yield address
        answers.set()


@pytest.fixture
def built(project: Project, server: str) -> str:
    """A page with a style sheet from the network, imported by one of the author's."""
    project.write("look.css", f"@import url({server}/fonts.css);\nh1 {{ font-style: normal }}\n")
    project.write("talk.md", "---\ncss: look.css\n---\n# One\n")
    assert project.run("build", "talk.md", "-o", "talk.html").code == 0
    return Path(project.folder / "talk.html").as_uri()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_first_slide_does_not_wait_for_a_server(tab: Any, built: str, answers: Event) -> None:
    tab.goto(built, wait_until="commit")
    tab.wait_for_function(SHOWN)
    assert tab.evaluate("slideshow.getSlideCount()") == 1
    assert tab.evaluate(COLOUR) != "rgb(1, 2, 3)"
    answers.set()
    tab.wait_for_function(f"{COLOUR} === 'rgb(1, 2, 3)'")
    style = tab.evaluate("getComputedStyle(document.querySelector('.remark-visible h1')).fontStyle")
    assert style == "normal", "the author's own rules stand behind what they import"


def test_without_network_nothing_is_asked_for_until_there_is_one(
    tab: Any, built: str, answers: Event
) -> None:
    answers.set()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.context.set_offline(True)
    tab.goto(built)
    tab.wait_for_function(SHOWN)
    assert [url for url in asked if url.startswith("http")] == []
    tab.context.set_offline(False)
    tab.wait_for_function(f"{COLOUR} === 'rgb(1, 2, 3)'")


def test_without_script_they_are_style_sheets(browser: Any, built: str, answers: Event) -> None:
    answers.set()
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(built)
    assert tab.locator("h1").evaluate("(h1) => getComputedStyle(h1).color") == "rgb(1, 2, 3)"
    context.close()
