"""Renders a page from a rendered deck with slidegen's templates and the user's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from slidegen import __version__
from slidegen.render.direction import direction
from slidegen.render.page.browser_side import built_side, live_side
from slidegen.render.page.css import author_style, style_text
from slidegen.render.page.scripts import compact, to_script_json
from slidegen.render.page.slide_view import SlideView, page_slides_of
from slidegen.render.page_model import RenderedDeck
from slidegen.render.template_reader import TemplateReader

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE_OPTIONS = (
    "ratio", "navigation", "timer", "plan", "slideNumberFormat", "cloneTarget", "highlightStyle",
    "highlightLines", "highlightSpans", "highlightInlineCode", "highlightLanguage", "progress",
)  # fmt: skip
"""The options that the browser side uses."""


class Embedded(Protocol):
    """The files that are embedded in the page."""

    def place(self, html: str) -> str:
        """A part of the page with the videos and scripts that it is the first to use."""

    def sheet(self) -> str:
        """Style rules that contain the bytes of all pictures."""

    def symbols(self) -> str:
        """Drawings that slides use parts of."""

    def unplaced(self) -> str:
        """Videos that no slide was the first to use."""


class NullAssets:
    """The assets of a page without files."""

    def place(self, html: str) -> str:
        """The part unchanged."""
        return html

    def sheet(self) -> str:
        """Nothing."""
        return ""

    symbols = unplaced = sheet


def render_page(
    deck: RenderedDeck,
    templates: Environment,
    read: TemplateReader,
    files: Embedded | None = None,
    page_slides: Sequence[SlideView] | None = None,
) -> str:
    """The page as one text: the template `deck.html` of an environment that escapes what is not HTML.

    `page_slides` are the views for `slide.html` if the deck's slides have already been folded. Raises
    jinja2.TemplateError if a template does not compile or fails; LinkError if a feature names no module.
    """
    from markupsafe import Markup  # here, like Jinja2: neither is needed to report mistakes in a deck

    authors = [sheet for sheet in deck.styles if not sheet.layer]
    files = files or NullAssets()
    views = list(page_slides_of(deck) if page_slides is None else page_slides)
    slides = _placed(views, files)
    body_start, scripts = files.place(deck.body_start), files.place(deck.scripts)
    browser = live_side(deck, read) if deck.live else built_side(deck, views, templates, read)
    return templates.get_template("deck.html").render(
        deck=deck,
        slides=slides,
        version=__version__,
        words=deck.words,
        favicon=deck.favicon or ICON,
        icon_names=browser.icons,
        own_styles=Markup(browser.styles),
        author_styles=[author_style(sheet, live=bool(deck.live)) for sheet in authors],
        assets=Markup(style_text(deck.assets)) or Markup(files.sheet()),
        beside=Markup(files.symbols() + files.unplaced()),
        head=Markup(deck.head),
        root=_root(deck),
        body=_with_class(deck.body),
        body_start=Markup(body_start),
        scripts=Markup(scripts),
        options=Markup(to_script_json(_browser_options(deck, browser.words))),
        head_script=Markup(compact(_required(read, "runtime/head.js"))),
        remote_script=Markup(compact(_required(read, "runtime/remote.js"))),
        show_script=Markup(browser.show),
        main_script=Markup(browser.main),
    )  # fmt: skip


def _with_class(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Attributes of the page's root or body, with the class that remark gives both."""
    own = attributes.get("class", "")
    return {
        "class": f"remark-container {own}".rstrip(),
        **{k: v for k, v in attributes.items() if k != "class"},
    }


def _root(deck: RenderedDeck) -> Mapping[str, str]:
    """Attributes of the page's root, with the direction of the deck's language if it runs from right to left."""
    attributes = _with_class(deck.root)
    right_to_left = direction(deck.lang) == "rtl" and "dir" not in attributes
    return {**attributes, "dir": "rtl"} if right_to_left else attributes


def _placed(slides: list[SlideView], files: Embedded) -> list[SlideView]:
    """The slides with their videos: each is on a last step, where it shows without scripts."""
    from markupsafe import Markup

    return [
        replace(slide, html=Markup(files.place(str(slide.html)))) if slide.last else slide for slide in slides
    ]


def _browser_options(deck: RenderedDeck, words: Mapping[str, str]) -> dict[str, object]:
    chosen = {name: deck.options[name] for name in PAGE_OPTIONS if name in deck.options}
    return {**chosen, **({"live": deck.live} if deck.live else {}), "words": words}


def _required(read: TemplateReader, path: str) -> str:
    text = read(path)
    if text is None:
        raise FileNotFoundError(path)
    return text


ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect x='1' y='2.5' width='14' height='11' rx='2' fill='%232f5d8a'/%3E"
    "%3Cpath d='M4 6.5h8M4 9.5h5' stroke='%23fff' stroke-width='1.4' stroke-linecap='round'/%3E%3C/svg%3E"
)
"""A slide with two lines on it."""
