"""Recognises formulas that xaringan decks write in backticks."""

from __future__ import annotations

import re

from slidegen.patterns import lazy_compile
from slidegen.syntax.formula_names import ENVIRONMENT

CODE = lazy_compile(
    rf"\\\((?P<inline>.+)\\\)|\\\[(?P<display>.+)\\\]|\$\$(?P<dollars>[^$].*)\$\$|\$(?P<dollar>[^$].*)\$"
    rf"|(?P<whole>\\begin\{{(?P<name>{ENVIRONMENT})\}}.+\\end\{{(?P=name)\}})",
    re.DOTALL,
)
"""xaringan writes `\\(x\\)`, `$x$`, `$$x$$` and environments in backticks."""
DOLLAR = lazy_compile(r"\\[\s\S]|[{}$]")
SEAM = lazy_compile(r"\$\$`+\$\$")


def formula_in_code(code: str, *, dollars: bool) -> tuple[str, bool] | None:
    """The TeX of a formula that fills its backticks, and whether it is displayed; otherwise None.

    `dollars` says whether single ones make a formula.
    """
    match = CODE.fullmatch(code.strip())
    if match is None:
        return None
    kind = match.lastgroup or ""
    tex = match[kind]
    if kind == "dollars":
        # Two formulas without a space between their backticks are one piece of code to Markdown.
        tex = SEAM.sub(r"\\\\ ", tex)
    if kind == "dollar" and not dollars:
        return None
    if kind in ("dollar", "dollars"):
        depth = 0
        for mark in DOLLAR.finditer(tex):
            depth = max(depth + (mark[0] == "{") - (mark[0] == "}"), 0)
            if mark[0] == "$" and depth == 0:
                return None
    return tex, kind in ("display", "dollars", "whole")
