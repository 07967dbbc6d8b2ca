"""Puts formulas into words."""
