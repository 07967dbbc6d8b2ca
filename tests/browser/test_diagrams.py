"""Diagrams on slides: as large as they can be, in colours on which their labels can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.pages import THEMES, step

Open = Callable[..., Any]

SERIES = range(1, 9)
MERMAID = (
    '<div class="slidegen-diagram"><div><svg class="pele" viewBox="0 0 700 90" '
    'style="--slidegen-diagram-width: 700; --_bg: var(--pele-bg); --_fg: var(--pele-fg)">'
    + "".join(
        f'<g><rect class="n{number}" width="80" height="90" fill="var(--pele-series-{number})"/></g>'
        for number in SERIES
    )
    + '<rect class="n9" width="9" height="9" fill="var(--pele-critical)"/>'
    '<rect class="n10" width="9" height="9" fill="var(--pele-accent)"/>'
    '<text fill="var(--_bg)">label</text></svg></div></div>'
)
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const fill = (selector) => luminance(getComputedStyle(document.querySelector(`.pele ${selector}`)).fill);
  const label = fill("text");
  return Object.fromEntries([...document.querySelectorAll(".pele rect")].map((rect) => {
    const [darker, lighter] = [label, fill(`.${rect.getAttribute("class")}`)].sort((a, b) => a - b);
    return [rect.getAttribute("class"), (lighter + 0.05) / (darker + 0.05)];
  }));
}"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", ["", "inverse"])
def test_labels_can_be_read_on_the_colours_of_series(open_deck: Open, theme: str, kind: str) -> None:
    page = open_deck(step(MERMAID, classes=(kind,) if kind else ()), theme=theme)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) == len(SERIES) + 2
    assert not {name: round(contrast, 2) for name, contrast in contrasts.items() if contrast < 4.5}


@pytest.mark.parametrize("theme", THEMES)
def test_a_wide_drawing_is_as_wide_as_the_text(open_deck: Open, theme: str) -> None:
    page = open_deck(f"<h1>A</h1><p>text</p>{MERMAID}", theme=theme)
    text, drawing = (page.locator(part).bounding_box() for part in ("p", ".pele"))
    assert drawing["width"] == pytest.approx(text["width"], abs=1)


def test_a_drawing_has_the_width_that_it_was_given(open_deck: Open) -> None:
    half = MERMAID.replace('diagram"', 'diagram" style="width: 50%"', 1)
    page = open_deck(f"<p>text</p>{half}", theme="slate")
    text, drawing = (page.locator(part).bounding_box() for part in ("p", ".pele"))
    assert drawing["width"] == pytest.approx(text["width"] / 2, abs=1)
    assert drawing["x"] + drawing["width"] / 2 == pytest.approx(text["x"] + text["width"] / 2, abs=1)
