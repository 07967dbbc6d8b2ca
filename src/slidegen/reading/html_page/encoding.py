"""Decodes an HTML page with the encoding that it declares."""

from __future__ import annotations

import codecs
import re

from slidegen.patterns import lazy_compile
from slidegen.reading.markdown import FRONT_MATTER, decode
from slidegen.source import Source

CHARSET = lazy_compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
OF_BROWSERS = lazy_compile(
    r"utf-8|utf-16(?:-[lb]e)?|iso8859-\d+|cp(?:125\d|866|874|932|949)|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gbk|gb2312|gb18030|big5(?:hkscs)?|euc_(?:jp|kr)|iso2022_jp|shift_jis"
)
"""Python's names of the encodings in the Encoding Standard."""
AS_BROWSERS_READ = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}


def decode_page(path: str, data: bytes, errors: str = "strict") -> Source:
    """The text of a page in the encoding of its byte order mark or `<meta charset>`, else UTF-8.

    Raises DeckError for invalid UTF-8, unless `errors` is `replace`.
    """
    found = CHARSET.search(data[:2048])
    name = found[1].decode("ascii").lower() if found and not data.startswith(codecs.BOM_UTF8) else "utf-8"
    encoding = AS_BROWSERS_READ.get(name) or _codec(name)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    if (encoding == "utf-8" or (encoding.startswith("utf-16") and found)) and errors == "strict":
        return decode(path, data)
    return decode(path, data.decode(encoding, "replace").encode("utf-8"))


def _codec(name: str) -> str:
    """Python's name of an encoding that browsers know; UTF-8 for others, such as `hex`, which only Python knows."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return "utf-8"
    return found if OF_BROWSERS.fullmatch(found) else "utf-8"


def is_page(text: str) -> bool:
    """Whether a text is HTML around a deck, rather than a deck in a file named like a page."""
    return FRONT_MATTER.match(text) is None or "<textarea" in text
