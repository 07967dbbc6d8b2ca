"""What makes the file of a deck in each format; a new format is a module with an `Exporter`, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from slidegen.compile.compile import CompiledDeck
from slidegen.page.page import BuiltPage, build_page
from slidegen.project.output_formats import HTML, OutputFormat

if TYPE_CHECKING:
    from slidegen.files.downloads import Downloads


class ExportRequest(Struct, frozen=True):
    """Where the file of a deck goes, and what it is to hold."""

    output: Path | None
    """Absolute; None for standard output, beside which no other file can be."""
    pages: Mapping[Path, Path]
    """The files of other decks in the same format, by the decks' own paths, for links between decks."""
    folder: Path
    """The working folder, to which paths in diagnostics are relative."""
    embed: bool = True
    """Whether pictures, films and fonts stand in the file itself."""
    downloads: Downloads | None = None
    """What downloads files; None where all of the network stays there."""
    summary: bool = False
    """Whether a course page says something of the deck."""


class Exporter(Protocol):
    """Makes the file of a deck, and what stands beside it; what is wrong goes to the deck's reporter."""

    def __call__(self, compiled: CompiledDeck, request: ExportRequest) -> BuiltPage: ...


def exporter_of(format: OutputFormat) -> Exporter:
    """What makes files of a format; raises LookupError for one that nothing makes."""
    if format == HTML:
        return export_html
    raise LookupError(f"nothing makes files of the format {format.name}")


def export_html(compiled: CompiledDeck, request: ExportRequest) -> BuiltPage:
    """The deck's page."""
    return build_page(
        compiled,
        request.output,
        request.pages,
        request.folder,
        embed=request.embed,
        downloads=request.downloads,
        summary=request.summary,
    )
