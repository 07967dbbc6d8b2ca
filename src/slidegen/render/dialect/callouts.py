"""The kinds of callouts, and their titles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

CalloutTitles = Callable[[], Mapping[str, str]]
"""Returns the title of each kind of callout in the deck's language; called only if there are callouts."""
KINDS = ("note", "tip", "important", "warning", "caution")
BEGINNING = rf" *+> *+\[!(?i:{'|'.join(KINDS)})\]"
"""How a callout begins."""


def english_titles() -> Mapping[str, str]:
    """The titles in English."""
    return {kind: kind.capitalize() for kind in KINDS}
