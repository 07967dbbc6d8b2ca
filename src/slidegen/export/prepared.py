"""Opens a deck's page in the browser and prepares it for export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from msgspec import Struct

from slidegen.browser.browser import Browser
from slidegen.browser.page import Page
from slidegen.export.deck_page import DeckPage
from slidegen.export.facts import PageFacts, clean, read_page
from slidegen.export.options import ExportOptions
from slidegen.export.pdf_marks import RELATIVE
from slidegen.export.undescribed import undescribed_pictures
from slidegen.project.package_data import page_function
from slidegen.project.translations import EXPORT, read_words
from slidegen.render.math.font import FAMILY
from slidegen.render.page_model import slide_size


class Prepared(Struct, frozen=True):
    """A page that is open in the browser, with its slides laid out as requested."""

    page: Page
    facts: PageFacts
    deck: DeckPage
    words: Mapping[str, str]
    width: int
    """Of a slide, in CSS pixels."""
    height: int


@contextmanager
def prepared(browser: Browser, deck: DeckPage, options: ExportOptions) -> Iterator[Prepared]:
    """Open and prepare the page of a deck; raises PageError if that fails."""
    config = deck.compiled.deck.config
    words = read_words(config.lang, deck.compiled.project.templates, EXPORT)
    width, height = slide_size(config.ratio)
    with browser.page(deck.folder, width, height) as page:
        page.load(deck.file, "?print=steps" if options.steps else "?print=once")
        wanted = {
            "slides": options.slides or None,
            "steps": options.steps,
            "relative": RELATIVE,
            "mathFont": FAMILY,
            "undescribed": sorted(undescribed_pictures(deck.compiled.deck)),
            "words": {"figure": words["figure"], "video": words["film"], "audio": words["sound"]},
        }
        facts = read_page(page.run(page_function("export/prepare.js"), wanted), PageFacts)
        yield Prepared(
            page=page, facts=_with_names(facts, deck), deck=deck, words=words, width=width, height=height
        )


def _with_names(facts: PageFacts, deck: DeckPage) -> PageFacts:
    """The facts, with what only the deck's settings say."""
    config = deck.compiled.deck.config
    keywords = deck.compiled.variables.get("keywords")
    if keywords is not None and deck.variant is not None and deck.variant.secrets.said_in(keywords.value):
        keywords = None  # what the variant leaves out is what only the parts contain
    return msgspec.structs.replace(
        facts,
        author=clean("; ".join(each.name for each in config.author)),
        description=clean(config.description),
        keywords=clean(keywords.value.strip("[]")) if keywords is not None else "",
    )
