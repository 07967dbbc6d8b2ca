"""Recognises lines that are meant to begin a slide or its notes, and do not."""

from __future__ import annotations

import re

from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile
from slidegen.syntax.mistake_view import BREAK, HIDDEN, STEP, View, follows_text
from slidegen.syntax.properties import KNOWN

NOTES_LINE = lazy_compile(r"^[ \t]*(?P<mark>\?{4,}|\?\?\?)(?P<rest>[ \t]*[^\s?][^\n]*|[ \t]*)$", re.MULTILINE)
SHORT_NOTES = lazy_compile(
    rf"(?:\A|\n[ \t]*\n|{BREAK}\n)(?P<mark>\?\?)[ \t]*(?=\n(?:[ \t]*\n)*[^\s{BREAK}{STEP}])"
)
"""Two question marks with a blank line above, and text below."""
PROPERTY = rf"(?:{'|'.join(sorted(KNOWN))}):"
RULE_LINE = lazy_compile(
    rf"^(?P<rule>-{{4,}}|[ ]{{1,3}}---|[-–—]*[–—][-–—]*)[ \t]*$"
    rf"(?=\n(?:[ \t{HIDDEN}]*\n)*(?:(?P<heading>#|<[hH][1-6]\b)|{PROPERTY}))",
    re.MULTILINE,
)
RULE_BEFORE_COMMENT = lazy_compile(
    rf"^(?P<rule>-{{4,}}|[ ]{{1,3}}---)[ \t]*\n(?:[ \t]*\n)*<!--[ \t]*{PROPERTY}", re.MULTILINE
)
"""In the deck's own text, where comments are not hidden."""
DASH_LINE = lazy_compile(r"^(?P<rule>[-–—]*[–—][-–—]*)[ \t]*$", re.MULTILINE)
INDENTED_STEP = lazy_compile(
    r"(?:\A|\n)[ \t>]*\n(?P<rule>(?:[ ]+|[ \t]*>[ \t>]*)--)[ \t]*(?=\n[ \t>]*(?:\n|\Z)|\Z)"
)
BOXED_SEPARATOR = lazy_compile(rf"^---$(?=\n(?:[ \t]*\n)*(?:#{{1,6}}[ \t]*[^\s#]|{PROPERTY}))", re.MULTILINE)

LATE_KEYS = ("class:", "template:", "layout:", "background-image:")
PLACED = r"(?:center|middle|bottom|inverse)\b"
LATE_PROPERTY = lazy_compile(
    r"(?P<dashes>^[ \t>]*[-–—]+[ \t]*\n(?:[ \t]*\n)*)?^(?P<indent>[ ]{0,3})"
    rf"(?P<it>class:[ \t]*(?:{PLACED}(?:[ \t]+{PLACED})*|(?=[^\n]*\b{PLACED})[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)"
    r"|template:[ \t]*[\w-]+|layout:[ \t]*(?:true|false)|background-image:[ \t]*url\([^\n]*\))[ \t]*$",
    re.MULTILINE,
)
"""A line that means nothing but a property, wherever it is."""


def notes_marks(view: View) -> None:
    """Three question marks that begin no notes, because of text beside them, or a content class around them."""
    for match in NOTES_LINE.finditer(view.markdown):
        mark, rest = match["mark"], match["rest"].strip()
        start, end = match.span("mark")
        if mark != "???" and rest:
            continue  # ???? what
        if mark == "???" and not rest and start == match.start():
            if match["rest"]:
                continue  # TRAILING_BLANK reports it
            view.report(
                Code.NOTES_IN_CLASS,
                "??? is inside a content class, so the notes do not start here and the audience sees them",
                start,
                end,
                "close the content class with ] above ???",
            )
            continue
        what = (
            f"text follows {mark} on its line"
            if rest
            else "more than three question marks"
            if mark != "???"
            else "a space comes before ???"
        )
        view.report(
            Code.NOTES_MARK,
            f"{what}, so no notes begin here and the audience sees them",
            start,
            end,
            "write ??? alone on its line, and the notes below it",
        )


def short_notes_marks(view: View) -> None:
    """Two question marks where notes seem to begin."""
    for match in SHORT_NOTES.finditer(view.markdown):
        view.report(
            Code.NOTES_MARK,
            "notes begin with three question marks, so the audience sees what is below these two",
            *match.span("mark"),
            "write ??? alone on its line, and the notes below it",
        )


def long_separators(view: View) -> None:
    """A line of dashes that is not a separator, where a slide seems to begin."""
    text = view.markdown
    for match in RULE_LINE.finditer(text):
        if match["heading"] and follows_text(text, match.start()) and not _has_dash(match["rule"]):
            continue  # it underlines a heading
        _report_rule(view, match)
    seen = {match.start() for match in RULE_LINE.finditer(text)}
    for match in RULE_BEFORE_COMMENT.finditer(view.source.text) if "<!--" in view.source.text else ():
        if match.start() not in seen and text.startswith(match["rule"], match.start()):
            _report_rule(view, match)
    for match in DASH_LINE.finditer(text):
        if match.start() not in seen:
            view.report(
                Code.LONG_SEPARATOR,
                f"{match['rule']} is not made of hyphens, so it does not separate slides",
                *match.span("rule"),
                "write --- for the next slide, or -- for the next step, with hyphens",
            )


def _report_rule(view: View, match: re.Match[str]) -> None:
    rule = match["rule"].strip()
    view.report(
        Code.LONG_SEPARATOR,
        f"{rule} does not separate slides, though a slide seems to begin below it"
        if len(match["rule"]) == len(rule)
        else "a space comes before ---, so it does not separate slides",
        match.start(),
        match.start() + len(match["rule"]),
        "write --- alone on its line; for a rule, write ***",
    )


def indented_steps(view: View) -> None:
    """Report a step's mark that is indented or quoted like what is around it."""
    for match in INDENTED_STEP.finditer(view.markdown):
        quoted = ">" in match["rule"]
        view.report(
            Code.LONG_SEPARATOR,
            "> comes before --, so no step begins here"
            if quoted
            else "spaces come before --, so no step begins here",
            *match.span("rule"),
            "write -- at the beginning of its line" + (", between two quotes" if quoted else ""),
        )


def boxed_separators(view: View) -> None:
    """A separator within the brackets of a content class, where a slide seems to begin."""
    for match in BOXED_SEPARATOR.finditer(view.markdown):
        view.report(
            Code.BOXED_SEPARATOR,
            "--- is inside a content class, so it does not separate slides",
            *match.span(),
            "close the content class with ] above ---",
        )


def late_properties(view: View) -> None:
    """A property that is not at the start of its slide."""
    text = view.markdown  # in which those at the start are hidden
    if not any(key in text for key in LATE_KEYS):
        return
    for match in LATE_PROPERTY.finditer(text):
        if match["dashes"]:
            continue  # another rule says that no slide begins there
        key = match["it"].partition(":")[0]
        before = "spaces come" if match["indent"] else "text comes"
        view.report(
            Code.LATE_PROPERTY,
            f"{before} before {key}:, so it is shown as text",
            *match.span("it"),
            "write it at the start of its line, above the slide's text, or --- above it if a slide begins here",
        )


def _has_dash(rule: str) -> bool:
    return not rule.isascii()
