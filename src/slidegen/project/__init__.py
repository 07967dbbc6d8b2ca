"""What a project says of its decks: options, variants, templates, and which files are decks."""
