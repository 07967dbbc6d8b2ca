"""Drives an installed Chrome, Chromium, Edge or Brave for tasks that need a browser."""
