"""What tests of several folders need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty folder to write decks in."""
    return Project(tmp_path)
