"""What a deck means: templates, layouts, variables, steps and numbers."""
