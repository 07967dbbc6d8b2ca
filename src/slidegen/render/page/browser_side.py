"""The browser side of a page: its scripts and style sheets, and the words and icons that they use.

A built page has what its slides need, and its tools packed. A page from `slidegen serve` has everything,
as an edit may add any class or element.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from slidegen.render.dialect.footnotes import BACK_ICON
from slidegen.render.direction import direction
from slidegen.render.html.names import Names, names_in
from slidegen.render.page.css import own_style_text, page_style_text
from slidegen.render.page.features import (
    feature_styles,
    live_features,
    page_features,
    slide_styles,
    start_script,
)
from slidegen.render.page.scripts import link
from slidegen.render.page.slide_view import GROWN, SlideView
from slidegen.render.page.tools import early_words, page_tools, strings_in
from slidegen.render.page.used_rules import custom_properties
from slidegen.render.page_model import RenderedDeck
from slidegen.render.template_reader import TemplateReader

if TYPE_CHECKING:
    from jinja2 import Environment

_PAGE_TEMPLATES = ("deck.html", "slide.html", "controls.html")
"""The templates that make a page; a user's version may add any class and element to it."""
_ICONS = frozenset(("previous", "next", "menu", "reader"))
"""The icons in `controls.html`."""


class BrowserSide(Struct, frozen=True):
    """What `deck.html` receives."""

    show: str
    """The script that shows the first slide."""
    main: str
    """The script with everything else."""
    styles: str
    words: Mapping[str, str]
    """What the scripts look up."""
    icons: Collection[str] | None
    """The names of the icons that the page shows; None for all."""


def live_side(deck: RenderedDeck, read: TemplateReader) -> BrowserSide:
    """The browser side of a page from `slidegen serve`; the deck's styles include the modules'. Raises LinkError."""
    show, linked = link(["boot.mjs"], read)
    features = live_features(deck)
    main, _ = link(features, read, linked)
    return BrowserSide(show, main + start_script(features), own_style_text(deck), deck.words, None)


def built_side(
    deck: RenderedDeck, slides: Sequence[SlideView], templates: Environment, read: TemplateReader
) -> BrowserSide:
    """The browser side of a built page. Raises jinja2.TemplateError; LinkError."""
    names = page_names(deck, slides)
    show, linked = link(["boot.mjs"], read)
    grown = any(GROWN in slide.attributes for slide in slides)
    features = page_features(deck, names, read, grown=grown)
    main, modules = link(features, read, linked)
    linked = (*linked, *modules)
    icons = _ICONS | strings_in(main) | ({BACK_ICON} if names.has(".slidegen-footnote-back") else set())
    words = early_words(deck.words, main, read)
    tools = page_tools(deck, templates, read, linked, icons, main, words)
    used = {*_properties(show + main), *_properties(tools.script), *_properties(tools.styles)}
    used.update(*(custom_properties(text) for text in _author_texts(deck, slides)))
    anything = names.runs_scripts or any(read(name) != read(f"slidegen/{name}") for name in _PAGE_TEMPLATES)
    sheets = (*slide_styles(names, read, deck.styles), *feature_styles(linked, read))
    return BrowserSide(
        show=show,
        main=f'{main}slidegen.tools="{tools.packed()}";\n{start_script(features)}',
        styles=page_style_text(deck, sheets, None if anything else names, used),
        words=words,
        icons=icons,
    )


def page_names(deck: RenderedDeck, slides: Sequence[SlideView]) -> Names:
    """The names in the tags of the slides, on every step, and of what the author puts around them."""
    parts = [deck.head, deck.body_start, deck.scripts]
    for slide in slides:
        parts += (str(slide.html), str(slide.notes or ""))
    around = (*deck.root.items(), *deck.body.items())
    return names_in(parts) | Names(
        classes=frozenset(
            (
                *(name for slide in deck.slides for name in slide.classes),
                *(name for key, value in around if key == "class" for name in value.split()),
            )
        ),
        attributes=frozenset(
            (
                *(key for key, _ in around),
                *(key for slide in slides for key in slide.attributes),
                *(key for slide in deck.slides for key in ("style", "lang", "dir") if getattr(slide, key)),
                *(("dir",) if direction(deck.lang) == "rtl" else ()),
            )
        ),
        languages=frozenset(
            (deck.lang.lower(), *(slide.lang.lower() for slide in deck.slides if slide.lang))
        ),
    )


def _author_texts(deck: RenderedDeck, slides: Sequence[SlideView]) -> Iterator[str]:
    """Texts in which an author may name a custom property."""
    yield from (deck.head, deck.body_start, deck.scripts, deck.assets)
    yield from (sheet.text for sheet in deck.styles if not sheet.layer)
    yield from (value for value in (*deck.root.values(), *deck.body.values()))
    yield from (slide.style for slide in deck.slides)
    for slide in slides:
        yield from (str(slide.html), str(slide.notes or ""))


@lru_cache(maxsize=16)
def _properties(text: str) -> frozenset[str]:
    return custom_properties(text)
