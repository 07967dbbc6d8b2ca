"""Finds which works of a bibliography a deck's parts cite, and what a page may say about them, for the leak check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from slidegen.build.other_files import deck_files, find_named, read_text
from slidegen.compile.compile import CompiledDeck
from slidegen.files.paths import resolve_links
from slidegen.patterns import lazy_compile
from slidegen.reading.bibliography import BibliographyEntry

KEY = lazy_compile(r"@?[^\W_][\w:.#$%&+?<>~/-]*(?<![.:?,])")
"""A possible key of a work, in lower case."""
Works = Mapping[str, BibliographyEntry]
"""By their keys in lower case."""

TELLING = frozenset({"title", "title-short", "author", "editor"})
"""The fields that distinguish a work from others; publishers, types and addresses share words."""


def bibliography_files(compiled: CompiledDeck, folder: Path) -> list[Path]:
    """The files of a deck's bibliography."""
    files, deck = deck_files(compiled, folder), resolve_links(compiled.path)
    found = (find_named(name, files, deck) for name in compiled.deck.config.bibliography)
    return [Path(file.path) for file in found if file is not None]


def read_works(compiled: CompiledDeck, folder: Path) -> Works:
    """The works that a deck may cite."""
    if not compiled.deck.config.bibliography:
        return {}
    from slidegen.compile.bibliography import works_in  # here, since few decks have one

    works: dict[str, BibliographyEntry] = {}
    for path in bibliography_files(compiled, folder):
        for work in works_in(str(path), read_text(path))[0]:
            works.setdefault(work.key.lower(), work)
    return works


def named_in(works: Works, text: str) -> list[str]:
    """The keys of the works that a text cites, after `@`, or as words beside `cite`."""
    words = set(KEY.findall(text.lower()))
    by_macro = any("cite" in word for word in words)
    return [key for key in works if f"@{key}" in words or (by_macro and key in words)]


def texts_of(works: Works, keys: Iterable[str], *, telling: bool = False) -> list[str]:
    """The facts about works, one per line; with `telling`, only titles and people."""
    return ["\n".join(_facts(works[key], telling)) for key in keys]


def _facts(work: BibliographyEntry, telling: bool) -> Iterator[str]:
    try:
        record = work.read()
    except RecursionError:
        return
    for name, value in record.items():
        if not telling or name in TELLING:
            yield from _said(value)


def _said(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):  # a person, or a date
        names = [str(part) for part in value.values() if isinstance(part, str)]
        yield ", ".join(names)
        yield " ".join(reversed(names))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _said(each)
