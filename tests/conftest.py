"""What tests of several folders need."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.cases import expect, pytest_addoption, pytest_cmdline_main
from tests.projects import Project

__all__ = ["browser", "expect", "program", "project", "pytest_addoption", "pytest_cmdline_main"]

# How quick a test is depends on what else the machine does.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Who runs the tests in the background, or with nohup, has them ignore these, and so would programs that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty folder to write decks in."""
    return Project(tmp_path)


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def program() -> Path:
    """The program of the browser that slidegen finds."""
    from slidegen.browser.find import find_browser
    from slidegen.diagnostics import DeckError

    try:
        return find_browser()
    except DeckError as error:
        _missing(str(error))
        raise


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium: the system's, else the one that playwright has installed."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            _missing(f"no Chromium was found: {str(error).splitlines()[0]}")
        yield browser
        browser.close()
