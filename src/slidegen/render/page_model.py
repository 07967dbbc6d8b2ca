"""The inputs of a page: slides with finished HTML, and style sheets."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from msgspec import Struct, field

LAYERS = ("base", "vocabulary", "code", "math", "theme")
"""The cascade layers of slidegen's own style sheets, weakest first; an author's stand in none and win."""


class RenderedSlide(Struct, frozen=True):
    """One step of a slide, in the form in which remark shows it."""

    index: int
    """Place among all slides, steps counted, from 0: `#5` leads to index 4."""
    group: int
    """Place among the slides without their steps, from 0; the steps of one slide share it."""
    step: int
    """Place among the steps of its slide, from 0."""
    last_step: bool
    """Whether it is the last step of its slide, which is the one that is printed."""
    html: str
    """What stands in `.remark-slide-content`, without the slide number; balanced."""
    number: int = 0
    """The number that `%current%` stands for: what a reader types before Return."""
    total: int = 0
    """The number that `%total%` stands for."""
    number_text: str = ""
    """The slide number as shown, "3 / 23", as HTML; empty where none is."""
    name: str | None = None
    """The slide's `name:`, to which `#name` leads."""
    id: str = ""
    """`slide-NAME`, or nothing."""
    classes: tuple[str, ...] = ()
    """The classes beside `remark-slide-content`, `hljs-STYLE` among them."""
    style: str = ""
    """Inline declarations: the slide's background."""
    notes: str = ""
    """The presenter's notes as HTML; empty where they are not included."""
    title: str = ""
    """The slide's first heading as plain text, for readers who do not see the slide."""
    lang: str | None = None
    """Language of this slide where it is not the deck's."""
    dir: str | None = None
    """Which way its text runs, `rtl` or `ltr`, where the deck's runs the other way."""
    transition: str = ""
    """How it comes, `fade` or `slide`; empty for at once."""
    line: int = 0
    """Line of the source where the slide starts."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """The slide's properties as written, for scripts that ask remark's API for them."""


class StyleSheet(Struct, frozen=True):
    """CSS text, and the cascade layer it belongs to."""

    text: str
    layer: str = ""
    """One of `LAYERS`; empty for a style sheet of the author's, which stands in none."""
    media: str = ""
    """The media query under which it applies; empty for all."""


class RenderedDeck(Struct, frozen=True):
    """Everything a page says, in order."""

    title: str
    slides: tuple[RenderedSlide, ...]
    lang: str = "en"
    words: Mapping[str, str] = field(default_factory=dict)
    """What slidegen itself says in the page, in the deck's language; templates and the browser side look it up."""
    description: str = ""
    gather_foot: bool = True
    """Whether `.footer` and `.footnote` of a slide are stacked at its foot; themes with a vocabulary do."""
    favicon: str = ""
    """URL of the icon, `data:` or relative; empty for slidegen's own."""
    ratio: tuple[float, float] = (4.0, 3.0)
    """Width to height of a slide."""
    theme: str = "lecture"
    scheme: str = "light"
    """`light` or `dark`: in which colours the browser draws its own controls."""
    options: Mapping[str, object] = field(default_factory=dict)
    """remark's options as the deck sets them, by remark's names; the browser side is given those it needs."""
    styles: tuple[StyleSheet, ...] = ()
    """In the order in which they apply; slidegen's own and the author's may be mixed."""
    assets: str = ""
    """Style rules that hold each embedded file's bytes once; they stand after the slides."""
    head: str = ""
    """HTML of the author's for the end of `<head>`: meta elements, scripts."""
    root: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the `html` element beside slidegen's."""
    body: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the `body` element beside slidegen's."""
    body_start: str = ""
    """HTML of the author's that stands before the slides."""
    scripts: str = ""
    """HTML of the author's that follows the slides: scripts that work on them."""
    live: Mapping[str, object] = field(default_factory=dict)
    """What the browser side is told of the server that the page comes from; empty for a page that is built."""
    features: tuple[str, ...] = ()
    """Modules of the browser side beyond those every deck has, for what only some decks contain."""


def slide_size(ratio: tuple[float, float]) -> tuple[int, int]:
    """Width and height of a slide in CSS pixels before it is scaled, as remark computes them."""
    across, down = ratio
    return floor(681 * (across / down)), 681
