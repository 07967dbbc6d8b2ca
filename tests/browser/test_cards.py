"""Films and pages from the network: what is shown of them on paper, and where there is no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http_server import Answers, site_of
from tests.projects import PATIENCE, Project

SHOWN = "element => getComputedStyle(element).display !== 'none'"
YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


class Site(Answers):
    def answer(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Here I am</h1>")

    def do_HEAD(self) -> None:  # noqa: N802
        self.answer()


@pytest.fixture
def site() -> Iterator[str]:
    with site_of(Site) as address:
        yield f"{address}/page"


@pytest.fixture
def show(browser: Any, project: Project) -> Iterator[Any]:
    """Opens a deck, with or without network."""
    contexts = []

    def show(text: str, *, offline: bool) -> Any:
        project.write("talk.md", text)
        assert project.run("build", "talk.md", "-o", "talk.html").code == 0
        context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=offline)
        contexts.append(context)
        context.set_default_timeout(1000 * PATIENCE)
        page = context.new_page()
        page.goto(Path(project.folder / "talk.html").as_uri())
        return page

    yield show
    for context in contexts:
        context.close()


def test_without_network_a_film_is_a_card_with_title_address_and_code(show: Any) -> None:
    page = show("# Film\n\n![:youtube A film](dQw4w9WgXcQ)\n", offline=True)
    card = page.locator(".slidegen-card")
    card.wait_for()
    assert not page.locator("iframe").is_visible()
    assert card.locator("strong").inner_text() == "A film"
    assert card.get_attribute("href") == "https://youtu.be/dQw4w9WgXcQ"
    assert "https://youtu.be/dQw4w9WgXcQ" in card.inner_text()
    box = card.bounding_box()
    code = card.locator("svg").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(720 / 405, rel=0.01)
    assert code["width"] == pytest.approx(code["height"], abs=1)
    assert box["x"] < code["x"] < code["x"] + code["width"] < box["x"] + box["width"]


def test_a_small_card_holds_its_words(show: Any) -> None:
    address = "https://button.example.org/button.html?" + "user=somebody&" * 9
    page = show(f'# A\n\n<iframe src="{address}" width="160" height="30"></iframe>\n', offline=True)
    card = page.locator(".slidegen-card")
    card.wait_for()
    assert card.locator("strong").bounding_box()["y"] > card.bounding_box()["y"]
    assert card.evaluate("each => getComputedStyle(each).overflow") == "hidden"


def come_back(page: Any) -> None:
    """Put a page online again; Chromium does that to a frame of another site in its own time, perhaps too late."""
    card, shown = page.locator(".slidegen-card"), page.frame_locator("iframe").get_by_text("Here I am")
    page.context.set_offline(False)
    card.wait_for(state="hidden")
    for _ in range(PATIENCE // 10):
        if seen_within(shown, seconds=10):
            return
        page.context.set_offline(True)
        card.wait_for()
        page.context.set_offline(False)
        card.wait_for(state="hidden")
    raise AssertionError("the page in the frame has not come back")


def seen_within(element: Any, seconds: int) -> bool:
    from playwright.sync_api import TimeoutError as Late

    try:
        element.wait_for(timeout=1000 * seconds)
    except Late:
        return False
    return True


def test_with_network_the_page_is_there_and_no_card_until_the_network_goes(show: Any, site: str) -> None:
    page = show(
        f'# Page\n\n<iframe src="{site}" title="Site" width="600" height="300"></iframe>\n', offline=False
    )
    page.frame_locator("iframe").get_by_text("Here I am").wait_for()
    assert not page.locator(".slidegen-card").is_visible()
    page.context.set_offline(True)
    page.locator(".slidegen-card").wait_for()
    assert not page.locator("iframe").is_visible()
    come_back(page)
    assert not page.locator(".slidegen-card").is_visible()


def test_on_paper_each_slide_has_the_card(show: Any, site: str) -> None:
    frame = f'<iframe src="{site}" width="600" height="300"></iframe>'
    page = show(f"# One\n\n{frame}\n\n---\n\n# Two\n\n{frame}\n", offline=False)
    page.emulate_media(media="print")
    assert page.locator(".slidegen-card").evaluate_all(f"cards => cards.map({SHOWN})") == [True, True]
    assert page.locator("iframe").evaluate_all(f"frames => frames.map({SHOWN})") == [False, False]
    assert (
        page.locator(".slidegen-card strong")
        .first.evaluate("element => element.textContent")
        .startswith("127.0.0.1")
    )


def test_a_film_in_a_file_from_the_network_has_a_card_too(show: Any) -> None:
    page = show('<video controls><source src="http://127.0.0.1:9/talk.mp4"></video>\n', offline=True)
    page.locator(".slidegen-card").wait_for()
    assert not page.locator("video").is_visible()
    assert page.locator(".slidegen-card").get_attribute("href") == "http://127.0.0.1:9/talk.mp4"


def test_what_stands_in_the_page_has_no_card(show: Any, project: Project) -> None:
    project.write("plot.html", "<h1>A plot</h1>")
    page = show('<iframe src="plot.html"></iframe>\n', offline=True)
    page.frame_locator("iframe").get_by_text("A plot").wait_for()
    assert page.locator(".slidegen-card").count() == 0
