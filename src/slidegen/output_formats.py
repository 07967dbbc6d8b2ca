"""The formats that decks are written in: the names of their files, and the modules that make them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class OutputFormat(NamedTuple):
    """A kind of file that decks can be exported to. No `Struct`, since `--help` names them, and needs no msgspec."""

    name: str
    """As in options and the record of builds."""
    suffix: str
    """What its file's name ends in, after the deck's name."""
    module: str = ""
    """The module whose `export` makes it from a page in a browser; empty for the page itself."""
    other_suffixes: tuple[str, ...] = ()
    """Other suffixes by which a path is recognised as a file of this format rather than a folder."""
    is_folder: bool = False
    """Whether a deck becomes a folder of such files, one for each slide."""
    packages: tuple[str, ...] = ()
    """Modules that it needs; they come with `slidegen[export]`."""

    def is_file(self, path: Path) -> bool:
        """Whether a path names a file of this format."""
        return path.suffix.lower() in (self.suffix, *self.other_suffixes)


HTML = OutputFormat(name="html", suffix=".html", other_suffixes=(".htm",))

_PDF, _PPTX, _ODP = "slidegen.export.pdf.export", "slidegen.export.pptx.export", "slidegen.export.odp"
_PICTURES, _TEXT = "slidegen.export.pictures", "slidegen.export.text"
EXPORTS: Mapping[str, OutputFormat] = {
    each.name: each
    for each in (
        OutputFormat(name="pdf", suffix=".pdf", module=_PDF),
        OutputFormat(name="handout", suffix="-handout.pdf", module=_PDF),
        OutputFormat(name="notes", suffix="-notes.pdf", module=_PDF),
        OutputFormat(name="pptx", suffix=".pptx", module=_PPTX, packages=("pptx",)),
        OutputFormat(name="odp", suffix=".odp", module=_ODP, packages=("pptx",)),
        OutputFormat(name="png", suffix=".png", module=_PICTURES, is_folder=True),
        OutputFormat(name="jpeg", suffix=".jpg", module=_PICTURES, other_suffixes=(".jpeg",), is_folder=True),
        OutputFormat(name="webp", suffix=".webp", module=_PICTURES, is_folder=True),
        OutputFormat(name="preview", suffix="-preview.png", module="slidegen.export.preview"),
        OutputFormat(name="txt", suffix=".txt", module=_TEXT),
        OutputFormat(name="md", suffix=".md", module=_TEXT),
    )
}
"""The formats of `slidegen export`, by name."""
OTHER_FILES = frozenset(
    (
        ".avif",
        ".doc",
        ".docx",
        ".epub",
        ".gif",
        ".key",
        ".mp4",
        ".ppt",
        ".rtf",
        ".svg",
        ".tex",
        ".zip",
    )
)
"""Suffixes of files that slidegen does not write, and that no folder has."""
OPTIONAL = ("handout", "notes")
"""Those that are selected by an option of `pdf`."""


def export_of(path: Path) -> OutputFormat | None:
    """The exported format that a file's suffix asks for."""
    return next((each for each in EXPORTS.values() if each.is_file(path)), None)


def is_one_export(path: Path) -> bool:
    """Whether a path names the file of one exported deck rather than a folder."""
    named = export_of(path)
    return named is not None and not named.is_folder
