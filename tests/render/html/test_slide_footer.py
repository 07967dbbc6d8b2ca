"""Taking footers and footnotes to the foot of their slide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.render.html.slide_footer import divided, gather_foot


def foot(*parts: str) -> str:
    return f'<div class="slidegen-foot">{"".join(parts)}</div>'


FOOTER = '<span class="footer">f</span>'
NOTES = '<div class="slidegen-footnotes"><ol><li>n</li></ol></div>'


@pytest.mark.parametrize(
    ("html", "gathered"),
    [
        ("<p>a</p>", "<p>a</p>"),
        (f"<p>{FOOTER}</p><p>a</p>", "<p>a</p>" + foot(FOOTER)),
        (
            '<div class="footer">f</div>\n<p>a <i class="x footnote">n</i></p>',
            "\n<p>a </p>" + foot('<i class="x footnote">n</i>', '<div class="footer">f</div>'),
        ),
        (f"<p>{FOOTER}\n{FOOTER}</p>", foot(FOOTER, FOOTER)),
        (f"<p>a</p>{foot(FOOTER)}", f"<p>a</p>{foot(FOOTER)}"),
        (f"<p class=footer>f</p>{NOTES}", foot(NOTES, "<p class=footer>f</p>")),
        (
            '<p class="footer"><i class="footnote">f</i></p>',
            foot('<p class="footer"><i class="footnote">f</i></p>'),
        ),
        ('<p class="foot">a</p>', '<p class="foot">a</p>'),
        ('<p><span class="footer">f</p>', '<p><span class="footer">f</p>'),
        ('<p data-class="footer">a</p>', '<p data-class="footer">a</p>'),
    ],
)
def test_gather_foot(html: str, gathered: str) -> None:
    assert gather_foot(html) == gathered


@given(st.text("<>/ab\"'= footer", max_size=60))
def test_what_is_no_html_stays(html: str) -> None:
    assert gather_foot(html) == html or "slidegen-foot" in gather_foot(html)


FOOTNOTES = '<section class="slidegen-footnotes"><ol><li>n</li></ol></section>'
PIECES = (
    "<p>a</p>\n", FOOTER, f"<p>{FOOTER}</p>\n", NOTES, '<i class="footnote">n</i>', "<div>", "</div>", "<p>", "</p>",
    FOOTNOTES, foot(FOOTER), "text", "<p class='x'></p>", "</section>", "<section>",
)  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=4), min_size=1, max_size=6),
    st.sampled_from(("", FOOTNOTES, foot(FOOTER), FOOTNOTES + foot(FOOTER))),
)
def test_the_foot_of_a_step_is_what_it_is_alone(added: list[list[str]], end: str) -> None:
    steps = ["".join(map("".join, added[: count + 1])) + end for count in range(len(added))]
    assert list(divided(steps)) == [next(divided([step])) for step in steps]
