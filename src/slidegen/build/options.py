"""The options of a build, as given on the command line."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import astuple, replace


class BuildOptions(Struct, frozen=True):
    """What the command line says about a build."""

    theme: str | None = None
    embed: bool = True
    """Whether to embed pictures, videos and fonts in the page."""
    variant: str | None = None
    """The version of the decks; None for everything in them."""
    strict: bool = False
    """Whether warnings fail a build."""
    force: bool = False
    """Whether to build decks that have not changed."""
    fetch: bool = False
    """Whether to download and embed what decks load from the network."""
    jobs: int = 0
    """How many processes to use; 0 for one per processor."""
    progress: bool = False
    """Whether to report on a terminal what slidegen is waiting for."""

    @property
    def shaping(self) -> tuple[object, ...]:
        """The options that affect a page's content."""
        return astuple(replace(self, strict=False, force=False, jobs=0, progress=False))
