"""A digest of slidegen itself: changing the program invalidates every page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from slidegen import __version__
from slidegen.files.file_state import digest

PACKAGE = Path(__file__).parent.parent


def program_digest() -> str:
    """A digest that changes with slidegen, Python and every package installed beside it.

    Modules are identified by size and modification time, without reading them; templates are inputs of the pages that
    use them.
    """
    parts = [__version__, sys.version]
    for folder in sys.path:
        if os.path.basename(folder) in ("site-packages", "dist-packages"):  # noqa: PTH119
            parts += sorted(name for name in _names(folder) if name.endswith(".dist-info"))
    for folder, subfolders, names in os.walk(PACKAGE):
        subfolders[:] = sorted(name for name in subfolders if name not in ("__pycache__", "templates"))
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118
                parts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return digest("\n".join(parts).encode())


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []
