"""When changed files are built; the test is the clock."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from slidegen.serve.debounce import BURST, DELETE_GRACE, MAX_BURST, QUIET, UNCLOSED, Debouncer, FileEvent

A, B = Path("/a.md"), Path("/b.md")


def play(
    settling: Debouncer, *events: tuple[float, FileEvent, Path], until: float = 10
) -> list[tuple[float, set[Path]]]:
    """What is taken, and when, by one who asks at each event and whenever it is told to."""
    taken: list[tuple[float, set[Path]]] = []
    coming = list(events)
    now = 0.0
    while True:
        after = settling.next()
        times = [item[0] for item in coming[:1]] + ([max(after, now)] if after is not None else [])
        if not times or min(times) > until:
            return taken
        now = min(times)
        while coming and coming[0][0] <= now:
            time, event, path = coming.pop(0)
            settling.note(event, path, time)
        if found := settling.take(now):
            taken.append((round(now, 4), found))


def test_a_save_is_built_at_once() -> None:
    save = [(1.0, FileEvent.WRITING, A), (1.001, FileEvent.WHOLE, A)]
    assert play(Debouncer(closing=True), *save) == [(1.001, {A})]


def test_saves_that_are_apart_are_each_built_at_once() -> None:
    saves = [(time, FileEvent.WHOLE, A) for time in (1.0, 1.1, 1.2)]
    assert play(Debouncer(closing=True), *saves) == [(1.0, {A}), (1.1, {A}), (1.2, {A})]


def test_two_hundred_files_at_once_are_two_builds_at_most_and_none_is_lost() -> None:
    paths = [Path(f"/{number}.md") for number in range(200)]
    burst = [(1 + number / 1000, FileEvent.WHOLE, path) for number, path in enumerate(paths)]
    taken = play(Debouncer(closing=True), *burst)
    assert len(taken) == 2
    assert set().union(*(found for _, found in taken)) == set(paths)
    assert taken[-1][0] <= 1.2 + BURST


def test_who_writes_without_end_does_not_keep_others_waiting() -> None:
    endless = [(1 + number / 100, FileEvent.WHOLE, A) for number in range(300)]
    taken = play(Debouncer(closing=True), *endless)
    gaps = [later - before for (before, _), (later, _) in pairwise(taken)]
    assert max(gaps) <= MAX_BURST + 0.02


def test_a_file_that_is_being_written_is_not_taken_before_it_is_closed() -> None:
    slow = [(1.0, FileEvent.WRITING, A), (1.1, FileEvent.WRITING, A), (1.3, FileEvent.WHOLE, A)]
    assert play(Debouncer(closing=True), *slow) == [(1.3, {A})]
    assert play(Debouncer(closing=True), *slow[:1]) == [(1.0 + UNCLOSED, {A})]


def test_where_closing_is_not_reported_a_file_is_whole_when_nobody_has_written_for_a_moment() -> None:
    writing = [(1.0, FileEvent.WRITING, A), (1.01, FileEvent.WRITING, A)]
    assert play(Debouncer(closing=False), *writing) == [(round(1.01 + QUIET, 4), {A})]


def test_another_file_waits_a_moment_for_one_that_is_half_written() -> None:
    both = [(1.0, FileEvent.WRITING, A), (1.001, FileEvent.WHOLE, B), (1.01, FileEvent.WHOLE, A)]
    assert play(Debouncer(closing=True), *both) == [(1.01, {A, B})]


def test_an_editor_that_renames_and_writes_anew_is_one_build_and_never_a_deck_that_is_gone() -> None:
    vim = [
        (1.0, FileEvent.GONE, A),
        (1.002, FileEvent.APPEARED, A),
        (1.003, FileEvent.OPENED, A),
        (1.01, FileEvent.WHOLE, A),
    ]
    assert play(Debouncer(closing=True), *vim) == [(1.01, {A})]


def test_a_file_that_stays_away_has_gone() -> None:
    assert play(Debouncer(closing=True), (1.0, FileEvent.GONE, A)) == [(1.0 + DELETE_GRACE, {A})]


def test_a_file_that_is_moved_in_is_whole_and_one_that_is_opened_is_not() -> None:
    [(moved_in, _)] = play(Debouncer(closing=True), (1.0, FileEvent.APPEARED, A))
    assert moved_in < 1.01
    opened = [(1.0, FileEvent.APPEARED, A), (1.001, FileEvent.OPENED, A), (1.2, FileEvent.WHOLE, A)]
    assert play(Debouncer(closing=True), *opened) == [(1.2, {A})]
