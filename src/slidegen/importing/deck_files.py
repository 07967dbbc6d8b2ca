"""The files that an imported deck adds to its course: style sheets, scripts, macros, and what it reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from slidegen.compile.compile import CompiledDeck
from slidegen.config import OPTIONS
from slidegen.diagnostics import Code
from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.writing import is_portable
from slidegen.importing.course_names import CourseNames
from slidegen.importing.page_parts import body_of, scripts_of, sheets_of
from slidegen.project.discovery import FoundDeck
from slidegen.reading.source_deck import SourceDeck
from slidegen.references import is_remote
from slidegen.render.macros.macros import MACRO_NAME
from slidegen.render.page_model import RenderedSlide
from slidegen.render.xaringan_styles import xaringan_style_name
from slidegen.source import Span

SLIDES = "slides"
LIST_OPTIONS = ("css", "scripts", "bodyStart")
"""Options that list files."""


class ImportSource(Struct, frozen=True):
    """A deck to import."""

    found: FoundDeck
    written: SourceDeck
    compiled: CompiledDeck
    slides: Sequence[RenderedSlide]
    reads: Sequence[Path]
    """The files of its page: absolute, with links resolved."""


class DeckInCourse(Struct, frozen=True):
    """One deck of the course that is being written."""

    source: ImportSource
    place: PurePosixPath
    """Its place in the course."""
    course: Path
    names: CourseNames

    @property
    def _stem(self) -> str:
        """The stem for names of files from its page, which decks of the same page share."""
        page = self.source.written.page
        return PurePosixPath(page.path).stem if page is not None and page.path else self.place.stem

    def options(self) -> dict[str, object]:
        """Its options, with paths relative to the course."""
        written, page = self.source.written, self.source.written.page
        names = tuple(OPTIONS)
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
                place, data = place_in_course(path, self.source, base), read_regular(path)
                self._hold(place, data, None)
                files[self.course / place] = data
        return files

    def page_files(self) -> dict[Path, bytes]:
        """The files made from its page, by their absolute path in the course."""
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
        """Reserve a place for a file; False, with a report, if another file has it."""
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
        """The files of a page; new ones get names that no other file has."""
        return [
            (name, text)
            if text is None
            else (f"/{self.names.free(PurePosixPath(self._beside(name)), text.encode())}", text)
            for name, text in parts
        ]

    def _in_course(self, name: str) -> str:
        """A reference relative to the deck, as one within the course if it leads to a file."""
        if is_remote(name) or xaringan_style_name(name) == name:
            return name
        return f"/{self._beside(name)}"

    def _beside(self, name: str) -> str:
        """A file named relative to the deck, by its place in the course."""
        if name.startswith("/"):
            return name.lstrip("/")
        return PurePosixPath(os.path.normpath(self.place.parent / name)).as_posix()


def place_in_course(path: Path, source: ImportSource, base: Path) -> PurePosixPath:
    """Where a file goes in the course.

    Decks in folders whose names begin with `_` would be skipped, so a deck's own folders lose the `_`.
    """
    relative = resolve_links(path).relative_to(base)
    home = resolve_links(source.found.path).parent.relative_to(base).parts
    parts = list(relative.parts)
    for index, (part, own) in enumerate(zip(parts[:-1], home, strict=False)):
        if part != own:
            break
        parts[index] = part.lstrip("_") or "decks"
    return PurePosixPath(SLIDES, *parts)
