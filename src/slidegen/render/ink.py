"""Drawings on slides: the content of a deck's `NAME.ink.json`, and its form in a built page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from math import hypot
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from slidegen.json_data import read_json_as
from slidegen.render.page_model import RenderedSlide
from slidegen.render.slide_keys import slide_key

MAX_BYTES = 10_000_000
"""Size limit of a file of drawings; a page that shows them becomes twice as large."""
BOARD = "slidegen-page"
"""The class of a board page, which holds only drawings."""
Coordinate = Annotated[float, Meta(ge=-20_000, le=20_000)]
Version = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class Stroke(Struct, frozen=True, omit_defaults=True):
    """A line drawn without lifting the pen, in slide pixels; `templates/runtime/shapes.mjs` draws it in the browser."""

    tool: Literal["pen", "marker", "line", "arrow", "rect", "text"]
    color: Annotated[str, Meta(pattern="^(currentColor|#[0-9a-fA-F]{3,8})$")]
    points: Annotated[tuple[Coordinate, ...], Meta(min_length=2, max_length=40_000)]
    """x and y alternate."""
    widths: Annotated[tuple[Coordinate, ...], Meta(max_length=20_000)] = ()
    """Widths of a stylus, one for each point."""
    text: Annotated[str, Meta(max_length=5_000)] = ""
    step: Annotated[int, Meta(ge=0, le=100_000)] = 0
    """The step of its slide at which it appears."""
    board: Annotated[int, Meta(ge=0, le=1_000)] = 0
    """The board page after its slide that it is on; 0 for the slide itself."""
    id: Annotated[str, Meta(max_length=600)] = ""
    """Tells it from all others; empty in files of earlier releases."""
    version: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0
    """From 1 on, rises with each change, so that the last applies; 0 in files of earlier releases."""


class Ink(Struct, frozen=True):
    """All drawings of a deck."""

    version: Literal[1]
    slides: Mapping[str, tuple[Stroke, ...]] = field(default_factory=dict)
    """By what each slide is known by: `#name`, its title, or that with a number where several share it."""


def ink_path(deck: Path) -> Path:
    """The path of a deck's drawings."""
    return deck.with_name(f"{deck.stem}.ink.json")


def read_ink(data: bytes) -> Ink:
    """The drawings in a file; raises ValueError for anything else."""
    return read_json_as(data, Ink)


class InkChange(Struct, frozen=True):
    """What changes in the drawings on a slide."""

    slide: Annotated[str, Meta(max_length=500)]
    """Its key."""
    strokes: tuple[Stroke, ...] = ()
    """New and changed ones."""
    gone: Mapping[str, Version] = field(default_factory=dict)
    """The versions of removed strokes, by their ids."""


def read_change(sent: object) -> InkChange:
    """The change that a page sends; raises ValueError for anything else."""
    change = msgspec.convert(sent, InkChange)
    if not all(stroke.id and stroke.version for stroke in change.strokes):
        raise ValueError("a stroke that cannot be told from others")
    return change


def with_ink(slides: Iterable[RenderedSlide], ink: Ink, size: tuple[int, int]) -> Iterator[RenderedSlide]:
    """The slides with their drawings from the step of each on, and board pages after them."""
    seen: dict[str, int] = {}
    index = group = 0
    for _, found in groupby(slides, key=lambda slide: slide.group):
        steps = list(found)
        strokes = ink.slides.get(slide_key(steps, seen), ())
        for slide in steps:
            own = [stroke for stroke in strokes if not stroke.board and stroke.step <= slide.step]
            yield replace(slide, index=index, group=group, html=slide.html + drawing(own, size))
            index += 1
        group += 1
        last = steps[-1]
        for board in sorted({stroke.board for stroke in strokes} - {0}):
            html = drawing([stroke for stroke in strokes if stroke.board == board], size)
            yield RenderedSlide(
                index=index,
                group=group,
                step=0,
                last_step=True,
                html=html,
                number=last.number,
                total=last.total,
                number_text=last.number_text,
                classes=(BOARD, *(name for name in last.classes if name.startswith("hljs-"))),
                line=last.line,
            )
            index, group = index + 1, group + 1


