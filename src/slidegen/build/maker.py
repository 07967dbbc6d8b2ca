"""Builds one deck, and writes its page to where it belongs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, ValuesView
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.build.options import BuildOptions
from slidegen.compile.compile import CompiledDeck, compile_deck
from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter, Severity, in_reading_order
from slidegen.diagnostics.stored import StoredDiagnostics, as_notices
from slidegen.files.dependencies import Reads
from slidegen.files.file_state import digest
from slidegen.files.paths import resolve_links
from slidegen.files.regular import open_regular
from slidegen.files.writing import ELSEWHERE, HEAD, OWN_PAGE, write_file
from slidegen.page.page import build_page
from slidegen.project.outputs import STANDARD_OUTPUT, Pages, PlannedDeck
from slidegen.project.project import Projects

if TYPE_CHECKING:
    from slidegen.build.leak_check import Others, ReadDeck
    from slidegen.files.downloads import Downloads
    from slidegen.render.assets import Copy

MAX_READ = 32
"""How many decks stay in memory so that they need not be read again when they are made."""


class BuildResult(Struct, frozen=True):
    """The outcome for a deck, as values that can pass between processes."""

    notices: StoredDiagnostics
    failed: bool
    states: Mapping[str, str]
    """The states of the files that the page was made from."""
    pages: Mapping[str, str | None]
    """The decks whose pages this one asked for, and the answers."""
    written: Mapping[str, str]
    """Digests of the files that were written, even if the page was not."""
    page: bytes = b""
    """The page itself, if it goes to standard output."""
    slides: int = 0
    size: int = 0
    summary: str = ""
    """What the course page says about the deck, as JSON."""
    short: int = 0
    """How many left-out passages are too short to look for."""


class AskedPages(Mapping[Path, Path]):
    """The pages of decks, which remembers those that a deck asked for."""

    def __init__(self, pages: Pages) -> None:
        self.pages: Final = pages
        self.asked: dict[str, str | None] = {}

    def __getitem__(self, deck: Path) -> Path:
        found = self.pages.get(deck)
        self.asked[str(deck)] = None if found is None else str(found)
        if found is None:
            raise KeyError(deck)
        return found

    def __iter__(self) -> Iterator[Path]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)

    def values(self) -> ValuesView[Path]:
        """All pages, which counts as asking for none."""
        return self.pages.values()


class ReadDecks(dict[int, "ReadDeck"]):
    """Decks that this process has read before making them; they are not sent to other processes."""

    def __reduce__(self) -> tuple[type[ReadDecks], tuple[()]]:
        return ReadDecks, ()


class Maker(Struct, frozen=True):
    """Makes the decks of one command."""

    decks: Sequence[PlannedDeck]
    pages: Sequence[Pages]
    """One for each deck."""
    projects: Projects
    options: BuildOptions
    folder: Path
    """The working folder."""
    summaries: bool = False
    """Whether there will be a course page."""
    site: Path | None = None
    """The folder that is published at the project's `url:`."""
    downloads: dict[object, Downloads] = field(default_factory=dict)
    """By project and limits."""
    others: Others | None = None
    """What is left out of all decks of a variant, and what they keep."""
    read: ReadDecks = field(default_factory=ReadDecks)

    def __call__(self, index: int) -> BuildResult:
        """Make a deck's page and write it. Mistakes in the deck are part of the result."""
        deck, read = self.decks[index], self.read.pop(index, None)
        reporter, reads = (
            (Reporter(), Reads()) if read is None else (read.compiled.reporter, read.compiled.reads)
        )
        pages, written = AskedPages(self.pages[index]), dict[str, str]()
        try:
            return self._make(deck, read, reporter, reads, pages, written)
        except Exception as error:  # whatever it is concerns this deck only
            from slidegen.project.fault_report import diagnose

            reporter.add(diagnose(error, deck.path, self.folder))
        return _made(reporter, reads, pages, written, failed=True)

    def parts(self, index: int) -> Others:
        """What a variant leaves out of a deck, and what it keeps; empty if the deck has errors."""
        from slidegen.build.leak_check import Others, read_deck

        try:
            read = read_deck(self._compile(self.decks[index], Reporter(), Reads()), self.folder)
        except Exception:  # it is reported when the deck's page is made
            return Others()
        if len(self.read) < MAX_READ:
            self.read[index] = read
        return Others(read.secrets, [read.kept])

    def lost(self, index: int) -> BuildResult:
        """The result for a deck whose processes crashed."""
        from slidegen.project.fault_report import lost

        reporter, pages = Reporter(), AskedPages(self.pages[index])
        reporter.add(lost(self.decks[index].path))
        return _made(reporter, Reads(), pages, {}, failed=True)

    def _compile(self, deck: PlannedDeck, reporter: Reporter, reads: Reads) -> CompiledDeck:
        return compile_deck(
            DeckContext(deck.path, self.projects.of(deck.path), self.folder, reporter, reads),
            CompileOptions(theme=self.options.theme, variant=self.options.variant),
        )

    def _make(
        self,
        deck: PlannedDeck,
        read: ReadDeck | None,
        reporter: Reporter,
        reads: Reads,
        pages: AskedPages,
        written: dict[str, str],
    ) -> BuildResult:
        compiled = self._compile(deck, reporter, reads) if read is None else read.compiled
        output = None if deck.output == STANDARD_OUTPUT else deck.page
        downloads = self._downloads(compiled) if self.options.fetch else None
        with downloads or nullcontext():
            built = build_page(
                compiled,
                output,
                pages,
                self.folder,
                embed=self.options.embed,
                downloads=downloads,
                summary=self.summaries,
                site=self.site if pages.pages.base is not None else None,
            )
        if compiled.whole is not None and not reporter.failed:
            from slidegen.build.leak_check import check_page, read_deck

            read = read or read_deck(compiled, self.folder)
            check_page(read, built, deck.output, self.folder, self.others)
        if reporter.failed or (self.options.strict and _has_warning(reporter)):
            return _made(reporter, reads, pages, written, failed=True)
        if output is not None:
            refuse_to_write_over_page(output, deck.output)
            top = pages.pages.top_of(output)
            for path, copy in built.files.items():
                copied = write_copy(path, copy, reads, top)
                if copied is not None:
                    written[str(path)] = copied
            write_file(output, built.page, top, elsewhere=ELSEWHERE)
            written[str(output)] = digest(built.page)
        made = _made(reporter, reads, pages, written, failed=False)
        page = b"" if output is not None else built.page
        summary_text = ""
        if built.summary is not None:
            value = built.summary.value()
            if read is not None:
                from slidegen.build.course_check import DeckParts

                value["left_out"] = DeckParts.of_page(read, self.folder).value()
            summary_text = json.dumps(value, ensure_ascii=False)
        return replace(
            made,
            page=page,
            slides=built.slides,
            size=len(built.page),
            summary=summary_text,
            short=0 if read is None else read.secrets.short,
        )

    def _downloads(self, compiled: CompiledDeck) -> Downloads:
        """The downloads for a deck, shared by all decks of a project with the same settings."""
        from slidegen.files.downloads import Downloads
        from slidegen.files.http_fetch import FetchLimits

        config = compiled.deck.config
        bounds = FetchLimits(config.embedLimit, config.assets.timeout, config.assets.hosts)
        key = (compiled.project.root, bounds)
        if key not in self.downloads:
            self.downloads[key] = Downloads(
                root=compiled.project.root, bounds=bounds, progress=self.options.progress
            )
        return self.downloads[key]


