"""The documentation as `slidegen docs --open` shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from slidegen.manual.html import manual_html
from slidegen.manual.pages import manual_pages


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_cheat_sheet_alone_prints_on_two_sides_of_paper(
    open_page: Callable[..., Any], paper: str
) -> None:
    page = open_page(manual_html(manual_pages()), "#cheat-sheet")
    pdf: bytes = page.pdf(format=paper)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2


def test_a_bar_in_the_code_of_a_table_has_no_backslash(open_page: Callable[..., Any]) -> None:
    page = open_page(manual_html(manual_pages()), "#cheat-sheet")
    assert "{1|2-3|all}" in page.locator("#cheat-sheet").inner_text()
