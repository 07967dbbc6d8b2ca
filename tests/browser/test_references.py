"""Citations in a browser: each leads to the slide that lists its work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
