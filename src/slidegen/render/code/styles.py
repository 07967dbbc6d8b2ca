"""The colours of code: highlight styles as CSS, every token readable on its background."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from slidegen.render.code.contrast import (
    BLACK,
    WHITE,
    Colour,
    css_colour,
    is_dark,
    mix,
    parse_colour,
    readable,
)
from slidegen.render.code.style_names import HIGHLIGHT_JS
from slidegen.render.code.tokens import SCOPES

if TYPE_CHECKING:
    from pygments.style import Style

YELLOW: Colour = (255, 255, 0)
MARK_ON_LIGHT = 0.5
"""How much yellow remark lays over a highlighted line."""
MARK_ON_DARK = 0.2
"""Under light text, as much yellow as leaves it readable; remark's half makes it vanish."""
SPECIAL = re.compile(r"[^a-zA-Z0-9_-]")


@dataclass(frozen=True, slots=True)
class Look:
    """How a token is written."""

    colour: Colour
    bold: bool = False
    italic: bool = False


CHANGES = {"addition": Look((34, 134, 58)), "deletion": Look((179, 29, 40))}
"""A diff's green and red for a style that has the same colour for both: a diff would say nothing in it."""


@dataclass(frozen=True, slots=True)
class Palette:
    """A highlight style with all its colours readable."""

    background: Colour
    foreground: Colour
    tokens: Mapping[str, Look]
    """By scope; what looks like the foreground is not in it."""
    marked_background: Colour
    """What the yellow of a highlighted line makes of the background."""
    marked_foreground: Colour
    marked_tokens: Mapping[str, Look]
    """The same scopes on a highlighted line."""


def known_style(name: str) -> bool:
    """Whether highlight.js or Pygments has a highlight style of this name."""
    return name in HIGHLIGHT_JS or name in _pygments_names()


def nearest_styles(name: str) -> list[str]:
    """Up to three known names that look like the one written, the most similar first."""
    from difflib import get_close_matches  # only a mistake needs it

    return get_close_matches(name.lower(), sorted({*HIGHLIGHT_JS, *_pygments_names()}), n=3, cutoff=0.6)


@cache
def style_sheet(name: str) -> str:
    """The CSS of a highlight style, for code below `.hljs-NAME`; KeyError where no style has the name.

    The structure of code has rules of its own, the same for all styles: `CODE_RULES`.
    """
    colours = palette(name)
    style = f".hljs-{SPECIAL.sub(_escaped, name)}"
    code = f"{style} .hljs"
    marked = f"{code} :is(.remark-code-line-highlighted,.remark-code-span-highlighted)"
    plain, plain_background = css_colour(colours.foreground), css_colour(colours.background)
    rules = [
        f"{code}{{display:block;overflow-x:auto;padding:.5em;color:{plain};background:{plain_background};"
        "-webkit-print-color-adjust:exact;print-color-adjust:exact}",
        # highlight.js's class makes a block even of inline code.
        f"{style} .remark-inline-code.hljs{{display:inline;padding:.1em .2em}}",
        *_token_rules(style, colours.tokens),
    ]
    if is_dark(colours.background):
        rules.append(f"{marked}{{background-color:rgba(255,255,0,{MARK_ON_DARK:g})}}")
        # A second layer of yellow would be too light for the text.
        rules.append(
            f"{code} .remark-code-line-highlighted .remark-code-span-highlighted"
            "{background-color:transparent;outline:1px solid}"
        )
    if colours.marked_foreground != colours.foreground:
        rules.append(f"{marked}{{color:{css_colour(colours.marked_foreground)}}}")
    changed = {scope for scope, look in colours.tokens.items() if colours.marked_tokens[scope] != look}
    rules.extend(
        _token_rules(marked, {scope: colours.marked_tokens[scope] for scope in _with_parts(changed)})
    )
    return "\n".join(rules) + "\n"


@cache
def palette(name: str) -> Palette:
    """The colours of a highlight style; KeyError where no style has the name."""
    given = HIGHLIGHT_JS.get(name)
    if given is None and name not in _pygments_names():
        raise KeyError(name)
    from pygments.styles import get_style_by_name

    style = get_style_by_name(given.pygments if given else name)
    own = _own_foreground(style)
    background = parse_colour(given.background if given else style.background_color)
    if given:
        wanted = parse_colour(given.foreground)
    else:
        wanted = parse_colour(own) if own else WHITE if is_dark(background) else BLACK
    foreground = readable(wanted, background)
    looks = {scope: _look(style, kinds.split()[0], own, foreground) for scope, kinds in SCOPES.items()}
    if looks["addition"].colour == looks["deletion"].colour:
        looks |= CHANGES
    looks = {scope: _readable(look, background) for scope, look in looks.items()}
    coloured = {scope for scope, look in looks.items() if look != Look(foreground)}
    tokens = {scope: looks[scope] for scope in _with_parts(coloured)}
    dark = is_dark(background)
    marked_background = mix(background, YELLOW, MARK_ON_DARK if dark else MARK_ON_LIGHT)
    # On a light style a marked part of a marked line has a second layer of yellow.
    twice = marked_background if dark else mix(marked_background, YELLOW, MARK_ON_LIGHT)
    marked_foreground = readable(readable(foreground, marked_background), twice)
    marked_tokens = {
        scope: _readable(_readable(look, marked_background), twice) for scope, look in tokens.items()
    }
    return Palette(background, foreground, tokens, marked_background, marked_foreground, marked_tokens)


def _look(style: type[Style], kind: str, own: str | None, foreground: Colour) -> Look:
    from pygments.token import string_to_tokentype

    written = style.style_for_token(string_to_tokentype(kind))
    colour = written["color"]
    # What looks like all the text in Pygments' style does so here too.
    return Look(
        parse_colour(colour) if colour and colour != own else foreground, written["bold"], written["italic"]
    )


def _own_foreground(style: type[Style]) -> str | None:
    from pygments.token import Name, Token

    return style.style_for_token(Name)["color"] or style.style_for_token(Token)["color"]


def _readable(look: Look, background: Colour) -> Look:
    return replace(look, colour=readable(look.colour, background))


def _with_parts(scopes: set[str]) -> list[str]:
    """The scopes, and with each the more precise ones below it, which would else get its look."""
    return [scope for scope in SCOPES if scope in scopes or scope.split()[0] in scopes]


def _token_rules(below: str, looks: Mapping[str, Look]) -> list[str]:
    selectors: dict[tuple[bool, Look], list[str]] = {}
    for scope, look in looks.items():
        # Apart from the others, for `:is()` is as specific as the most specific selector in it.
        precise = " " in scope
        selectors.setdefault((precise, look), []).append(f".hljs-{scope.replace(' ', '.')}")
    return [
        f"{below} :is({','.join(each)}){{{_declarations(look)}}}" for (_, look), each in selectors.items()
    ]


def _declarations(look: Look) -> str:
    weight = ";font-weight:bold" if look.bold else ""
    slope = ";font-style:italic" if look.italic else ""
    return f"color:{css_colour(look.colour)}{weight}{slope}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


@cache
def _pygments_names() -> frozenset[str]:
    # Without plugins: asking every installed package for its entry points takes longer than a whole build.
    from pygments.styles import STYLE_MAP

    return frozenset(STYLE_MAP)
