"""R Markdown chunks: R code that would have to run, and style sheets and scripts that need no R."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slidegen.patterns import lazy_compile
from slidegen.source import Source, SourceMapBuilder

CHUNK = lazy_compile(r"^[ \t>]*+```++[ \t]*+\{[ \t]*+[a-zA-Z0-9_][^\n}]*+\}[^\n`]*+$", re.MULTILINE)
INLINE = lazy_compile(r"(?<!`)`r[ #][^`]++`(?!`)")
"""As knitr finds it, even in listings."""
IN_PAGE = lazy_compile(
    r"^(?P<fence>```++)[ \t]*+\{[ \t]*+(?P<engine>css|js)(?P<options>[^\n}]*+)\}[ \t]*+\n"
    r"(?P<code>(?>(?:(?!```)[^\n]*+\n)*))(?P=fence)[ \t]*+$",
    re.MULTILINE,
)
"""Chunks that knitr puts into the page unchanged."""
ELEMENT = {
    "css": ('<style type="text/css">', "</style>"),
    "js": ('<script type="text/javascript">', "</script>"),
}
FALSE = lazy_compile(r"\b(?P<option>echo|eval|include)\s*=\s*(?:FALSE|F)\b")
FALSE_LINE = lazy_compile(
    r"^(?:/\*|//)\|\s*(?P<option>echo|eval|include)\s*:\s*false\b[^\n]*\n", re.MULTILINE
)
"""An option within a chunk, such as `/*| echo: false */`."""


def unrun_code(text: str, start: int = 0) -> re.Match[str] | None:
    """The first chunk, or else the first inline code, that R would have to run."""
    return next(unrun_chunks(text, start), None) or INLINE.search(text, start)


def unrun_chunks(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The chunks that R would have to run."""
    for match in CHUNK.finditer(text, start):
        if IN_PAGE.match(text, match.start()) is None:
            yield match


def with_styles_and_scripts(source: Source, start: int) -> Source:
    """The text with chunks of CSS and JavaScript turned into elements and listings, as by knitr."""
    text, joined, at = source.text, SourceMapBuilder(), 0
    for match in IN_PAGE.finditer(text, start):
        off = {found["option"] for found in FALSE.finditer(match["options"])}
        off |= {found["option"] for found in FALSE_LINE.finditer(match["code"])}
        joined.add(text[at : match.start()], at)
        at = match.end()
        if not off & {"echo", "include"}:
            joined.add(f"```{match['engine']}\n", match.start())
            joined.add(match["code"], match.start("code"))
            joined.add("```\n\n", match.end() - 1)
        if not off & {"eval", "include"}:
            opening, closing = ELEMENT[match["engine"]]
            joined.add(f"{opening}\n", match.start())
            joined.add(match["code"], match.start("code"))
            joined.add(f"{closing}\n", match.end() - 1)
    if at == 0:
        return source
    joined.add(text[at:], at)
    return joined.of(source)
