"""Reports what is wrong with the decks of a course together, as `build` does when it writes the course page."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from slidegen.build.command import deck_in_its_place, gives_way, plan_course
from slidegen.check.found import CheckedDeck
from slidegen.course.page import CourseDeck, check_sessions
from slidegen.diagnostics import Diagnostic
from slidegen.page.summary import session_of
from slidegen.project.discovery import FoundDeck
from slidegen.project.outputs import plan, warn_of_names
from slidegen.project.project import CONFIG_FILE, Projects


def course_mistakes(
    decks: Sequence[CheckedDeck],
    found: Sequence[FoundDeck],
    sources: Sequence[Path],
    output: Path,
    projects: Projects,
) -> Iterator[Diagnostic]:
    """Report duplicate session numbers, invalid dates, names of pages, and a deck in the place of the course page.

    Raises DeckError if two decks would share a page.
    """
    planned = plan(found, output)
    yield from warn_of_names(planned, output)
    bases = ["" if item.path in sources else str(item.base) for item in found]
    course = plan_course(bases, planned, projects, Path(os.path.normpath(output.absolute())))
    if course is None:
        return
    taken = deck_in_its_place(course, planned)
    if taken is None:
        sessions = [
            CourseDeck(deck.compiled.path, str(deck.compiled.path), session_of(deck.compiled))
            for deck in decks
        ]
        yield from check_sessions(sessions, is_course=bool(course.project.config.course))
    elif (course.project.root / CONFIG_FILE).is_file():
        yield gives_way(taken)
