"""Asks axe-core what is wrong with a page."""

from __future__ import annotations

import re
from typing import Any

OF_AUTHORS = ["heading-order", "empty-table-header"]
"""Advice beyond WCAG on what a deck's author writes: an h3 after an h1, a column that is headed by a formula."""
REMARKS_CONTRAST = re.compile(r"color-contrast: .* > \.(?:remark-slide-number|hljs-[a-z_]+)[^ ]*\]: Fix")
"""What remark's own colours lack, which decks in its theme keep."""


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


def settle(page: Any) -> None:
    """Waits until nothing moves or fades, and what is read has been laid out."""
    page.wait_for_function(
        """!document.documentElement.classList.contains("slidegen-reading") ||
           [...document.querySelectorAll(".remark-code")].every((each) =>
             each.scrollWidth <= each.clientWidth + 1 || each.tabIndex === 0)"""
    )
    page.wait_for_function("document.getAnimations().every((each) => each.playState !== 'running')")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
