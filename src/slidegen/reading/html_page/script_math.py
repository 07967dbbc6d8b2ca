"""Finds how scripts set up MathJax and KaTeX."""

from __future__ import annotations

from collections.abc import Iterator

from slidegen.reading.html_page.script_reading import ScriptReading
from slidegen.reading.html_page.superseded_scripts import is_code
from slidegen.reading.javascript.tokens import Expression, statements


def reads_math(code: Expression, reading: ScriptReading) -> bool:
    """Read a statement that configures formulas; False if it does something else."""
    found = list(_math_objects(code))
    reading.math += found
    return bool(found)


def only_shows_math(callback: Expression, reading: ScriptReading) -> bool:
    """Whether a callback, or the function of its name, only shows formulas."""
    texts = callback.texts
    if len(texts) == 1:
        known = reading.names.expressions.get(texts[0])
        if known is None:
            return "math" in texts[0].lower()
        callback = known
    for whose, code in _math_objects(callback):
        reading.math.append((whose, code))
    arrow = callback.texts.index("=>") if "=>" in callback.texts else None
    if arrow is not None and callback.texts[arrow + 1 : arrow + 2] != ["{"]:
        return is_code(callback.span.text)
    opening = next((index for index, text in enumerate(callback.texts) if text == "{"), None)
    if opening is None:
        return is_code(callback.span.text)
    body = statements(callback[opening + 1 : callback.closing(opening)])
    return all(is_code(item.span.text) or item.texts == ["renderMath", "(", ")"] for item in body)


def _math_objects(code: Expression) -> Iterator[tuple[str, Expression]]:
    texts = code.texts
    start = 2 if texts[:2] == ["window", "."] else 0
    if texts[start : start + 2] == ["MathJax", "="]:
        yield "MathJax", code[start + 2 :]
    for _, arguments in code.calls("MathJax", ".", "Hub", ".", "Config"):
        yield "MathJax", arguments
    for _, arguments in code.calls("renderMathInElement"):
        yield from (("katex", part) for part in list(arguments.split(","))[1:2])
