"""From a file to a deck's text and settings."""
