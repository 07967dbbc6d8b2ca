"""Splits LaTeX into tokens, each with its position in the author's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slidegen.patterns import lazy_compile
from slidegen.render.math.markdown_escapes import SourceMappedTex

_TOKEN = lazy_compile(r"\\(?:[A-Za-z]+\*?|[\s\S]?)|\s+|[\s\S]")
_STARRED = frozenset(
    "\\operatorname* \\tag* \\newcommand* \\renewcommand* \\providecommand* \\hspace* \\vspace* "
    "\\DeclareMathOperator*".split()
)


class FormulaSyntaxError(Exception):
    """A formula is not valid TeX; carries one sentence and the offsets in what the author wrote."""

    def __init__(self, message: str, start: int, end: int, package: str = "", command: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.package = package
        """The unsupported LaTeX package, if that is why."""
        self.command = command
        """The unknown command, if that is all that is wrong."""


class TexToken(NamedTuple):
    """A command, a run of white space or a character. A named tuple, since a deck may have a hundred thousand."""

    text: str
    start: int
    """Offset in the author's text. The output of a macro has the offset of the macro's call."""
    end: int

    @property
    def is_command(self) -> bool:
        """Whether it is a backslash followed by a name or a character."""
        return self.text[0] == "\\"

    @property
    def is_space(self) -> bool:
        """Whether TeX skips it in math."""
        return self.text.isspace()

    def becoming(self, text: str) -> TexToken:
        """A replacement at the same place."""
        return TexToken(text, self.start, self.end)


def tokenize(written: SourceMappedTex) -> list[TexToken]:
    """The tokens of a formula, without gaps."""
    origin = written.origin
    tokens = []
    for match in _TOKEN.finditer(written.tex):
        text, start, end = match[0], match.start(), match.end()
        if text[0] == "\\" and text[1:].isspace():
            text = "\\ "
        if text[-1] == "*" and len(text) > 2 and text not in _STARRED:
            tokens.append(TexToken(text[:-1], origin(start), origin(end - 1)))
            text, start = "*", end - 1
        tokens.append(TexToken(text, origin(start), max(origin(end), origin(start) + 1)))
    return tokens


def tokenize_at(text: str, place: TexToken) -> list[TexToken]:
    """The tokens of a text that replaces `place`."""
    return [place.becoming(token.text) for token in tokenize(SourceMappedTex(text))]


def join(tokens: Sequence[TexToken]) -> tuple[str, list[int]]:
    """The text of the tokens and the offset of each in it; names do not run into letters."""
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    after_name = False
    for token in tokens:
        text = token.text
        if after_name and text[:1].isalpha():
            pieces.append(" ")
            at += 1
        starts.append(at)
        pieces.append(text)
        at += len(text)
        if text:
            after_name = text[-1].isalpha() and _ends_in_name(text)
    return "".join(pieces), starts


def _ends_in_name(text: str) -> bool:
    backslash = text.rfind("\\")
    return backslash >= 0 and text[backslash + 1 :].isalpha()
