"""Looks for what screen readers miss with axe-core, if a package provides it: `pip install 'slidegen[check]'`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from slidegen.browser.page import Page
from slidegen.diagnostics import Code, DiagnosticCode
from slidegen.files.regular import read_regular
from slidegen.project.package_data import page_function

PACKAGE = "axe_playwright_python"
"""A package with a current axe-core, of which only the script is read."""
MISSING = "names and labels are checked with slidegen's own rules; pip install 'slidegen[check]' adds those of axe-core"
CODES: Mapping[str, DiagnosticCode] = {
    **dict.fromkeys(
        ("image-alt", "input-image-alt", "area-alt", "object-alt", "role-img-alt", "svg-img-alt"), Code.NO_ALT
    ),
    **dict.fromkeys(
        (
            "aria-command-name",
            "aria-input-field-name",
            "aria-toggle-field-name",
            "button-name",
            "input-button-name",
            "label",
            "link-name",
            "select-name",
            "summary-name",
        ),
        Code.NO_LABEL,
    ),
    "frame-title": Code.FRAME_TITLE,
    "video-caption": Code.NO_CAPTIONS,
}
"""axe-core's counterparts of slidegen's own rules; findings of other rules are reported as ACCESSIBILITY."""
ELSEWHERE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""Rules for what slidegen measures itself, or for the page around the slides, which no author can change."""


@cache
def script() -> str | None:
    """The script of axe-core; None if the package is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).parent / "axe.min.js"
    return read_regular(file).decode() if file.is_file() else None


def violations(page: Page) -> list[dict[str, Any]]:
    """axe-core's findings in a page whose slides have all been shown; empty if it is not installed."""
    source = script()
    if source is None:
        return []
    page.evaluate(f"{source};0")
    found = page.run(page_function("check/axe.js"), list(ELSEWHERE), timeout=600)
    return list(found or ())
