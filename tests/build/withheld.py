"""Decks whose pages must not contain what a variant leaves out."""

from __future__ import annotations

from tests.projects import Project

CONFIG = "course: T\nvariants: {student: {notes: false}}\n"


def written(project: Project) -> str:
    """All that stands in the output folder, binary files included."""
    files = project.files("out")
    return "\n".join(
        (project.folder / "out" / name).read_bytes().decode("utf-8", "replace") for name in files
    )
