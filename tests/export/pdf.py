"""Opens the PDFs that tests export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.projects import Project

pikepdf = pytest.importorskip("pikepdf")


def pdf_of(project: Project, name: str) -> Any:
    return pikepdf.open(project.folder / name)


def problems(path: Path) -> list[str]:
    """What two checkers of PDF/UA find wrong."""
    outloud = pytest.importorskip("outloud")
    pdfua = pytest.importorskip("pdfua")
    del outloud, pdfua
    import subprocess
    import sys

    found = []
    scripts = Path(sys.executable).parent
    for command in (["outloud", "--no-info", str(path)], ["pdfua", "check", str(path)]):
        ran = subprocess.run(
            [scripts / command[0], *command[1:]], capture_output=True, text=True, check=False
        )
        lines = ran.stdout.splitlines()
        found += [line.strip() for line in lines if re.search(r"^ *(\[ERROR\]|ERROR) ", line)]
    return found
