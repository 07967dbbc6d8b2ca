"""`slidegen build`: decides what to build, where the pages go, and which record applies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

from slidegen.build.course_page import CoursePlan, course_result
from slidegen.build.incremental import IncrementalBuild
from slidegen.build.options import BuildOptions
from slidegen.build.record import Record
from slidegen.build.results import BuiltDeck
from slidegen.course.page import COURSE_PAGE
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.cache_folder import make_folder
from slidegen.files.lock import locked
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.writing import folded
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.outputs import STANDARD_OUTPUT, Pages, PlannedDeck, plan, warn_of_names
from slidegen.project.project import CONFIG_FILE, Projects, named_folders, project_root
from slidegen.project.schema import install_schema
from slidegen.terminal_output import silent

__all__ = ["BuildOptions", "BuiltDeck", "build_decks"]


def build_decks(
    sources: Sequence[Path],
    output: Path | None,
    options: BuildOptions,
    folder: Path,
    say: Callable[[str], None] = silent,
    folders: Mapping[str, Path] = MappingProxyType({}),
) -> Iterator[BuiltDeck]:
    """Build the decks that `sources` name, or those in `slides/`, and yield the outcomes in order.

    `say` receives other notices. `folders` maps each variant to its folder, and the empty name to the folder that
    holds them all; pages that were built for other variants are removed. Raises DeckError if it is unclear
    what to build or where to; mistakes in a deck are part of its outcome.
    """
    projects = Projects(folder)
    if not sources or output is None:
        sources, public = named_folders(projects, sources, folder)
        output = output or public
    target = Path(os.path.normpath(output.absolute()))
    search = projects.find_decks(sources, {resolve_links(target)})
    yield from (
        BuiltDeck(path=Path(each.path), diagnostics=(each,), failed=options.strict) for each in search.skipped
    )
    found = search.decks
    planned = plan(found, output)
    yield from (
        BuiltDeck(path=Path(each.path), diagnostics=(each,), failed=options.strict)
        for each in warn_of_names(planned, output)
    )
    built = {resolve_links(item.path): deck.page for item, deck in zip(found, planned, strict=True)}
    into_folder = any(deck.output != output for deck in planned)
    bases = ["" if item.path in sources else str(item.base) for item in found]
    course = plan_course(bases, planned, projects, target) if into_folder else None
    taken = deck_in_its_place(course, planned)
    if course is not None and taken is not None:
        if (
            course.project.root / CONFIG_FILE
        ).is_file():  # a folder that is not a course may have a page of its own
            yield from course_result(course, [gives_way(taken)], options, folder)
        course = None
    build = IncrementalBuild(
        decks=planned,
        pages=[Pages(built, item.base if into_folder else None, target) for item in found],
        bases=bases,
        course=course,
        projects=projects,
        options=options,
        folder=folder,
        target=target,
        say=say,
        folders={name: os.path.normpath(path.absolute()) for name, path in folders.items()},
    )
    with ExitStack() as stack:
        record = open_record(sources, output, folder, target, say, stack)
        yield from build.build_all() if record is None else build.build_changed(record)


def plan_course(
    bases: Sequence[str], decks: Sequence[PlannedDeck], projects: Projects, target: Path
) -> CoursePlan | None:
    """The course page of a project or of a folder of several decks; None if there should be none."""
    if not decks or len(set(bases)) != 1 or not bases[0]:
        return None
    project = projects.of(Path(bases[0], DEFAULT_NAME))
    is_course = bool(project.config.course)
    if not project.config.index or (len(decks) < 2 and not is_course):
        return None
    return CoursePlan(bases[0], target / COURSE_PAGE, project)


def deck_in_its_place(course: CoursePlan | None, decks: Sequence[PlannedDeck]) -> PlannedDeck | None:
    """The deck whose page would have the same path as the course page."""
    if course is None:
        return None
    page = folded(course.page)
    return next((deck for deck in decks if folded(deck.page) == page), None)


def gives_way(deck: PlannedDeck) -> Diagnostic:
    """The diagnostic for a deck whose page takes the place of the course page."""
    message = f"this deck is the first page of its folder, {deck.output}, so there is no course page"
    hint = "rename the deck to have one, or write `index: false` in slidegen.yml if you want none"
    return Diagnostic(Code.COURSE_GIVES_WAY, message, path=str(deck.path), hint=hint)


def open_record(
    sources: Sequence[Path],
    output: Path | None,
    folder: Path,
    target: Path,
    say: Callable[[str], None],
    stack: ExitStack,
) -> Record | None:
    """The record of the first source's project, locked until the build ends.

    None if none is kept: for standard output, for single decks outside a project, and if the project
    cannot be written to.
    """
    first = sources[0]
    root = project_root(first / DEFAULT_NAME if first.is_dir() else first, folder)
    has_config = (root / CONFIG_FILE).is_file()
    if output == STANDARD_OUTPUT or not (has_config or any(source.is_dir() for source in sources)):
        return None

    def wait() -> None:
        say(f"waiting for another build in {display_path(root, folder)}")

    try:
        left = stack.enter_context(locked(make_folder(root), str(target), wait))
        if has_config:
            install_schema(root)
    except (OSError, DeckError):
        return None
    if left == str(target) or (left and Path(left).is_relative_to(root)):  # anyone may have written this note
        from slidegen.files.writing import remove_unfinished

        remove_unfinished(Path(left))
    record = Record.load(root)
    stack.callback(record.save)
    return record
