"""Emoji by their names, if the deck's option `extras` enables them."""

from __future__ import annotations

from functools import cache

from slidegen.render.dialect.inlines import Inline, InlineRule, Scan
from slidegen.render.dialect.patterns import compiled

NAME = compiled(r"(?<!\w):(?=[a-z0-9_+-]*[a-z])([a-z0-9_+-]++):|(?<!\w):([+-]1):")


class Emoji(InlineRule):
    """`:smile:`; an unknown name is text."""

    opening = ":"

    def read(self, scan: Scan, at: int) -> Inline | None:
        """The character."""
        match = NAME.match(scan.text, at)
        if match is None:
            return None
        found = _known().get(match[0])
        return None if found is None else (found, match.end())


@cache
def _known() -> dict[str, str]:
    """Emoji by the names that GitHub and others use; empty without the package."""
    try:
        from emoji import EMOJI_DATA
    except ImportError:
        return {}
    known: dict[str, str] = {}
    for character, data in EMOJI_DATA.items():
        for name in (data["en"], *data.get("alias", ())):
            known.setdefault(name, character)
    return known
