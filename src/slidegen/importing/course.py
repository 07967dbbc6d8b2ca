"""`slidegen import`: writes Markdown decks that build to the same slides as the imported pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from slidegen.compile.compile import CompiledDeck, compile_deck
from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.compile.load import load_deck
from slidegen.config import option_names
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter, in_reading_order
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.walk import Walk
from slidegen.files.writing import is_portable, write_file
from slidegen.importing.course_names import CourseNames, free_deck
from slidegen.importing.page_parts import body_of, front_matter, scripts_of, sheets_of
from slidegen.page.page import build_page
from slidegen.project.discovery import FoundDeck
from slidegen.project.fault_report import diagnose
from slidegen.project.package_data import own_templates
from slidegen.project.project import CONFIG_FILE, Projects
from slidegen.reading.bounded_yaml import load_yaml
from slidegen.reading.markdown import decode
from slidegen.reading.source_deck import SourceDeck
from slidegen.references import is_remote
from slidegen.render.macros.macros import MACRO_NAME
from slidegen.render.page_model import RenderedSlide
from slidegen.render.xaringan_styles import manner_of
from slidegen.source import Span

DEFAULT_COURSE = Path("course")
SLIDES = "slides"
OF_ONE_DECK = ("title", "author", "description", "lang", "favicon")
"""Options that each deck has for itself, though all may say the same."""
PLACES = ("slides", "output", "templates")
"""Options that say where things are; in a course that is imported they are where they always are."""
TRUSTED = ("editor", "assets")
"""Options that let decks do more: they are not taken over from a project that the user does not work in."""
LIST_OPTIONS = ("css", "scripts", "bodyStart")
"""Options that list files."""
WHOLE = CompileOptions(keep_excluded=True)
"""A course has the slides that a build leaves out, too."""


class ImportedDeck(Struct, frozen=True):
    """What became of a deck, and how its slides compare."""

    path: Path
    deck: Path | None
    """The Markdown that was written; None where the source cannot be read."""
    slides: int
    differing: tuple[int, ...]
    """Slides, steps counted, that are not the same, by their place from 1."""
    diagnostics: tuple[Diagnostic, ...]


class _Source(Struct, frozen=True):
    """A deck that is to be imported."""

    found: FoundDeck
    written: SourceDeck
    compiled: CompiledDeck
    slides: Sequence[RenderedSlide]
    reads: Sequence[Path]
    """The files of its page, absolute, links followed."""


def import_course(
    source: Path, output: Path | None, folder: Path, warn: Callable[[Sequence[Diagnostic]], None]
) -> Iterator[ImportedDeck]:
    """Write a course from a page or a folder of decks, build it, and compare the slides.

    `warn` is told what is not imported, though it might have been.
    Raises DeckError where there is nothing to import, or the course's folder holds something already.
    """
    course = (output or DEFAULT_COURSE).absolute()
    _refuse_full(course, output or DEFAULT_COURSE)
    projects = Projects(folder)
    sources: list[_Source] = []
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
    """How many slides a deck shows, counted as `build` does: without steps and what `excludedClasses` leaves out."""
    slides = compile_deck(DeckContext(deck, written.of(deck), course)).deck.slides
    return slides[-1].group + 1 if slides else 0


def _warn_of_root(source: _Source) -> None:
    """Say that a course does not have the classes of a page's own body."""
    page = source.written.page
    if page is not None and (page.root or page.body_attributes):
        names = ", ".join(dict.fromkeys((*page.root, *page.body_attributes)))
        message = f"what the page's own elements html and body have does not come along: {names}"
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
        hint = "name a new folder with -o"
        message = "the folder of the course is not empty"
        raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(shown), hint=hint))


def _read(found: FoundDeck, projects: Projects, folder: Path, reporter: Reporter) -> _Source:
    """A deck with all that its page is made from."""
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
    return _Source(found, written, compiled, slides, kept)


