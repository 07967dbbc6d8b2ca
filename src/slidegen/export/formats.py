"""Chooses the formats of an export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from slidegen.output_formats import EXPORTS, OutputFormat, export_of, is_one_export
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.project import Projects, default_folders


def formats_of_build(sources: Sequence[Path], folder: Path) -> tuple[str, ...]:
    """What a build of these sources also exports, according to the project's `export:`."""
    projects = Projects(folder)
    first = sources[0] if sources else default_folders(projects, folder)[0]
    return projects.of(first / DEFAULT_NAME if first.is_dir() else first).config.export


def format_of(
    output: Path | None, name: str | None, *, handout: int = 0, notes: bool = False
) -> OutputFormat:
    """The requested format, else that of the output's suffix, else PDF."""
    named = export_of(output) if output is not None and is_one_export(output) else None
    found = EXPORTS[name] if name else named or EXPORTS["pdf"]
    if found.name == "pdf" and notes:
        return EXPORTS["notes"]
    return EXPORTS["handout"] if found.name == "pdf" and handout else found
