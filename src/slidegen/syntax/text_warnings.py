"""Warns of text in a deck that is probably meant as something else: properties, classes, divisions, separators."""

from __future__ import annotations

import re

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Source, Span
from slidegen.spelling import suggest
from slidegen.syntax.lexer import MAX_DEPTH
from slidegen.syntax.nodes import (
    Property,
    RawSlide,
    Text,
)
from slidegen.syntax.properties import LINE, PropertyRules, intended
from slidegen.syntax.tokens import Token, TokenKind

TRAILING_BLANK = lazy_compile(r"^(---?|\?\?\?)[ \t]+$", re.MULTILINE)
FRONT_MATTER_FAULTS = (Code.OPEN_FRONT_MATTER, Code.LATE_FRONT_MATTER)
"""If one of these has been reported, it explains why options appear on a slide."""


def warn_of_property(item: Property, reporter: Reporter) -> None:
    """Warn of a property that nothing reads, and that is hidden as in remark."""
    meant = intended(item.key)
    if meant and item.key.startswith("_") and any(each.code is Code.OTHER_TOOL for each in reporter):
        return  # it is Marp's, as the other warning says
    if meant:
        reporter.report(
            Code.MISSPELLED_PROPERTY,
            f"no property is called {item.key}, so this line does nothing",
            item.span,
            hint=suggest(meant),
        )
    elif not any(each.code in FRONT_MATTER_FAULTS for each in reporter):
        reporter.report(
            Code.OPTION_ON_SLIDE,
            f"{item.key} is an option of the deck; on a slide it does nothing, and is hidden",
            item.span,
            hint=f"write {item.key}: in the front matter, between two lines of --- at the top of the file",
        )


def warn_of_text(token: Token, source: Source, reporter: Reporter) -> None:
    """Warn of text that is probably meant as something else."""
    if token.kind is TokenKind.UNPAIRED_DIVISION:
        _warn_of_division(Span(source, token.start, token.end), bool(token.values), reporter)
    elif token.kind is TokenKind.UNCLOSED_CLASS:
        span = Span(source, token.start, token.end)
        if token.values[0] == "deep":
            message = f"content classes are nested more than {MAX_DEPTH} deep; this one is shown as text"
            reporter.report(Code.TOO_DEEP, message, span)
            return
        reporter.report(
            Code.UNCLOSED_CLASS,
            f"no ] closes {span.text}, so it is shown as text",
            span,
            hint=f"close it with ], or write \\{span.text} if you mean the text",
        )


def _warn_of_division(span: Span, is_cut: bool, reporter: Reporter) -> None:
    line = span.text.strip()
    opens = bool(line.strip(": \t"))
    if is_cut and opens:
        message = f"??? begins the notes before ::: closes {line}, so it is shown as text"
        hint = "move the closing ::: above ???"
    elif is_cut:
        message = "??? comes before this line, so it closes no division and is shown in the notes"
        hint = "move it above ???"
    elif opens:
        message = f"no ::: on this slide closes {line}, so it is shown as text"
        hint = "write ::: alone on a line where it ends"
    else:
        message = "this line closes no division, so it is shown as text"
        hint = "write ::: and a name where it begins"
    reporter.report(Code.UNPAIRED_DIVISION, message, span.find(line), hint=hint)


def warn_of_trailing_blanks(source: Source, tokens: list[Token], reporter: Reporter) -> None:
    for token in tokens:
        if token.kind is TokenKind.TEXT:
            for match in TRAILING_BLANK.finditer(source.text, token.start, token.end):
                effect = "no notes begin here" if match[1] == "???" else "it does not separate slides"
                reporter.report(
                    Code.TRAILING_BLANK,
                    f"{match[1]} has spaces after it, so {effect}",
                    Span(source, match.end(1), match.end()),
                    hint=f"remove the spaces after {match[1]}",
                )


def warn_of_prose(slide: RawSlide, rules: PropertyRules, reporter: Reporter) -> None:
    """Warn if remark would have taken a slide's first line for a property."""
    if not slide.content or not isinstance(slide.content[0], Text):
        return
    text = slide.content[0]
    at = len(text.value) - len(text.value.lstrip("\n"))
    match = LINE.match(text.value, at)
    if match is None or match["value"].startswith("//") or rules.accepts(match["key"]):
        return
    reporter.report(
        Code.PROSE_PROPERTY,
        f"remark would take this line for the property {match['key']}; it is shown as text",
        text.span.within(at, match.end("key") + 1),
        hint="start the line with another word, or put text before it; "
        f"for a property, use it as {{{{{match['key']}}}}} or put it next to a known property",
    )
