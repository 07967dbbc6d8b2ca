"""What a slide shows, as reported by `shapes.js`: shapes with their places in pixels."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

Box = tuple[float, float, float, float]
"""Left, top, width and height."""
Colour = tuple[int, int, int]


class Run(Struct, frozen=True):
    """Text in one look, or a formula."""

    text: str
    family: int
    size: float
    bold: bool
    italic: bool
    underline: bool
    strike: bool
    colour: Colour
    alpha: float
    link: str
    raised: int
    """Offset from the baseline in percent of the size."""
    token: int = 0
    """The mark of a formula; 0 for text."""
    spacing: float = 0
    """Letter spacing in pixels, in addition to the font's."""
    room: float = 0
    """Pixels after the last letter."""


class Cell(Struct, frozen=True):
    """A cell of a table."""

    runs: tuple[Run, ...]
    box: Box
    columns: int
    rows: int
    align: str
    padding: tuple[float, float, float, float]
    fill: Colour | None


class Shape(Struct, frozen=True, rename="camel"):
    """A paragraph, heading, listing, formula, table or picture."""

    kind: str
    box: Box
    token: int
    runs: tuple[Run, ...] = ()
    align: str = "l"
    line_height: float = 0
    lines: int = 1
    wraps: bool = False
    level: int = 0
    bullet: str = ""
    bullet_colour: Colour | None = None
    first: float = 0
    """Extra indentation of the first line in pixels."""
    rtl: bool = False
    pagination: bool = False
    cells: tuple[tuple[Cell, ...], ...] = ()
    heights: tuple[float, ...] = ()
    head: bool = False
    lead: float = 0
    """Pixels above the letters of a line that the page has and a presentation does not."""
    hanging: float = 0
    """Extra indentation of continuation lines of code, in pixels."""

    @property
    def all_runs(self) -> Iterator[Run]:
        """Its runs, and those of its cells."""
        yield from self.runs
        for row in self.cells:
            for cell in row:
                yield from cell.runs

    @property
    def has_formula(self) -> bool:
        """Whether it contains a formula."""
        return any(run.token for run in self.all_runs)


class SlideShapes(Struct, frozen=True):
    """A slide."""

    shapes: tuple[Shape, ...]
