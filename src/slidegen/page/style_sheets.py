"""Selects the style sheets of a deck's page: slidegen's own, and the author's."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

from slidegen.compile.compile import CompiledDeck
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.patterns import lazy_compile
from slidegen.project.theme_selection import own_styles, unknown_xaringan_style_hint
from slidegen.render.assets import Assets
from slidegen.render.math import FAMILY, MathFontMissingError, subset_font
from slidegen.render.page.used_rules import minified
from slidegen.render.page_model import StyleSheet
from slidegen.render.template_reader import TemplateReader
from slidegen.render.theme import name_formulas
from slidegen.render.xaringan_styles import has_xaringan_style, xaringan_style_name

REFERS = lazy_compile(r"url\(|@import", re.IGNORECASE)


def _highlight_styles(compiled: CompiledDeck) -> dict[str, bool]:
    """The highlight styles of the deck's slides, and whether the author named each."""
    found: dict[str, bool] = {}
    for slide in compiled.deck.slides:
        name = compiled.highlight_style(slide)
        found[name] = found.get(name, False) or compiled.names_highlight_style(slide)
    return found


def math_font_url(characters: Iterable[str]) -> str:
    """The math font reduced to the glyphs that formulas use, as a URL."""
    try:
        font = b64encode(subset_font(characters)).decode("ascii")
    except MathFontMissingError as error:
        raise DeckError(Diagnostic(Code.TEMPLATE_FAILED, str(error))) from error
    return f"data:font/ttf;base64,{font}"


def _math_styles(font: str, css: str) -> Iterator[StyleSheet]:
    """The rules for formulas, and their font."""
    face = f'@font-face {{ font-family: "{FAMILY}"; src: url({font}) format("truetype"); }}'
    yield StyleSheet(face, "math")
    yield StyleSheet(minified(css), "math")


def own_page_styles(compiled: CompiledDeck, math_font: str | None, assets: Assets) -> Iterator[StyleSheet]:
    """The style sheets of slidegen and of the theme.

    `math_font` is the URL of the font for formulas, None if there are none.
    """
    read = _with_theme_files(compiled, assets)
    colors = compiled.deck.config.colors
    yield from own_styles(
        compiled.theme, colors, _highlight_styles(compiled), _xaringan_styles(compiled), read
    )
    if math_font is not None:
        yield from _math_styles(math_font, read("styles/math.css") or "")


def _with_theme_files(compiled: CompiledDeck, assets: Assets) -> TemplateReader:
    """Reads templates; a theme of the user's comes with the pictures, fonts and style sheets beside it."""
    templates = compiled.project.templates
    name = f"themes/{compiled.theme.name}/theme.css"
    path = templates.file(name)
    if path is None or not templates.replaces(name) or REFERS.search(templates.text(name) or "") is None:
        return templates.text
    return lambda asked: assets.file_css(path) if asked == name else templates.text(asked)


def _xaringan_styles(compiled: CompiledDeck) -> list[str]:
    """The names of those style sheets that come from xaringan."""
    return [name for reference in compiled.deck.config.css if (name := xaringan_style_name(reference))]


def author_styles(compiled: CompiledDeck, assets: Assets, deck: Path) -> Iterator[StyleSheet]:
    """The author's style sheets in order."""
    templates = compiled.project.templates
    for reference in compiled.deck.config.css:
        name = xaringan_style_name(reference)
        if name is not None and has_xaringan_style(name, templates.text):
            continue
        if name == reference:
            hint = unknown_xaringan_style_hint(name, templates)
            place = compiled.places_in("css")(name)
            compiled.reporter.report(Code.MISSING_ASSET, f"there is no style sheet {name}", place, hint=hint)
            continue
        text = assets.css_file(reference, deck, compiled.places_in("css"))
        if text is not None:
            yield StyleSheet(name_formulas(text))
    if compiled.page is not None:
        from slidegen.page.author_page import page_styles

        yield from page_styles(compiled, compiled.page, assets, deck)
