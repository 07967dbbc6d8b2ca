"""The picture of the remote control on a phone's home screen, which takes no SVG on some phones."""

from __future__ import annotations

import zlib
from functools import cache
from math import ceil
from struct import pack

COLOURS = b"\x12\x16\x1c\x2f\x5d\x8a\xff\xff\xff"
"""The ground, the slide, and the lines on it."""
BOXES = ((1, 15, 20, 85, 80), (2, 27, 36, 73, 44), (2, 27, 54, 55, 62))
"""What is drawn, later boxes above earlier ones: its colour, and left, top, right, bottom in percent."""


@cache
def phone_icon(size: int) -> bytes:
    """The page's icon as PNG: a slide with two lines on it, `size` pixels wide and high."""
    rows = b"".join(b"\0" + _row(100 * y / size, size) for y in range(size))
    chunks = (
        (b"IHDR", pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)),
        (b"PLTE", COLOURS),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _row(down: float, size: int) -> bytes:
    """The colours of a row of pixels, so many percent below the top."""
    row = bytearray(size)
    for colour, left, top, right, bottom in BOXES:
        if top <= down < bottom:
            start, end = ceil(left * size / 100), ceil(right * size / 100)
            row[start:end] = bytes([colour]) * (end - start)
    return bytes(row)
