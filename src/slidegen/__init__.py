"""Compiles remark.js-style Markdown decks into standalone HTML decks."""

__version__ = "0.2.0"
