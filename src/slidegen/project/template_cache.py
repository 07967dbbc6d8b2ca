"""Caches compiled templates for all decks of a command."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


@dataclass(slots=True)
class CompiledTemplates(BytecodeCache):
    """Compiled templates by what they were compiled from.

    Each deck has an environment of its own, which looks for its templates anew: so it is known which of
    them a page depends on.
    """

    codes: dict[tuple[str, str], CodeType] = field(default_factory=dict)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, where it is known."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template's code."""
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code
