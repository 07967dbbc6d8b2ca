"""A rendered deck becomes the text of its page, through the templates of slidegen and of the user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from slidegen import __version__
from slidegen.deck.density import FIT_CLASS
from slidegen.render.direction import direction
from slidegen.render.page_slides import GROWN, PageSlide, dressed, fold, to_json
from slidegen.render.rendered import LAYERS, RenderedDeck, StyleSheet, slide_size
from slidegen.render.runtime import TemplateReader, compact, link
from slidegen.render.theme import compact_css

if TYPE_CHECKING:
    from jinja2 import Environment

BROWSER_OPTIONS = (
    "ratio", "navigation", "timer", "plan", "slideNumberFormat", "cloneTarget", "highlightStyle",
    "highlightLines", "highlightSpans", "highlightInlineCode", "highlightLanguage", "progress",
)  # fmt: skip
"""The options that the browser side asks for."""

SHOWING = ("keyboard.mjs", "touch.mjs", "print.mjs")
"""The modules by which every page is shown and moved through, beside those of its first script."""

FEATURES = (
    *SHOWING, "screen.mjs", "controls.mjs", "reader.mjs", "paper.mjs", "announce.mjs", "overview.mjs", "goto.mjs",
    "search.mjs", "timer.mjs", "presenter.mjs", "windows.mjs", "follow.mjs", "awake.mjs", "laser.mjs", "draw.mjs",
    "help.mjs",
)  # fmt: skip
"""The modules that every page has beside those of its first script."""

SLIDE_FEATURES = {
    "media.mjs": (" data-asset-", "<video", "<audio"),
    "frames.mjs": (" data-carded",),
    "playing.mjs": ("<video", "<audio"),
    "listings.mjs": ("remark-code ", 'remark-code"'),
    "copy.mjs": ("remark-code ", 'remark-code"'),
    "players.mjs": ("<iframe",),
    "enlarge.mjs": ("<img",),
    "roots.mjs": ("<msqrt", "<mroot"),
    "panels.mjs": ("panelset",),
    "countdown.mjs": ("slidegen-countdown",),
    "fit.mjs": (FIT_CLASS,),
}
"""Modules for what stands in some decks' slides, and what tells that it does."""
REMOTE_IMPORTS = re.compile(r'(?:@import url\("(?>(?:[^"\\\n]|\\.)*)"\)[^;\n]*+;\n)+')
"""What an author's style sheet begins with, where it or what it takes in is from the network."""

GROWN_FEATURE = "grown.mjs"
"""The module for slides with many steps; it starts first, as others read what it unfolds."""
LIVE_FEATURE = "live.mjs"
"""The module of pages that come from `slidegen serve`, whose slides may change while they are shown."""


@dataclass(frozen=True, slots=True)
class AuthorStyle:
    """A style sheet of the author's, as `deck.html` is given it."""

    text: object
    media: str
    remote: object
    """The style sheets of the network that come before it, as `@import`; the slides do not wait for them."""


class Embedded(Protocol):
    """The files that stand in the page."""

    def place(self, html: str) -> str:
        """A part of the page with the films and scripts that it is the first to use."""

    def sheet(self) -> str:
        """Style rules that hold the bytes of all pictures."""

    def symbols(self) -> str:
        """Drawings that slides use parts of."""

    def unplaced(self) -> str:
        """Films that no slide was the first to use."""


