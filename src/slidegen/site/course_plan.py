"""When the course page is built, and from what it is kept between builds."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from slidegen.diagnostics import DeckError, Diagnostic, Severity
from slidegen.site.decks import DEFAULT_NAME, PlannedDeck
from slidegen.site.kept import FOLDER
from slidegen.site.notices import Notices, as_notices
from slidegen.site.options import BuildOptions
from slidegen.site.project import Project, shown_path
from slidegen.site.reads import Reads
from slidegen.site.regular import read_regular
from slidegen.site.states import digest

COURSE_PAGE = "index.html"
SUMMARIES = "summaries"
"""The folder of what the course page says of each deck, by its digest, within slidegen's own folder."""
DOWNLOADS = (".pdf", ".pptx", ".zip", ".ipynb", ".epub")
"""Files of a page's name beside it that are offered with it."""


@dataclass(frozen=True, slots=True)
class BuiltDeck:
    """What became of one deck."""

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    output: Path | None = None
    """The page that was written; None where the build failed or the page goes to standard output."""
    page: bytes = b""
    """The page itself, where it goes to standard output."""
    slides: int = 0
    """Slides, their steps not counted."""
    size: int = 0
    """Of the page, in bytes."""
    fresh: bool = False
    """Whether the page was up to date and was left alone."""
    short: int = 0
    """Passages that a variant leaves out, and that are too short to be looked for in what is written."""
    summary: str = ""
    """What was kept of the deck, as JSON, where it was built now."""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """A course page that is to be built."""

    base: str
    """The folder of the decks."""
    page: Path
    project: Project


@dataclass(frozen=True, slots=True)
class MadeCourse:
    """A course page that was built."""

    notices: Notices
    states: Mapping[str, str]
    written: Mapping[str, str]


def downloads(page: Path) -> Iterator[Path]:
    """The files beside a page that are offered with it."""
    for suffix in DOWNLOADS:
        path = os.path.splitext(page)[0] + suffix  # noqa: PTH122 - a path a suffix a deck: texts are faster
        if os.path.isfile(path):  # noqa: PTH113
            yield Path(path)


def build_course(
    course: CoursePlan,
    decks: Sequence[tuple[PlannedDeck, str]],
    options: BuildOptions,
    folder: Path,
    say: Callable[[str], None],
) -> tuple[list[BuiltDeck], MadeCourse | None]:
    """Write the course page of decks with their summaries; what is to be said of it, and what was made.

    Nothing is made where a template fails, or a file cannot be written.
    """
    if not decks:
        return [], None
    from slidegen.site.course import CourseDeck, check_sessions, course_files
    from slidegen.site.output import write_file

    found = [CourseDeck(deck.page, str(deck.path), json.loads(summary)) for deck, summary in decks]
    reads, written = Reads(), {}
    reads.add(course.project.reads)
    try:
        files = course_files(found, course.page.parent, course.project, options.theme, reads)
        if options.variant is not None:
            from slidegen.site.leak_check import check_course

            check_course(files, [deck.summary for deck in found], course.project, folder)
        for path, data in files.items():
            write_file(path, data, course.page.parent)
            written[str(path)] = digest(data)
    except Exception as error:
        from slidegen.site.faults import diagnose

        found_wrong = diagnose(error, Path(course.base, DEFAULT_NAME), folder)
        return [BuiltDeck(Path(shown_path(Path(course.base), folder)), (found_wrong,), True)], None
    inside = course.page.is_relative_to(course.project.root)
    say(f"course page -> {os.path.relpath(course.page, folder) if inside else course.page}")
    diagnostics = tuple(check_sessions(found, is_course=bool(course.project.config.course)))
    made = MadeCourse(as_notices(diagnostics), reads.states(), written)
    return list(course_result(course, diagnostics, options, folder)), made


def course_result(
    course: CoursePlan, diagnostics: Sequence[Diagnostic], options: BuildOptions, folder: Path
) -> Iterator[BuiltDeck]:
    """What is to be said of a course page, if anything is."""
    if diagnostics:
        failed = options.strict and any(item.severity is Severity.WARNING for item in diagnostics)
        yield BuiltDeck(Path(shown_path(Path(course.base), folder)), tuple(diagnostics), failed, fresh=False)


def save_summary(root: Path, summary: str) -> str:
    """Keep a deck's summary; its name."""
    from slidegen.site.output import write_file

    name = digest(summary.encode())
    try:
        write_file(_path(root, name), summary.encode(), root)
    except DeckError:  # the deck will be built again
        return ""
    return name


def load_summary(root: Path, name: str) -> str:
    """A summary that was kept."""
    return read_regular(_path(root, name)).decode("utf-8")


def has_summary(root: Path, name: str) -> bool:
    """Whether a summary is there."""
    return bool(name) and os.path.exists(f"{root}{os.sep}{FOLDER}{os.sep}{SUMMARIES}{os.sep}{name}.json")  # noqa: PTH110


def keep_summaries(root: Path, names: Collection[str]) -> None:
    """Take away all other summaries."""
    for path in (root / FOLDER / SUMMARIES).glob("*.json"):
        if path.stem not in names:
            path.unlink(missing_ok=True)


def _path(root: Path, name: str) -> Path:
    return root / FOLDER / SUMMARIES / f"{name}.json"
