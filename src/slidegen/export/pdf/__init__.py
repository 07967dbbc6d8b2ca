"""Finishes the PDF that a browser prints, so that everyone can read it."""
