"""Has the browser show each slide, and takes from it the shapes, the fonts and the pictures of a presentation."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from msgspec import Struct
from PIL import Image

from slidegen.export.facts import read_page
from slidegen.export.pptx.fonts import shown_fonts
from slidegen.export.pptx.shapes import Box, SlideShapes
from slidegen.export.pptx.text import box_with_bullet
from slidegen.export.prepared import Prepared
from slidegen.export.shots import show_slides
from slidegen.project.package_data import page_function

T = TypeVar("T")

SCALE = 2
"""Pixels of a picture per pixel of a slide."""
Area = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels of a picture."""


class Part(Struct, frozen=True):
    """A picture of a part of a slide."""

    area: Area
    picture: Image.Image

    def cut(self, area: Area) -> Image.Image:
        """The picture of an area inside of this one."""
        left, top = self.area[:2]
        return self.picture.crop((area[0] - left, area[1] - top, area[2] - left, area[3] - top))


class Shots(Struct, frozen=True):
    """Pictures of a slide."""

    ground: bytes
    """Everything but text and figures."""
    figures: Part | None = None
    """Where there are figures: also with them."""
    formulas: Part | None = None
    """Where there are formulas: everything."""


def slide_shapes(opened: Prepared) -> tuple[Sequence[SlideShapes], dict[int, str]]:
    """The shapes of all slides, and the fonts that they show, by the numbers of runs."""
    show_slides(opened, SCALE)
    opened.page.evaluate(f"window.slidegenShapes = {page_function('export/shapes.js')}, 0")
    slide = "(_, index) => (slidegenShow(index), slidegenShapes(index))"
    found = opened.page.evaluate(f"Array.from({{ length: {len(opened.facts.slides)} }}, {slide})")
    return read_page(found, list[SlideShapes]), shown_fonts(opened.page)


def slide_shots(opened: Prepared, slides: Sequence[SlideShapes]) -> Iterator[Shots]:
    """Pictures of each slide, after `slide_shapes`; only as much of it as becomes pictures."""
    opened.page.run(page_function("export/hide.js"))

    def show(index: int, without: str) -> None:
        opened.page.evaluate(f"slidegenShow({index}), slidegenHide('{without}')")

    def part(index: int, without: str, boxes: Iterable[Box]) -> Part | None:
        area = _around(filter(None, (area_of(opened, box) for box in boxes)))
        if area is None:
            return None
        show(index, without)
        left, top, right, bottom = (each / SCALE for each in area)
        return Part(area, read_picture(opened.page.picture(clip=(left, top, right - left, bottom - top))))

    for index, slide in enumerate(slides):
        formulas = [box_with_bullet(shape) for shape in slide.shapes if shape.has_formula]
        figures = [shape.box for shape in slide.shapes if shape.kind == "picture"]
        taken = part(index, "", formulas), part(index, "text", figures)
        show(index, "figures")
        yield Shots(opened.page.picture(), figures=taken[1], formulas=taken[0])


def whole_slides(opened: Prepared) -> Iterator[bytes]:
    """A picture of each slide with all that is on it."""
    show_slides(opened, SCALE)
    for index in range(len(opened.facts.slides)):
        opened.page.evaluate(f"slidegenShow({index})")
        yield opened.page.picture()


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The items, each of which is made in another thread while the one before is in use."""
    pool = ThreadPoolExecutor(1, "pictures")
    try:
        waiting = pool.submit(next, items, None)
        while (item := waiting.result()) is not None:
            waiting = pool.submit(next, items, None)
            yield item
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # a browser that hangs is ended by others


def area_of(opened: Prepared, box: Box) -> Area | None:
    """A place on a slide in pixels of its pictures; None if it is outside the slide."""
    left, top, width, height = box
    area = (
        max(0, round(left * SCALE)),
        max(0, round(top * SCALE)),
        min(opened.width * SCALE, round((left + width) * SCALE)),
        min(opened.height * SCALE, round((top + height) * SCALE)),
    )
    return area if area[2] > area[0] and area[3] > area[1] else None


def _around(areas: Iterable[Area]) -> Area | None:
    """The smallest area that holds all of these; None if there are none."""
    sides = list(zip(*areas, strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None


def read_picture(data: bytes) -> Image.Image:
    """A picture in red, green and blue."""
    image = Image.open(io.BytesIO(data))
    return image if image.mode == "RGB" else image.convert("RGB")
