"""The inputs of a page: slides with finished HTML, and style sheets."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from msgspec import Struct, field

LAYERS = ("base", "vocabulary", "code", "math", "theme")
"""The cascade layers of slidegen's own style sheets, weakest first; an author's are in none, and win."""


class RenderedSlide(Struct, frozen=True):
    """One step of a slide, in the form in which remark shows it."""

    index: int
    """Place among all slides, steps counted, from 0: `#5` leads to index 4."""
    group: int
    """Index among the slides without their steps, from 0; the steps of one slide share it."""
    step: int
    """Index among the steps of its slide, from 0."""
    last_step: bool
    """Whether it is the last step of its slide, which is the one that is printed."""
    html: str
    """The content of `.remark-slide-content`, without the slide number; balanced."""
    number: int = 0
    """The number for `%current%`, which a reader types before Return."""
    total: int = 0
    """The number for `%total%`."""
    number_text: str = ""
    """The slide number as shown, "3 / 23", as HTML; empty if there is none."""
    name: str | None = None
    """The slide's `name:`, to which `#name` leads."""
    id: str = ""
    """`slide-NAME`, or nothing."""
    classes: tuple[str, ...] = ()
    """The classes besides `remark-slide-content`, including `hljs-STYLE`."""
    style: str = ""
    """Inline declarations: the slide's background."""
    notes: str = ""
    """The presenter's notes as HTML; empty if they are not included."""
    title: str = ""
    """The slide's first heading as plain text, for readers who do not see the slide."""
    lang: str | None = None
    """Language of this slide if it is not the deck's."""
    dir: str | None = None
    """Direction of its text, `rtl` or `ltr`, if the deck's is the other one."""
    transition: str = ""
    """Its transition, `fade` or `slide`; empty for none."""
    line: int = 0
    """Line of the source where the slide starts."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """The slide's properties as written, for scripts that use remark's API."""


class StyleSheet(Struct, frozen=True):
    """CSS text, and the cascade layer it belongs to."""

    text: str
    layer: str = ""
    """One of `LAYERS`; empty for a style sheet of the author's, which is in none."""
    media: str = ""
    """The media query under which it applies; empty for all."""


class LinkPreview(Struct, frozen=True):
    """What other programs show where someone links to the page."""

    address: str
    """Where the page is published."""
    picture: str = ""
    """The address of a picture; empty if there is none."""
    width: int = 0
    """Of the picture, in pixels."""
    height: int = 0


class RenderedDeck(Struct, frozen=True):
    """Everything a page says, in order."""

    title: str
    slides: tuple[RenderedSlide, ...]
    lang: str = "en"
    words: Mapping[str, str] = field(default_factory=dict)
    """slidegen's own words in the page, in the deck's language, for templates and the browser side."""
    description: str = ""
    gather_foot: bool = True
    """Whether `.footer` and `.footnote` of a slide are stacked at its foot, as in themes with a vocabulary."""
    favicon: str = ""
    """URL of the icon, `data:` or relative; empty for slidegen's own."""
    ratio: tuple[float, float] = (4.0, 3.0)
    """Width to height of a slide."""
    theme: str = "lecture"
    scheme: str = "light"
    """`light` or `dark`: the colours in which the browser draws its own controls."""
    options: Mapping[str, object] = field(default_factory=dict)
    """remark's options as the deck sets them, by remark's names; the browser side is given those it needs."""
    styles: tuple[StyleSheet, ...] = ()
    """In the order in which they apply; slidegen's own and the author's may be mixed."""
    assets: str = ""
    """Style rules that contain each embedded file's bytes once; they come after the slides."""
    head: str = ""
    """The author's HTML for the end of `<head>`: meta elements, scripts."""
    root: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the `html` element besides slidegen's."""
    body: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the `body` element besides slidegen's."""
    body_start: str = ""
    """The author's HTML before the slides."""
    scripts: str = ""
    """The author's HTML after the slides: scripts that work on them."""
    live: Mapping[str, object] = field(default_factory=dict)
    """What the browser side needs to know about its server; empty for a built page."""
    preview: LinkPreview | None = None
    """None if it is not known where the page is published."""
    features: tuple[str, ...] = ()
    """Modules of the browser side for what only some decks contain."""


PREVIEW_WIDTH = 1200
"""Width of the picture for link previews in pixels, as the programs that show them recommend."""


def preview_size(ratio: tuple[float, float]) -> tuple[int, int]:
    """Width and height of the picture for link previews in pixels."""
    width, height = slide_size(ratio)
    return PREVIEW_WIDTH, round(height * PREVIEW_WIDTH / width)


def slide_size(ratio: tuple[float, float]) -> tuple[int, int]:
    """Width and height of a slide in CSS pixels before it is scaled, as remark computes them."""
    across, down = ratio
    return floor(681 * (across / down)), 681
