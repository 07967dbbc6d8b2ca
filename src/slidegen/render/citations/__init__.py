"""Renders citations and reference lists."""
