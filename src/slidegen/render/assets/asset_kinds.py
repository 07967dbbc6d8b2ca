"""The uses of files, and the outcomes for references to them."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from msgspec import Struct


class AssetUrl(Struct, frozen=True):
    """The page refers to the file by this URL, including its fragment."""

    url: str


class Outcome(Enum):
    """The outcome for a reference that does not lead to a file to embed."""

    KEPT = auto()
    """It stays as it is: a data URL, a page on the network, a place on the same page."""
    GONE = auto()
    """The file is missing or unusable, which has been reported."""


class AssetKind(Enum):
    """What a file is used as; the value is what a diagnostic calls it."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    CAPTIONS = "captions"
    STYLE = "style sheet"
    SCRIPT = "script"
    FONT = "font"
    PAGE = "page"
    FILE = "file"
    LINK = "linked file"


class Clean(Protocol):
    """Removes from files what the page should not contain."""

    def __call__(self, media_type: str, data: bytes, shown: str = "") -> bytes:
        """The cleaned bytes of a file of some media type; `shown` is its path for diagnostics."""

    def look(self, data: bytes, suffix: str, shown: str) -> None:
        """Report what a linked file of this suffix contains that the page should not."""

    def data_url(self, url: str) -> str:
        """A `data:` URL with the file in it cleaned."""


FETCHED = frozenset({AssetKind.IMAGE, AssetKind.STYLE, AssetKind.SCRIPT, AssetKind.FONT, AssetKind.FILE})
"""What is downloaded if the user wants downloads; videos and pages never are."""
