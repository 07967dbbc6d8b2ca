"""Everything that touches files: finding decks, building them, writing pages."""
