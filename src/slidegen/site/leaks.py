"""Looks for what a variant leaves out in everything that a build is about to write.

It trusts none of what has made the variant: it knows what is left out from a reading of its own, and sees bytes.
"""

from __future__ import annotations

import binascii
import re
import unicodedata
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from html import unescape
from itertools import accumulate
from typing import Any

LONG = 12
"""Letters and digits from which on a passage is looked for: fewer are too easily there by chance."""
TELLING = 40
"""Letters and digits by which a part of a long line is known; a shorter line is looked for whole."""
WRITTEN_ALONE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Characters of scripts without spaces between words."""
WORD = re.compile(rf"[{WRITTEN_ALONE}]|[^\W_{WRITTEN_ALONE}]+")
TAG = re.compile(r"<(?!!--)[^<>]*>")
"""A tag; what a comment says is text here."""
CLASSES = re.compile(r"(?>(?:\.[a-zA-Z_-][\w-]*)+)\[")
"""The beginning of a content class, which is no text of a page."""
INLINE = re.compile(
    r"</?(?:abbr|a|bdi|b|code|del|em|ins|i|kbd|mark|q|small|span|strong|sub|sup|s|u|wbr)(?:\s[^<>]*)?>"
)
"""A tag that may stand within a word."""
LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\n]{0,500})\)")
FORMULA = re.compile(r"\$\$?([^$\n]{1,500})\$\$?")
BREAK = re.compile(r"\{\{[^{}\n]*\}\}|!\[:[^\]\n]*\]|\[\^[^\]\n]*\](?!:)|\\[()\[\]]")
"""What a page shows as something else: variables, macros, references to footnotes, the ends of formulas."""
LINE_MARK = re.compile(r"^[ \t]*(?:(?:\[[^\]\n]*\]:|[#>*+-]+|\d{1,3}[.)])[ \t]+)+", re.MULTILINE)
"""Marks of lists, headings, quotes and definitions."""
ATTRIBUTE = re.compile(
    r"""\b(?:alt|title|aria-[a-z]+|data-[a-z-]+|content|placeholder|value|label|srcdoc)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{32,}={0,2}")
ESCAPE = re.compile(
    r"\\u\{(?P<long>[0-9a-fA-F]{1,6})\}|\\u(?P<four>[0-9a-fA-F]{4})|\\x(?P<two>[0-9a-fA-F]{2})|\\(?P<sign>[nrt\"'/\\])"
)
PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
DEEPEST = 4
"""How often a text is decoded that holds others."""


@dataclass(frozen=True, slots=True)
class Words:
    """The letters and digits of a text without all else, and where its words begin."""

    letters: str
    starts: tuple[int, ...]

    def grams(self) -> Iterator[tuple[int, str]]:
        """The first letters from the beginning of each word on, where there are enough."""
        for start in self.starts:
            gram = self.letters[start : start + LONG]
            if len(gram) == LONG:
                yield start, gram


