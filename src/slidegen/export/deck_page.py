"""Makes a deck's page for the browser to convert: complete, as a build would make it, in a temporary file."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.build.maker import MAX_READ, AskedPages, write_copy
from slidegen.compile.compile import CompiledDeck, compile_deck
from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.diagnostics import Code, Reporter, Severity
from slidegen.export.options import ExportOptions
from slidegen.files.dependencies import Reads
from slidegen.files.paths import resolve_links
from slidegen.files.writing import write_file
from slidegen.page.page import build_page
from slidegen.project.outputs import Pages, PlannedDeck
from slidegen.project.project import Projects
from slidegen.render.ink import ink_path

if TYPE_CHECKING:
    from slidegen.build.leak_check import Others, ReadDeck

COMPILING = Lock()
"""Decks are compiled one at a time, whichever thread asks."""


class DeckPage(Struct, frozen=True):
    """A page in a temporary folder."""

    file: Path
    folder: Path
    """The folder with everything that the page may load."""
    compiled: CompiledDeck
    slides: int
    variant: ReadDeck | None = None
    """The deck as the leak check reads it; None if nothing is left out."""


class PageMaker(Struct, frozen=True):
    """Makes the pages of decks."""

    projects: Projects
    options: ExportOptions
    folder: Path
    """The working folder."""
    read: dict[Path, ReadDeck] = field(default_factory=dict)
    """Decks that were read before their pages are made."""

    def parts(self, deck: PlannedDeck) -> Others:
        """What a variant leaves out of a deck, and what it keeps; empty if the deck has errors."""
        from slidegen.build.leak_check import Others, read_deck

        try:
            read = read_deck(self._compile(deck, Reporter(), Reads()), self.folder)
        except Exception:  # it is reported when the deck's page is made
            return Others()
        if len(self.read) < MAX_READ:
            self.read[deck.path] = read
        return Others(read.secrets, [read.kept])

    def begin(self, deck: PlannedDeck) -> tuple[Reporter, Reads]:
        """What is reported and read while a deck's page is made, including what was before."""
        read = self.read.get(deck.path)
        return (Reporter(), Reads()) if read is None else (read.compiled.reporter, read.compiled.reads)

    def make(
        self,
        deck: PlannedDeck,
        pages: Pages,
        temporary: Path,
        reporter: Reporter,
        reads: Reads,
        asked: AskedPages,
        others: Others | None = None,
    ) -> DeckPage | None:
        """Write the page of a deck below a temporary folder; None if the deck has errors, which `reporter` then holds.

        Raises DeckError like a build.
        """
        options = self.options
        with COMPILING:
            read = self.read.pop(deck.path, None)
            compiled = self._compile(deck, reporter, reads) if read is None else read.compiled
            if options.ink:
                _check_drawings(deck.path, reporter)
            with self._downloads(compiled) or nullcontext() as downloads:
                built = build_page(compiled, deck.page, asked, self.folder, embed=True, downloads=downloads)
            variant = None
            if compiled.whole is not None and not reporter.failed:
                from slidegen.build.leak_check import check_page, read_deck

                variant = read or read_deck(compiled, self.folder)
                check_page(variant, built, deck.output, self.folder, others)
        warned = options.strict and any(item.severity is Severity.WARNING for item in reporter)
        if reporter.failed or warned:
            return None
        top = pages.top_of(deck.page)
        file = temporary / deck.page.relative_to(top).with_suffix(".html")
        for path, copy in built.files.items():
            write_copy(temporary / path.relative_to(top), copy, reads, temporary)
        write_file(file, built.page, temporary)
        return DeckPage(file, temporary, compiled, built.slides, variant)

    def _compile(self, deck: PlannedDeck, reporter: Reporter, reads: Reads) -> CompiledDeck:
        options = self.options
        return compile_deck(
            DeckContext(deck.path, self.projects.of(deck.path), self.folder, reporter, reads),
            CompileOptions(theme=options.theme, variant=options.variant, ink=options.ink),
        )

    def _downloads(self, compiled: CompiledDeck):  # type: ignore[no-untyped-def]
        if not self.options.fetch:
            return None
        from slidegen.files.downloads import Downloads
        from slidegen.files.http_fetch import FetchLimits

        config = compiled.deck.config
        limits = FetchLimits(config.embedLimit, config.assets.timeout, config.assets.hosts)
        return Downloads(root=compiled.project.root, bounds=limits, progress=self.options.progress)


def _check_drawings(deck: Path, reporter: Reporter) -> None:
    """Report that a deck has no drawings."""
    path = ink_path(resolve_links(deck))
    if not path.exists():
        message = "there are no drawings: this file does not exist"
        hint = (
            "draw while `slidegen serve` shows the deck, or save the drawings from the page under this name"
        )
        reporter.report(Code.INK_UNREADABLE, message, hint=hint, path=str(path))
