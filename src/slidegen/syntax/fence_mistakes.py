"""Recognises code between fences that nothing closes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile
from slidegen.syntax.mistake_view import View
from slidegen.syntax.tokens import TokenKind

FENCE = lazy_compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`~\n]*)$", re.MULTILINE)
ITEM = lazy_compile(r"[ \t]*(?:[*+-]|\d+\.)[ \t]")


def unclosed_fences(view: View) -> None:
    """A fence that nothing closes, or that only the fence of later code closes, over a slide's end."""
    text = view.source.text
    for token in view.tokens:
        if token.kind is TokenKind.CODE and text.startswith(("`", "~", " "), token.start):
            opening = FENCE.match(text, token.start)
            if opening is not None and (found := _swallowed(text, opening, token.end)):
                _report_fence(view, opening, found)
                return  # what opens and what closes is mixed up from here on
    first = FENCE.search(view.markdown)
    indented = next(_open_in_lists(view), None)
    found_first = min(filter(None, (first, indented)), key=lambda match: match.start(), default=None)
    if found_first is not None:
        _report_fence(view, found_first, "")


def _open_in_lists(view: View) -> Iterator[re.Match[str]]:
    """The fences that open code in lines indented by four spaces below an item of a list, and are not closed there."""
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
            above = text[: token.start].rstrip().rpartition("\n")[2]
            if opening is not None and ITEM.match(above):
                yield opening


def _swallowed(text: str, opening: re.Match[str], end: int) -> str:
    """What shows that code holds the end of its slide and another fence; empty where it does not."""
    fence, at = opening["fence"], opening.end()
    separator = re.compile(r"^--?-?\n", re.MULTILINE)
    inner = next(
        (
            match
            for match in FENCE.finditer(text, at, end)
            if match["fence"] == fence and match["info"].strip()
        ),
        None,
    )
    if inner is None:
        return ""
    if separator.search(text, at, inner.start()) is None:
        return ""
    line = text.count("\n", 0, inner.start()) + 1
    return f", so that it goes on into the code of line {line}"


def _report_fence(view: View, opening: re.Match[str], more: str) -> None:
    fence = opening["fence"]
    view.report(
        Code.UNCLOSED_FENCE,
        f"no {fence} closes this code block" + (more or ", so it is shown as text"),
        opening.start("fence"),
        opening.end(),
        f"write {fence} alone on a line below the code",
    )
