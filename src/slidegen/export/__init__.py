"""Makes files of decks that other programs open: PDF, PowerPoint, pictures, text."""
