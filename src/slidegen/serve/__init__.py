"""`slidegen serve`: shows decks in browsers while their author writes them."""
