"""`slidegen check`: reports what is wrong with decks without writing a page."""
