"""Finds out which fonts a page actually shows."""

from __future__ import annotations

from slidegen.browser.page import Page, PageError


def begin(page: Page) -> None:
    """Prepare the page to report its fonts."""
    for domain in ("DOM", "CSS"):
        page.call(f"{domain}.enable")
    page.call("DOM.getDocument", depth=0)


def add_shown_fonts(page: Page, known: dict[int, str]) -> None:
    """Add the fonts of the looks from `shapes.js` that are not known yet, while they are shown."""
    for index in range(page.evaluate("window.slidegenFamilies?.size ?? 0")):
        if index not in known and (font := _font(page, index)):
            known[index] = font


def _font(page: Page, index: int) -> str:
    """The font of a look; empty if no text of it is shown now."""
    at = f"[...window.slidegenFamilies.values()][{index}]"
    named = page.evaluate(
        f"getComputedStyle({at}).fontFamily.split(',')[0].replace(/^[\\s\"']+|[\\s\"']+$/g, '')"
    )
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
