"""`slidegen serve`: decks in browsers while they are written."""
