"""The options of a build, as given on the command line."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import astuple, replace


class BuildOptions(Struct, frozen=True):
    """What the command line says about a build."""

    theme: str | None = None
    embed: bool = True
    """Whether pictures, films and fonts stand in the page."""
    variant: str | None = None
    """The version of the decks; None for all that is in them."""
    strict: bool = False
    """Whether warnings fail a build."""
    force: bool = False
    """Whether decks that have not changed are built, too."""
    fetch: bool = False
    """Whether what decks load from the network is downloaded and put into their pages."""
    jobs: int = 0
    """How many processes share the work; 0 for as many as there are processors."""
    progress: bool = False
    """Whether a terminal is told what is waited for."""

    @property
    def shaping(self) -> tuple[object, ...]:
        """Those that make a page what it is."""
        return astuple(replace(self, strict=False, force=False, jobs=0, progress=False))
