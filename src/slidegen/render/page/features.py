"""Selects the browser modules that a page needs, and their style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from slidegen.deck.density import FIT_CLASS
from slidegen.render.page.scripts import compact, link, to_json
from slidegen.render.page.slide_view import SlideView
from slidegen.render.page_model import RenderedDeck, StyleSheet
from slidegen.render.template_reader import TemplateReader
from slidegen.render.theme import compact_css

BOOT_MODULES = ("keyboard.mjs", "touch.mjs", "print.mjs")
"""The modules by which every page is shown and moved through, beside those of its first script."""


MODULES = (
    *BOOT_MODULES, "screen.mjs", "controls.mjs", "reader.mjs", "paper.mjs", "announce.mjs", "overview.mjs", "goto.mjs",
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


GROWN_FEATURE = "grown.mjs"
"""The module for slides with many steps; it starts first, as others read what it unfolds."""


LIVE_FEATURE = "live.mjs"
"""The module of pages that come from `slidegen serve`, whose slides may change while they are shown."""


def _option_features(options: Mapping[str, object]) -> Iterable[str]:
    if options.get("progress", "off") != "off":
        yield "progress.mjs"
    navigation = options.get("navigation")
    if isinstance(navigation, Mapping) and (navigation.get("click") or navigation.get("scroll")):
        yield "pointer.mjs"


def slide_features(slides: Iterable[SlideView]) -> Iterable[str]:
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
    _, modules = link(live_features(deck), read, shown)
    return list(feature_styles((*shown, *modules), read))


def page_features(deck: RenderedDeck) -> list[str]:
    return [*MODULES, *_option_features(deck.options), *deck.features]


def live_features(deck: RenderedDeck) -> list[str]:
    return [*dict.fromkeys((GROWN_FEATURE, *page_features(deck), *SLIDE_FEATURES, LIVE_FEATURE))]


def feature_styles(modules: Iterable[str], read: TemplateReader) -> Iterator[StyleSheet]:
    """The style sheets of modules: `styles/NAME.css` is that of `NAME.mjs`."""
    for module in modules:
        text = read(f"styles/{module.removesuffix('.mjs')}.css")
        if text is not None:
            yield StyleSheet(compact_css(text), "base")


def start_script(features: Iterable[str]) -> str:
    """Starts each module by itself, so that one that fails takes no other with it."""
    return compact(
        f"for (const name of {to_json(list(features))}) {{\n"
        'const { deck, options } = slidegen["show.mjs"];\n'
        "try { slidegen[name].start(deck, slideshow, options); } catch (error) { reportError(error); }\n}\n"
    )
