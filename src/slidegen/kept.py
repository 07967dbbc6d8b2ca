"""Values that are computed from texts alone, and may be kept from one command to the next.

Every page needs the same style sheets and scripts parsed, minified and packed, and the same regular
expressions compiled. Nothing of a deck is kept, since all users of an installation share the file. This
module knows what is kept; `project.kept_values` reads and writes the file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

T = TypeVar("T")

MAX_REMEMBERED = 512
"""How many results of one function a process remembers as values."""


class Store(Struct):
    """Encoded values by what they were computed from."""

    values: dict[str, bytes] = field(default_factory=dict)
    """From an earlier command."""
    used: dict[str, bytes] = field(default_factory=dict)
    """The values that this command has used or computed."""
    new: int = 0
    """How many of them it has computed."""
    code: str = ""
    """Identifies the code that computes them."""
    open: bool = False
    """Whether values are kept; otherwise nothing is encoded."""

    def get(self, key: str) -> bytes | None:
        """The encoded value of a key; None if there is none."""
        data = self.values.get(key)
        if data is not None:
            self.used[key] = data
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep a value for the next command."""
        self.used[key] = data
        self.new += 1


STORE = Store()
"""The store of this process."""


def kept(kind: object, *, apart: int = 0) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Decorate a function of texts to keep its results, which must be of a type that `msgspec` can encode.

    Its first `apart` arguments are no texts; they help to compute results, which must not depend on them.
    The function must be in a package that `project.kept_values.CODE` names: values are valid for its code only.
    """

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        remembered: dict[tuple[str, ...], T] = {}

        @wraps(function)
        def ask(*arguments: Any) -> T:
            texts = arguments[apart:]
            found = remembered.get(texts)
            if found is None:
                if len(remembered) >= MAX_REMEMBERED:
                    remembered.clear()
                found = remembered[texts] = (
                    _kept_or_made(function, kind, arguments, texts) if STORE.open else function(*arguments)
                )
            return found

        return ask

    return decorate


def _kept_or_made(
    function: Callable[..., T], kind: object, arguments: tuple[object, ...], texts: tuple[str, ...]
) -> T:
    from hashlib import blake2b

    key = f"{function.__name__} {blake2b(chr(0).join(texts).encode('utf-8', 'surrogatepass')).hexdigest()}"
    data = STORE.get(key)
    if data is not None:
        try:
            value: T = msgspec.msgpack.decode(data, type=kind)
        except msgspec.MsgspecError:  # it is damaged
            pass
        else:
            return value
    value = function(*arguments)
    try:
        data = msgspec.msgpack.encode(value)
        if msgspec.msgpack.decode(data, type=kind) == value:
            STORE.put(key, data)
    except (msgspec.MsgspecError, TypeError, OverflowError):  # a value that cannot be encoded faithfully
        pass
    return value
