"""Reads the HTML pages that authors write around a deck: their settings, styles, scripts and body."""
