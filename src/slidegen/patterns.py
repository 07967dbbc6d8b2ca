"""Regular expressions that are compiled when they are first used.

There are about four hundred, of which a deck needs a third; the rest belong to features it does not use.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast

METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
FACTS = ("flags", "groups", "groupindex")


class LazyPattern(Generic[AnyStr]):
    """Stands in for an `re.Pattern`, whose methods it takes over at the first call."""

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
    """Like `re.compile`, except that a mistake shows at the first use; a test uses all of them."""
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))
