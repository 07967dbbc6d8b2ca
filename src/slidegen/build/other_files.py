"""Finds the files that a deck refers to, for the leak check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from slidegen.compile.compile import CompiledDeck
from slidegen.compile.withhold import html_beside
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular
from slidegen.render.assets import FoundFile
from slidegen.source import Span


def deck_files(compiled: CompiledDeck, folder: Path) -> DeckFiles:
    """The files that a deck may refer to."""
    return DeckFiles.of_project(compiled.project.root, folder, compiled.deck.config.assets.allow)


def find_named(name: str, files: DeckFiles, deck: Path) -> FoundFile | None:
    """The project's file that a reference leads to, as written."""
    if "://" in name or name.startswith(("#", "data:")):
        return None
    found = files.find(path_in(name), deck)
    return found if isinstance(found, FoundFile) else None


def path_in(reference: str) -> str:
    """The path in a reference, without query and fragment."""
    return unquote(reference.partition("#")[0].partition("?")[0])


def html_of(compiled: CompiledDeck, folder: Path) -> Iterator[Span]:
    """The HTML that comes with a deck besides its slides."""
    files = deck_files(compiled, folder)
    return html_beside(compiled.page, compiled.deck.config, files, resolve_links(compiled.path))


def read_text(path: Path) -> str:
    """The text of a file; empty if it cannot be read."""
    return read_bytes(path).decode("utf-8", "replace")


def read_bytes(path: Path | str) -> bytes:
    """The content of a file; empty if it cannot be read."""
    try:
        return read_regular(Path(path))
    except OSError:
        return b""
