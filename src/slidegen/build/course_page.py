"""Decides when the course page is built, and from which inputs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from slidegen.build.options import BuildOptions
from slidegen.build.results import BuiltDeck
from slidegen.diagnostics import DeckError, Diagnostic, Reporter, Severity
from slidegen.diagnostics.rules import Silence, switched_off
from slidegen.diagnostics.stored import StoredDiagnostics, as_notices
from slidegen.files.dependencies import Reads
from slidegen.files.file_state import digest
from slidegen.files.paths import display_path, seen_from
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.outputs import PlannedDeck, address_of
from slidegen.project.project import Project
from slidegen.project.variants import find_variant


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
        project = course.project if options.variant is None else _reduced(course.project, options.variant)
        url = project.config.url
        top = course.page.parent
        address = url and f"{address_of(top, url, site).rstrip('/')}/"
        files = course_files(found, top, Path(course.base), project, options.theme, address, reads)
        if options.variant is not None:
            from slidegen.build.course_check import check_course

            files = {
                path: _without_marked(data, path, project, options.variant) for path, data in files.items()
            }
            summaries = [deck.summary for deck in found]
            pages = [deck.page for deck in found]
            check_course(files, summaries, project, reads.files, pages, folder)
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


def _reduced(project: Project, variant: str) -> Project:
    """The project without what a variant leaves out; raises DeckError if a text only looks marked."""
    from slidegen.build.course_texts import reduced_project

    reporter = Reporter()
    reduced = reduced_project(project, find_variant(project.variants, variant), reporter)
    for item in reporter:
        if item.severity is Severity.ERROR:
            raise DeckError(item)
    return reduced


def _without_marked(data: bytes, path: Path, project: Project, variant: str) -> bytes:
    """A file of the course page without what the user's own template marks as left out."""
    from slidegen.course.page import COURSE_PAGE
    from slidegen.render.html.visible import without_comments, without_marked

    if path.name != COURSE_PAGE or not project.templates.replaces(COURSE_PAGE):
        return data
    without = find_variant(project.variants, variant).without
    return without_comments(without_marked(data.decode(), without)).encode()


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
