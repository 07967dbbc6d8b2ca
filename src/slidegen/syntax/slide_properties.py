"""The table of slide properties, from which their checks, their inheritance and their docs are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from slidegen.option_types import DENSITIES, SWITCHES, TRANSITIONS, duration


class PropertyKind(Struct, frozen=True):
    """What values a property takes."""

    says: str
    """What docs and diagnostics call it: "expects a time such as 5 min"."""
    accepts: Callable[[str], bool] | None = None
    """Whether a value has this type; None if any value does, or remark ignores those that do not."""


class SlideProperty(Struct, frozen=True):
    """A property that a slide may have."""

    kind: PropertyKind
    says: str
    """What it does, in a sentence of Markdown for the docs."""
    inherited: bool = True
    """Whether a slide inherits it from its template, its layout, or the step before it."""
    from_remark: bool = True
    """Whether decks written for remark use it. Names of slidegen's own are also words of prose."""
    is_text: bool = True
    """Whether its value may be shown; otherwise it only describes the slide."""


def _is_time(value: str) -> bool:
    try:
        duration(value)
    except ValueError:
        return False
    return True


def _one_of(*names: str) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


TEXT = PropertyKind("a text")
NAME = PropertyKind("a name")
CLASSES = PropertyKind("class names")
VARIANTS = PropertyKind("names of variants")
CSS = PropertyKind("a value as in CSS")
TRUE_OR_FALSE = PropertyKind("true or false", ("true", "false").__contains__)
"""As remark reads it: any other word has no effect."""
SWITCH = PropertyKind("true or false", lambda value: value.lower() in SWITCHES)
DENSITY = PropertyKind(_one_of(*DENSITIES), DENSITIES.__contains__)
TRANSITION = PropertyKind(_one_of(*TRANSITIONS), ("false", *TRANSITIONS).__contains__)
TIME = PropertyKind("a time such as 5 min or 1:30", _is_time)

SLIDE_PROPERTIES: Mapping[str, SlideProperty] = {
    "name": SlideProperty(
        NAME,
        "Gives the slide a name, for `#name` and `template:`; its element has the id `slide-name`.",
        inherited=False,
        is_text=False,
    ),
    "class": SlideProperty(
        CLASSES, "Content classes, separated by commas or spaces; inherited ones are added.", is_text=False
    ),
    "layout": SlideProperty(
        TRUE_OR_FALSE,
        "`true` makes the slide the template of those after it, until `layout: false`; it is not shown.",
        inherited=False,
        is_text=False,
    ),
    "template": SlideProperty(
        NAME,
        "Inherits content, notes, classes and properties from an earlier slide with that name.",
        is_text=False,
    ),
    "count": SlideProperty(
        TRUE_OR_FALSE, "With `false`, the slide has no number.", inherited=False, is_text=False
    ),
    "exclude": SlideProperty(
        PropertyKind("true, or names of variants"),
        "Leaves out the slide and its steps, always or in these [variants](reuse.md).",
        is_text=False,
    ),
    "continued": SlideProperty(
        TRUE_OR_FALSE, "`true` makes the slide a step of the one before, as `--` does.", is_text=False
    ),
    "background-image": SlideProperty(CSS, "The picture behind the slide: `url(images/plan.jpg)`."),
    "background-color": SlideProperty(
        CSS, "The colour behind the slide; a translucent one, such as `#7fb2d92e`, tints the theme's."
    ),
    "background-size": SlideProperty(CSS, "How large the background picture is."),
    "background-position": SlideProperty(CSS, "Where the background picture is."),
    "background-repeat": SlideProperty(CSS, "Whether the background picture repeats."),
    "highlight-style": SlideProperty(NAME, "The colours of the slide's code."),
    "footer": SlideProperty(TEXT, "Markdown at the foot of the slide; `false` for none."),
    "lang": SlideProperty(
        TEXT,
        "The slide's language, if it is not the deck's; Arabic, Hebrew, Persian, Urdu and others "
        "run from right to left.",
        from_remark=False,
    ),
    "transition": SlideProperty(TRANSITION, "How the slide appears.", from_remark=False),
    "time": SlideProperty(
        TIME, "How long the slide takes, for the [presenter view](presenting.md).", from_remark=False
    ),
    "only": SlideProperty(
        VARIANTS,
        "Leaves out the slide and its steps in all other [variants](reuse.md).",
        from_remark=False,
        is_text=False,
    ),
    "density": SlideProperty(DENSITY, "How large text is in slidegen's themes.", from_remark=False),
    "fit": SlideProperty(
        SWITCH,
        "`true` makes the slide's content as large as fits, or as small as necessary.",
        from_remark=False,
    ),
}
"""By name; remark's own first, and the footer that layouts written for it show."""
