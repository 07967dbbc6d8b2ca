"""Finds pictures that no deck shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from slidegen.diagnostics import Code, Diagnostic
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.walk import Irregular, Walk

PICTURES = frozenset(
    ".png .jpg .jpeg .gif .svg .webp .avif .bmp .tif .tiff .mp4 .webm .mov .mp3 .ogg .wav".split()
)
NOT_LOOKED_AT = frozenset({"node_modules", "templates", "__pycache__", "_site"})


def unused_files(
    folders: Sequence[Path], shown: Collection[Path], output: Path, folder: Path
) -> Iterator[Diagnostic]:
    """The pictures and videos in these folders that no deck shows."""
    pages = resolve_links(output)

    def wants(parent: Path, name: str, is_folder: bool) -> bool:
        if name.startswith("."):
            return False
        if is_folder:
            return name not in NOT_LOOKED_AT and resolve_links(parent / name) != pages
        return Path(name).suffix.lower() in PICTURES

    seen: set[Path] = set()
    for top in folders:
        for path in sorted(
            each for each in Walk(top, wants, [resolve_links(top)]).files() if not isinstance(each, Irregular)
        ):
            real = resolve_links(path)
            if real not in shown and real not in seen:
                seen.add(real)
                size = real.stat().st_size
                message = f"no deck shows this file ({size / 1000:.0f} KB)"
                yield Diagnostic(
                    Code.UNUSED_FILE,
                    message,
                    hint="show it, or remove it",
                    path=display_path(path, folder),
                )
