"""Markdown and the HTML that is expected of it, case by case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from slidegen.render.dialect import Dialect, Footnotes
from tests.cases import Case, read_cases

HERE = Path(__file__).parent


def cases(folder: str) -> list[object]:
    """The cases of all files of a folder."""
    return [
        pytest.param(case, id=f"{path.stem}: {case.title}")
        for path in sorted((HERE / folder).glob("*.txt"))
        for case in read_cases(path)
    ]


@pytest.mark.parametrize("case", [*cases("remark"), *cases("beyond")])
def test_markdown_becomes_html(case: Case, expect: Callable[[Case, str], None]) -> None:
    expect(case, Dialect().convert([case.given], {}, footnotes=Footnotes("")))
