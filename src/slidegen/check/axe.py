"""Looks for what screen readers miss with axe-core, where a package brings it: `pip install 'slidegen[check]'`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from slidegen.browser.page import Page
from slidegen.diagnostics import Code
from slidegen.files.regular import read_regular
from slidegen.project.package_data import own_templates

PACKAGE = "axe_playwright_python"
"""The package that brings axe-core up to date; of it, only the script is read."""
MISSING = "names and labels are checked with slidegen's own rules; pip install 'slidegen[check]' adds those of axe-core"
CODES: Mapping[str, Code] = {
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
"""The rules of axe-core that slidegen has, too; what the others find is reported as ACCESSIBILITY."""
ELSEWHERE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""Rules about what slidegen measures by itself, or what its page does and no author can change."""


@cache
def script() -> str | None:
    """The script of axe-core; None where the package is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).parent / "axe.min.js"
    return read_regular(file).decode() if file.is_file() else None


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds in a page whose slides have all been shown; nothing where it is not installed."""
    source = script()
    if source is None:
        return []
    page.evaluate(f"{source};0")
    look = read_regular(own_templates() / "check" / "axe.js").decode()
    found = page.run(look[look.index("*/") + 2 :].strip().rstrip(";"), list(ELSEWHERE), timeout=600)
    return list(found or ())
