"""Regular expressions that are compiled when they are first used.

There are some four hundred, of which a deck needs a third: the others belong to what it does not have.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast

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
        compiled = re.compile(self.pattern, self._flags)
        for each in (*METHODS, *FACTS):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def lazy_compile(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern as `re.compile` gives it, but that a mistake in it shows at its first use; a test uses all."""
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))
