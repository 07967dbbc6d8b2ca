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
    """Also single dollars."""
    IN_CODE = auto()
    """Also any of these in backticks."""
    ALL = MARKED | DOLLARS | IN_CODE


class TokenKind(Enum):
    """The kind of a token. Its `values` are, in this order:"""

    TEXT = auto()
    """Markdown; no values."""
    CODE = auto()
    """Indented, fenced or inline code, verbatim; no values."""
    RAW = auto()
    """A script, a style sheet or another element that contains only text, complete; no values."""
    FORMULA = auto()
    """The LaTeX, `display` or `inline`, and all as written without the marks of the quotes around it."""
    FORMULA_MARK = auto()
    """What is shown instead, and why it begins no formula, which is empty for a dollar after a backslash."""
    CODE_FORMULA = auto()
    """A formula in backticks: the LaTeX, and `display` or `inline`."""
    MACRO = auto()
    """Name, arguments as written, target."""
    DEFINITION = auto()
    """Identifier, URL, title (empty without one)."""
    PROPERTY = auto()
    """Key, value. The token is the line or comment, usually with the line breaks before it."""
    CLASS_OPEN = auto()
    """`.a.b[`: the class names."""
    UNCLOSED_CLASS = auto()
    """`.a.b[` that is text because its bracket is not closed, or it is nested too deeply: the reason."""
    CLASS_CLOSE = auto()
    """`]`; no values."""
    DIVISION_OPEN = auto()
    """A line `::: name` that a line `:::` closes: the class names. Its attributes are read from its text."""
    DIVISION_CLOSE = auto()
    """The line `:::`; no values."""
    UNPAIRED_DIVISION = auto()
    """Either of them without the other; its value is `???` if that comes between them."""
    ESCAPE = auto()
    """The backslash before a literal `.class[`; no values."""
    SEPARATOR = auto()
    """`---` or `--`, as the only value."""
    STEP = auto()
    """`--` within a content class, and the blank lines around it that separate nothing; no values."""
    NOTES = auto()
    """`???`; no values."""


class Token(Struct, frozen=True):
    """A piece of the source. The tokens of a deck are contiguous: no character is lost."""

    kind: TokenKind
    start: int
    end: int
    values: tuple[str, ...] = ()
