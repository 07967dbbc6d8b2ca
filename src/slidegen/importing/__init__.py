"""`slidegen import`: converts HTML pages around decks into a course of Markdown decks."""
