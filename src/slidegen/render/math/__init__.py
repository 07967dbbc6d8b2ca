"""LaTeX formulas become MathML at build time, in a font of no more glyphs than they show.

Importing this imports neither math-core nor uharfbuzz; they come with the first formula and the first font.
"""

from slidegen.render.math.font import FAMILY, MathFontMissingError, characters_of, subset_font, whole_font
from slidegen.render.math.renderer import FormulaError, MathRenderer, NumberedFormula, RenderedFormula

__all__ = [
    "FAMILY",
    "FormulaError",
    "MathFontMissingError",
    "MathRenderer",
    "NumberedFormula",
    "RenderedFormula",
    "characters_of",
    "subset_font",
    "whole_font",
]
