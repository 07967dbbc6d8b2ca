"""`slidegen build`: builds the decks that have changed, checks what it writes, and archives it."""
