"""Highlight styles of newer highlight.js releases, each mapped to the Pygments style with the nearest colours.

remark lacks these styles and leaves code plain under their names."""

from __future__ import annotations

from msgspec import Struct


class StyleName(Struct, frozen=True):
    """What represents a highlight.js style here."""

    pygments: str
    """The Pygments style for the colours of tokens: as light or dark, with hues of the same families."""
    background: str
    """highlight.js's own, as decks are designed around it."""
    foreground: str


NEWER = {
    name: StyleName(*values.split())
    for name, values in {
        "1c-light": "vs #fff #00f",
        "a11y-dark": "one-dark #2b2b2b #f8f8f2",
        "a11y-light": "paraiso-light #fefefe #545454",
        "an-old-hope": "one-dark #1c1d21 #c0c5ce",
        "atom-one-dark-reasonable": "one-dark #282c34 #abb2bf",
        "darkula": "coffee #2b2b2b #bababa",
        "devibeans": "nord #000 #a39e9b",
        "felipec": "nord #1e1e22 #dddde1",
        "github-dark": "github-dark #0d1117 #c9d1d9",
        "github-dark-dimmed": "github-dark #22272e #adbac7",
        "gml": "gruvbox-dark #222 #c0c0c0",
        "gradient-dark": "dracula #3c1f96 #e7e4eb",
        "gradient-light": "perldoc #f9ccff #250482",
        "intellij-light": "abap #fff #000",
        "isbl-editor-dark": "coffee #404040 #f0f0f0",
        "isbl-editor-light": "bw #fff #000",
        "kimbie-dark": "coffee #221a0f #d3af86",
        "kimbie-light": "gruvbox-light #fbebd4 #84613d",
        "lightfair": "friendly #fff #444",
        "lioshi": "one-dark #303030 #c5c8c6",
        "night-owl": "night-owl #011627 #d6deeb",
        "nnfx": "borland #fff #000",
        "nnfx-dark": "coffee #333 #fff",
        "nnfx-light": "borland #fff #000",
        "nord": "nord #2e3440 #d8dee9",
        "panda-syntax-dark": "dracula #2a2c2d #e6e6e6",
        "panda-syntax-light": "xcode #e6e6e6 #2a2c2d",
        "pojoaque": "gruvbox-dark #181914 #dccf8f",
        "qtcreator-dark": "vim #000 #aaa",
        "qtcreator-light": "tango #fff #000",
        "rose-pine": "material #191724 #e0def4",
        "rose-pine-dawn": "paraiso-light #faf4ed #575279",
        "rose-pine-moon": "material #232136 #e0def4",
        "routeros": "lilypond #f0f0f0 #444",
        "shades-of-purple": "lightbulb #2d2b57 #e3dfff",
        "srcery": "gruvbox-dark #1c1b19 #fce8c3",
        "stackoverflow-dark": "nord #1c1b1b #fff",
        "stackoverflow-light": "tango #f6f6f6 #2f3337",
        "tokyo-night-dark": "one-dark #1a1b26 #9aa5ce",
        "tokyo-night-light": "paraiso-light #d5d6db #565a6e",
        "vs2015": "nord #1e1e1e #dcdcdc",
    }.items()
}
"""By the name that decks write in `highlightStyle`."""
