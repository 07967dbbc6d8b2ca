"""Checks the pages served to the audience, slide by slide, for content that their variant leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from slidegen.build.leak_check import ReadDeck, add_files, add_works, bytes_of, report_leaks, split_deck
from slidegen.build.leak_search import digest_of
from slidegen.build.other_reasons import Kept
from slidegen.build.secret_words import Secrets
from slidegen.build.withheld import LeftOut
from slidegen.compile.compile import CompiledDeck
from slidegen.render.assets import Copy
from slidegen.source import Span


class RoomCheck(Struct):
    """Checks one deck again and again, skipping what was clean before and has not changed."""

    _passages: list[str] = field(default_factory=list)
    """What was left out when the deck was last read."""
    _words: Secrets = field(default_factory=Secrets)
    """The words to look for, each at the index of its passage, including words that are kept elsewhere."""
    _said: dict[str, frozenset[str]] = field(default_factory=dict)
    """For each part that is kept, which of these words it contains."""
    _gone: frozenset[str] = frozenset()
    """The words that kept parts contain."""
    _files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    _works: frozenset[str] = frozenset()
    """The facts about works that only left-out parts cite."""
    _clean: set[str] = field(default_factory=set)
    """Texts, and files by name and content, that contain none of them."""

    def finds_leaks(
        self, compiled: CompiledDeck, texts: Iterable[str], files: Mapping[str, Copy], folder: Path
    ) -> bool:
        """Whether texts or files contain what is left out, which is reported to the deck's reporter."""
        deck = self._read(compiled, folder)
        before, self._clean = self._clean, set()
        found = False
        for text in texts:
            if text in before or not report_leaks(
                deck, "the audience's page", text.encode("utf-8", "replace"), folder
            ):
                self._clean.add(text)
            else:
                found = True
        for name, copy in files.items() if deck.secrets else ():
            data = bytes_of(copy)
            named = f"{name} {digest_of(data)}"
            if named in before or not report_leaks(deck, name, data, folder):
                self._clean.add(named)
            else:
                found = True
        return found

    def _read(self, compiled: CompiledDeck, folder: Path) -> ReadDeck:
        """A deck with what is left out of it, reading only what has changed."""
        left_out = split_deck(compiled, folder)
        passages = [text for text, _ in left_out.passages]
        if passages != self._passages:
            self._passages, self._words, self._said, self._gone = passages, Secrets(), {}, frozenset()
            self._clean = set()
            for number, text in enumerate(passages):
                self._words.add(text, str(number))
        self._forget(left_out)
        secrets = self._words.without(self._gone)
        kept = Kept.of(compiled, left_out.kept, folder)
        add_files(secrets, left_out, compiled, kept, folder)
        if secrets.files != self._files:
            self._files, self._clean = secrets.files, set()
        works = add_works(secrets, left_out, compiled, kept, folder)
        if works != self._works:
            self._works, self._clean = works, set()
        places: dict[str, Span] = {
            str(number): span.written for number, (_, span) in enumerate(left_out.passages)
        }
        return ReadDeck(compiled, secrets, places, kept)

    def _forget(self, left_out: LeftOut) -> None:
        """Find out what is kept elsewhere, part by part."""
        parts = set(left_out.parts())
        self._said = {
            part: self._said[part] if part in self._said else frozenset(self._words.said_in(part))
            for part in parts
        }
        gone = frozenset().union(*self._said.values())
        if not gone >= self._gone:  # there are more words to look for than before
            self._clean = set()
        self._gone = gone
