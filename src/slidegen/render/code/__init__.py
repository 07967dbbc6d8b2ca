"""Highlights code at build time: Pygments' tokens in remark's DOM, under highlight.js's class names."""

from slidegen.render.code.highlight import CODE_RULES, CodeOptions, CodeRenderer
from slidegen.render.code.languages import (
    known_language,
    language_of_file,
    nearest_languages,
)
from slidegen.render.code.marks import span_marker
from slidegen.render.code.styles import known_style, nearest_styles, style_sheet

__all__ = [
    "CODE_RULES",
    "CodeOptions",
    "CodeRenderer",
    "known_language",
    "known_style",
    "language_of_file",
    "nearest_languages",
    "nearest_styles",
    "span_marker",
    "style_sheet",
]
