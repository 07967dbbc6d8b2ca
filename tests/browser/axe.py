"""Asks axe-core what is wrong with a page."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

OF_AUTHORS = ["heading-order", "empty-table-header"]
"""Advice beyond WCAG on what a deck's author writes: an h3 after an h1, a column that is headed by a formula."""


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


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds wrong: rule, element, reason."""
    page.evaluate(f"if (!window.axe) {{ {axe} }}")
    result = page.evaluate(
        """(others) => axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          rules: Object.fromEntries(others.map((rule) => [rule, { enabled: false }])),
          resultTypes: ["violations"],
        })""",
        OF_AUTHORS,
    )
    return [
        f"{found['id']}: {node['target']}: {node['failureSummary']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]
