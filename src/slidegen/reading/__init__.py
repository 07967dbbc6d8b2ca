"""Reads a file into a deck's text and settings."""
