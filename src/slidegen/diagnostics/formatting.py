"""Diagnostics as lines for a terminal: place and message, source line, caret, hint."""

from __future__ import annotations

from collections.abc import Callable

from slidegen.diagnostics import Diagnostic
from slidegen.source import Span, on_one_line, visible

Style = Callable[[str, str], str]
"""Colours a text; the second argument is one of `error`, `warning`, `place`, `caret`, `hint`."""


def plain(text: str, role: str) -> str:
    """The style of a terminal without colours."""
    del role
    return text


def format_diagnostic(diagnostic: Diagnostic, style: Style = plain) -> str:
    """The diagnostic as lines for a terminal: place and message, source line, caret, hint."""
    severity = diagnostic.severity.value
    head = f"{style(f'{severity}[{diagnostic.code.number}]', severity)}: {on_one_line(diagnostic.message)}"
    lines = []
    if diagnostic.span is None:
        path = on_one_line(diagnostic.path)
        lines.append(f"{style(path, 'place')}: {head}" if path else head)
    else:
        span = diagnostic.span
        position = span.position
        place = f"{on_one_line(span.source.path)}:{position.line}:{position.column}"
        lines.append(f"{style(place, 'place')}: {head}")
        lines.extend(_excerpt(span, position.line, position.column, severity, style))
        for call in span.calls:
            at = call.position
            lines.append(
                f"  included at {style(f'{on_one_line(call.source.path)}:{at.line}:{at.column}', 'place')}"
            )
    if diagnostic.hint:
        first, *rest = visible(diagnostic.hint).splitlines()
        lines.append(f"  {style('hint', 'hint')}: {first}")
        lines.extend(f"        {line}" for line in rest)
    return "\n".join(lines)


def excerpt(diagnostic: Diagnostic) -> str:
    """The source line with carets under the mistake; empty if no place is meant."""
    if diagnostic.span is None:
        return ""
    position = diagnostic.span.position
    return "\n".join(_excerpt(diagnostic.span, position.line, position.column, "", plain))


EXCERPT_WIDTH = 100
"""How many characters of a source line to show around a mistake."""


def _excerpt(span: Span, line: int, column: int, severity: str, style: Style) -> list[str]:
    text = visible(span.source.line(line).removesuffix("\r")).replace("\t", " ")
    length = max(1, min(span.end - span.start, len(text) - column + 1))
    start = max(0, column - 1 - EXCERPT_WIDTH // 2) if len(text) > EXCERPT_WIDTH else 0
    shown = text[start : start + EXCERPT_WIDTH]
    before = "…" if start else ""
    after = "…" if start + EXCERPT_WIDTH < len(text) else ""
    length = max(1, min(length, len(shown) - (column - 1 - start)))
    gutter = str(line)
    indent = " " * (column - 1 - start + len(before))
    return [
        f"  {gutter} | {before}{shown}{after}",
        f"  {' ' * len(gutter)} | {indent}{style('^' * length, severity)}",
    ]
