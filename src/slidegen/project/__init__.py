"""Projects: their options, variants and templates, which files are decks, and where pages go."""
