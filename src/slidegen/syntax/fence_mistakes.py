"""Recognises fenced code that nothing closes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Span
from slidegen.syntax.mistake_view import View
from slidegen.syntax.tokens import TokenKind

FENCE = lazy_compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`~\n]*)$", re.MULTILINE)
FENCE_MARKS = ("```", "~~~")
"""Without these, a text has no fences."""
SEPARATOR = lazy_compile(r"^--?-?\n", re.MULTILINE)
QUOTED_FENCE = lazy_compile(r"^[ \t]*>[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>[^`~\n]*)$", re.MULTILINE)
QUOTE_END = lazy_compile(r"\n[ \t]*(?=\n|\Z)|\n(?:```|~~~)|\Z")
"""What ends a quote: an empty line, or a fence that closes its code though no mark of the quote precedes it."""
ITEM = lazy_compile(r"[ \t]*(?:[*+-]|\d+\.)[ \t]")


class FenceFault(Struct, frozen=True):
    """A fence that nothing closes, or that only the fence of later code closes, beyond a slide's end."""

    opening: Span
    later: Span | None = None
    """The fence of the later code."""


def unclosed_fence(view: View) -> FenceFault | None:
    """The first fence of a text that is not closed where its author meant it to be."""
    text = view.source.text
    for token in view.tokens:
        if token.kind is TokenKind.CODE and text.startswith(("`", "~", " "), token.start):
            opening = FENCE.match(text, token.start)
            later = None if opening is None else _swallowed(text, opening, token.end)
            if opening is not None and later is not None:
                return FenceFault(_place(view, opening), Span(view.source, later.start(), later.end()))
    first = FENCE.search(view.markdown)
    indented = next(_open_in_lists(view), None)
    quoted = _open_in_quotes(view.markdown)
    found = min(filter(None, (first, indented, quoted)), key=lambda match: match.start(), default=None)
    return None if found is None else FenceFault(_place(view, found))


def report_fence_fault(faults: Sequence[FenceFault], reporter: Reporter) -> None:
    """Report one of a deck's unclosed fences, after which it is unclear which fences open and which close."""
    fault = next((each for each in faults if each.later is not None), faults[0] if faults else None)
    if fault is None:
        return
    fence = fault.opening.text.strip()
    fence = fence[: len(fence) - len(fence.lstrip(fence[0]))]
    more = ", so it is shown as text"
    if fault.later is not None:
        more = f", so that it goes on into the code of line {fault.later.position.line}"
    reporter.report(
        Code.UNCLOSED_FENCE,
        f"no {fence} closes this code block{more}",
        fault.opening,
        hint=f"write {fence} alone on a line below the code",
    )


def _place(view: View, opening: re.Match[str]) -> Span:
    return Span(view.source, opening.start("fence"), opening.end())


def _open_in_lists(view: View) -> Iterator[re.Match[str]]:
    """The fences that open code in lines indented by four spaces below a list item, and are not closed there."""
    text = view.source.text
    for token in view.tokens:
        if token.kind is TokenKind.CODE and text.startswith("    ", token.start):
            opening: re.Match[str] | None = None
            for fence in FENCE.finditer(text, token.start, token.end):
                if opening is None:
                    opening = fence
                elif (
                    fence["fence"].startswith(opening["fence"][:4]) and not fence["info"].strip()
                ):  # four close five, as in remark
                    opening = None
            if opening is not None and ITEM.match(_line_above(text, token.start)):
                yield opening


def _open_in_quotes(text: str) -> re.Match[str] | None:
    """The first fence in a quote that nothing closes in it."""
    opening: re.Match[str] | None = None
    end = 0
    for fence in QUOTED_FENCE.finditer(text):
        if opening is not None and fence.start() > end:
            return opening
        if opening is None:
            found = QUOTE_END.search(text, fence.end())
            end = len(text) if found is None else found.start()
            if found is not None and found[0].strip():
                continue
            opening = fence
        elif fence["fence"].startswith(opening["fence"]) and not fence["info"].strip():
            opening = None
    return opening


def _line_above(text: str, at: int) -> str:
    """The last line before an offset that is not blank."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[text.rfind("\n", 0, at) + 1 : at]


def _swallowed(text: str, opening: re.Match[str], end: int) -> re.Match[str] | None:
    """The fence of other code, after the end of a slide, within code up to `end`; None if there is none."""
    fence, at = opening["fence"], opening.end()
    for inner in FENCE.finditer(text, at, end):
        if inner["fence"] == fence and inner["info"].strip():
            return inner if SEPARATOR.search(text, at, inner.start()) is not None else None
    return None
