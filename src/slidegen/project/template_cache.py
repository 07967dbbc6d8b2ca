"""Caches compiled templates: all of them for one command, slidegen's own between commands, too."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from slidegen.diagnostics import DeckError
from slidegen.files.writing import write_file
from slidegen.project.cached_files import CACHE, read_cached

MAX_BYTES = 1_000_000


@dataclass(slots=True)
class CompiledTemplates(BytecodeCache):
    """Compiled templates by what they were compiled from.

    Each deck has an environment of its own, which looks for its templates anew: so it is known which of
    them a page depends on. Compiling slidegen's own takes a third of the time of a small deck, so their code is
    kept beside them, unless Python is told to write none or the folder cannot be written.
    """

    own: Path
    """The folder of slidegen's own templates."""
    codes: dict[tuple[str, str], CodeType] = field(default_factory=dict)
    _files: dict[str, Path] = field(default_factory=dict)
    """Where the code of own templates is kept, by the key of a template."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The code of a template; the file name of one of slidegen's own is its path."""
        if filename is not None and Path(filename).is_relative_to(self.own):
            kept = f"{Path(filename).relative_to(self.own)}.{sys.implementation.cache_tag}.jinja"
            self._files[self.get_cache_key(name, filename)] = self.own / CACHE / kept.replace(os.sep, ".")
        return BytecodeCache.get_bucket(self, environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, where it is known."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and bucket.key in self._files:
            try:
                bucket.load_bytecode(BytesIO(read_cached(self._files[bucket.key], self.own, MAX_BYTES)))
            except (OSError, ValueError, EOFError, TypeError):  # none is kept, or half of one
                bucket.reset()
            if bucket.code is not None:
                self.codes[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template's code."""
        if bucket.code is None:
            return
        self.codes[bucket.key, bucket.checksum] = bucket.code
        if bucket.key in self._files and not sys.dont_write_bytecode:
            with suppress(DeckError):  # the folder may be anybody's; the next command compiles again
                write_file(self._files[bucket.key], bucket.bytecode_to_string(), self.own)
