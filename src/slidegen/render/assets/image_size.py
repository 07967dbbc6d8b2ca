"""Reads an image's natural size, and makes the empty placeholder image of that size."""

from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO
from urllib.parse import quote

from markupsafe import escape
from msgspec import Struct

KEPT_BY_SVG = ("width", "height", "viewBox", "preserveAspectRatio")
"""The attributes of an SVG image's root that determine its natural size and shape."""


class ImageFrame(Struct, frozen=True):
    """What determines an image's displayed size: the attributes of an empty SVG image of its size."""

    attributes: tuple[tuple[str, str], ...] = ()
    width: float | None = None
    """In CSS pixels; None if the image has no size of its own."""
    height: float | None = None

    def placeholder(self, density: float = 1, name: str = "") -> str:
        """The data URL of an empty image of this size.

        `name` is at its end after a hash sign, where it has no effect on the image but is found by
        selectors such as `img[src*="logo"]` and `img[src$="#right"]`.
        """
        attributes = self.attributes
        if density != 1 and self.width and self.height:
            width, height = _number(self.width / density), _number(self.height / density)
            attributes = (("width", width), ("height", height))
        written = "".join(f" {escape(key)}='{escape(value)}'" for key, value in attributes)
        svg = quote(f"<svg xmlns='http://www.w3.org/2000/svg'{written}/>", safe=" ='/:;,.!()-")
        return f"data:image/svg+xml,{svg}" + (f"#{quote(name, safe='/#?=&:;,.!()-_~')}" if name else "")


def frame(data: bytes, media_type: str) -> ImageFrame:
    """The natural size of an image; an empty frame if it is unknown."""
    if media_type == "image/svg+xml":
        return _svg_frame(data)
    import imagesize  # type: ignore[import-untyped]  # here: only decks with images need it

    try:
        info = imagesize.get_info(BytesIO(data))
    except (
        ValueError,
        OSError,
        LookupError,
        ArithmeticError,
        struct.error,
    ):  # what the library raises on damaged files
        return ImageFrame()
    width, height = info.width, info.height  # as displayed, with EXIF's rotation applied
    if width <= 0 or height <= 0:
        return ImageFrame()
    return ImageFrame((("width", str(width)), ("height", str(height))), width, height)


class _RootFoundError(Exception):
    """Ends the parsing of an SVG image at its first tag."""


def _svg_frame(data: bytes) -> ImageFrame:
    from xml.parsers import expat

    root: dict[str, str] = {}

    def start(_name: str, attributes: dict[str, str]) -> None:
        root.update(attributes)
        raise _RootFoundError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with suppress(_RootFoundError, expat.ExpatError):
        parser.Parse(data[:65536], False)
    kept = tuple((key, root[key]) for key in KEPT_BY_SVG if key in root)
    return ImageFrame(kept, _pixels(root.get("width")), _pixels(root.get("height")))


UNITS = {"px": 1, "": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16}


def _pixels(length: str | None) -> float | None:
    """A length in CSS pixels; None if it is invalid, or depends on something else."""
    text = (length or "").strip().lower()
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz%")
    try:
        value = float(number) * UNITS[text[len(number) :]]
    except (ValueError, KeyError):
        return None
    return value if 0 < value < float("inf") else None


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
