"""The elements of diagrams on slides: sanitised, with unique names, a caption, and text for screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from html import escape

from slidegen.patterns import lazy_compile
from slidegen.render.mermaid import Drawn
from slidegen.syntax.fence_info import FenceInfo, language_name, read_fence_info

Draw = Callable[[str, str], Drawn | None]
"""Draws a diagram, given its kind and its text; returns None if the package for it is missing."""
KINDS = {"mermaid": "mermaid", "dot": "dot", "graphviz": "dot"}
"""The kind of a diagram by the language after its fence."""
PACKAGE = "pip install 'slidegen[diagrams]'"
ACTIVE = lazy_compile(
    r"<(script|foreignObject|iframe)\b.*?(?:</\1\s*>|/>)|\son\w+\s*=\s*(?:\"[^\"]*\"|'[^']*')",
    re.DOTALL | re.IGNORECASE,
)
"""Elements that run code, or contain HTML."""
LINK = lazy_compile(r"\s(?:xlink:)?href=\"(?P<url>[^\"]*)\"|\sxlink:\w+=\"[^\"]*\"|\sxmlns:xlink=\"[^\"]*\"")
HARMLESS = ("https://", "http://", "mailto:", "#")
NAMED = lazy_compile(
    r"(?P<before>\b(?:id|aria-labelledby|aria-describedby)=\"|url\(#|href=\"#)(?P<name>[^\")]+)"
)
SIZE = lazy_compile(r"<svg\b[^>]*?\swidth=\"(?P<width>[\d.]+)\"[^>]*?\sheight=\"[\d.]+\"")


def diagram_html(drawn: Drawn, info: FenceInfo) -> str:
    """A diagram as a slide shows it."""
    svg = _sized(_renamed(sanitised(drawn.svg)))
    style = f' style="width: {info.width}{"px" * info.width.isdecimal()}"' if info.width else ""
    role = f' role="img" aria-label="{escape(info.alt)}"' if info.alt else ""
    caption = (
        f'<div class="slidegen-diagram-caption">{escape(info.title, quote=False)}</div>' if info.title else ""
    )
    return f'<div class="slidegen-diagram"{style}><div{role}>{svg}</div>{caption}</div>'


def sanitised(svg: str) -> str:
    """A drawing that runs nothing, and links to nothing but pages."""
    return LINK.sub(_link, ACTIVE.sub("", svg))


def _link(match: re.Match[str]) -> str:
    url = match["url"]
    return f' href="{url}"' if url is not None and url.lower().startswith(HARMLESS) else ""


def _renamed(svg: str) -> str:
    """A drawing whose names are unique on the page."""
    own = f"d{blake2b(svg.encode('utf-8'), digest_size=4).hexdigest()}-"

    def named(match: re.Match[str]) -> str:
        return match["before"] + " ".join(own + name for name in match["name"].split())

    return NAMED.sub(named, svg)


def _sized(svg: str) -> str:
    """A drawing with its width as a number for calculations in style sheets."""
    match = SIZE.search(svg)
    if match is None:
        return svg
    head = re.sub(r'\s(?:width|height)="[\d.]+"', "", match[0])
    style = f"--slidegen-diagram-width: {float(match['width']):.0f};"
    rest = svg[match.end() :]
    tag, end, after = rest.partition(">")
    if ' style="' in head:
        head = head.replace(' style="', f' style="{style}', 1)
    elif ' style="' in tag:
        tag = tag.replace(' style="', f' style="{style}', 1)
    else:
        head += f' style="{style}"'
    return svg[: match.start()] + head + tag + end + after


def diagram_fault(draw: Draw, language: str, code: str) -> Drawn | None:
    """The result of drawing the code between two fences; None if the package is missing."""
    return draw(KINDS[language.lower()], own_text(code))


def own_text(code: str) -> str:
    """The text of a diagram without what follows its opening fence."""
    return code.rstrip("\n").rpartition("\n")[0].rstrip()


def missing_package() -> str:
    """The hint for a missing package."""
    return PACKAGE


def drawing(draw: Draw, text: str, info: str) -> str | None:
    """A block of code as a diagram; None if it is not one, or cannot be drawn."""
    kind = KINDS.get(language_name(info).lower())
    drawn = draw(kind, text) if kind is not None else None
    return diagram_html(drawn, read_fence_info(info)) if drawn is not None and drawn.svg else None
