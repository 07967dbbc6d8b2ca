"""Tells which drawings a page shows, and which its server has written down."""

from __future__ import annotations

import json
from typing import Any

from tests.projects import Project

SEEN = (
    "[...document.querySelectorAll('.remark-visible .slidegen-drawing > *')]"
    ".filter((each) => getComputedStyle(each).display !== 'none')"
)


def seen(page: Any, number: int) -> None:
    """Waits until so many strokes can be seen on the slide."""
    page.wait_for_function(f"{SEEN}.length === {number}")


def kept(project: Project, page: Any, *numbers: int) -> dict[str, Any]:
    """The file of drawings as soon as it has so many strokes on its slides."""
    path = project.folder / "talk.ink.json"
    for _ in range(3000):
        if path.exists():
            slides: dict[str, Any] = json.loads(path.read_text())["slides"]
            if [len(strokes) for strokes in slides.values()] == list(numbers):
                return slides
        page.wait_for_timeout(20)
    raise AssertionError(path.read_text() if path.exists() else "no file")
