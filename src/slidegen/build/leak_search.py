"""Searches the files that a build is about to write for content that a variant leaves out.

It does not trust the code that built the variant: `withheld` finds independently what is left out, and this
"""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import b64decode
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

from msgspec import Struct

from slidegen.build.own_text import without_own_text
from slidegen.build.readable import EDGE, MAX_DEPTH, read_strings, views_of
from slidegen.build.secret_words import Secrets
from slidegen.patterns import lazy_compile

MAX_UNPACKED = 8_000_000
"""Size limit for unpacked data, in bytes; a page's packed tools take some ten thousand."""
BASE64 = lazy_compile(r"[A-Za-z0-9+/_-]{32,}={0,2}")


class Leak(Struct, frozen=True):
    """Something left out that would be written."""

    what: str
    """Its words, or the name of a file."""
    place: str
    digest: str = ""
    """The digest of the file."""


def digest_of(data: bytes) -> str:
    """The digest of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()


def find_leaks(data: bytes, secrets: Sequence[Secrets]) -> list[Leak]:
    """All secrets in the bytes of a file, including those that share words or a place."""
    found: dict[str, Leak] = {}
    _search(data, secrets, found, 0)
    return list(found.values())


def unexplained(leaks: Collection[Leak], texts: Iterable[str | list[str]]) -> list[Leak]:
    """The leaks that are not explained by these texts, each given as written or as a list of words.

    The texts are slidegen's own, or written by macros. No more of them are read than necessary.
    """
    runs = {leak.what for leak in leaks if not leak.digest}
    if runs:
        known = Secrets.of_runs(runs)
        for text in texts:
            known.forget(text)
            if not known:
                break
        runs = set(known.whole.value())
    return [leak for leak in leaks if leak.digest or leak.what in runs]


def one_a_place(leaks: Iterable[Leak]) -> list[Leak]:
    """The first leak of each place."""
    seen: dict[str, Leak] = {}
    for leak in leaks:
        seen.setdefault(leak.place, leak)
    return list(seen.values())


def _search(data: bytes, secrets: Sequence[Secrets], found: dict[str, Leak], depth: int) -> None:
    if any(each.files for each in secrets):
        digest = digest_of(data)
        for each in secrets:
            if digest in each.files:
                name, place = each.files[digest]
                found.setdefault(name, Leak(name, place, digest))
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
        for each in secrets:
            for run in each.found_in(view):
                found.setdefault(run, Leak(run, each.place_of(run)))


def _inflated(data: bytes) -> bytes:
    """Data compressed with DEFLATE, as a page's tools are; empty if it is not."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = unpacker.decompress(data, MAX_UNPACKED)
    except zlib.error:
        return b""
    return text if unpacker.eof and not unpacker.unused_data else b""


def _unpack(match: re.Match[str], secrets: Sequence[Secrets], found: dict[str, Leak], depth: int) -> str:
    """Search decoded base64; returns a space to put in its place if it holds something, else the run itself."""
    run = match[0].replace("-", "+").replace("_", "/")
    try:
        data = b64decode(run + "=" * (-len(run) % 4), validate=True)
    except (binascii.Error, ValueError):
        return match[0]
    _search(_inflated(data) or data, secrets, found, depth + 1)
    return match[0] if len(run) < 400 else " "
