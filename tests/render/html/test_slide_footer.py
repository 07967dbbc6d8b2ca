"""Taking footers and footnotes to the foot of their slide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slidegen.render.html.slide_footer import gather_foot


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
