"""`slidegen demo`: builds the demonstration decks that come with slidegen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from slidegen.build.command import build_decks
from slidegen.build.options import BuildOptions
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.project.package_data import own_slides


class Demo(Struct, frozen=True):
    """A demonstration deck that was built."""

    page: Path
    deck: Path
    """A copy of its source, to edit and build again."""


def demo_names() -> Iterator[str]:
    """The names of the decks, starting with `tour`."""
    folder = own_slides()
    found = {path.stem if path.is_file() else path.name: path for path in folder.iterdir()}
    names = [
        name for name in found if (folder / f"{name}.md").is_file() or (folder / name / "index.md").is_file()
    ]
    yield from sorted(names, key=lambda name: (name != "tour", name))


def build_demo(name: str, theme: str | None = None) -> Demo:
    """Copy a deck with its pictures into a new folder and build it there.

    In a folder of its own, the deck is not affected by options of projects around slidegen's installation.
    Raises DeckError for an unknown name, and if the deck cannot be built.
    """
    names = list(demo_names())
    if name not in names:
        hint = f"choose from {', '.join(names)}"
        raise DeckError(Diagnostic(Code.NO_SUCH_FILE, f"there is no demonstration deck {name}", hint=hint))
    folder = Path(tempfile.mkdtemp(prefix="slidegen-demo-"))
    source = own_slides()
    if (source / name).is_dir():
        shutil.copytree(source / name, folder / name)
    deck = folder / name / "index.md"
    if (source / f"{name}.md").is_file():
        deck = folder / f"{name}.md"
        shutil.copyfile(source / deck.name, deck)
    page = deck.with_suffix(".html")
    for built in build_decks([deck], page, BuildOptions(theme), folder):
        if built.failed:
            raise DeckError(built.diagnostics[0])
    return Demo(page, deck)
