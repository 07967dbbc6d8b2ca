"""Exports, which need a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects import Project


@pytest.fixture
def course(project: Project, program: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """An empty folder in which there is a browser; nothing of it may stay there."""
    monkeypatch.setenv("SLIDEGEN_BROWSER", str(program))
    yield project
    assert not [name for name in project.files() if "slidegen-" in name]
