"""Pictures that tests make."""

from __future__ import annotations

import struct
import zlib


def png_of(width: int, height: int, rows: bytes) -> bytes:
    """A PNG of red, green and blue; each row begins with a byte for its filter, 0 for none."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
