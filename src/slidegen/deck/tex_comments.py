"""Removes comments from LaTeX: a formula's source is in the page, for screen readers and for copying."""

from __future__ import annotations

from slidegen.patterns import lazy_compile

SIGN = lazy_compile(r"\\[\s\S]|[{}%]")


def without_tex_comments(tex: str) -> str:
    """LaTeX without the text from each `%` to the end of its line; a `%` in braces may belong to a text."""
    if "%" not in tex:
        return tex
    pieces, start, at, depth = [], 0, 0, 0
    while match := SIGN.search(tex, at):
        at = match.end()
        depth = max(depth + {"{": 1, "}": -1}.get(match[0], 0), 0)
        if match[0] == "%" and not depth:
            pieces.append(tex[start : match.start()])
            end = tex.find("\n", at)
            start = at = len(tex) if end < 0 else end
    return "".join((*pieces, tex[start:])) if pieces else tex
