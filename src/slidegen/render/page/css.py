"""The style sheets of a page: slidegen's own in cascade layers, and the author's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from slidegen.patterns import lazy_compile
from slidegen.render.html.names import Names
from slidegen.render.page.used_rules import (
    Sheet,
    custom_properties,
    matching,
    parsed_rules,
    read_rules,
    without_unused,
    written,
)
from slidegen.render.page_model import LAYERS, RenderedDeck, StyleSheet, slide_size

REMOTE_IMPORTS = lazy_compile(r'(?:@import url\("(?>(?:[^"\\\n]|\\.)*)"\)[^;\n]*+;\n)+')
"""The beginning of an author's style sheet that imports others from the network."""


_GIVEN = frozenset(("math",))
"""Layers whose style sheets are made for the deck, and have no unused rules."""


class AuthorStyle(Struct, frozen=True):
    """A style sheet of the author's for `deck.html`."""

    text: object
    media: str
    remote: object
    """The remote style sheets that precede it, as `@import`; the slides do not wait for them."""


def author_style(sheet: StyleSheet, *, live: bool) -> AuthorStyle:
    from markupsafe import Markup

    imports = None if live else REMOTE_IMPORTS.match(sheet.text)
    at = imports.end() if imports else 0
    text, remote = style_text(sheet.text[at:]), style_text(sheet.text[:at])
    return AuthorStyle(Markup(text), sheet.media, Markup(remote))


def own_style_text(deck: RenderedDeck, more: Sequence[StyleSheet] = ()) -> str:
    """slidegen's own style rules for a page: the order of the layers, the slide's size, and each layer."""
    layers = (_layered(sheet) for sheet in (*deck.styles, *more) if sheet.layer)
    return style_text("\n".join((_layers(), _geometry(deck), *layers)))


def page_style_text(
    deck: RenderedDeck, modules: Iterable[StyleSheet], names: Names | None, used: set[str]
) -> str:
    """The same for a built page, without rules that its slides do not use.

    `names` are those on its slides, None if a script or a template may add any; `used` are the custom
    properties that other parts of the page name.
    """
    own = tuple(sheet for sheet in deck.styles if sheet.layer)
    parts = _used_parts(own, tuple(modules), names, frozenset(used))
    return style_text("\n".join((_layers(), _geometry(deck), *parts)))


@lru_cache(maxsize=8)
def _used_parts(
    own: tuple[StyleSheet, ...], modules: tuple[StyleSheet, ...], names: Names | None, used: frozenset[str]
) -> list[str]:
    """The used part of each style sheet; cached, as decks of a course often agree."""
    sheets = [(sheet, _own_rules(sheet, names)) for sheet in own]
    sheets += [(sheet, read_rules(sheet.text)) for sheet in modules]
    rules = [own for _, own in sheets]
    if names is not None:
        given = (sheet.text for sheet, _ in sheets if sheet.layer in _GIVEN)
        rules = without_unused(rules, used.union(*map(custom_properties, given)))
    texts = [
        sheet.text if names is None and sheet.layer in _GIVEN else written(own)
        for (sheet, _), own in zip(sheets, rules, strict=True)
    ]
    return [
        _layered(replace(sheet, text=text)) for (sheet, _), text in zip(sheets, texts, strict=True) if text
    ]


def _own_rules(sheet: StyleSheet, names: Names | None) -> Sheet:
    if sheet.layer in _GIVEN:
        return parsed_rules(sheet.text) if names is not None else ()
    rules = read_rules(sheet.text)
    return rules if names is None else matching(rules, names)


def layered_text(texts: Iterable[str]) -> str:
    """Further style rules for a page that already has its layers."""
    return _layered(StyleSheet("".join(texts), "base"))


def _layers() -> str:
    return f"@layer {', '.join(f'slidegen.{layer}' for layer in LAYERS)};"


def _layered(sheet: StyleSheet) -> str:
    text = f"@layer slidegen.{sheet.layer} {{\n{sheet.text}\n}}"
    return f"@media {sheet.media} {{\n{text}\n}}" if sheet.media else text


def _geometry(deck: RenderedDeck) -> str:
    """The size of a slide, and of a printed page. `@page` is outside the layers, as an author's comes later."""
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


def style_text(css: str) -> str:
    """CSS that does not end the element around it."""
    return css.replace("</", "<\\/")
