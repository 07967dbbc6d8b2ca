"""Determines which files beside a page the audience may request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from slidegen.build.leak_check import bytes_of
from slidegen.render.assets import Copy

REFERRING = frozenset({".html", ".htm", ".css", ".svg", ".js", ".mjs", ".json"})
"""Suffixes of files that may refer to others."""


def without_files_of_notes(
    files: Mapping[str, Copy], notes: Sequence[str], shown: Sequence[str]
) -> dict[str, Copy]:
    """The files beside a page, except those that only its notes refer to."""
    with_text = [text for text in notes if text]
    suspects = {name for name in files if any(quote(name) in text for text in with_text)}
    suspects -= {name for name in suspects if any(quote(name) in text for text in shown)}
    while suspects:
        texts = [_text(name, copy) for name, copy in files.items() if name not in suspects]
        needed = {name for name in suspects if any(Path(name).name in text for text in texts)}
        if not needed:
            break
        suspects -= needed
    return {name: copy for name, copy in files.items() if name not in suspects}


def _text(name: str, copy: Copy) -> str:
    return bytes_of(copy).decode("utf-8", "replace") if Path(name).suffix.lower() in REFERRING else ""