def _made(
    reporter: Reporter, reads: Reads, pages: AskedPages, written: Mapping[str, str], *, failed: bool
) -> BuildResult:
    notices = as_notices(sorted(reporter, key=in_reading_order))
    return BuildResult(
        notices=notices, failed=failed, states=reads.states(), pages=pages.asked, written=written
    )


def _has_warning(reporter: Reporter) -> bool:
    return any(item.severity is Severity.WARNING for item in reporter)


def refuse_to_write_over_page(path: Path, shown: Path) -> None:
    """Raise DeckError if a page would overwrite one that someone wrote around a deck."""
    try:
        with open_regular(path) as file:
            if OWN_PAGE in file.read(HEAD):
                return
            file.seek(0)
            data = file.read()
    except OSError:
        return
    from slidegen.reading.html_page.deck import is_deck_page

    if is_deck_page(data):
        message = "the page would be written over one that holds a deck"
        raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(shown), hint=ELSEWHERE))


def write_copy(path: Path, copy: Copy, reads: Reads, within: Path) -> str | None:
    """Write a file beside a page, below `within`, and return its digest; None if it is already there as the original.

    `reads` receives the copied file. Raises DeckError if it cannot be read or written.
    """
    if copy.path is None:
        write_file(path, copy.data, within, elsewhere=ELSEWHERE)
        return digest(copy.data)
    try:
        data = reads.read(copy.path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DeckError(
            Diagnostic(Code.CANNOT_READ, f"cannot be read: {reason}", path=str(copy.path))
        ) from error
    if resolve_links(path) == copy.path:
        return None  # the page is beside its deck, and so are its files
    write_file(path, data, within, elsewhere=ELSEWHERE)
    return digest(data)
