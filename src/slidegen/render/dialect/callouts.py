"""The kinds of callouts, and their titles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

CalloutTitles = Callable[[], Mapping[str, str]]
"""The title of each kind of callout, in the language of the deck; asked for where there is one."""
KINDS = ("note", "tip", "important", "warning", "caution")


def english_titles() -> Mapping[str, str]:
    """The titles in English."""
    return {kind: kind.capitalize() for kind in KINDS}
