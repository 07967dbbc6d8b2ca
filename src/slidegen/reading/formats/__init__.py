"""What R Markdown, Jekyll and backslide add to decks."""
