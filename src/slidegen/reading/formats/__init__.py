"""What R Markdown, Jekyll and backslide add to remark's decks."""
