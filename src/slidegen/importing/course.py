"""`slidegen import`: writes Markdown decks that build to the same slides as the imported pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from slidegen.compile.compile import compile_deck
from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.compile.load import load_deck
from slidegen.config import OPTIONS
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter, in_reading_order
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.walk import Walk
from slidegen.files.writing import ELSEWHERE, write_file
from slidegen.importing.course_names import CourseNames, free_deck
from slidegen.importing.deck_files import LIST_OPTIONS, DeckInCourse, ImportSource, place_in_course
from slidegen.importing.page_parts import front_matter
from slidegen.page.page import build_page
from slidegen.project.discovery import FoundDeck
from slidegen.project.fault_report import diagnose
from slidegen.project.package_data import own_templates
from slidegen.project.project import CONFIG_FILE, Projects
from slidegen.reading.bounded_yaml import load_yaml
from slidegen.reading.markdown import decode
from slidegen.render.page_model import RenderedSlide

DEFAULT_COURSE = Path("course")
OF_ONE_DECK = ("title", "author", "description", "lang", "favicon")
"""Options that each deck keeps, even if all agree."""
PLACES = ("slides", "output", "templates")
"""Options for folders; an imported course has the default ones."""
TRUSTED = ("editor", "assets")
"""Options that let decks do more: they are not imported from a project that the user does not work in."""
WHOLE = CompileOptions(keep_excluded=True)
"""A course also has the slides that a build leaves out."""


class ImportedDeck(Struct, frozen=True):
    """The outcome for a deck, and how its slides compare."""

    path: Path
    deck: Path | None
    """The Markdown that was written; None if the source cannot be read."""
    slides: int
    differing: tuple[int, ...]
    """Slides that differ, by position from 1, counting steps."""
    diagnostics: tuple[Diagnostic, ...]


def import_course(
    source: Path, output: Path | None, folder: Path, warn: Callable[[Sequence[Diagnostic]], None]
) -> Iterator[ImportedDeck]:
    """Write a course from a page or a folder of decks, build it, and compare the slides.

    `warn` receives what is not imported although it could have been.
    Raises DeckError if there is nothing to import, or the course's folder is not empty.
    """
    course = (output or DEFAULT_COURSE).absolute()
    _refuse_full(course, output or DEFAULT_COURSE)
    projects = Projects(folder)
    sources: list[ImportSource] = []
    search = projects.find_decks([source], {resolve_links(course)})
    warn(search.skipped)
    for found in search.decks:
        reporter = Reporter()
        try:
            sources.append(_read(found, projects, folder, reporter))
        except Exception as error:
            reporter.add(diagnose(error, found.path, folder))
            yield ImportedDeck(found.path, None, 0, (), tuple(sorted(reporter, key=in_reading_order)))
    if not sources:
        return
    for item in sources:
        _warn_of_root(item)
    decks = _write(sources, course, projects)
    written = Projects(course)
    for item, deck in zip(sources, decks, strict=True):
        reporter = item.compiled.reporter
        try:
            compiled = compile_deck(DeckContext(deck, written.of(deck), course), WHOLE)
            differing = _differing(item, list(compiled.slides()))
            count = _shown_count(deck, written, course)
        except Exception as error:
            reporter.add(diagnose(error, deck, folder))
            differing, count = tuple(range(1, len(item.slides) + 1)), 0
        shown = Path(display_path(deck, folder))
        diagnostics = tuple(sorted(reporter, key=in_reading_order))
        yield ImportedDeck(item.found.path, shown, count, differing, diagnostics)


def _shown_count(deck: Path, written: Projects, course: Path) -> int:
    """How many slides a deck shows, counted like `build`: without steps and what `excludedClasses` leaves out."""
    slides = compile_deck(DeckContext(deck, written.of(deck), course)).deck.slides
    return slides[-1].group + 1 if slides else 0


def _warn_of_root(source: ImportSource) -> None:
    """Report that a course does not keep the classes of a page's body."""
    page = source.written.page
    if page is not None and (page.root or page.body_attributes):
        names = ", ".join(dict.fromkeys((*page.root, *page.body_attributes)))
        message = f"attributes of the page's html and body elements are left out: {names}"
        hint = (
            "name the elements themselves in style sheets, or set it in a templates/deck.html of the course"
        )
        path = str(source.found.path)
        source.compiled.reporter.report(Code.AROUND_DECK, message, path=path, hint=hint)


def _refuse_full(course: Path, shown: Path) -> None:
    try:
        full = course.exists() and (not course.is_dir() or any(course.iterdir()))
    except OSError:
        full = True
    if full:
        hint = "name a new folder: slidegen import SOURCE -o FOLDER, or slidegen init FOLDER --from SOURCE"
        message = "the folder of the course is not empty"
        raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(shown), hint=hint))


