"""Turns a compiled deck into its page and the files beside it."""
