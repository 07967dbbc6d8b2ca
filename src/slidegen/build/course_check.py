"""Checks what a variant's build writes about several decks: the course page, its search and feed, and archives."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from slidegen.build.leak_check import course_words, leak_diagnostic, own_words
from slidegen.build.leak_search import Leak, Secrets, find_all_leaks
from slidegen.build.readable import views_of, words_of
from slidegen.diagnostics import DeckError
from slidegen.files.paths import display_path
from slidegen.project.project import Project


def check_course(
    files: Mapping[Path, bytes], summaries: Sequence[Mapping[str, Any]], project: Project, folder: Path
) -> None:
    """Raise DeckError where the course page, its search or its feed hold what is left out of a deck.

    What is left out of one deck may be said in another.
    """
    check = _check_of_all(summaries, project)
    for path, data in files.items():
        check(display_path(path, folder), data)


def archive_check(archive: str, project: Project, summaries: Sequence[str]) -> Callable[[str, bytes], None]:
    """A function that looks at each file of an archive by its name and bytes, for decks with these summaries.

    It raises DeckError where the file holds what is left out of a deck.
    """
    check = _check_of_all([json.loads(summary) for summary in summaries], project)
    return lambda name, data: check(f"{archive}, {name}", data)


def _check_of_all(summaries: Sequence[Mapping[str, Any]], project: Project) -> Callable[[str, bytes], None]:
    """A function that raises DeckError where a file of some name holds what is left out of a deck.

    What one deck leaves out may be shown by another.
    """
    left_out = [summary for summary in summaries if "left_out" in summary]
    each = [Secrets.of(summary["left_out"]).lines() for summary in left_out]
    names = "\n".join(summary["path"] for summary in left_out)
    secrets = Secrets()
    for one in each:
        secrets.add_all(one)

    def check(name: str, data: bytes) -> None:
        leaks = find_all_leaks(data, secrets, lambda: (names, *course_words(project)))
        whose = {leak: {index for index, one in enumerate(each) if one.place_of(leak.what)} for leak in leaks}
        for told in (_told, _sheets_of):
            said = _said_by(_runs(whose), map(told, left_out))
            whose = {leak: own for leak, own in whose.items() if said.get(leak.what, set()) <= own}
        said = _said_by(_runs(whose), [own_words()]) if whose else {}
        for leak in (leak for leak in whose if leak.what not in said):
            raise DeckError(leak_diagnostic(leak, name))

    return check


def _runs(leaks: Iterable[Leak]) -> set[str]:
    return {leak.what for leak in leaks if not leak.is_file}


def _told(summary: Mapping[str, Any]) -> Iterator[str | list[str]]:
    """The words that a summary tells of a deck."""
    slides = (text for slide in summary["texts"] for text in slide)
    yield words_of("\n".join((summary["title"], summary["description"], *slides)))
    yield from views_of(summary["cover"])


def _sheets_of(summary: Mapping[str, Any]) -> Iterator[str | list[str]]:
    yield from summary["sheets"]


def _said_by(
    runs: Collection[str], decks: Iterable[Iterable[str | list[str]]]
) -> Mapping[str, AbstractSet[int]]:
    """In which decks' texts, or their words, some words stand."""
    said: dict[str, set[int]] = {}
    wanted = Secrets.of_runs(runs)
    for index, texts in enumerate(decks if runs else ()):
        for text in texts:
            for run in wanted.said_in(text):
                said.setdefault(run, set()).add(index)
    return said
