"""HTML as slides hold it: its tags, elements and steps."""
