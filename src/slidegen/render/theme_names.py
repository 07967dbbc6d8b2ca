"""Maps names that people try for themes and classes to what they are called here."""

from __future__ import annotations

THEMES = {
    **dict.fromkeys(
        "dark night black moon blood dracula nord midnight league darcula monokai onedark inverse".split(),
        "slate",
    ),
    **dict.fromkeys(
        "light white default simple sky basic plain standard apple-basic seriph uncover gaia quarto metropolis".split(),
        "lecture",
    ),
    **dict.fromkeys("serif beige solarized sepia book academic print".split(), "paper"),
    **dict.fromkeys("blackboard chalkboard board green".split(), "chalk"),
    **dict.fromkeys(("remarkjs", "remark-js", "none", "xaringan"), "remark"),
}
"""Themes of other programs, and the most similar theme here."""

SPOKEN = {
    "centre": "center",
    "centred": "center",
    "centered": "center",
    "invert": "inverse",
    "inverted": "inverse",
    "inversed": "inverse",
    "centering": "center",
    "grey": "gray",
    "gray": "grey",
    "colour": "color",
    "leftcolumn": "left-column",
    "rightcolumn": "right-column",
    "left-col": "left-column",
    "right-col": "right-column",
    "footnotes": "footnote",
    "red-text": "red",
}
"""Other words for the names of classes."""
