"""Asks axe-core what is wrong with a page."""

from __future__ import annotations

from typing import Any

OF_AUTHORS = ["heading-order", "empty-table-header"]
"""Advice beyond WCAG on what a deck's author writes: an h3 after an h1, a column that is headed by a formula."""


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
