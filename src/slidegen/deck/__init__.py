"""Resolves what a deck means: templates, layouts, variables, steps, numbers and variants."""
