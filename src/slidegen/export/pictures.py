"""Exports a deck as pictures: one of each slide, and perhaps one of all."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping

from slidegen.diagnostics import Diagnostic
from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared, script
from slidegen.export.shots import shot, shots
from slidegen.output_formats import EXPORTS

SHEET_COLUMNS = 5
SHEET_WIDTH = 1600


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """A picture for each slide of a prepared page, named by its place; steps have a second number."""
    del report
    suffix = EXPORTS[options.format].suffix
    files = {}
    digits = max(2, len(str(max(slide.position for slide in opened.facts.slides))))
    for slide, data in zip(opened.facts.slides, shots(opened, options, options.format), strict=True):
        step = f"-{slide.step + 1}" if slide.steps > 1 else ""
        files[f"{slide.position:0{digits}}{step}{suffix}"] = data
    if options.sheet:
        files[f"sheet{suffix}"] = _sheet(opened, options, list(files.values()))
    return files


def _sheet(opened: Prepared, options: ExportOptions, pictures: list[bytes]) -> bytes:
    """One picture of all slides, in rows."""
    kind = f"data:image/{options.format};base64,"
    wanted = {"pictures": [kind + b64encode(data).decode() for data in pictures], "columns": SHEET_COLUMNS}
    height = opened.page.run(script("sheet"), {**wanted, "width": SHEET_WIDTH})
    opened.page.size(SHEET_WIDTH, height)
    return shot(opened, options.format)
