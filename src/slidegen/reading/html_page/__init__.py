"""Authors' HTML pages around a deck: what they hold, and what they say about it."""