def drawing(strokes: Sequence[Stroke], size: tuple[int, int]) -> str:
    """Strokes as SVG over the slide; empty if there are none."""
    if not strokes:
        return ""
    marks = "".join(map(_element, (stroke for stroke in strokes if stroke.tool == "marker")))
    lines = "".join(map(_element, (stroke for stroke in strokes if stroke.tool != "marker")))
    parts = f'<g stroke-width="26" opacity="0.45">{marks}</g>' if marks else ""
    width, height = size
    return (
        '<span class="slidegen-ink" aria-hidden="true" style="position:absolute;inset:0;pointer-events:none">'
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" fill="none" stroke-width="4"'
        f' stroke-linecap="round" stroke-linejoin="round" style="max-width:none;max-height:none">'
        f"{parts}{lines}</svg></span>"
    )


def _element(stroke: Stroke) -> str:
    color = escape(stroke.color)
    x, y, *_ = stroke.points
    if stroke.tool == "text":
        rows = "".join(
            f'<tspan x="{x:g}" y="{y + 38 * at:g}">{escape(line)}</tspan>'
            for at, line in enumerate(stroke.text.split("\n"))
        )
        return f'<text fill="{color}" stroke="none" font-size="30" font-family="sans-serif">{rows}</text>'
    if stroke.widths:
        path = _outline(stroke.points, stroke.widths)
        return f'<path stroke="{color}" fill="{color}" stroke-width="1" d="{path}"/>'
    return f'<path stroke="{color}" d="{_path(stroke.tool, stroke.points)}"/>'


def _path(tool: str, points: Sequence[float]) -> str:
    x, y, *_ = points
    x1, y1 = points[-2], points[-1]
    if tool == "line":
        return f"M{x:g} {y:g}L{x1:g} {y1:g}"
    if tool == "rect":
        return f"M{x:g} {y:g}H{x1:g}V{y1:g}H{x:g}Z"
    if tool == "arrow":
        length = hypot(x1 - x, y1 - y) or 1.0
        along, across = (x1 - x) / length, (y1 - y) / length
        wings = [
            f"{x1 - 22 * along - side * 9 * across:.1f} {y1 - 22 * across + side * 9 * along:.1f}"
            for side in (1, -1)
        ]
        return f"M{x:g} {y:g}L{x1:g} {y1:g}M{wings[0]}L{x1:g} {y1:g}L{wings[1]}"
    xs, ys = points[2::2], points[3::2]
    bends = [
        f"Q{bx:g} {by:g} {(bx + cx) / 2:g} {(by + cy) / 2:g}"
        for bx, by, cx, cy in zip(xs, ys, xs[1:], ys[1:], strict=False)
    ]
    return f"M{x:g} {y:g}{''.join(bends)}L{x1:g} {y1:g}"


def _outline(points: Sequence[float], widths: Sequence[float]) -> str:
    """The outline of a line that is wider where the pen was pressed harder."""
    there: list[str] = []
    back: list[str] = []
    last = len(points) - len(points) % 2 - 2
    for at in range(0, last + 1, 2):
        before, after = max(at - 2, 0), min(at + 2, last)
        dx, dy = points[after] - points[before], points[after + 1] - points[before + 1]
        length = hypot(dx, dy) or 1.0
        half = (widths[at // 2] if at // 2 < len(widths) else 4.0) / 2
        px, py = -dy / length * half, dx / length * half
        there.append(f"{points[at] + px:.1f} {points[at + 1] + py:.1f}")
        back.append(f"{points[at] - px:.1f} {points[at + 1] - py:.1f}")
    return f"M{'L'.join((*there, *reversed(back)))}Z"
