"""One work in a citation."""

from __future__ import annotations

from msgspec import Struct


class CitedWork(Struct, frozen=True):
    """One work in a citation."""

    key: str
    prefix: str = ""
    """The text before it: "see"."""
    label: str = ""
    """The unit of `locator`, by CSL's name: `page`; empty without one."""
    locator: str = ""
    suffix: str = ""
    year_only: bool = False
    """Written `-@key`: the sentence names the author."""
    start: int = 0
    """Where the key is, relative to the start of the text in brackets."""
    end: int = 0
