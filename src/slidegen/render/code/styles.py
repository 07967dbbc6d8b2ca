"""Highlight styles as CSS, with their original colours or with every token made readable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from slidegen.kept import kept
from slidegen.patterns import lazy_compile
from slidegen.render.code.contrast import Colour, css_colour, is_dark, mix, parse_colour, readable
from slidegen.render.code.scan import NESTED
from slidegen.render.code.style_table import Look, Style, find_style, style_names
from slidegen.spelling import nearest

YELLOW: Colour = (255, 255, 0)
MARK_ON_LIGHT = 0.5
"""How much yellow remark puts over a highlighted line."""
MARK_ON_DARK = 0.2
"""As much yellow as leaves light text readable; with remark's half, it would vanish."""
SPECIAL = lazy_compile(r"[^a-zA-Z0-9_-]")


class MarkedColours(Struct, frozen=True):
    """Changes on the yellow of a highlighted line that keep it readable."""

    background: Colour
    foreground: Colour
    looks: Mapping[str, Look]
    """Looks by the scopes of the style."""


def known_style(name: str) -> bool:
    """Whether remark, highlight.js or Pygments has a highlight style of this name."""
    return _is_known(name, _pygments())


@kept(bool)
def _is_known(name: str, pygments: str) -> bool:
    del pygments
    return name in style_names()


def _pygments() -> str:
    """The version of Pygments, which styles depend on."""
    import pygments

    return pygments.__version__


def nearest_styles(name: str) -> list[str]:
    """Up to three known names similar to the one written, the most similar first."""
    return nearest(name.lower(), sorted(style_names()), most=3)


def style_sheet(name: str, *, legible: bool = False, background: str = "") -> str:
    """The CSS of a highlight style, for code below `.hljs-NAME`; raises KeyError for an unknown name.

    Its colours are those that the author knows; with `legible`, meant for the defaults of slidegen's own themes,
    each is adjusted until it is readable on its background, or on `background` (`#rgb` or `#rrggbb`), which replaces
    it. The structure of code has rules of its own, the same for all styles: `CODE_RULES`.
    """
    return _style_sheet(name, "legible" if legible else "", background if legible else "", _pygments())


@kept(str)
def _style_sheet(name: str, legible: str, background: str, pygments: str) -> str:
    del pygments
    style = legible_style(name, background) if legible else find_style(name)
    below = f".hljs-{SPECIAL.sub(_escaped, name)}"
    code = f"{below} .hljs"
    rules = [
        f"{code}{{display:block;overflow-x:auto;padding:.5em;color:{css_colour(style.foreground)};"
        f"background:{css_colour(style.background)};"
        "-webkit-print-color-adjust:exact;print-color-adjust:exact}",
        # highlight.js's class turns even inline code into a block.
        f"{below} .remark-inline-code.hljs{{display:inline;padding:.1em .2em}}",
        *_token_rules(below, style.looks),
    ]
    if legible:
        rules += _marked_rules(code, style)
    return "\n".join(rules) + "\n"


@cache
def legible_style(name: str, background: str = "") -> Style:
    """A highlight style with all its colours readable, on its own background or another.

    Raises KeyError for an unknown name.
    """
    style = find_style(name)
    if background:
        style = replace(style, background=parse_colour(background))
    looks = {scope: _legible(look, style.background) for scope, look in style.looks.items()}
    return replace(style, foreground=readable(style.foreground, style.background), looks=looks)


def marked(style: Style) -> MarkedColours:
    """A legible style on a highlighted line."""
    dark = is_dark(style.background)
    background = mix(style.background, YELLOW, MARK_ON_DARK if dark else MARK_ON_LIGHT)
    # On a light style, a marked part of a marked line has a second layer of yellow.
    twice = background if dark else mix(background, YELLOW, MARK_ON_LIGHT)
    looks = {
        scope: look if look.ground else _legible(_legible(look, background), twice)
        for scope, look in style.looks.items()
    }
    return MarkedColours(background, readable(readable(style.foreground, background), twice), looks)


def _legible(look: Look, background: Colour) -> Look:
    if look.colour is None:
        return look
    return replace(look, colour=readable(look.colour, look.ground or background))


def _marked_rules(code: str, style: Style) -> Iterator[str]:
    selector = f"{code} :is(.remark-code-line-highlighted,.remark-code-span-highlighted)"
    there = marked(style)
    if is_dark(style.background):
        yield f"{selector}{{background-color:rgba(255,255,0,{MARK_ON_DARK:g})}}"
        # A second layer of yellow would be too light for the text.
        yield (
            f"{code} .remark-code-line-highlighted .remark-code-span-highlighted"
            "{background-color:transparent;outline:1px solid}"
        )
    if there.foreground != style.foreground:
        yield f"{selector}{{color:{css_colour(there.foreground)}}}"
    changed = {scope: look for scope, look in there.looks.items() if look != style.looks[scope]}
    # including those that would otherwise win, being as specific as two more classes
    inner = {scope.rpartition(NESTED)[2] for scope in changed}
    nested = {scope: look for scope, look in there.looks.items() if NESTED in scope}
    again = {scope: look for scope, look in nested.items() if scope.rpartition(NESTED)[2] in inner}
    yield from _token_rules(selector, changed | again)


def _token_rules(below: str, looks: Mapping[str, Look]) -> Iterator[str]:
    alike: dict[Look, list[str]] = {}
    for scope, look in looks.items():
        if NESTED not in scope:
            alike.setdefault(look, []).append(f".hljs-{scope}")
    for look, scopes in alike.items():
        selector = scopes[0] if len(scopes) == 1 else f":is({','.join(scopes)})"
        yield f"{below} {selector}{{{_declarations(look)}}}"
    for scope, look in looks.items():
        if NESTED in scope:
            yield f"{below} .hljs-{scope.replace(NESTED, ' .hljs-')}{{{_declarations(look)}}}"


def _declarations(look: Look) -> str:
    properties = {
        "color": css_colour(look.colour) if look.colour else "",
        "background": css_colour(look.ground) if look.ground else "",
        "font-weight": "" if look.bold is None else "bold" if look.bold else "normal",
        "font-style": "italic" if look.italic else "",
        "text-decoration": "underline" if look.underlined else "",
    }
    return ";".join(f"{name}:{value}" for name, value in properties.items() if value)


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
