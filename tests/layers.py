"""The order of the packages: each imports only those above it."""

from __future__ import annotations

LAYERS = [
    {"kept"},
    {"kept_patterns"},
    {"source", "patterns", "spelling", "output_formats", "remembered", "json_data"},
    {"html_tags"},
    {"diagnostics", "theme_colours"},
    {"option_types", "terminal_output"},
    {"option_records"},
    {"config"},
    {"references", "media_types"},
    {"syntax", "reading"},
    {"deck"},
    {"render"},
    {"files"},
    {"browser", "project"},
    {"course"},
    {"compile"},
    {"page"},
    {"build"},
    {"export"},
    {"check", "importing", "serve", "manual"},
    {"cli_words", "cli_completion"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
"""From the lowest to the highest; docs/architecture.md has a sentence for each."""
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
