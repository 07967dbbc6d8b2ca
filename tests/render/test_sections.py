from __future__ import annotations

import pytest

from slidegen.render.page_model import RenderedSlide
from slidegen.render.sections import begins_section


@pytest.mark.parametrize(
    ("classes", "title", "begins"),
    [
        (("section",), "Part", True),
        (("inverse", "center", "middle"), "Part", True),
        (("middle", "inverse"), "Part", True),
        (("inverse",), "Part", False),
        (("middle",), "Part", False),
        (("section",), "", False),
    ],
)
def test_where_sections_begin(classes: tuple[str, ...], title: str, *, begins: bool) -> None:
    slide = RenderedSlide(0, 0, 0, last_step=True, html="", classes=classes, title=title)
    assert begins_section(slide) is begins
