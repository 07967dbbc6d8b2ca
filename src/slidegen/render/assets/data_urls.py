"""Encodes a file's bytes as a data URL."""

from __future__ import annotations

import re
from base64 import b64encode

from slidegen.patterns import lazy_compile

ESCAPED = tuple((character, f"%{ord(character):02X}") for character in '%#"<\\\r\n\t')
"""What a data URL in quotes in a style sheet in a page must not contain."""
_DECLARED = lazy_compile(rb"""<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)


def data_url(data: bytes, media_type: str) -> str:
    """The shorter of the two ways to write a data URL.

    It has no double quote, backslash, line break or `<`, so it is safe in double quotes in CSS.
    """
    text = _text(data, media_type)
    if text is not None:
        return text
    return f"data:{media_type};base64,{b64encode(data).decode('ascii')}"


def data_url_length(data: bytes, media_type: str) -> int:
    """The length of the base64 form, which is never shorter than `data_url`."""
    return len(f"data:{media_type};base64,") + (len(data) + 2) // 3 * 4


def _text(data: bytes, media_type: str) -> str | None:
    """The percent-encoded form, if the data is text and that is shorter."""
    if media_type != "image/svg+xml" or _DECLARED.match(data[:200]):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "'" not in text:
        text = text.replace('"', "'")
    longest = (len(data) + 2) // 3 * 4 + len(";base64")
    if "\0" in text or len(data) + 2 * sum(text.count(character) for character, _ in ESCAPED) > longest:
        return None
    for character, code in ESCAPED:
        text = text.replace(character, code)
    return f"data:{media_type},{text}"
