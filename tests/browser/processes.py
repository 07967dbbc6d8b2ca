"""The processes of a browser."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from tests.projects import PATIENCE


def wait_until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def processes_of(folder: Path) -> list[int]:
    """The processes whose command line names a folder."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                if os.fsencode(folder) in (each / "cmdline").read_bytes():
                    found.append(int(each.name))
            except OSError:
                continue
    return found
