"""The lexer's tokens."""

from __future__ import annotations

from enum import Enum, Flag, auto

from msgspec import Struct


class FormulaMarks(Flag):
    """Which marks make formulas."""

    NONE = 0
    MARKED = auto()
    """Two dollars, and backslashes before brackets."""
    DOLLARS = auto()
    """Single dollars, too."""
    IN_CODE = auto()
    """Any of these in backticks, too."""
    ALL = MARKED | DOLLARS | IN_CODE


class TokenKind(Enum):
    """What a token is. `values` of a token holds, in this order:"""

    TEXT = auto()
    """Markdown; no values."""
    CODE = auto()
    """Indented, fenced or inline code, verbatim; no values."""
    RAW = auto()
    """A script, a style sheet or another element that holds nothing but text, whole; no values."""
    FORMULA = auto()
    """The LaTeX, `display` or `inline`, and all as written but for the marks of the quotes it stands in."""
    FORMULA_MARK = auto()
    """What is shown instead, and why it begins no formula; that is empty for a dollar behind a backslash."""
    CODE_FORMULA = auto()
    """A formula in backticks: the LaTeX, and `display` or `inline`."""
    MACRO = auto()
    """Name, arguments as written, target."""
    DEFINITION = auto()
    """Identifier, URL, title (empty without one)."""
    PROPERTY = auto()
    """Key, value. Its line or comment, and mostly the line breaks before it."""
    CLASS_OPEN = auto()
    """`.a.b[`: the class names."""
    UNCLOSED_CLASS = auto()
    """`.a.b[` that is text, since nothing closes its bracket, or since it stands too deep: why, as value."""
    CLASS_CLOSE = auto()
    """`]`; no values."""
    DIVISION_OPEN = auto()
    """A line `::: name` that a line `:::` closes: the class names. What it says otherwise, its text says."""
    DIVISION_CLOSE = auto()
    """The line `:::`; no values."""
    UNPAIRED_DIVISION = auto()
    """Either of them without the other; no values."""
    ESCAPE = auto()
    """The backslash before a literal `.class[`; no values."""
    SEPARATOR = auto()
    """`---` or `--`, as the only value."""
    STEP = auto()
    """`--` within a content class, and the blank lines around it that separate nothing; no values."""
    NOTES = auto()
    """`???`; no values."""


class Token(Struct, frozen=True):
    """A piece of the source. The tokens of a deck stand end to end: no character is lost."""

    kind: TokenKind
    start: int
    end: int
    values: tuple[str, ...] = ()
