"""Resolves the citations of a deck that has a bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slidegen.compile.configure import ConfiguredDeck
from slidegen.compile.context import DeckContext
from slidegen.deck.model import Deck

if TYPE_CHECKING:
    from slidegen.render.citations.citations import Citations


def cite(resolved: Deck, settings: ConfiguredDeck, deck: DeckContext) -> tuple[Deck, Citations | None]:
    """The deck with its citations, and what renders them; unchanged, with None, if it has no bibliography."""
    if not resolved.config.bibliography:
        return resolved, None
    from slidegen.compile.bibliography import Bibliographies  # here, since few decks have one

    bibliographies = Bibliographies(
        deck=deck.file,
        files=settings.files,
        templates=deck.project.templates,
        reporter=deck.reporter,
        places=settings.places,
        has_macro=settings.macros.has,
    )
    return bibliographies.cite(resolved)
