"""Formulas written for remark's Markdown, and what TeX is to see of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slidegen.render.math.markdown_escapes import unescape
from tests.cases import Case, read_cases

CASES = read_cases(Path(__file__).with_name("escapes.txt"))
PIECES = st.sampled_from(["\\", "{", "}", "_", "^", "&", "|", "x", " ", "\\begin{a}", "\\end{a}", "\\text{"])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_escapes_for_markdown_are_taken_back(case: Case, expect: Callable[[Case, str], None]) -> None:
    expect(case, unescape(case.given).tex)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_in_backticks_nothing_is_an_escape(case: Case) -> None:
    assert unescape(case.given, in_code=True).tex == case.given


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_character_that_stays_knows_where_it_stood(case: Case) -> None:
    written = unescape(case.given)
    for offset, character in enumerate(written.tex):
        origin = written.origin(offset)
        assert case.given[origin] in (character, "\\", "&")


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@example("\\")
@example("x\\\\\\")
def test_origins_ascend_within_any_text(tex: str) -> None:
    written = unescape(tex)
    origins = [written.origin(offset) for offset in range(len(written.tex) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] == len(tex)
    assert all(0 <= origin < max(len(tex), 1) for origin in origins[:-1])


@given(st.text(alphabet="abc {}^+-=,.;:()[]123\n'"))
def test_what_has_no_backslash_stays(tex: str) -> None:
    assert unescape(tex).tex == tex
