"""Reads JSON from files and other programs, which may hold anything."""

from __future__ import annotations

import json
from typing import Any, TypeVar

T = TypeVar("T")


def read_json(data: bytes | str) -> Any:
    """The value in a JSON text; raises ValueError for anything else, and for one that is nested too deeply."""
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def read_json_as(data: bytes, kind: type[T]) -> T:
    """The value of a type in a JSON text; raises ValueError like `read_json`, and for values of other types."""
    import msgspec

    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
