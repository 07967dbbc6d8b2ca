"""Finds the parts of a page that are slidegen's own scripts and style sheets, as in the package."""

from __future__ import annotations

import re
from functools import cache

from slidegen.files.regular import read_regular
from slidegen.page.summary import in_shadow
from slidegen.patterns import lazy_compile
from slidegen.project.package_data import own_templates
from slidegen.render.page.css import style_text
from slidegen.render.page.scripts import own_scope
from slidegen.render.page.used_rules import minified

SCRIPT = lazy_compile(r'slidegen\["([\w-]+\.mjs)"\]=\(')
SHEET = lazy_compile(r"@layer slidegen\.\w+ \{\n()")
"""How each of them begins, with letters that are quick to search for."""


def without_own_text(text: str, between: str) -> str:
    """The page with `between` in place of each of them.

    Only text that matches, character by character, what slidegen makes of a file in its package is removed, so neither
    a user's template nor text that merely begins like one of slidegen's files is.
    """
    parts, at = [], 0
    opens = sorted((*SCRIPT.finditer(text), *SHEET.finditer(text)), key=re.Match.start)
    for match in opens:
        if match.start() < at:
            continue
        own = _script(match[1]) if match[1] else _sheet(text, match.end())
        start = match.start() if match[1] else match.end()
        if own and text.startswith(own, start):
            parts.append(text[at:start])
            at = start + len(own)
    return between.join((*parts, text[at:])) if parts else text


@cache
def _script(name: str) -> str:
    path = own_templates() / "runtime" / name
    try:
        return own_scope(name, read_regular(path).decode())
    except OSError:
        return ""


def _sheet(text: str, start: int) -> str:
    """slidegen's style sheet that begins at `start` and is one line long; empty if it is not slidegen's."""
    line = text[start : text.find("\n", start)]
    return line if line in _sheets() else ""


@cache
def _sheets() -> frozenset[str]:
    paths = own_templates().rglob("*.css")
    sheets = [style_text(minified(read_regular(path).decode())) for path in paths]
    return frozenset((*sheets, *map(in_shadow, sheets)))
