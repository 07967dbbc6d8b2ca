"""A deck's text as the rules for mistakes see it: only Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from slidegen.diagnostics import DiagnosticCode, Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Source, Span
from slidegen.syntax.tokens import Token, TokenKind

HIDDEN = "\0"
"""Stands for each character that is not Markdown."""
BREAK = "\1"
"""Stands for the marks that end a slide or begin its notes; no mistake extends over them."""
STEP = "\2"
"""Stands for the marks of a step."""
COMMENT_OR_VERBATIM = lazy_compile(
    r"<!--(?>(?:(?!-->)[^\1])*)-->|<(?P<tag>pre|code|svg|style|script|table)\b(?>(?:(?!</(?P=tag)\b)[^\1])*)</(?P=tag)>"
)


class View(Struct, frozen=True):
    """A deck's text as the rules see it."""

    source: Source
    tokens: Sequence[Token]
    markdown: str
    """The text with placeholders for what is not Markdown; offsets are those of the text."""
    reporter: Reporter

    def report(self, code: DiagnosticCode, message: str, start: int, end: int, hint: str) -> None:
        """Report the text at these offsets."""
        self.reporter.report(code, message, Span(self.source, start, end), hint=hint)


def markdown_of(text: str, tokens: Iterable[Token]) -> str:
    """The text with all characters hidden that are not Markdown."""
    start = tokens[0].start if isinstance(tokens, Sequence) and tokens else 0
    pieces = [HIDDEN * max(start - 1, 0) + "\n" * (start > 0)]
    for token in tokens:
        size = token.end - token.start
        if token.kind in (TokenKind.TEXT, TokenKind.UNCLOSED_CLASS):
            pieces.append(text[token.start : token.end])
        elif size:
            ends = text[token.end - 1] == "\n"
            sign = BREAK if token.kind is TokenKind.NOTES else HIDDEN
            if token.kind is TokenKind.SEPARATOR:
                sign = STEP if token.values == ("--",) else BREAK
            pieces.append(sign * (size - ends) + "\n" * ends)
    shown = "".join(pieces)
    if "<" not in shown:
        return shown
    return COMMENT_OR_VERBATIM.sub(lambda match: HIDDEN * len(match[0]), shown)


def follows_text(text: str, at: int) -> bool:
    """Whether the line before this one belongs to a paragraph."""
    before = line_before(text, at)
    return bool(before.strip(f" \t{HIDDEN}{BREAK}{STEP}")) and not before.lstrip().startswith(("#", ">"))


def line_before(text: str, at: int) -> str:
    end = max(at - 1, 0)
    return text[text.rfind("\n", 0, end) + 1 : end]
