"""Recognises properties of slides that are given in front matter, where nothing uses them."""

from __future__ import annotations

import re

from slidegen.config import deck_option_names
from slidegen.diagnostics import Code, Reporter
from slidegen.reading.front_matter import SHARED
from slidegen.reading.source_deck import SourceDeck
from slidegen.syntax.slide_properties import SLIDE_PROPERTIES

OF_SLIDES = frozenset(
    key
    for key, row in SLIDE_PROPERTIES.items()
    if row.from_remark and key not in (*SHARED, *deck_option_names(), "name", "exclude")
)
"""Properties that mean nothing outside slides. `name`, `exclude` and most values of `layout` are Jekyll's as well."""


def warn_of_slide_properties(deck: SourceDeck, reporter: Reporter) -> None:
    """Report properties of slides that are given in front matter, where nothing uses them."""
    if any(each.code is Code.OTHER_TOOL for each in reporter):
        return  # they are another program's
    for setting in deck.settings:
        key = setting.key
        if key not in OF_SLIDES or (key == "layout" and setting.written not in ("true", "false")):
            continue
        if re.search(rf"\{{\{{\s*{key}\s*\}}\}}", deck.source.text[deck.start :]):
            continue
        reporter.report(
            Code.PROPERTY_IN_FRONT_MATTER,
            f"{key} is a property of slides; in front matter it does nothing",
            setting.key_span,
            hint=f"write {key}: {setting.written or '...'} on the first line of a slide, below front matter",
        )
