"""One work in a citation."""

from __future__ import annotations

from msgspec import Struct


class CitedWork(Struct, frozen=True):
    """One work in a citation."""

    key: str
    prefix: str = ""
    """What stands before it: "see"."""
    label: str = ""
    """What `locator` counts, by CSL's name: `page`; empty without one."""
    locator: str = ""
    suffix: str = ""
    year_only: bool = False
    """Written `-@key`: the sentence names the author."""
    start: int = 0
    """Where the key stands, counted from the start of what stands in the brackets."""
    end: int = 0
