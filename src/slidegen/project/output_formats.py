"""The formats that decks are written in: their names, and the suffixes of their files."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class OutputFormat(Struct, frozen=True):
    """A format of what is made of a deck."""

    name: str
    """As the record of builds has it."""
    suffix: str
    """Of the files that slidegen names itself."""
    other_suffixes: tuple[str, ...] = ()
    """Others by which a path is known to be a file of this format, not a folder."""

    def is_file(self, path: Path) -> bool:
        """Whether a path names a file of this format."""
        return path.suffix.lower() in (self.suffix, *self.other_suffixes)


HTML = OutputFormat("html", ".html", (".htm",))
