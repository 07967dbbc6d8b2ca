"""Parses and validates the JSON messages that clients send."""

from __future__ import annotations

import json

from slidegen.json_data import read_json

MAX_NUMBER = 1_000_000_000


def read_said(text: str | bytes) -> dict[str, object]:
    """Parse a JSON object from a client; raises ValueError for anything else.

    Lone surrogates, which JSON can express and UTF-8 cannot, are refused, and so are infinite numbers:
    no file can be looked up with them, and no browser can be sent them.
    """
    message = read_json(text)
    if not isinstance(message, dict):
        raise ValueError("not an object")
    json.dumps(message, ensure_ascii=False, allow_nan=False).encode("utf-8")
    return message


def whole_number(value: object) -> int:
    """An integer, such as a line number; raises ValueError for fractions, infinite numbers and anything else."""
    if not isinstance(value, str | int | float) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError("not a number")
    number = int(value)
    if abs(number) > MAX_NUMBER:
        raise ValueError("too large a number")
    return number


def is_address(path: str) -> bool:
    """Whether the path of a request can be a local address.

    In a redirect, `//host/` would be another server's address, and so would `/\\host/`.
    """
    if path.startswith("//") or "\\" in path or "\0" in path:
        return False
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