def _read(found: FoundDeck, projects: Projects, folder: Path, reporter: Reporter) -> ImportSource:
    """A deck with everything its page is made from."""
    project = projects.of(found.path)
    own, used, shown = Reads(), Reads(), Reads()
    written = load_deck(DeckContext(found.path, project, folder, reads=own))
    compiled = compile_deck(DeckContext(found.path, project, folder, reporter, used), WHOLE)
    slides = list(compiled.slides())
    page = resolve_links(found.path).with_suffix(".built.html")
    built = build_page(replace(compiled, reads=shown), page, {}, folder, embed=True)
    files = {path for path in used.files if path not in own.files} | set(shown.files)
    files |= {copy.path for copy in built.files.values() if copy.path is not None}
    templates = [own_templates().resolve(), *filter(None, [project.templates.user])]
    kept = sorted(
        path
        for path in map(resolve_links, files)
        if path.name != CONFIG_FILE
        and path != resolve_links(found.path)
        and not any(path.is_relative_to(top) for top in templates)
    )
    return ImportSource(found, written, compiled, slides, kept)


def _write(sources: Sequence[ImportSource], course: Path, projects: Projects) -> list[Path]:
    """Write the course's files; returns the path of each deck."""
    files: dict[Path, bytes] = {}
    options: list[dict[str, object]] = []
    base = _base(sources)
    places: list[PurePosixPath] = []
    for item in sources:
        places.append(free_deck(place_in_course(item.found.path, item, base).with_suffix(".md"), places))
    names = CourseNames(places)
    parts = [DeckInCourse(item, place, course, names) for item, place in zip(sources, places, strict=True)]
    for part in parts:  # existing files keep their names, whichever deck reads them
        files.update(part.read_files(base))
    for part in parts:
        files.update(part.page_files())
        options.append(part.options())
    decks = [course / place for place in places]
    shared = _shared(options)
    for item, deck, own in zip(sources, decks, options, strict=True):
        text = item.compiled.deck.source.text[item.written.start :]
        files[deck] = (front_matter({key: own[key] for key in own if key not in shared}) + text).encode()
    config = {**_project_options(sources, projects), **shared}
    folders = projects.of(sources[0].found.path).templates
    user = folders.user
    if user is not None and folders.foreign:
        sources[0].compiled.reporter.report(
            Code.LEFT_TEMPLATES,
            "these templates are not imported, because they belong to a project that you do not work in",
            path=str(user),
            hint=f"read them, then copy what you trust into {course.name}/templates/",
        )
    elif user is not None:
        for path in Walk(user, lambda *_: True, [resolve_links(user)]).files():
            if isinstance(path, Path):
                files[course / "templates" / path.relative_to(user)] = read_regular(path)
    files[course / CONFIG_FILE] = _yaml(config).encode()
    for path, data in files.items():
        is_new = write_file(path, data, course, new=True, elsewhere=ELSEWHERE)
        if not is_new:  # names that differ by case are the same here
            message = "this file is not imported, because another one has its name on this system"
            path_there = PurePosixPath(path.relative_to(course)).as_posix()
            sources[0].compiled.reporter.report(Code.UNUSABLE_NAME, message, path=path_there)
    return decks


def _base(sources: Sequence[ImportSource]) -> Path:
    """The folder that contains everything to import."""
    folders = {str(resolve_links(item.found.path).parent) for item in sources}
    folders |= {str(path.parent) for item in sources for path in item.reads}
    return Path(os.path.commonpath(folders))


def _shared(options: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The options that all decks share, for slidegen.yml."""
    first = options[0]
    names = set(OPTIONS)
    return {
        key: [path.removeprefix("/") for path in value]
        if key in LIST_OPTIONS and isinstance(value, list)
        else value
        for key, value in first.items()
        if key in names and key not in OF_ONE_DECK and all(other.get(key) == value for other in options)
    }


def _project_options(sources: Sequence[ImportSource], projects: Projects) -> dict[str, object]:
    """The options in the source's own slidegen.yml, except for its folders and what only its owner decides."""
    project = projects.of(sources[0].found.path)
    path = project.root / CONFIG_FILE
    found = load_yaml(decode(str(path), read_regular(path)).text) if path.is_file() else None
    left = {*PLACES, *(TRUSTED if project.templates.foreign else ())}
    return {key: value for key, value in found.items() if key not in left} if isinstance(found, dict) else {}


def _yaml(options: Mapping[str, object]) -> str:
    import yaml

    return yaml.safe_dump(dict(options), sort_keys=False, allow_unicode=True, width=100) if options else ""


def _differing(source: ImportSource, slides: Sequence[RenderedSlide]) -> tuple[int, ...]:
    """The positions of slides that have changed, including those that only one side has."""
    pairs = zip_longest(source.slides, slides)
    return tuple(place for place, (was, is_) in enumerate(pairs, 1) if _shown(was) != _shown(is_))


def _shown(slide: RenderedSlide | None) -> RenderedSlide | None:
    """What to compare of a slide: everything shown."""
    return None if slide is None else replace(slide, line=0)
