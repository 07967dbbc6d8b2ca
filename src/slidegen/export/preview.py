"""Exports a picture of a deck's first slide, which link previews show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slidegen.diagnostics import Diagnostic
from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared
from slidegen.export.shots import show_slides
from slidegen.render.page_model import PREVIEW_WIDTH


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """A picture of the first slide of a prepared page that is shown, at the size for link previews."""
    del options, report
    show_slides(opened, PREVIEW_WIDTH / opened.width)
    opened.page.evaluate("slidegenShow(0)")
    return {"": opened.page.picture()}
