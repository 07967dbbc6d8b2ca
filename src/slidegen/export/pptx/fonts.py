"""Finds out which fonts a page actually shows."""

from __future__ import annotations

from slidegen.browser.page import Page, PageError

SHOWN_FAMILY = """(element) => {
  const slide = element.closest("div.remark-slide-container");
  slidegenShow([...document.querySelectorAll("div.remark-slide-container")].indexOf(slide));
  return getComputedStyle(element).fontFamily.split(",")[0].replace(/^[\\s"']+|[\\s"']+$/g, "");
}"""
"""Shows the slide of an element and returns the font that it asks for."""


def shown_fonts(page: Page) -> dict[int, str]:
    """The fonts of the looks from `shapes.js`, by their numbers; those that no text has are left out."""
    for domain in ("DOM", "CSS"):
        page.call(f"{domain}.enable")
    page.call("DOM.getDocument", depth=0)
    looks = page.evaluate("window.slidegenFamilies?.size ?? 0")
    return {index: font for index in range(looks) if (font := _font(page, index))}


def _font(page: Page, index: int) -> str:
    """The font of a look; empty if no text has it."""
    at = f"[...window.slidegenFamilies.values()][{index}]"
    named = page.evaluate(f"({SHOWN_FAMILY})({at})")
    try:
        found = page.call("Runtime.evaluate", expression=at)["result"]["objectId"]
        node = page.call("DOM.requestNode", objectId=found)["nodeId"]
        fonts = page.call("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]
    except (PageError, KeyError):
        return str(named)
    if not fonts:
        return ""
    most = max(fonts, key=lambda font: font["glyphCount"])
    return str(named) if most.get("isCustomFont") else str(most["familyName"])
