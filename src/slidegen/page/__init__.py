"""From a compiled deck to its page and the files beside it."""
