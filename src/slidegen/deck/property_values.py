"""Checks the values of slide properties against the table of their types."""

from __future__ import annotations

from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, Reporter
from slidegen.syntax.slide_properties import SLIDE_PROPERTIES

CHECKED = {key: row.kind for key, row in SLIDE_PROPERTIES.items() if row.kind.accepts is not None}


def check_properties(deck: Deck, reporter: Reporter) -> None:
    """Warn of properties whose values have the wrong type."""
    for slide in deck.slides:
        for key, kind in CHECKED.items():
            value = slide.value(key)
            if value and kind.accepts is not None and not kind.accepts(value):
                reporter.report(
                    Code.BAD_PROPERTY,
                    f"{key} expects {kind.says}, not {value}",
                    slide.properties[key].span,
                    hint=_hint(key),
                )


def _hint(key: str) -> str:
    if SLIDE_PROPERTIES[key].from_remark:
        return f"write {key}: true or {key}: false"
    return "if it is prose, begin the slide with another word"
