"""Searches the files that a build is about to write for content that a variant leaves out.

It trusts nothing that built the variant: `withheld` tells it independently what is left out, and it searches bytes.
"""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from msgspec import Struct, field

from slidegen.build.own_text import without_own_text
from slidegen.build.readable import (
    EDGE,
    INLINE,
    MAX_DEPTH,
    TAG,
    decode,
    read_strings,
    spellings,
    split_apart,
    views_of,
    words_of,
)
from slidegen.patterns import lazy_compile

LONG = 12
"""Letters and digits from which on words are looked for: fewer are too easily there by chance."""
TELLING = 24
"""Letters and digits from which on a line tells by itself where it comes from."""
MAX_UNPACKED = 8_000_000
"""Bytes to which packed ones may grow and still be looked at: those of a page's tools are some ten thousand."""
HEAD = 3
"""Words by whose beginning longer passages are found."""
ATTRIBUTE = lazy_compile(
    r"""\b(?:alt|title|aria-[a-z]+|data-[a-z-]+|content|placeholder|value|label|srcdoc)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
BASE64 = lazy_compile(r"[A-Za-z0-9+/_-]{32,}={0,2}")


def _heads(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Each word with those after it."""
    return zip(*(words[start:] for start in range(HEAD)), strict=False)


class Secrets(Struct):
    """What is looked for: texts as words with a space between, each with its place."""

    short_runs: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Runs of up to three words."""
    long_runs: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    """Longer ones, by their first words."""
    whole: dict[str, str] = field(default_factory=dict)
    """Passages all of whose lines are short; on a page their lines may be cells or items."""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By digest: the name and the place of files that only left-out parts use."""
    short: int = 0
    """Passages that are too short to be looked for."""

    def __bool__(self) -> bool:
        return bool(self.short_runs or self.long_runs or self.whole or self.files)

    def add(self, text: str, place: str) -> None:
        """A passage that is left out: its text, and what its attributes say."""
        for match in ATTRIBUTE.finditer(text):
            self._add(match[1] or match[2] or "", place)
        self.short += self._add(TAG.sub(" ", INLINE.sub("", text)), place)

    def lines(self) -> Secrets:
        """Only what is told from other texts by itself: lines of some length, whole, and files."""
        found = Secrets(files=self.files)
        runs = [run for each in self.long_runs.values() for run in each.items()]
        runs += [(" ".join(words), place) for words, place in self.short_runs.items()]
        for run, place in runs:
            if len(run) - run.count(" ") >= TELLING:
                found._add_run(run.split(" "), place)
        return found

    def add_all(self, other: Secrets) -> None:
        """All that others look for."""
        self.short_runs |= other.short_runs
        for head, runs in other.long_runs.items():
            self.long_runs.setdefault(head, {}).update(runs)
        self.whole |= other.whole
        self.files |= other.files

    def _add(self, text: str, place: str) -> bool:
        """Whether a text is too short; what is looked for are its lines, and all runs of their words."""
        text = decode(text)
        is_long = False
        for spelling in spellings(text):
            for line in spelling.splitlines():
                words = words_of(line)
                if sum(map(len, words)) >= LONG and not "".join(words).isdecimal():
                    is_long = True
                    self._add_line(words, place)
        if is_long:
            return False
        words = words_of(split_apart(text))
        if sum(map(len, words)) < LONG or "".join(words).isdecimal():
            return bool(words)
        self.whole.setdefault(" ".join(words), place)
        return False

    def _add_line(self, words: list[str], place: str) -> None:
        """Each run of words that has letters enough and no word more, and the line."""
        first, size = 0, 0
        for last, word in enumerate(words):
            size += len(word)
            while size >= LONG:
                self._add_run(words[first : last + 1], place)
                size -= len(words[first])
                first += 1
        self._add_run(words, place)

    def _add_run(self, words: list[str], place: str) -> None:
        if len(words) <= HEAD:
            if not "".join(words).isdecimal():
                self.short_runs.setdefault(tuple(words), place)
        else:
            self.long_runs.setdefault(tuple(words[:HEAD]), {}).setdefault(" ".join(words), place)

    def forget(self, text: str | list[str]) -> None:
        """A text that is kept, or its words: what stands in it is no secret."""
        for run in self.said_in(text):
            self._drop(run)

    def said_in(self, text: str | list[str]) -> set[str]:
        """What of all this stands in a text as somebody writes it, or in its words."""
        if not (self.short_runs or self.long_runs or self.whole):
            return set()
        if isinstance(text, list):
            return set(self.found_in(text))
        plain = decode(text)
        views = {plain, *spellings(plain)}
        if "<" in text:
            views.add(TAG.sub(" ", INLINE.sub("", text)))
        return {run for view in views for run in self.found_in(words_of(view))}

    def without(self, runs: Iterable[str]) -> Secrets:
        """The same but for some words."""
        long_runs = {head: dict(each) for head, each in self.long_runs.items()}
        left = Secrets(dict(self.short_runs), long_runs, dict(self.whole), dict(self.files), self.short)
        for run in runs:
            left._drop(run)
        return left

    def _drop(self, run: str) -> None:
        words = tuple(run.split(" "))
        self.whole.pop(run, None)
        self.short_runs.pop(words, None)
        runs = self.long_runs.get(words[:HEAD], {})
        runs.pop(run, None)
        if not runs:
            self.long_runs.pop(words[:HEAD], None)

    def found_in(self, words: list[str]) -> Iterator[str]:
        """The texts that stand in a text with these words."""
        if self.short_runs:
            alone = {run[0] for run in self.short_runs if len(run) == 1}
            yield from alone.intersection(words)
            for size in range(2, HEAD + 1):
                runs = zip(*(words[start:] for start in range(size)), strict=False)
                yield from map(" ".join, self.short_runs.keys() & runs)
        heads = self.long_runs.keys() & _heads(words) if self.long_runs else ()
        for at, head in enumerate(_heads(words)) if heads else ():
            if head in heads:
                for known in self.long_runs[head]:
                    rest = known.split(" ")
                    if words[at : at + len(rest)] == rest:
                        yield known
        if self.whole:
            text = f" {' '.join(word for word in words if word != EDGE)} "
            yield from (run for run in self.whole if f" {run} " in text)

    def place_of(self, run: str) -> str:
        """Where a text stands that was found."""
        words = tuple(run.split(" "))
        return (
            self.short_runs.get(words)
            or self.long_runs.get(words[:HEAD], {}).get(run)
            or self.whole.get(run, "")
        )

    def value(self) -> dict[str, object]:
        """The same as plain values."""
        runs = {" ".join(words): place for words, place in self.short_runs.items()}
        for each in self.long_runs.values():
            runs |= each
        return {"runs": runs, "whole": self.whole, "files": self.files}

    @classmethod
    def of_runs(cls, runs: Iterable[str]) -> Secrets:
        """Just these words, to be looked for in other texts."""
        secrets = cls()
        for run in runs:
            secrets._add_run(run.split(" "), run)
        return secrets

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Secrets:
        """The secrets again."""
        secrets = cls(whole=dict(value["whole"]))
        secrets.files = {digest: (name, place) for digest, (name, place) in value["files"].items()}
        for run, place in value["runs"].items():
            secrets._add_run(run.split(" "), place)
        return secrets


class Leak(Struct, frozen=True):
    """Something that is left out, and would be written."""

    what: str
    """Its words, or the name of a file."""
    place: str
    is_file: bool = False


def digest_of(data: bytes) -> str:
    """Names the content of a file."""
    return blake2b(data, digest_size=16).hexdigest()


def find_leaks(
    data: bytes, secrets: Secrets, explained: Callable[[], Iterable[str | list[str]]]
) -> list[Leak]:
    """The secrets in the bytes of a file, one for each place."""
    seen: dict[str, Leak] = {}
    for leak in find_all_leaks(data, secrets, explained):
        seen.setdefault(leak.place, leak)
    return list(seen.values())


def find_all_leaks(
    data: bytes, secrets: Secrets, explained: Callable[[], Iterable[str | list[str]]]
) -> list[Leak]:
    """The secrets in the bytes of a file, also where some share words or their place.

    `explained` gives texts, or their words, that are in the file for another reason: slidegen's own, what macros
    wrote. It is only called where something is found.
    """
    found: dict[str, Leak] = {}
    _search(data, secrets, found, 0)
    runs = {leak.what for leak in found.values() if not leak.is_file}
    if runs:
        known = Secrets.of_runs(runs)
        known.whole |= {run: run for run in runs}
        for text in explained():
            known.forget(text)
            if not known.whole:
                break
        found = {run: leak for run, leak in found.items() if leak.is_file or run in known.whole}
    return list(found.values())


def _search(data: bytes, secrets: Secrets, found: dict[str, Leak], depth: int) -> None:
    if secrets.files:
        file = secrets.files.get(digest_of(data))
        if file is not None:
            found[file[0]] = Leak(file[0], file[1], is_file=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return
        text = data.decode("utf-16", "replace")
    text = read_strings(text) or without_own_text(text, f" {EDGE} ")
    if depth < MAX_DEPTH:
        text = BASE64.sub(lambda match: _unpack(match, secrets, found, depth), text)
    for view in views_of(text):
        for run in secrets.found_in(view):
            found.setdefault(run, Leak(run, secrets.place_of(run)))


def _inflated(data: bytes) -> bytes:
    """What DEFLATE has made of something, as the tools of a page are packed; nothing where it has not."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = unpacker.decompress(data, MAX_UNPACKED)
    except zlib.error:
        return b""
    return text if unpacker.eof and not unpacker.unused_data else b""


def _unpack(match: re.Match[str], secrets: Secrets, found: dict[str, Leak], depth: int) -> str:
    """Search what a run of base64 holds; a space in its place where it holds something, else the run."""
    run = match[0].replace("-", "+").replace("_", "/")
    try:
        data = b64decode(run + "=" * (-len(run) % 4), validate=True)
    except (binascii.Error, ValueError):
        return match[0]
    _search(_inflated(data) or data, secrets, found, depth + 1)
    return match[0] if len(run) < 400 else " "
