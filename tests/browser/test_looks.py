"""The cascade of decks that bring a look: remark's rules stand before the author's, as specific as remark's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions

Open = Callable[..., Any]

AUTHORS = """
h3 { font-size: 80%; color: rgb(1, 2, 3); }
code { background: rgb(9, 9, 9); }
.remark-slide-content h2 { font-size: 11px; }
.inverse { background-color: rgb(4, 5, 6); }
.center { float: left; }
.remark-slide-number { opacity: 0.25; }
"""
DECK = """class: inverse
# One
## Two
### Three

.center[text] `inline`

```python
a = 1

b = 2
```
"""
PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>T</title><style>{css}</style>
<textarea id="source">{deck}</textarea><script src="remark.min.js"></script>
<script>remark.create({{highlightStyle: "monokai"}});</script>"""

LOOK = """() => {
  const at = (selector) => getComputedStyle(document.querySelector(`.remark-slide-content ${selector}`));
  const lines = [...document.querySelectorAll(".remark-code-line")].map((line) => line.offsetHeight);
  return {
    h3: [at("h3").fontSize, at("h3").color],
    h2: at("h2").fontSize,
    h1: at("h1").fontSize,
    code: at("pre code").backgroundColor,
    inline: at(":not(pre) > code").backgroundColor,
    ground: getComputedStyle(document.querySelector(".remark-slide-content")).backgroundColor,
    center: [at(".center").float, at(".center").textAlign],
    pre: at("pre").position,
    blank: lines[1] < lines[0],
    number: getComputedStyle(document.querySelector(".remark-slide-number")).opacity,
  };
}"""
AS_REMARK = {
    "h3": ["35px", "rgb(1, 2, 3)"],
    "h2": "11px",
    "h1": "55px",
    "code": "rgb(39, 40, 34)",
    "inline": "rgb(9, 9, 9)",
    "ground": "rgb(4, 5, 6)",
    "center": ["left", "center"],
    "pre": "static",
    "blank": True,
    "number": "0.25",
}


def _built(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    name = "talk.html" if "talk_html" in files else "talk.md"
    [built] = build_decks([folder / name], Path("-"), BuildOptions(), folder)
    assert not built.diagnostics
    return built.page.decode("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a deck is written."""
    folder = tmp_path / "written"
    folder.mkdir()
    return folder


def test_a_page_has_remarks_cascade(folder: Path, open_page: Open) -> None:
    page = open_page(_built(folder, talk_html=PAGE.format(css=AUTHORS, deck=DECK)))
    assert page.evaluate(LOOK) == AS_REMARK


def test_css_in_front_matter_has_remarks_cascade(folder: Path, open_page: Open) -> None:
    options = "---\ncss: own.css\nhighlightStyle: monokai\n---\n"
    page = open_page(_built(folder, talk_md=options + DECK, own_css=AUTHORS))
    assert page.evaluate(LOOK) == AS_REMARK


def test_the_theme_remark_by_name_has_it_too(folder: Path, open_page: Open) -> None:
    options = "---\ntheme: remark\nhighlightStyle: monokai\n---\n"
    style = f"\n<style>{AUTHORS}</style>\n"
    page = open_page(_built(folder, talk_md=options + DECK + style))
    assert page.evaluate(LOOK) == AS_REMARK


def test_over_a_theme_of_slidegens_the_author_always_wins(folder: Path, open_page: Open) -> None:
    options = "---\ncss: own.css\ntheme: lecture\n---\n"
    look = open_page(_built(folder, talk_md=options + DECK, own_css=AUTHORS)).evaluate(LOOK)
    assert look["code"] == look["inline"] == "rgb(9, 9, 9)"
    assert look["h3"] != AS_REMARK["h3"]
    assert not look["blank"]


def test_colours_of_a_deck_count_in_remarks_look(folder: Path, open_page: Open) -> None:
    options = (
        "---\ntheme: remark\ncolors: {background: '#010203', heading: '#040506', link: '#070809'}\n---\n"
    )
    page = open_page(_built(folder, talk_md=options + "# One\n\n[a](#1)\n"))
    look = """() => [".remark-slide-content", "h1", ".remark-slide-content a"].map(
      (selector) => getComputedStyle(document.querySelector(selector)))
      .map((style, i) => i ? style.color : style.backgroundColor)"""
    assert page.evaluate(look) == ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)"]


def test_a_copy_button_is_at_its_listing_when_it_is_pointed_at(folder: Path, open_page: Open) -> None:
    page = open_page(_built(folder, talk_html=PAGE.format(css="", deck=DECK)))
    listing = page.locator("pre")
    assert listing.evaluate("pre => getComputedStyle(pre).position") == "static"
    listing.hover()
    button = page.locator(".slidegen-copy").bounding_box()
    box = listing.bounding_box()
    assert box["x"] < button["x"] < box["x"] + box["width"]
    assert box["y"] < button["y"] < box["y"] + box["height"]
    page.mouse.move(1, 1)
    page.locator(".slidegen-copy").focus()
    assert listing.evaluate("pre => getComputedStyle(pre).position") == "relative"


@pytest.mark.parametrize(
    ("theme", "shown"), [("remark", [True, True, True]), ("lecture", [True, False, False])]
)
def test_blank_lines_after_indented_code_show_in_remarks_look(
    folder: Path, open_page: Open, theme: str, shown: list[bool]
) -> None:
    page = open_page(_built(folder, talk_md=f"---\ntheme: {theme}\n---\nText\n\n    code\n\nMore\n"))
    heights = "() => [...document.querySelectorAll('.remark-code-line')].map((line) => line.offsetHeight > 0)"
    assert page.evaluate(heights) == shown
