"""Takes pictures of slides in the browser."""

from __future__ import annotations

from collections.abc import Iterator

from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared
from slidegen.project.package_data import page_function


def show_slides(opened: Prepared, scale: float) -> None:
    """Have the page show one slide at a time in the whole window, at this scale."""
    opened.page.run(page_function("export/shots.js"))
    opened.page.call("Emulation.setEmulatedMedia", media="print")
    opened.page.size(opened.width, opened.height, scale)


def shots(opened: Prepared, options: ExportOptions, kind: str = "png") -> Iterator[bytes]:
    """A picture of each slide, in order."""
    scale = options.width / opened.width if options.width else options.scale
    show_slides(opened, scale)
    for index in range(len(opened.facts.slides)):
        opened.page.evaluate(f"slidegenShow({index})")
        yield opened.page.picture(kind)
