"""Renders the text of a page from a rendered deck."""
