"""Citations in a browser: each leads to the slide that lists its work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.devices import at_every_size
from tests.projects import Project

BIB = "@book{curie, author = {Curie, Marie}, title = {Recherches}, year = 1903}\n"
DECK = """\
---
bibliography: refs.bib
---
# One

Text [@curie].

---
# Two

---
# References

![:bibliography]
"""


def test_a_citation_leads_to_the_slide_that_lists_its_work(
    project: Project, open_page: Callable[..., Any]
) -> None:
    project.write("refs.bib", BIB)
    page = open_page(project.deck(DECK).html)
    citation = page.locator(".remark-visible .slidegen-citation a")
    assert citation.get_attribute("title") == "Curie, M. (1903). Recherches."
    citation.click()
    page.wait_for_function("slideshow.getCurrentSlideIndex() === 2")
    assert page.locator(".remark-visible #ref-curie").is_visible()
    assert page.evaluate("location.hash") == "#3"


@at_every_size
def test_a_footnote_leads_back_to_its_reference_by_an_icon_that_needs_no_font(
    project: Project, open_page: Callable[..., Any], size: dict[str, Any]
) -> None:
    page = open_page(project.deck("# One\n\nText[^a].\n\n[^a]: Note\n\n---\n# Two\n").html, **size)
    back = page.locator(".slidegen-footnote-back")
    assert back.get_attribute("aria-label") == "Back to the text 1"
    assert not back.inner_text()
    drawn = page.locator(back.locator("use").get_attribute("href") + " path")
    assert drawn.get_attribute("d")
    icon, line = (
        each.bounding_box() for each in (back.locator("svg"), page.locator(".slidegen-footnotes li"))
    )
    assert 5 < icon["height"] <= line["height"]
    back.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").endswith("fnref-1")
