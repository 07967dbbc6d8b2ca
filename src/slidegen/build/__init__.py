"""`slidegen build`: every deck to its page, those alone that have changed."""
