"""Parses a deck's text, and that of the files it includes, into slides as written."""

from __future__ import annotations

from slidegen.compile.configure import ConfiguredDeck
from slidegen.compile.context import DeckContext
from slidegen.compile.include import Inclusions
from slidegen.option_records import MathOptions
from slidegen.syntax.incremental import IncrementalParser
from slidegen.syntax.nodes import RawDeck
from slidegen.syntax.parser import parse_deck
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.tokens import FormulaMarks


def parse_slides(
    settings: ConfiguredDeck, deck: DeckContext, parser: IncrementalParser | None = None
) -> RawDeck:
    """The slides as written; mistakes are reported. `parser` remembers the deck's last version."""
    text, math = settings.source.source, _formula_marks(settings.config.math)
    inclusions = Inclusions(
        deck=deck.file,
        files=settings.files,
        reporter=deck.reporter,
        rules=PropertyRules.of(text.text),
        math=math,
        has_macro=settings.macros.has,
        largest=settings.config.deckLimit,
    )
    start = settings.source.start
    if parser is None:
        return parse_deck(text, deck.reporter, start=start, math=math, include=inclusions)
    return parser.parse(text, deck.reporter, start=start, math=math, include=inclusions)


def _formula_marks(math: MathOptions) -> FormulaMarks:
    """Which marks delimit formulas in a deck with these options."""
    if not math.enabled:
        return FormulaMarks.NONE
    found = FormulaMarks.ALL
    for wanted, mark in ((math.dollars, FormulaMarks.DOLLARS), (math.code, FormulaMarks.IN_CODE)):
        found &= found if wanted else ~mark
    return found
