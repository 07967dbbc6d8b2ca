"""Regular expressions that are compiled when they are first used.

There are some four hundred, of which a deck needs a third: the others belong to what it does not have. Compiling one
takes hundreds of times as long as making it from its compiled code, which is kept from one command to the next.
"""

from __future__ import annotations

import re
from array import array
from typing import Any, AnyStr, Generic, cast

import msgspec
from msgspec import Struct

from slidegen.kept import STORE

METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
FACTS = ("flags", "groups", "groupindex")


class LazyPattern(Generic[AnyStr]):
    """Stands in for an `re.Pattern`; it has the methods of one, those of a compiled one from the first call on."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in METHODS and name not in FACTS:
            raise AttributeError(name)
        compiled = compiled_pattern(self.pattern, self._flags)
        for each in (*METHODS, *FACTS):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def lazy_compile(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern as `re.compile` gives it, but that a mistake in it shows at its first use; a test uses all."""
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))


class _Compiled(Struct, frozen=True, array_like=True):
    """What the engine of `re` makes a pattern from."""

    flags: int
    code: bytes
    """Unsigned integers, as this machine has them."""
    groups: int
    names: dict[str, int]
    places: list[str | None]
    """The name of each group."""


def compiled_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern as `re.compile` gives it, made from its code where that is kept.

    Only private parts of `re` do that. Where they are not what they are in CPython 3.11 to 3.14, it is compiled.
    """
    if not STORE.open or not isinstance(pattern, str):
        return re.compile(pattern, flags)
    try:
        return _from_code(pattern, int(flags))
    except re.error:
        raise
    except Exception:  # whatever it is: `re` has changed, or what is kept is damaged
        return re.compile(pattern, flags)


def _compiler() -> Any:
    return re._compiler  # type: ignore[attr-defined]


def _from_code(pattern: str, flags: int) -> re.Pattern[str]:
    key = f"re {flags} {pattern}"
    data = STORE.get(key)
    if data is None:
        made = _code_of(pattern, flags)
        STORE.put(key, msgspec.msgpack.encode(made))
    else:
        made = msgspec.msgpack.decode(data, type=_Compiled)
    code = array("I", made.code).tolist()
    found: re.Pattern[str] = _compiler()._sre.compile(
        pattern, made.flags, code, made.groups, made.names, tuple(made.places)
    )
    return found


def _code_of(pattern: str, flags: int) -> _Compiled:
    """As `re._compiler.compile` does it."""
    compiler = _compiler()
    parsed = compiler._parser.parse(pattern, flags)
    code = array("I", compiler._code(parsed, flags))
    names = dict(parsed.state.groupdict)
    places: list[str | None] = [None] * parsed.state.groups
    for name, place in names.items():
        places[place] = name
    return _Compiled(
        flags=int(flags | parsed.state.flags),
        code=code.tobytes(),
        groups=parsed.state.groups - 1,
        names=names,
        places=places,
    )
