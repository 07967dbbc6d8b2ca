"""Counts calls of functions, which says how much work something is, however busy the machine."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Calls:
    """How many functions were called while they were counted."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.count = 0

    def see(self, frame: FrameType, event: str, arg: object) -> None:
        """Count an event, as `sys.setprofile` reports it."""
        if self.name:
            self.count += event == "call" and frame.f_code.co_name == self.name
        else:
            self.count += event.endswith("call")


@contextmanager
def counted(name: str = "") -> Iterator[Calls]:
    """Count the calls of all functions, or of those with this name; not what ends objects of earlier tests."""
    calls = Calls(name)
    gc.collect()
    gc.disable()
    sys.setprofile(calls.see)
    try:
        yield calls
    finally:
        sys.setprofile(None)
        gc.enable()
