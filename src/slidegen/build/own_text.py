"""Which parts of a page are slidegen's own scripts and style sheets, as they are in the package."""

from __future__ import annotations

import re
from functools import lru_cache

from slidegen.files.regular import read_regular
from slidegen.project.package_data import own_templates
from slidegen.render.page.css import style_text
from slidegen.render.page.scripts import module_scope
from slidegen.render.theme import compact_css

OPENS = re.compile(r'slidegen\["([\w-]+\.mjs)"\]=\(|@layer slidegen\.\w+ \{\n')
"""What comes before one of them."""


def without_own_text(text: str, between: str) -> str:
    """A page without them, and `between` in place of each.

    Only what is, character by character, what slidegen makes of a file in its package is taken out: neither a
    template of the user's nor text that only begins like one of slidegen's.
    """
    parts, at = [], 0
    for match in OPENS.finditer(text):
        if match.start() < at:
            continue
        own = _script(match[1]) if match[1] else _sheet(text, match.end())
        start = match.start() if match[1] else match.end()
        if own and text.startswith(own, start):
            parts.append(text[at:start])
            at = start + len(own)
    return between.join((*parts, text[at:])) if parts else text


def _script(name: str) -> str:
    path = own_templates() / "runtime" / name
    try:
        return module_scope(name, read_regular(path).decode())
    except OSError:
        return ""


def _sheet(text: str, start: int) -> str:
    """The style sheet that begins somewhere, which is one line, if it is slidegen's."""
    line = text[start : text.find("\n", start)]
    return line if line in _sheets() else ""


@lru_cache(maxsize=1)
def _sheets() -> frozenset[str]:
    paths = own_templates().rglob("*.css")
    return frozenset(style_text(compact_css(read_regular(path).decode())) for path in paths)
