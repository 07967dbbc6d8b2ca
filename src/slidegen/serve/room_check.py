"""Checks the pages served to the audience, slide by slide, for content that their variant leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from slidegen.build.leak_check import bytes_of, report_leaks, secrets_of
from slidegen.compile.compile import CompiledDeck
from slidegen.render.assets import Copy


class RoomCheck(Struct):
    """Checks one deck again and again: what was clean before, and holds the same, is not read anew."""

    _secrets: object = None
    _clean: set[str] = field(default_factory=set)
    """Texts and names of files that hold nothing of it."""

    def finds_leaks(
        self, compiled: CompiledDeck, texts: Iterable[str], files: Mapping[str, Copy], folder: Path
    ) -> bool:
        """Whether texts or files hold what is left out; that is reported to the deck's reporter."""
        secrets, places = secrets_of(compiled, folder)
        value = secrets.value()
        if value != self._secrets:
            self._secrets, self._clean = value, set()
        before, self._clean = self._clean, set()
        found = False
        for text in texts:
            if text in before or not report_leaks(
                compiled, secrets, places, "the audience's page", text.encode("utf-8", "replace"), folder
            ):
                self._clean.add(text)
            else:
                found = True
        for name, copy in files.items() if secrets else ():
            if name in before or not report_leaks(compiled, secrets, places, name, bytes_of(copy), folder):
                self._clean.add(name)
            else:
                found = True
        return found
