"""From a deck's file to slides that are finished but for their assets."""
