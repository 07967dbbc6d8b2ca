"""The style sheets of a page: slidegen's own in cascade layers, and the author's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from slidegen.render.page_model import LAYERS, RenderedDeck, StyleSheet, slide_size

REMOTE_IMPORTS = re.compile(r'(?:@import url\("(?>(?:[^"\\\n]|\\.)*)"\)[^;\n]*+;\n)+')
"""What an author's style sheet begins with, where it or what it takes in is from the network."""


class AuthorStyle(Struct, frozen=True):
    """A style sheet of the author's, as `deck.html` is given it."""

    text: object
    media: str
    remote: object
    """The style sheets of the network that come before it, as `@import`; the slides do not wait for them."""


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


def style_text(css: str) -> str:
    """CSS that does not end the element it stands in."""
    return css.replace("</", "<\\/")
