"""Drives the Chrome, Chromium, Edge or Brave that is installed, for what only a browser can do."""
