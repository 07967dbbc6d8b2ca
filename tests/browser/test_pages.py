"""Pages that authors wrote around a deck, built and opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions

PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>A page</title>
<style>
h2 { font-size: 10px; color: rgb(1, 2, 3); }
.remark-slide-content { padding: 0; }
.katex { color: rgb(4, 5, 6); }
</style>
</head>
<body>
<textarea id="source">
## One &amp; only

$x$

---

# Two
</textarea>
<script src="remark.min.js"></script>
<script src="katex.min.js"></script>
<script>
var said = [];
window.before = typeof slideshow.on;
var deck = remark.create({ratio: "16:9"}, function (show) { said.push("created " + show.getSlideCount()); });
deck.on("afterShowSlide", function (slide) { said.push("shown " + slide.getSlideIndex()); });
</script>
<script type="module">said.push("module");</script>
</body>
</html>
"""


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], str]:
    """The page built from an author's."""

    def build(text: str) -> str:
        path = tmp_path / "written" / "talk.html"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
        [built] = build_decks([path], Path("-"), BuildOptions(), path.parent)
        assert not built.diagnostics
        return built.page.decode("utf-8")

    return build


def test_scripts_of_the_page_find_the_slideshow(
    open_page: Callable[..., Any], build: Callable[[str], str]
) -> None:
    page = open_page(build(PAGE))
    page.wait_for_function("said.includes('module')")
    assert page.evaluate("[before, deck === slideshow]") == ["function", True]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("said.includes('shown 1')")
    assert page.evaluate("said[0]") == "created 2"


def test_remarks_rules_are_as_specific_as_in_remark(
    open_page: Callable[..., Any], build: Callable[[str], str]
) -> None:
    page = open_page(build(PAGE))
    style = "(name) => getComputedStyle(document.querySelector(name))"
    assert page.evaluate(f"({style})('h2').fontSize") == "45px"
    assert page.evaluate(f"({style})('h2').color") == "rgb(1, 2, 3)"
    assert page.evaluate(f"({style})('.remark-slide-content').padding") == "0px"
    assert page.evaluate(f"({style})('math').color") == "rgb(4, 5, 6)"
