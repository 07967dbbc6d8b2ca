"""Decides when the course page is built, and from which inputs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from slidegen.build.options import BuildOptions
from slidegen.build.results import BuiltDeck
from slidegen.diagnostics import Diagnostic, Severity
from slidegen.diagnostics.rules import Silence, switched_off
from slidegen.diagnostics.stored import StoredDiagnostics, as_notices
from slidegen.files.dependencies import Reads
from slidegen.files.file_state import digest
from slidegen.files.paths import display_path, seen_from
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.outputs import PlannedDeck, address_of
from slidegen.project.project import Project


class CoursePlan(Struct, frozen=True):
    """A course page to build."""

    base: str
    """The folder that the decks are in."""
    page: Path
    project: Project


class CourseBuildResult(Struct, frozen=True):
    """A course page that was built."""

    notices: StoredDiagnostics
    states: Mapping[str, str]
    written: Mapping[str, str]


def build_course(
    course: CoursePlan,
    decks: Sequence[tuple[PlannedDeck, str]],
    options: BuildOptions,
    folder: Path,
    site: Path,
    say: Callable[[str], None],
) -> tuple[list[BuiltDeck], CourseBuildResult | None]:
    """Write the course page; returns its diagnostics, and the result if it was made.

    `site` is the folder that is published at the course's `url:`. Nothing is made if the theme does not exist, a
    template fails, or a file cannot be written.
    """
    if not decks or not _has_theme(course.project, options.theme):
        return [], None
    from slidegen.course.page import CourseDeck, check_sessions, course_files
    from slidegen.files.writing import ELSEWHERE, write_file

    found = [CourseDeck(deck.page, str(deck.path), json.loads(summary)) for deck, summary in decks]
    reads, written = Reads(), {}
    reads.add(course.project.reads)
    try:
        url = course.project.config.url
        top = course.page.parent
        address = url and f"{address_of(top, url, site).rstrip('/')}/"
        files = course_files(found, top, Path(course.base), course.project, options.theme, address, reads)
        if options.variant is not None:
            from slidegen.build.course_check import check_course

            summaries = [deck.summary for deck in found]
            pages = [deck.page for deck in found]
            check_course(files, summaries, course.project, reads.files, pages, folder)
        for path, data in files.items():
            write_file(path, data, course.page.parent, elsewhere=ELSEWHERE)
            written[str(path)] = digest(data)
    except Exception as error:
        from slidegen.project.fault_report import diagnose

        found_wrong = diagnose(error, Path(course.base, DEFAULT_NAME), folder)
        return [
            BuiltDeck(
                path=Path(display_path(Path(course.base), folder)), diagnostics=(found_wrong,), failed=True
            )
        ], None
    inside = course.page.is_relative_to(course.project.root)
    say(f"course page -> {seen_from(folder, course.page) if inside else course.page}")
    diagnostics = tuple(check_sessions(found, is_course=bool(course.project.config.course)))
    made = CourseBuildResult(as_notices(diagnostics), reads.states(), written)
    return list(course_result(course, diagnostics, options, folder)), made


def _has_theme(project: Project, name: str | None) -> bool:
    """Whether the theme that the command line names exists; if not, each deck reports it."""
    from slidegen.render.theme import ThemeError, read_theme

    try:
        return name is None or read_theme(name, project.templates.text) is not None
    except ThemeError:
        return False


def course_result(
    course: CoursePlan, diagnostics: Sequence[Diagnostic], options: BuildOptions, folder: Path
) -> Iterator[BuiltDeck]:
    """The diagnostics of a course page, if there are any."""
    silence = Silence(switched_off(course.project.config.check))
    wanted = tuple(item for item in diagnostics if not silence.covers(item))
    if wanted:
        failed = options.strict and any(item.severity is Severity.WARNING for item in wanted)
        yield BuiltDeck(
            path=Path(display_path(Path(course.base), folder)),
            diagnostics=wanted,
            failed=failed,
            fresh=False,
        )
