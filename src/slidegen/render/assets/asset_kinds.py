"""What files are needed as, and what becomes of references to them."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from msgspec import Struct


class AssetUrl(Struct, frozen=True):
    """The page refers to the file by this URL, fragment included."""

    url: str


class Outcome(Enum):
    """What becomes of a reference that leads to no file."""

    KEPT = auto()
    """It stays as it is: a data URL, a page on the network, a place on the same page."""
    GONE = auto()
    """There is no such file, or it is of no use; this has been reported."""


class AssetKind(Enum):
    """What a file is needed as; the value is how a diagnostic names it."""

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
    """Takes out of files what the page is to be without."""

    def __call__(self, media_type: str, data: bytes, shown: str = "") -> bytes:
        """The bytes of a file of a media type, without that; `shown` is its path for diagnostics."""

    def data_url(self, url: str) -> str:
        """A `data:` URL, without that in the file that it holds."""


FETCHED = frozenset({AssetKind.IMAGE, AssetKind.STYLE, AssetKind.SCRIPT, AssetKind.FONT, AssetKind.FILE})
"""What is downloaded where downloading is asked for; films and pages stay where they are."""
