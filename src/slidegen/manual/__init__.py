"""The documentation and the demonstration decks that come with slidegen, offline."""
