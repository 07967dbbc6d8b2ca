"""Checks what a variant's build writes about several decks: the course page, its search and feed, and archives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, convert, to_builtins

from slidegen.build.leak_check import ReadDeck, leak_diagnostic
from slidegen.build.leak_search import Leak, find_leaks, unexplained
from slidegen.build.other_files import read_text
from slidegen.build.other_reasons import Kept, PageReasons, course_words, own_words, without_shown
from slidegen.build.readable import INLINE, TAG, decode, views_of, words_of
from slidegen.build.secret_words import Runs, Secrets
from slidegen.diagnostics import DeckError
from slidegen.files.paths import display_path
from slidegen.html_tags import UNREAD
from slidegen.project.project import Project


class DeckParts(Struct, frozen=True):
    """The left-out and the kept part of a deck, and what else its page holds, as stored in a summary."""

    runs: dict[str, str]
    whole: dict[str, str]
    files: dict[str, tuple[str, str]]
    kept: Kept
    page: PageReasons | None = None

    @property
    def secrets(self) -> Secrets:
        """The left-out part."""
        return Secrets(Runs.of(self.runs), Runs.of(self.whole), dict(self.files))

    def value(self) -> dict[str, object]:
        """The parts as plain values."""
        return dict(to_builtins(self))

    @classmethod
    def of_page(cls, deck: ReadDeck, folder: Path) -> DeckParts:
        """The parts of a deck whose page was made."""
        secrets = deck.secrets
        page = PageReasons.of(deck.compiled, folder, deck.places.values())
        return cls(secrets.runs.value(), secrets.whole.value(), secrets.files, deck.kept, page)

    @classmethod
    def of(cls, summary: Mapping[str, Any]) -> DeckParts | None:
        """The parts stored in a summary; None if it belongs to no variant."""
        return convert(summary["left_out"], cls) if "left_out" in summary else None


def check_course(
    files: Mapping[Path, bytes],
    summaries: Sequence[Mapping[str, Any]],
    project: Project,
    made_from: Iterable[Path],
    pages: Iterable[Path],
    folder: Path,
) -> None:
    """Raise DeckError if the course page, its search or its feed hold what is left out of a deck.

    Another deck may say the same, and so may the templates that the page is `made_from`;
    `pages` are the decks' pages.
    """
    check = _check_of_all(summaries, project, made_from, pages)
    for path, data in files.items():
        check(display_path(path, folder), data)


def archive_check(
    archive: str, project: Project, summaries: Sequence[str], pages: Iterable[Path]
) -> Callable[[str, bytes], None]:
    """A function that checks one file of an archive, given its name and bytes, against decks with these summaries.

    It raises DeckError if the file holds what is left out of a deck.
    """
    check = _check_of_all([json.loads(summary) for summary in summaries], project, (), pages)
    return lambda name, data: check(f"{archive}, {name}", data)


def _check_of_all(
    summaries: Sequence[Mapping[str, Any]],
    project: Project,
    made_from: Iterable[Path],
    pages: Iterable[Path],
) -> Callable[[str, bytes], None]:
    """A function that raises DeckError if a file holds what is left out of a deck.

    One deck may show what another leaves out.
    """
    decks = [deck for deck in map(DeckParts.of, summaries) if deck is not None]
    secrets = Secrets()
    for deck in decks:
        secrets.add_all(deck.secrets)
    for deck in decks:
        for text in deck.kept.texts():
            secrets.forget(text)
    made = [deck.page for deck in decks if deck.page is not None]

    def texts() -> Iterator[str | list[str]]:
        yield from course_words(project)
        yield from own_words()
        for page in made:
            yield from page.texts()
        yield from map(read_text, made_from)
        for deck in decks:
            yield from deck.kept.drawn()

    def pictures() -> Iterator[Path | str]:
        for deck in decks:
            yield from deck.kept.pictures
        for page in made:
            yield from page.pictures()

    def check(name: str, data: bytes) -> None:
        leaks = find_leaks(data, [secrets]) if secrets else []
        if leaks:
            leaks = without_shown(unexplained(leaks, texts()), pictures())
        if leaks:
            runs = _runs_in_pieces(leaks, pages)
            leaks = [leak for leak in leaks if leak.what not in runs]
        for leak in leaks:
            raise DeckError(leak_diagnostic(leak, name))

    return check


def _runs_in_pieces(leaks: Iterable[Leak], pages: Iterable[Path]) -> set[str]:
    """Words that occur in pages only around a formula or an edge, which search, feed and titles omit."""
    secrets = Secrets.of_runs(leak.what for leak in leaks if not leak.digest)
    whole, in_pieces = set[str](), set[str]()
    for text in map(read_text, pages):
        whole.update(run for view in views_of(text) for run in secrets.runs.found_in(view))
        in_pieces.update(
            secrets.runs.found_in(words_of(decode(TAG.sub(" ", INLINE.sub("", UNREAD.sub("", text))))))
        )
    return in_pieces - whole
