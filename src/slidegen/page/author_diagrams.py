"""Draws the diagrams that an author's page leaves to Mermaid's script, as in `<pre class="mermaid">`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from textwrap import dedent

from msgspec.structs import replace

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.render.diagrams import Draw, diagram_html
from slidegen.render.page_model import RenderedSlide
from slidegen.source import Source, Span
from slidegen.syntax.fence_info import FenceInfo

DIAGRAM = lazy_compile(
    r"""<(?P<tag>pre|div)\b[^<>]*\bclass\s*=\s*["']?mermaid(?![\w-])[^<>]*>(?P<text>(?:(?!</?(?:pre|div)\b).)*)</(?P=tag)>""",
    re.DOTALL,
)
BREAK = lazy_compile(r"<br\s*/?>", re.IGNORECASE)
TAG = lazy_compile(r"</?[a-zA-Z]")


def with_diagrams(
    slides: Sequence[RenderedSlide],
    loaded: Iterable[str],
    sources: Sequence[Source],
    draw: Draw,
    reporter: Reporter,
) -> list[RenderedSlide]:
    """Slides with their diagrams drawn if the page loads Mermaid; one that does not parse is left to the script.

    `loaded` is what the page loads, `sources` are the texts of the deck, for diagnostics.
    """
    if not any("mermaid" in text.lower() for text in loaded):
        return list(slides)
    reported: set[str] = set()

    def drawn(match: re.Match[str]) -> str:
        text = dedent(unescape(BREAK.sub("\ue000", match["text"]))).strip().replace("\ue000", "<br/>")
        if TAG.search(BREAK.sub("", text)):
            return match[0]
        found = draw("mermaid", text)
        if found is None:
            return match[0]
        if not found.svg:
            if text not in reported:
                reported.add(text)
                message = f"this diagram cannot be drawn, so it is left to Mermaid's script: {found.message}"
                lines = text.split("\n")
                line = lines[min(found.line, len(lines)) - 1].strip() or lines[0]
                reporter.report(Code.BAD_DIAGRAM, message, _place(line, sources))
            return match[0]
        return diagram_html(found, FenceInfo())

    return [
        replace(slide, html=DIAGRAM.sub(drawn, slide.html), notes=DIAGRAM.sub(drawn, slide.notes))
        if "mermaid" in slide.html or "mermaid" in slide.notes
        else slide
        for slide in slides
    ]


def _place(text: str, sources: Sequence[Source]) -> Span | None:
    for source in sources:
        at = source.text.find(text)
        if at >= 0:
            return Span(source, at, at + len(text))
    return None
