"""The colours of a highlight style: remark's own from a table, others from Pygments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from slidegen.render.code.contrast import BLACK, WHITE, Colour, is_dark, parse_colour
from slidegen.render.code.style_names import NEWER

if TYPE_CHECKING:
    from pygments.style import Style as PygmentsStyle


class Look(Struct, frozen=True):
    """The look of a token; None for what it inherits."""

    colour: Colour | None = None
    ground: Colour | None = None
    bold: bool | None = None
    italic: bool = False
    underlined: bool = False


class Style(Struct, frozen=True):
    """A highlight style."""

    foreground: Colour
    background: Colour
    looks: Mapping[str, Look]
    """By scope, or `outer>inner` for a nested scope."""


KINDS = {
    "addition": "Generic.Inserted",
    "attr": "Name.Attribute",
    "attribute": "Name.Attribute",
    "built_in": "Name.Builtin",
    "bullet": "Keyword",
    "code": "Literal.String.Backtick",
    "comment": "Comment",
    "deletion": "Generic.Deleted",
    "doctag": "Comment.Special",
    "emphasis": "Generic.Emph",
    "keyword": "Keyword",
    "link": "Name.Label",
    "literal": "Keyword.Constant",
    "meta": "Comment.Preproc",
    "meta-keyword": "Comment.Preproc",
    "meta-string": "Comment.PreprocFile",
    "name": "Name.Tag",
    "number": "Literal.Number",
    "quote": "Comment",
    "regexp": "Literal.String.Regex",
    "section": "Generic.Heading",
    "selector-attr": "Name.Attribute",
    "selector-class": "Name.Class",
    "selector-id": "Name.Variable",
    "selector-pseudo": "Name.Decorator",
    "selector-tag": "Name.Tag",
    "string": "Literal.String",
    "strong": "Generic.Strong",
    "subst": "Literal.String.Interpol",
    "symbol": "Literal.String.Symbol",
    "tag": "Name.Tag",
    "template-variable": "Name.Variable",
    "title": "Name.Function",
    "class>title": "Name.Class",
    "type": "Keyword.Type",
    "variable": "Name.Variable",
}
"""highlight.js's scopes, each with the Pygments token type whose colour it has in a Pygments style."""

CHANGES = {"addition": Look((34, 134, 58)), "deletion": Look((179, 29, 40))}
"""Green and red of a diff for styles that use the same colour for both, which would make diffs unreadable."""


def style_names() -> frozenset[str]:
    """The names of all known highlight styles."""
    return frozenset((*_table(), *NEWER, *_pygments_names()))


@cache
def find_style(name: str) -> Style:
    """The highlight style of that name; raises KeyError if there is none."""
    line = _table().get(name)
    if line is not None:
        return _read(line)
    newer = NEWER.get(name)
    if newer is None and name not in _pygments_names():
        raise KeyError(name)
    from pygments.styles import get_style_by_name

    style = get_style_by_name(newer.pygments if newer else name)
    background = parse_colour(newer.background if newer else style.background_color)
    own = _own_foreground(style)
    if newer:
        foreground = parse_colour(newer.foreground)
    else:
        foreground = parse_colour(own) if own else WHITE if is_dark(background) else BLACK
    looks = {scope: look for scope, kind in KINDS.items() if (look := _look(style, kind, own)) != Look()}
    if looks.get("addition") == looks.get("deletion"):
        looks |= CHANGES
    return Style(foreground, background, looks)


@cache
def _table() -> Mapping[str, str]:
    from slidegen.render.code.highlight_styles import STYLES

    return {
        name: rules for name, mark, rules in (line.partition(" = ") for line in STYLES.splitlines()) if mark
    }


def _read(line: str) -> Style:
    grounds, *looks = line.split("; ")
    foreground, _, background = grounds.partition(" on ")
    return Style(parse_colour(foreground), parse_colour(background), dict(_read_looks(looks)))


def _read_looks(parts: list[str]) -> Iterator[tuple[str, Look]]:
    for part in parts:
        rules, _, scopes = part.partition(": ")
        given = rules.split()
        ground = parse_colour(given.pop(given.index("on") + 1)) if "on" in given else None
        colour = next((parse_colour(word) for word in given if word.startswith("#")), None)
        bold = True if "bold" in given else False if "normal" in given else None
        look = Look(colour, ground, bold, "italic" in given, "underline" in given)
        for scope in scopes.split():
            yield scope, look


def _look(style: type[PygmentsStyle], kind: str, own: str | None) -> Look:
    from pygments.token import string_to_tokentype

    written = style.style_for_token(string_to_tokentype(kind))
    colour = written["color"]
    # What looks like ordinary text in Pygments' style does so here, too.
    return Look(
        parse_colour(colour) if colour and colour != own else None,
        bold=written["bold"] or None,
        italic=bool(written["italic"]),
    )


def _own_foreground(style: type[PygmentsStyle]) -> str | None:
    from pygments.token import Name, Token

    return style.style_for_token(Name)["color"] or style.style_for_token(Token)["color"]


@cache
def _pygments_names() -> frozenset[str]:
    # Without plugins: asking every installed package for its entry points takes longer than a whole build.
    from pygments.styles import STYLE_MAP

    return frozenset(STYLE_MAP)
