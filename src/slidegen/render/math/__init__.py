"""Converts LaTeX formulas to MathML at build time, with a font subset to the glyphs they use.

Importing this package imports neither math-core nor uharfbuzz; the first formula and the first font do.
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
