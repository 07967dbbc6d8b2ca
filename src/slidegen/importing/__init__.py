"""`slidegen import`: pages around decks become a course of Markdown decks."""
