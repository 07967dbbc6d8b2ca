"""Caches compiled templates: all of them for one command, slidegen's own between commands, too."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from slidegen.diagnostics import DeckError
from slidegen.files.writing import write_file
from slidegen.project.cached_files import CACHE, read_cached

MAX_BYTES = 1_000_000


class CompiledTemplates(BytecodeCache):
    """Compiled templates by what they were compiled from.

    Each deck has an environment of its own, which looks up its templates again, so that the page's
    dependencies are known. Compiling slidegen's own takes a third of the time of a small deck, so their code is
    kept beside them, unless Python is told not to write any or the folder is read-only.
    """

    def __init__(self, own: Path) -> None:
        self.own = own
        """The folder of slidegen's own templates."""
        self.codes: dict[tuple[str, str], CodeType] = {}
        self._files: dict[str, Path] = {}
        """The files for the code of own templates, by a template's key."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The code of a template; for one of slidegen's own, the file name is its path."""
        if filename is not None and Path(filename).is_relative_to(self.own):
            kept = f"{Path(filename).relative_to(self.own)}.{sys.implementation.cache_tag}.jinja"
            self._files[self.get_cache_key(name, filename)] = self.own / CACHE / kept.replace(os.sep, ".")
        return BytecodeCache.get_bucket(self, environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code if it is known."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and bucket.key in self._files:
            try:
                bucket.load_bytecode(BytesIO(read_cached(self._files[bucket.key], self.own, MAX_BYTES)))
            except (OSError, ValueError, EOFError, TypeError):  # none is kept, or it is incomplete
                bucket.reset()
            if bucket.code is not None:
                self.codes[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if bucket.code is None:
            return
        self.codes[bucket.key, bucket.checksum] = bucket.code
        if bucket.key in self._files and not sys.dont_write_bytecode:
            with suppress(DeckError):  # the folder may be read-only; the next command compiles it again
                write_file(self._files[bucket.key], bucket.bytecode_to_string(), self.own)
