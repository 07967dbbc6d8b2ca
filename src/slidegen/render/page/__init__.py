"""A rendered deck as the text of its page."""