class NoFiles:
    """What a page has without any file."""

    def place(self, html: str) -> str:
        """The part as it is."""
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
    page_slides: Sequence[PageSlide] | None = None,
) -> str:
    """The page as one text: the template `deck.html` of an environment that escapes what is no HTML.

    `page_slides` are what `slide.html` is given where the deck's slides have been folded before. Raises
    jinja2.TemplateError where a template does not compile or fails; LinkError where a feature names no module.
    """
    from markupsafe import Markup  # here, as Jinja2 is: neither is needed to say what is wrong with a deck

    authors = [sheet for sheet in deck.styles if not sheet.layer]
    files = files or NoFiles()
    slides = _placed(list(_page_slides(deck) if page_slides is None else page_slides), files)
    body_start, scripts = files.place(deck.body_start), files.place(deck.scripts)
    show, linked = link(["show.mjs"], read)
    features = _live_features(deck) if deck.live else [*_features(deck), *_slide_features(slides)]
    if any(GROWN in slide.attributes for slide in slides) and not deck.live:
        features.insert(0, GROWN_FEATURE)
    main, modules = link(features, read, linked)
    own = (
        [] if deck.live else list(_feature_styles((*linked, *modules), read))
    )  # a live page has them already
    return templates.get_template("deck.html").render(
        deck=deck,
        slides=slides,
        version=__version__,
        words=deck.words,
        favicon=deck.favicon or ICON,
        own_styles=Markup(own_style_text(deck, own)),
        author_styles=[_author_style(sheet, live=bool(deck.live)) for sheet in authors],
        assets=Markup(_style_text(deck.assets)) or Markup(files.sheet()),
        beside=Markup(files.symbols() + files.unplaced()),
        head=Markup(deck.head),
        root=_root(deck),
        body=_with_class(deck.body),
        body_start=Markup(body_start),
        scripts=Markup(scripts),
        options=Markup(_script_json(_browser_options(deck))),
        head_script=Markup(compact(_required(read, "runtime/head.js"))),
        remote_script=Markup(compact(_required(read, "runtime/remote.js"))),
        show_script=Markup(show),
        main_script=Markup(main + _start(features)),
    )  # fmt: skip


def _author_style(sheet: StyleSheet, *, live: bool) -> AuthorStyle:
    from markupsafe import Markup

    imports = None if live else REMOTE_IMPORTS.match(sheet.text)
    at = imports.end() if imports else 0
    text, remote = _style_text(sheet.text[at:]), _style_text(sheet.text[:at])
    return AuthorStyle(Markup(text), sheet.media, Markup(remote))


