"""Projects for tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.render.assets.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Project]:
    """Makes a project of files by their paths from its root; options are those of `Assets`."""

    def make(files: dict[str, bytes | str] | None = None, **options: Any) -> Project:
        return Project(tmp_path / "project", files or {}, **options)

    return make
