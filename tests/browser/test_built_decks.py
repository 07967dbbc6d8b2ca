"""The demonstration decks as anyone opens them: from a file, anywhere, without a network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions

Open = Callable[..., Any]

ROOT = Path(__file__).parents[2]
SLIDES = ROOT / "slides"
DECKS = sorted(path.relative_to(SLIDES) for path in SLIDES.rglob("*.md"))
EVERY_DECK = pytest.mark.parametrize("deck", DECKS, ids=str)

PAGE_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")


@dataclass(frozen=True, slots=True)
class Built:
    """A deck's page and what the deck holds."""

    html: str
    slides: int
    """Without their steps."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Built]:
    """Every demonstration deck, built once, by its path in `slides/`."""
    folder = tmp_path_factory.mktemp("public")
    found = {}
    for deck in build_decks([SLIDES], folder, BuildOptions(), ROOT):
        assert not deck.diagnostics, deck.path
        assert deck.output is not None
        page = deck.output.read_text("utf-8")
        found[deck.path.absolute().relative_to(SLIDES)] = Built(page, deck.slides)
    assert sorted(found) == DECKS
    return found


WALK = """async () => {
  const wrong = [];
  const seen = { images: 0, formulas: 0, blocks: 0 };
  const decoded = new Map();
  const bytes = (image) => {  // the image itself is an empty one, whose `content` a rule sets
    const url = /url\\("([^"]*)"\\)/.exec(getComputedStyle(image).content)?.[1] ?? "";
    if (!decoded.has(url)) {
      const real = Object.assign(new Image(), { src: url });
      decoded.set(url, real.decode().then(() => true, () => false));
    }
    return decoded.get(url);
  };
  for (let place = 1; place <= slideshow.getSlideCount(); place++) {
    slideshow.gotoSlide(place);
    const slide = document.querySelector(".remark-visible .remark-slide-content");
    const fail = (what, element) => wrong.push(`#${place}: ${what}: ${element.outerHTML.slice(0, 200)}`);
    for (const image of slide.querySelectorAll("img")) {
      seen.images++;
      await image.decode().catch(() => fail("is not decoded", image));
      const { width, height } = image.getBoundingClientRect();
      if (!(image.naturalWidth > 0 && width > 1 && height > 1)) fail("shows nothing", image);
      if (image.dataset.a && !(await bytes(image))) fail("has no bytes that can be shown", image);
    }
    for (const formula of slide.querySelectorAll("math")) {
      seen.formulas++;
      const { width, height } = formula.getBoundingClientRect();
      if (!(width > 1 && height > 1)) fail("has no size", formula);
      if (!getComputedStyle(formula).fontFamily.includes("slidegen math")) fail("has another font", formula);
      if (formula.querySelector("merror")) fail("is no formula", formula);
    }
    for (const block of slide.querySelectorAll("pre > code[class]:not(.plaintext, .text, .markdown)")) {
      seen.blocks++;
      if (block.classList.contains("remark-code") && !block.querySelector("span")) fail("has no tokens", block);
    }
    for (const media of slide.querySelectorAll("video, audio")) {
      const ready = () => media.readyState >= 1 || media.error;
      while (!ready()) await new Promise((done) => media.addEventListener("loadedmetadata", done, { once: true }));
      if (media.error) fail("does not play", media);
    }
  }
  await document.fonts.ready;
  const fonts = [...document.fonts].filter((face) => face.status === "loaded").map((face) => face.family);
  return { wrong, seen, fonts: fonts.map((family) => family.replaceAll('"', "")) };
}"""


@EVERY_DECK
def test_every_picture_formula_and_listing_of_every_slide_shows(
    built: dict[Path, Built], open_page: Open, deck: Path
) -> None:
    html = built[deck].html
    page = open_page(html)
    found = page.evaluate(WALK)
    assert found["wrong"] == []
    assert ("slidegen math" in found["fonts"]) == bool(found["seen"]["formulas"])
    if deck.name == "tour.md":
        assert all(found["seen"].values()), "the tour has something of everything"


@EVERY_DECK
def test_without_script_it_is_a_column_of_slides(
    built: dict[Path, Built], open_page: Open, deck: Path
) -> None:
    page = open_page(built[deck].html, java_script_enabled=False)
    places = page.evaluate(
        """() => [...document.querySelectorAll(".remark-slide-container:not(template)")].map((slide) => {
          const { top, bottom, width } = slide.getBoundingClientRect();
          return { top, bottom, width, seen: slide.checkVisibility({ visibilityProperty: true }) };
        })"""
    )
    assert len(places) == built[deck].slides
    for place in places:
        assert place["seen"]
        assert place["width"] > 600
    for before, after in pairwise(places):
        assert before["top"] < before["bottom"] <= after["top"]
    numbers = page.locator(".remark-slide-number").all_inner_texts()
    shown = [int(match[0]) for text in numbers if (match := re.match(r"\d+", text))]
    assert shown == sorted(shown)


@EVERY_DECK
@pytest.mark.parametrize("live", [True, False], ids=["with script", "without"])
def test_on_paper_it_has_a_page_a_slide(
    built: dict[Path, Built], open_page: Open, deck: Path, live: bool
) -> None:
    page = open_page(built[deck].html, java_script_enabled=live)
    ratio = page.evaluate(
        """() => { const { clientWidth, clientHeight } = document.querySelector('.remark-slide-scaler');
                   return [clientWidth, clientHeight]; }"""
    )
    boxes = [
        tuple(round(float(part)) for part in match.groups())
        for match in PAGE_BOX.finditer(page.pdf(prefer_css_page_size=True, print_background=True))
    ]
    points = tuple(pixels * 3 // 4 for pixels in ratio)
    assert boxes == [points] * built[deck].slides
