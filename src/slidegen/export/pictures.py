"""Exports a deck as pictures: one of each slide, and optionally one of all."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from slidegen.diagnostics import Diagnostic
from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared
from slidegen.export.shots import shots
from slidegen.output_formats import EXPORTS
from slidegen.project.package_data import page_function

SHEET_COLUMNS = 5
SHEET_WIDTH = 1600


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """A picture of each slide of a prepared page, named by the slide's number."""
    del report
    suffix = EXPORTS[options.format].suffix
    names = names_of([slide.number for slide in opened.facts.slides])
    pictures = shots(opened, options, options.format)
    files = {f"{name}{suffix}": data for name, data in zip(names, pictures, strict=True)}
    if options.sheet:
        files[f"sheet{suffix}"] = _sheet(opened, options, list(files.values()))
    return files


def names_of(numbers: Sequence[int]) -> list[str]:
    """Names that sort like the slides with these numbers; slides that share a number get a second one."""
    digits = max(2, len(str(max(numbers))))
    total, seen = Counter(numbers), Counter[int]()
    names = []
    for number in numbers:
        seen[number] += 1
        names.append(f"{number:0{digits}}" + (f"-{seen[number]}" if total[number] > 1 else ""))
    return names


def _sheet(opened: Prepared, options: ExportOptions, pictures: list[bytes]) -> bytes:
    """One picture of all slides, in rows."""
    kind = f"data:image/{options.format};base64,"
    wanted = {"pictures": [kind + b64encode(data).decode() for data in pictures], "columns": SHEET_COLUMNS}
    height = opened.page.run(page_function("export/sheet.js"), {**wanted, "width": SHEET_WIDTH})
    opened.page.size(SHEET_WIDTH, height)
    return opened.page.picture(options.format)