def words_of(text: str) -> Words:
    """The words of a text, in small letters and one spelling of each character."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\xad", "").replace("\u200b", "")
    words = WORD.findall(text.casefold())
    return Words("".join(words), tuple(accumulate(map(len, words[:-1]), initial=0)) if words else ())


@dataclass(slots=True)
class Secrets:
    """What is looked for."""

    grams: dict[str, dict[str, str]] = field(default_factory=dict)
    """By the first letters: all letters of what is looked for, and the place."""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By digest: the name and the place of files that only left-out parts use."""
    short: int = 0
    """Passages that are too short to be looked for."""

    def add(self, text: str, place: str) -> None:
        """A passage that is left out: its text, and what its attributes say."""
        for match in ATTRIBUTE.finditer(text):
            self._add(match[1] or match[2] or "", place)
        self.short += self._add(TAG.sub(" ", text), place)

    def _add(self, text: str, place: str) -> bool:
        """Whether a text is too short; what is looked for are its lines, and of long ones each part."""
        text = _apart(_decoded(text))
        lines = [words_of(line) for line in text.splitlines()]
        whole = words_of(text)
        if len(whole.letters) < LONG:
            return bool(whole.letters)
        for words in [line for line in lines if len(line.letters) >= LONG] or [whole]:
            wanted = min(len(words.letters), TELLING)
            ends = (*words.starts[1:], len(words.letters))
            index = 0
            for start, gram in words.grams():
                if start + wanted > len(words.letters):
                    break
                while ends[index] < start + wanted:
                    index += 1
                self.grams.setdefault(gram, {}).setdefault(words.letters[start : ends[index]], place)
        return False

    def forget(self, text: str) -> None:
        """A text that is kept: what stands in it is no secret."""
        if self.grams:
            for view in (*_views(text), words_of(_apart(_decoded(text)))):
                for start, gram in view.grams():
                    if gram in self.grams:
                        parts = self.grams[gram]
                        for part in [part for part in parts if view.letters.startswith(part, start)]:
                            del parts[part]
                        if not parts:
                            del self.grams[gram]

    def value(self) -> dict[str, object]:
        """The same as plain values."""
        return {"grams": self.grams, "files": self.files, "short": self.short}

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Secrets:
        """The secrets again."""
        return cls(dict(value["grams"]), dict(value["files"]))


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that is left out, and would be written."""

    what: str
    place: str


def digest_of(data: bytes) -> str:
    """Names the content of a file."""
    return blake2b(data, digest_size=16).hexdigest()


def find_leaks(data: bytes, secrets: Secrets, explained: Callable[[], Iterable[str]]) -> list[Leak]:
    """The secrets in the bytes of a file.

    `explained` gives texts that are in the file for another reason: slidegen's own, what macros wrote. It is
    only called where something is found.
    """
    found: dict[str, Leak] = {}
    _search(data, secrets, found, 0)
    if found:
        parts: dict[str, list[str]] = {}
        for part in found:
            parts.setdefault(part[:LONG], []).append(part)
        for text in explained():
            for view in _views(text):
                for start, gram in view.grams():
                    for part in parts.get(gram, ()):
                        if view.letters.startswith(part, start):
                            found.pop(part, None)
            if not found:
                break
    seen: dict[str, Leak] = {}
    for leak in found.values():
        seen.setdefault(leak.place, leak)
    return list(seen.values())


def _search(data: bytes, secrets: Secrets, found: dict[str, Leak], depth: int) -> None:
    if secrets.files:
        file = secrets.files.get(digest_of(data))
        if file is not None:
            found[file[0]] = Leak(file[0], file[1])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return
        text = data.decode("utf-16", "replace")
    if depth < DEEPEST:
        text = BASE64.sub(lambda match: _unpack(match, secrets, found, depth), text)
    if not secrets.grams:
        return
    grams = secrets.grams
    for view in _views(text):
        letters, starts = view.letters, view.starts
        for index, start in enumerate(starts):
            gram = letters[start : start + LONG]
            if gram in grams:
                for part, place in grams[gram].items():
                    if letters.startswith(part, start) and _ends_word(view, index, start + len(part)):
                        found.setdefault(part, Leak(part, place))


def _ends_word(view: Words, index: int, end: int) -> bool:
    """Whether a word ends at an offset."""
    return end == len(view.letters) or end in view.starts[index : index + 2 * TELLING]


def _unpack(match: re.Match[str], secrets: Secrets, found: dict[str, Leak], depth: int) -> str:
    """Search what a run of base64 holds; a space in its place where it holds something, else the run."""
    run = match[0].replace("-", "+").replace("_", "/")
    try:
        data = b64decode(run + "=" * (-len(run) % 4), validate=True)
    except (binascii.Error, ValueError):
        return match[0]
    _search(data, secrets, found, depth + 1)
    return match[0] if len(run) < 400 else " "


def _views(text: str) -> Iterator[Words]:
    """A text as it can be read: without tags, with them, and the same with all that is escaped decoded."""
    decoded = _decoded(text)
    yield words_of(decoded)
    if "<" in text:
        bare = _without_tags(text)
        yield words_of(_decoded(bare))
        if decoded != text:
            yield words_of(_without_tags(decoded))


def _without_tags(text: str) -> str:
    """Markup without tags: words end at all but those that stand within words."""
    return TAG.sub(" ", INLINE.sub("", text))


def _apart(text: str) -> str:
    """Markdown with a line for each part that a page shows in one piece."""
    text = CLASSES.sub(" ", text)
    text = LINK.sub(lambda match: f"\n{match[1]}\n{match[2]}\n" if match[0][0] == "!" else match[1], text)
    text = FORMULA.sub(lambda match: f"\n{match[1]}\n", text)
    return LINE_MARK.sub("", BREAK.sub("\n", text))


def _decoded(text: str) -> str:
    """A text with character references, escapes of JSON and JavaScript, and percent signs decoded."""
    for _ in range(DEEPEST):
        before = text
        if "&" in text:
            text = unescape(text)
        if "\\" in text:
            text = ESCAPE.sub(_character, text)
        if "%" in text:
            text = PERCENT.sub(
                lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), text
            )
        if text == before:
            break
    return text


def _character(match: re.Match[str]) -> str:
    code = match["long"] or match["four"] or match["two"]
    if code is None:
        return {"n": "\n", "r": "\r", "t": "\t"}.get(match["sign"], match["sign"])
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""
