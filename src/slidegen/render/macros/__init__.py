"""Macros, and what they show."""