def _with_class(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Attributes of the page's root or body, with the class that remark gives to both."""
    own = attributes.get("class", "")
    return {
        "class": f"remark-container {own}".rstrip(),
        **{k: v for k, v in attributes.items() if k != "class"},
    }


def _root(deck: RenderedDeck) -> Mapping[str, str]:
    """Attributes of the page's root, with the direction of the deck's language where it runs to the left."""
    attributes = _with_class(deck.root)
    right_to_left = direction(deck.lang) == "rtl" and "dir" not in attributes
    return {**attributes, "dir": "rtl"} if right_to_left else attributes


def _page_slides(deck: RenderedDeck) -> Iterator[PageSlide]:
    for _, group in groupby(deck.slides, key=lambda slide: slide.group):
        steps = list(group)
        yield from dressed(fold(steps, gather=deck.gather_foot), steps, deck.words)


def _placed(slides: list[PageSlide], files: Embedded) -> list[PageSlide]:
    """The slides with their films: one stands where it shows without script, on a last step."""
    from markupsafe import Markup

    return [
        replace(slide, html=Markup(files.place(str(slide.html)))) if slide.last else slide for slide in slides
    ]


def slide_html(slide: PageSlide, deck: RenderedDeck, templates: Environment) -> str:
    """One step as it stands in the page, through the template `slide.html`."""
    return templates.get_template("slide.html").render(slide=slide, deck=deck, version=__version__)


def _browser_options(deck: RenderedDeck) -> dict[str, object]:
    chosen = {name: deck.options[name] for name in BROWSER_OPTIONS if name in deck.options}
    return {**chosen, **({"live": deck.live} if deck.live else {}), "words": deck.words}


def _option_features(options: Mapping[str, object]) -> Iterable[str]:
    if options.get("progress", "off") != "off":
        yield "progress.mjs"
    navigation = options.get("navigation")
    if isinstance(navigation, Mapping) and (navigation.get("click") or navigation.get("scroll")):
        yield "pointer.mjs"


def _slide_features(slides: Iterable[PageSlide]) -> Iterable[str]:
    texts = [
        str(text)
        for slide in slides
        for text in (slide.html, slide.notes or "", slide.content_attributes.get("class", ""))
    ]
    for name, hints in SLIDE_FEATURES.items():
        if any(hint in text for text in texts for hint in hints):
            yield name


def live_styles(deck: RenderedDeck, read: TemplateReader) -> list[StyleSheet]:
    """The style sheets of the modules of a live page; they do not depend on its slides, as any may come."""
    _, shown = link(["show.mjs"], read)
    _, modules = link(_live_features(deck), read, shown)
    return list(_feature_styles((*shown, *modules), read))


def _features(deck: RenderedDeck) -> list[str]:
    return [*FEATURES, *_option_features(deck.options), *deck.features]


def _live_features(deck: RenderedDeck) -> list[str]:
    return [*dict.fromkeys((GROWN_FEATURE, *_features(deck), *SLIDE_FEATURES, LIVE_FEATURE))]


def _feature_styles(modules: Iterable[str], read: TemplateReader) -> Iterator[StyleSheet]:
    """The style sheets of modules: `styles/NAME.css` is that of `NAME.mjs`."""
    for module in modules:
        text = read(f"styles/{module.removesuffix('.mjs')}.css")
        if text is not None:
            yield StyleSheet(compact_css(text), "base")


def _start(features: Iterable[str]) -> str:
    """Starts each module by itself, so that one that fails takes no other with it."""
    return compact(
        f"for (const name of {to_json(list(features))}) {{\n"
        'const { deck, options } = slidegen["show.mjs"];\n'
        "try { slidegen[name].start(deck, slideshow, options); } catch (error) { reportError(error); }\n}\n"
    )


def own_style_text(deck: RenderedDeck, more: Sequence[StyleSheet] = ()) -> str:
    """slidegen's own style rules for a page: the order of the layers, the slide's size, and each layer."""
    layers = (_layered(sheet) for sheet in (*deck.styles, *more) if sheet.layer)
    return _style_text("\n".join((_layers(), _geometry(deck), *layers)))


def _layers() -> str:
    return f"@layer {', '.join(f'slidegen.{layer}' for layer in LAYERS)};"


def _layered(sheet: StyleSheet) -> str:
    text = f"@layer slidegen.{sheet.layer} {{\n{sheet.text}\n}}"
    return f"@media {sheet.media} {{\n{text}\n}}" if sheet.media else text


def _geometry(deck: RenderedDeck) -> str:
    """The size of a slide, and of a printed page. `@page` stands outside a layer: an author's comes later."""
    width, height = slide_size(deck.ratio)
    across, down = deck.ratio
    page_width, page_height = _whole_points(width), _whole_points(height)
    properties = {
        "--slidegen-width": f"{width}px",
        "--slidegen-height": f"{height}px",
        "--slidegen-ratio": f"{across:g} / {down:g}",
        "--slidegen-page-width": page_width,
        "--slidegen-page-height": page_height,
        "color-scheme": deck.scheme,
    }
    declarations = "; ".join(f"{name}: {value}" for name, value in properties.items())
    return (
        f"@layer slidegen.base {{ :root {{ {declarations} }} }}\n"
        f"@page {{ size: {page_width} {page_height}; margin: 0; }}"
    )


def _whole_points(pixels: int) -> str:
    """The length without a fraction of a point.

    Chromium rounds the size of a page to whole points; rounded up, it would show a line beside the slide.
    """
    return f"{pixels * 3 // 4}pt"


def _style_text(css: str) -> str:
    """CSS that does not end the element it stands in."""
    return css.replace("</", "<\\/")


def _script_json(value: object) -> str:
    return to_json(value).replace("<", "\\u003c")


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
