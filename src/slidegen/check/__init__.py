"""`slidegen check`: says what is wrong with decks without writing a page."""
