"""Reads what earlier commands have left beside slidegen's own templates."""

from __future__ import annotations

import os
from errno import EPERM
from pathlib import Path

from slidegen.files.regular import read_regular

CACHE = "__pycache__"
"""The folder within slidegen's templates, named like Python's."""


def read_cached(path: Path, own: Path, most: int) -> bytes:
    """What an earlier command has left in the cache of the templates folder `own`.

    Raises OSError if there is nothing, or someone who cannot write the templates could have written it.
    """
    ours = own.stat()
    for each in (path.parent, path):
        state = each.lstat()
        known = state.st_uid in (ours.st_uid, os.geteuid()) if hasattr(os, "geteuid") else True
        shared = state.st_mode & 0o022
        if not known or shared & ~ours.st_mode or (shared & 0o020 and state.st_gid != ours.st_gid):
            raise PermissionError(EPERM, "others may have written it", str(path))
    return read_regular(path, most)
