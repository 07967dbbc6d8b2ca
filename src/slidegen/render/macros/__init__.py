"""Expands macros."""
