"""Reports how far a slide's content goes beyond its edge, as measured by a browser."""

from __future__ import annotations

from msgspec import Struct

from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, Diagnostic
from slidegen.source import Span

NAMES = {"li": ("item", "items"), "tr": ("row", "rows"), "line": ("line of code", "lines of code")}
HINT = "make two slides of it, take something away, or write fit: true or density: compact on the slide"
FITTED_HINT = "fit: true makes nothing smaller than this: make two slides of it, or take something away"
WIDE_HINT = "break the long line, or make it smaller with ![:scale 80%] or density: compact"


class Overflow(Struct, frozen=True):
    """A measurement by `templates/runtime/overflow.mjs`."""

    slide: int
    """Index of the step."""
    kind: str
    """`high`, `wide` or `foot`."""
    pixels: int
    """On a slide that is 681 pixels high."""
    line: int
    """Number of lines below the one where the slide starts."""
    cut: str = ""
    """What is cut off: `2/14 li`."""


def overflow_diagnostic(deck: Deck, measured: Overflow) -> Diagnostic:
    """The diagnostic; raises LookupError for a slide that does not exist."""
    slide = deck.slides[measured.slide]
    place = line_below(deck.slides[slide.index - slide.step].span, measured.line)
    fitted = slide.value("fit").lower() == "true"
    hint = WIDE_HINT if measured.kind == "wide" else FITTED_HINT if fitted else HINT
    return Diagnostic(Code.OVERFLOW, _message(slide.number, measured), place, hint)


def _message(number: int, measured: Overflow) -> str:
    """For example "slide 9 is 84 px too high; the last 2 of 14 items are cut off"."""
    if measured.kind == "foot":
        return f"slide {number} has {measured.pixels} px of its content under the footer"
    message = f"slide {number} is {measured.pixels} px too {measured.kind}"
    count, _, rest = measured.cut.partition("/")
    total, _, name = rest.partition(" ")
    if measured.kind != "high" or name not in NAMES or not count.isdigit() or not total.isdigit():
        return message
    one, many = NAMES[name]
    if count == total:
        return (
            f"{message}; all {total} {many} are cut off"
            if total != "1"
            else f"{message}; its {one} is cut off"
        )
    if count == "1":
        return f"{message}; the last of {total} {many} is cut off"
    return f"{message}; the last {count} of {total} {many} are cut off"


def first_line(span: Span) -> Span:
    """The first line of a place that is not blank."""
    text = span.text
    start = len(text) - len(text.lstrip())
    if start == len(text):
        return span.within(0, min(1, len(text)))
    end = text.find("\n", start)
    return span.within(start, len(text) if end < 0 else end)


def line_below(first: Span, lines: int) -> Span:
    """The line at this distance below the one where a slide starts."""
    span = first.written
    if lines <= 0:
        return first_line(span)
    source = span.source
    number = min(source.position(span.start).line + lines, len(source.line_starts))
    text = source.line(number)
    start = source.line_starts[number - 1] + len(text) - len(text.lstrip())
    return Span(source, start, max(start + 1, source.line_starts[number - 1] + len(text.rstrip())))
