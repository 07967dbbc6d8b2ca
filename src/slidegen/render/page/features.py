"""Selects the browser modules that a page needs, and their style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from slidegen.patterns import lazy_compile
from slidegen.render.html.names import Names
from slidegen.render.page.scripts import compact, link, to_json
from slidegen.render.page.used_rules import minified
from slidegen.render.page_model import RenderedDeck, StyleSheet
from slidegen.render.template_reader import TemplateReader

BOOT_MODULES = ("keyboard.mjs", "touch.mjs", "print.mjs")
"""The modules with which every page is shown and navigated, besides those of its first script."""


PAGE_MODULES = (*BOOT_MODULES, "controls.mjs")
"""The modules that run in every page from the start, besides those of its first script."""


TOOL_MODULES = (
    "screen_modes.mjs", "reader.mjs", "print_extras.mjs", "live_region.mjs", "overview.mjs", "goto.mjs", "search.mjs",
    "timer.mjs", "presenter.mjs", "panes.mjs", "rehearse.mjs", "windows.mjs", "follow.mjs", "wake_lock.mjs",
    "laser.mjs", "draw.mjs", "zoom.mjs", "jumps.mjs", "help.mjs",
)  # fmt: skip
"""The modules that every page carries packed until one is needed."""


TOOL_STYLES = ("styles/bar.css",)
"""Style sheets that several of those share."""


TOOLS_LOADER = "tools.mjs"
"""The module that unpacks them."""


SLIDE_MODULES = (
    "media.mjs", "frames.mjs", "media_sync.mjs", "listings.mjs", "copy.mjs", "iframe_players.mjs", "enlarge.mjs",
    "math_roots.mjs", "panels.mjs", "countdown.mjs", "fit.mjs",
)  # fmt: skip
"""Modules for content of some decks; each begins with a comment that says which."""


SLIDE_STYLES = {
    "code-blocks": (".slidegen-framed", ".slidegen-input", ".slidegen-added"),
    "callouts": (".callout",),
    "columns": (".columns",),
    "placed": (".slidegen-placed",),
    "icons": (".slidegen-fa",),
    "diagrams": (".slidegen-diagram",),
}
"""Style sheets for content of some decks, and what that is."""


AUTHOR_COLUMNS = lazy_compile(r"\.columns?(?![\w])|\.column-\d")
"""Columns defined in an author's style sheet."""


GROWN_FEATURE = "grown.mjs"
"""The module for slides with many steps; it starts first, as others read what it unfolds."""


LIVE_MODULES = ("code.mjs", "phone.mjs")
"""Modules of the presenter's pages from `slidegen serve`: the phone as a remote control."""


LIVE_FEATURE = "live.mjs"
"""The module of pages from `slidegen serve`, whose slides may change while they are shown."""


_FOR_SLIDES = lazy_compile(r"// For slides with: (.+)\n")


def _option_features(options: Mapping[str, object]) -> Iterable[str]:
    if options.get("progress", "off") != "off":
        yield "progress.mjs"
    navigation = options.get("navigation")
    if isinstance(navigation, Mapping) and (navigation.get("click") or navigation.get("scroll")):
        yield "pointer.mjs"


def slide_features(names: Names, read: TemplateReader) -> Iterator[str]:
    """The modules for the content of slides with these names."""
    for module in SLIDE_MODULES:
        if any(map(names.has, _selectors(read(f"runtime/{module}") or ""))):
            yield module


@lru_cache(maxsize=64)
def _selectors(module: str) -> tuple[str, ...]:
    """The simple selectors of what a module is for."""
    match = _FOR_SLIDES.match(module)
    return tuple(match[1].split(", ")) if match else ()


def page_features(deck: RenderedDeck, names: Names, read: TemplateReader, *, grown: bool) -> list[str]:
    """The modules that run in a built page from the start, in starting order."""
    first = [GROWN_FEATURE] if grown else []
    options = _option_features(deck.options)
    return [*first, *PAGE_MODULES, *options, *deck.features, *slide_features(names, read), TOOLS_LOADER]


def live_features(deck: RenderedDeck) -> list[str]:
    """The modules of a live page: everything that a later edit may need."""
    options = _option_features(deck.options)
    modules = (*PAGE_MODULES, *TOOL_MODULES, *options, *deck.features, *SLIDE_MODULES)
    return [*dict.fromkeys((GROWN_FEATURE, *modules, *LIVE_MODULES, LIVE_FEATURE))]


def live_styles(deck: RenderedDeck, read: TemplateReader) -> list[StyleSheet]:
    """The style sheets of a live page's modules; they do not depend on its slides, as any may be added."""
    _, shown = link(["boot.mjs"], read)
    _, modules = link(live_features(deck), read, shown)
    return [
        *slide_styles(None, read, deck.styles),
        *tool_styles((), read),
        *feature_styles((*shown, *modules), read),
    ]


def feature_styles(modules: Iterable[str], read: TemplateReader) -> Iterator[StyleSheet]:
    """The style sheets of modules: `styles/NAME.css` belongs to `NAME.mjs`."""
    return _styles((f"styles/{module.removesuffix('.mjs')}.css" for module in modules), read)


def slide_styles(
    names: Names | None, read: TemplateReader, styles: Iterable[StyleSheet]
) -> Iterator[StyleSheet]:
    """The style sheets for the content of slides with these names; all if `names` is None.

    If one of `styles` is an author's that has columns, slidegen's are omitted.
    """
    for name, selectors in SLIDE_STYLES.items():
        if name == "columns" and any(not each.layer and AUTHOR_COLUMNS.search(each.text) for each in styles):
            continue
        if names is None or any(map(names.has, selectors)):
            text = read(f"styles/{name}.css")
            if text is not None:
                yield StyleSheet(minified(text), "vocabulary")


def tool_styles(modules: Iterable[str], read: TemplateReader) -> Iterator[StyleSheet]:
    """The style sheets of those of the packed modules, after the ones they share."""
    yield from _styles(TOOL_STYLES, read)
    yield from feature_styles(modules, read)


def _styles(paths: Iterable[str], read: TemplateReader) -> Iterator[StyleSheet]:
    for path in paths:
        text = read(path)
        if text is not None:
            yield StyleSheet(minified(text), "base")


def start_script(features: Iterable[str]) -> str:
    """A script that starts each module separately, so that one that fails does not affect others."""
    return compact(
        f"for (const name of {to_json(list(features))}) {{\n"
        'const { deck, options } = slidegen["boot.mjs"];\n'
        "try { slidegen[name].start(deck, slideshow, options); } catch (error) { reportError(error); }\n}\n"
    )