def _write(sources: Sequence[_Source], course: Path, projects: Projects) -> list[Path]:
    """Write the course's files; gives the path of each deck."""
    files: dict[Path, bytes] = {}
    options: list[dict[str, object]] = []
    base = _base(sources)
    places: list[PurePosixPath] = []
    for item in sources:
        places.append(free_deck(_place(item.found.path, item, base).with_suffix(".md"), places))
    names = CourseNames(places)
    parts = [_Deck(item, place, course, names) for item, place in zip(sources, places, strict=True)]
    for part in parts:  # files that are there keep their names, whichever deck reads them
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
        if not write_file(path, data, course, new=True):  # other letters are the same name here
            message = "this file is not imported, because another one has its name on this system"
            path_there = PurePosixPath(path.relative_to(course)).as_posix()
            sources[0].compiled.reporter.report(Code.UNUSABLE_NAME, message, path=path_there)
    return decks


class _Deck(Struct, frozen=True):
    """One deck of the course that is being written."""

    source: _Source
    place: PurePosixPath
    """Its place in the course."""
    course: Path
    names: CourseNames

    @property
    def _stem(self) -> str:
        """What files are named after that stood in its page: decks that one page shows share them."""
        page = self.source.written.page
        return PurePosixPath(page.path).stem if page is not None and page.path else self.place.stem

    def options(self) -> dict[str, object]:
        """Its options, paths relative to the course."""
        written, page = self.source.written, self.source.written.page
        names = option_names()
        found = {
            setting.key: setting.value
            for setting in written.settings
            if setting.value is not None and (setting.key in names or page is None)
        }
        if page is None:
            for key in LIST_OPTIONS:
                if key in found:
                    given = found[key] if isinstance(found[key], list) else [found[key]]
                    found[key] = [self._in_course(str(name)) for name in given]
            return found
        if not page.formulas and "math" not in found:
            found["math"] = False
        found["theme"] = self.source.compiled.theme.name
        sheets = [name for name, _ in self._sheets()]
        if sheets:
            found["css"] = [self._in_course(name) for name in sheets]
        for key, files in (("scripts", self._scripts()), ("bodyStart", self._body())):
            if files:
                found[key] = [self._in_course(name) for name, _ in files]
        return found

    def read_files(self, base: Path) -> dict[Path, bytes]:
        """The files that it reads, by their absolute path in the course."""
        files: dict[Path, bytes] = {}
        for path in self.source.reads:
            if path.is_file():
                place, data = _place(path, self.source, base), read_regular(path)
                self._hold(place, data, None)
                files[self.course / place] = data
        return files

    def page_files(self) -> dict[Path, bytes]:
        """The files that are made of what its page holds, by their absolute path in the course."""
        files: dict[Path, bytes] = {}
        page = self.source.written.page
        if page is None:
            return files
        for name, text in (*self._sheets(), *self._scripts(), *self._body()):
            if text is not None:
                files[self.course / self._beside(name)] = text.encode()
        for macro in page.macros.values():
            name = f"{macro.name}{macro.suffix}"
            if not (MACRO_NAME.fullmatch(macro.name) and is_portable(macro.name) and is_portable(name)):
                message = "this macro is not imported, because no file can have its name"
                hint = "rename it here and where it is called"
                self.source.compiled.reporter.report(Code.UNUSABLE_NAME, message, macro.span, hint=hint)
                continue
            place, data = PurePosixPath("templates", "macros", name), macro.template().encode()
            if self._hold(place, data, macro.span):
                files[self.course / place] = data
        return files

    def _hold(self, place: PurePosixPath, data: bytes, span: Span | None) -> bool:
        """Give a file its place; False, and a report, where another one has it."""
        other = self.names.hold(place, data)
        if other is None:
            return True
        reporter, path = self.source.compiled.reporter, place.as_posix()
        if other == place:
            message = f"this is not imported, because another deck brings another {path}"
            reporter.report(Code.UNUSABLE_NAME, message, span, path=path, hint="rename one of them")
            return False
        message = f"{path} and {other} are one file on Windows and macOS"
        hint = "rename one of them here, and where it is named"
        reporter.report(Code.UNUSABLE_NAME, message, span, path=path, hint=hint)
        return True

    def _sheets(self) -> list[tuple[str, str | None]]:
        page, home = self.source.written.page, self.source.found.path.parent
        if page is None:
            return []
        return self._named(sheets_of(page, self.source.compiled, self._stem, home))

    def _scripts(self) -> list[tuple[str, str | None]]:
        page = self.source.written.page
        return [] if page is None else self._named(scripts_of(page, self._stem))

    def _body(self) -> list[tuple[str, str | None]]:
        page = self.source.written.page
        return [] if page is None else self._named(body_of(page, self._stem))

    def _named(self, parts: Sequence[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
        """The files of a page, those that are to be written with names that no other file has."""
        return [
            (name, text)
            if text is None
            else (f"/{self.names.free(PurePosixPath(self._beside(name)), text.encode())}", text)
            for name, text in parts
        ]

    def _in_course(self, name: str) -> str:
        """A reference that is relative to the deck, as one to the course, where it leads to a file."""
        if is_remote(name) or manner_of(name) == name:
            return name
        return f"/{self._beside(name)}"

    def _beside(self, name: str) -> str:
        """A file named relative to the deck, by its place in the course."""
        if name.startswith("/"):
            return name.lstrip("/")
        return PurePosixPath(os.path.normpath(self.place.parent / name)).as_posix()


def _base(sources: Sequence[_Source]) -> Path:
    """The folder that holds all that is imported."""
    folders = {str(resolve_links(item.found.path).parent) for item in sources}
    folders |= {str(path.parent) for item in sources for path in item.reads}
    return Path(os.path.commonpath(folders))


def _place(path: Path, source: _Source, base: Path) -> PurePosixPath:
    """Where a file goes in the course.

    In a folder whose name begins with `_` decks are not looked for: a deck's own folders lose it.
    """
    relative = resolve_links(path).relative_to(base)
    home = resolve_links(source.found.path).parent.relative_to(base).parts
    parts = list(relative.parts)
    for index, (part, own) in enumerate(zip(parts[:-1], home, strict=False)):
        if part != own:
            break
        parts[index] = part.lstrip("_") or "decks"
    return PurePosixPath(SLIDES, *parts)


def _shared(options: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The options that all decks have alike, for slidegen.yml."""
    first = options[0]
    names = set(option_names())
    return {
        key: [path.removeprefix("/") for path in value]
        if key in LIST_OPTIONS and isinstance(value, list)
        else value
        for key, value in first.items()
        if key in names and key not in OF_ONE_DECK and all(other.get(key) == value for other in options)
    }


def _project_options(sources: Sequence[_Source], projects: Projects) -> dict[str, object]:
    """What the source's own slidegen.yml says, but for where its folders are, and what only its owner decides."""
    project = projects.of(sources[0].found.path)
    path = project.root / CONFIG_FILE
    found = load_yaml(decode(str(path), read_regular(path)).text) if path.is_file() else None
    left = {*PLACES, *(TRUSTED if project.templates.foreign else ())}
    return {key: value for key, value in found.items() if key not in left} if isinstance(found, dict) else {}


def _yaml(options: Mapping[str, object]) -> str:
    import yaml

    return yaml.safe_dump(dict(options), sort_keys=False, allow_unicode=True, width=100) if options else ""


def _differing(source: _Source, slides: Sequence[RenderedSlide]) -> tuple[int, ...]:
    """The places of slides that are not as they were; all that one side alone has are."""
    pairs = zip_longest(source.slides, slides)
    return tuple(place for place, (was, is_) in enumerate(pairs, 1) if _shown(was) != _shown(is_))


def _shown(slide: RenderedSlide | None) -> RenderedSlide | None:
    """What of a slide is compared: all that is shown."""
    return None if slide is None else replace(slide, line=0)
