"""The colour names that all themes share, and what front matter accepts as a colour."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from slidegen.patterns import lazy_compile

SLIDE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "background": "the ground of a slide",
        "foreground": "text",
        "heading": "headings of the second level and below",
        "title": "headings of the first level",
        "muted": "less important text: captions, footers, slide numbers, quotations",
        "line": "hairlines: of tables, boxes and rules",
        "control": "lines that have to be seen: of keys, check boxes, the ends of tables",
        "surface": "boxes, inline code, keys",
        "accent": "third-level headings, list marks, subtitles, `.highlight1`",
        "accent-2": "the other accent: `.highlight2`",
        "link": "links",
        "mark": "the ground of `.highlight` and `<mark>`",
        "mark-text": "text on it",
        "code": "inline code",
        "question": "the ground of `.question`",
        "question-line": "its edge",
        "conclusion": "the ground of `.conclusion`",
        "conclusion-line": "its edge",
        "red": "`.red`",
        "green": "`.green`",
        "blue": "`.blue`",
        "orange": "`.orange`",
        "white": "`.white`",
        "gray-224": "`.gray224`",
        "gray-192": "`.gray192`",
        "gray-160": "`.gray160`",
        "gray-128": "`.gray128`",
        "gray-96": "`.gray96`",
        "gray-64": "`.gray64`",
        "gray-32": "`.gray32`",
    }
)
"""The colours of a slide. Each has a counterpart `inverse-NAME` for slides on the theme's other background."""

WINDOW_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "stage": "what is around the slides",
        "panel": "the ground of the help and other panels",
        "panel-text": "text on it",
        "focus": "the ring around what has the focus",
    }
)
"""The colours of the window around the slides."""

COLOURS = (*SLIDE_COLOURS, *(f"inverse-{name}" for name in SLIDE_COLOURS), *WINDOW_COLOURS)
"""All names; `--slidegen-NAME` is the custom property."""

_NAMED = frozenset(
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood "
    "cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod "
    "darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon "
    "darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray "
    "dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green "
    "greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon "
    "lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon "
    "lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta "
    "maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen "
    "mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive "
    "olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru "
    "pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell "
    "sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise "
    "violet wheat white whitesmoke yellow yellowgreen transparent currentcolor".split()
)
_HEX = lazy_compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = lazy_compile(r"(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([\w\s.,%/+-]+\)")


def is_colour(text: str) -> bool:
    """Whether CSS takes the text for a colour: `#1b5e9b`, `crimson`, `rgb(27 94 155)`, `oklch(...)`."""
    lower = text.strip().lower()
    return bool(lower in _NAMED or _HEX.fullmatch(lower) or _FUNCTION.fullmatch(lower))


def colour_rules(colours: Mapping[str, str]) -> str:
    """The style sheet that sets colours of the vocabulary in a page."""
    return ":root { " + "; ".join(f"--slidegen-{name}: {value}" for name, value in colours.items()) + " }"


def inverse_rule(classes: tuple[str, ...], scheme: str) -> str:
    """The style rule that puts slides with one of these classes on a theme's other background."""
    turned = "; ".join(f"--slidegen-{name}: var(--slidegen-inverse-{name})" for name in SLIDE_COLOURS)
    chosen = ", ".join(f".{name}" for name in classes)
    return f".remark-slide-content:is({chosen}) {{ color-scheme: {scheme}; {turned} }}"
