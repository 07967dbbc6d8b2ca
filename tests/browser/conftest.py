"""A real Chromium, and decks opened in it from `file://` with the network blocked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions
from tests.pages import deck_of, page_of
from tests.projects import PATIENCE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which the tests' dependency ships."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        reason = "axe-playwright-python is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page's HTML; what goes wrong in it fails the test unless it is expected."""
    contexts = []
    wrong: list[str] = []

    def open_page(html: str, hash: str = "", *, expect_errors: bool = False, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **options})
        contexts.append(context)
        context.set_default_timeout(1000 * PATIENCE)
        context.route("**/*", lambda route: route.continue_() if _is_local(route) else _refuse(route))
        page = context.new_page()
        if not expect_errors:
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on(
                "console", lambda message: wrong.append(message.text) if message.type == "error" else None
            )
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(html, "utf-8")
        page.goto(path.as_uri() + hash)
        return page

    def _is_local(route: Any) -> bool:
        return str(route.request.url).startswith(("file:", "data:", "blob:"))

    def _refuse(route: Any) -> None:
        wrong.append(f"asked the network for {route.request.url}")
        route.abort()

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def open_deck(open_page: Callable[..., Any]) -> Callable[..., Any]:
    """Opens a deck of slides given as their HTML; see `tests.pages.deck_of`."""

    def open_deck(*slides: Any, hash: str = "", page: dict[str, Any] | None = None, **fields: Any) -> Any:
        return open_page(page_of(deck_of(*slides, **fields)), hash, **(page or {}))

    return open_deck


@pytest.fixture
def build_page(tmp_path: Path) -> Callable[..., str]:
    """The page of a deck written in Markdown, with the files it uses by their names."""

    def build_page(markdown: str, **files: bytes) -> str:
        folder = tmp_path / "written"
        folder.mkdir()
        for name, data in files.items():
            (folder / name.replace("_", ".")).write_bytes(data)
        deck = folder / "deck.md"
        deck.write_text(markdown, "utf-8")
        [built] = build_decks([deck], Path("-"), BuildOptions(), folder)
        assert not built.diagnostics
        return built.page.decode("utf-8")

    return build_page


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of a server, in a browser of its own or in `context`; what goes wrong in it fails the test.

    The page counts in `sessionStorage.loads` how often it is loaded.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def visit(url: str, *, context: Any = None, **options: Any) -> Any:
        if context is None:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **options})
            contexts.append(context)
            context.set_default_timeout(1000 * PATIENCE)
            context.add_init_script("sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1")
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not wrong
