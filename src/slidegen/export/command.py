"""`slidegen export`: decides what to export, skips what is up to date, and has a browser make the rest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from slidegen.browser.browser import Browser, open_browser
from slidegen.browser.find import find_browser
from slidegen.browser.page import PageError
from slidegen.build.command import open_record
from slidegen.build.fingerprint import program_digest
from slidegen.build.maker import AskedPages
from slidegen.build.record import OutputFile, PageEntry, Record, command_digest, remove_unneeded, stamp_of
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter, in_reading_order
from slidegen.diagnostics.stored import as_diagnostics, as_notices
from slidegen.export.deck_page import PageMaker
from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared, prepared
from slidegen.export.results import ExportedDeck
from slidegen.files.file_state import digest
from slidegen.files.paths import resolve_links
from slidegen.files.writing import ELSEWHERE, write_file
from slidegen.output_formats import OutputFormat, is_one_export
from slidegen.project.discovery import find_decks
from slidegen.project.outputs import Pages, PlannedDeck, plan, warn_of_names
from slidegen.project.project import Projects, default_folders
from slidegen.terminal_output import silent

if TYPE_CHECKING:
    from slidegen.build.leak_check import Others

Exporter = Callable[[Prepared, ExportOptions, Callable[[Diagnostic], None]], Mapping[str, bytes]]
"""Makes the files of a deck, returned by name; the empty name is that of the output itself."""


class _Made(Struct, frozen=True):
    """The files of a deck before they are written."""

    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    states: Mapping[str, str]
    pages: Mapping[str, str | None]
    slides: int = 0
    failed: bool = False


def export_decks(
    sources: Sequence[Path],
    output: Path | None,
    made: OutputFormat,
    options: ExportOptions,
    folder: Path,
    say: Callable[[str], None] = silent,
) -> Iterator[ExportedDeck]:
    """Export the decks that `sources` name, or those in `slides/`, and yield the outcomes in order.

    Raises DeckError if it is unclear what to export or where to, or no usable browser is found; mistakes
    in a deck are part of its outcome.
    """
    projects = Projects(folder)
    if not sources or output is None:
        slides, public = default_folders(projects, folder)
        sources, output = sources or [slides], output or public
    for module in made.packages:
        if find_spec(module) is None:
            message = f"exporting {made.name} needs the Python package {EXTRAS.get(module, module)}"
            hint = 'install it with `pip install "slidegen[export]"`'
            raise DeckError(Diagnostic(Code.MISSING_PACKAGE, message, hint=hint))
    is_one = is_one_export(output)
    top = output.parent if is_one else output
    target = Path(os.path.normpath(top.absolute()))
    search = find_decks(sources, projects.rules, {resolve_links(target)})
    for each in search.skipped:
        yield ExportedDeck(Path(each.path), (each,), failed=options.strict)
    planned = plan(search.decks, output, made)
    for each in warn_of_names(planned, output):
        yield ExportedDeck(Path(each.path), (each,), failed=options.strict)
    linked = {resolve_links(item.path): deck.page for item, deck in zip(search.decks, planned, strict=True)}
    export = _Export(
        decks=planned,
        pages=[
            Pages({} if made.is_folder else linked, None if is_one else item.base, target)
            for item in search.decks
        ],
        bases=["" if item.path in sources else str(item.base) for item in search.decks],
        made=made,
        options=options,
        folder=folder,
        target=target,
        say=say,
        maker=PageMaker(projects, options, folder),
    )
    with ExitStack() as stack:
        record = open_record(sources, output, folder, target, say, stack)
        yield from export.run(record)


EXTRAS = {"pptx": "python-pptx", "pikepdf": "pikepdf"}


class _Export(Struct, frozen=True):
    decks: Sequence[PlannedDeck]
    pages: Sequence[Pages]
    bases: Sequence[str]
    made: OutputFormat
    options: ExportOptions
    folder: Path
    target: Path
    say: Callable[[str], None]
    maker: PageMaker

    def run(self, record: Record | None) -> Iterator[ExportedDeck]:
        if not self.decks:
            return
        program = find_browser(self.options.browser)
        commands = [self._command(index, program) for index in range(len(self.decks))]
        fresh = {} if record is None or self.options.force else self._fresh(record, commands)
        stale = [index for index in range(len(self.decks)) if index not in fresh]
        if not stale:
            yield from (self._unchanged(index, fresh[index]) for index in sorted(fresh))
            return
        began = time.time_ns()
        others = self._others()
        with (
            open_browser(self.target, str(program), self.say) as browser,
            closing(browser.map(partial(self._make, others), stale)) as results,
        ):
            for index in range(len(self.decks)):
                if index in fresh:
                    yield self._unchanged(index, fresh[index])
                else:
                    yield self._write(index, next(results), record, commands[index], began)

    def _others(self) -> Others | None:
        """What a variant leaves out of all decks, and what they keep; None if there is one deck, or no variant."""
        if self.options.variant is None or len(self.decks) < 2:
            return None
        from slidegen.build.leak_check import Others

        found = Others()
        for deck in self.decks:
            found.add(self.maker.parts(deck))
        return found

    def _fresh(self, record: Record, commands: Sequence[str]) -> dict[int, PageEntry]:
        found = {}
        for index, deck in enumerate(self.decks):
            entry = record.entries.get(str(deck.page))
            is_known = entry is not None and (not entry.notices or entry.folder == str(self.folder))
            if entry is not None and is_known and record.is_fresh(entry, commands[index], self.pages[index]):
                found[index] = entry
        return found

    def _command(self, index: int, program: Path) -> str:
        """Identifies everything that shapes an export besides files."""
        deck, pages = self.decks[index], self.pages[index]
        places = (deck.path.absolute(), deck.page, pages.base, pages.folder, program, stamp_of(str(program)))
        extras = [find_spec(module) is not None for module in EXTRAS]
        return command_digest("export", program_digest(), *self.options.shaping, *extras, *map(str, places))

    def _unchanged(self, index: int, entry: PageEntry) -> ExportedDeck:
        diagnostics = as_diagnostics(entry.notices)
        deck = self.decks[index]
        return ExportedDeck(
            path=deck.path,
            diagnostics=diagnostics,
            failed=self.options.strict and bool(diagnostics),
            output=deck.output,
            slides=entry.slides,
            size=entry.size,
            fresh=True,
        )

    def _make(self, others: Others | None, browser: Browser, index: int) -> _Made:
        """Make the files of a deck; runs in several threads at once."""
        deck, pages = self.decks[index], self.pages[index]
        (reporter, reads), asked = self.maker.begin(deck), AskedPages(pages)
        files: Mapping[str, bytes] = {}
        slides = 0
        try:
            temporary = browser.folder / str(index)
            page = self.maker.make(deck, pages, temporary, reporter, reads, asked, others)
            if page is not None:
                with prepared(browser, page, self.options) as opened:
                    slides = len({slide.position for slide in opened.facts.slides})
                    self._check(opened, deck, reporter)
                    if not reporter.failed:
                        exporter: Exporter = import_module(self.made.module).export
                        files = exporter(opened, self.options, reporter.add)
                    if page.variant is not None:
                        from slidegen.export.searched import check_files

                        check_files(page.variant, files, deck.output, self.folder, others)
        except PageError as error:
            message = f"it was not exported: {error}"
            reporter.add(Diagnostic(Code.BROWSER_FAILED, message, path=str(deck.path)))
        except Exception as error:
            from slidegen.project.fault_report import diagnose

            reporter.add(diagnose(error, deck.path, self.folder))
        return _Made(
            files=files,
            diagnostics=tuple(sorted(reporter, key=in_reading_order)),
            states=reads.states(),
            pages=asked.asked,
            slides=slides,
            failed=reporter.failed or not files,
        )

    def _check(self, opened: Prepared, deck: PlannedDeck, reporter: Reporter) -> None:
        """Report what is wrong with the page in this browser."""
        if not opened.facts.slides:
            message = "none of its slides has such a number"
            reporter.add(
                Diagnostic(
                    Code.NO_SUCH_SLIDES, message, path=str(deck.path), hint="see the numbers on the slides"
                )
            )
        if opened.facts.missing:
            letters = " ".join(opened.facts.missing[:20])
            message = f"no font on this computer has {letters}"
            hint = "install a font that has them, such as Noto Color Emoji or Noto Sans CJK"
            reporter.add(Diagnostic(Code.MISSING_FONT, message, path=str(deck.path), hint=hint))

    def _write(
        self, index: int, made: _Made, record: Record | None, command: str, began: int
    ) -> ExportedDeck:
        deck = self.decks[index]
        result = ExportedDeck(deck.path, made.diagnostics, failed=True)
        if made.failed:
            return result
        written = {}
        try:
            for name, data in made.files.items():
                path = deck.page / name if name else deck.page
                write_file(path, data, self.target, elsewhere=ELSEWHERE)
                written[str(path)] = digest(data)
        except DeckError as error:
            return replace(result, diagnostics=(*made.diagnostics, error.diagnostic))
        size = sum(map(len, made.files.values()))
        if record is not None:
            self._note(record, index, made, command, began, written)
            record.save()
        return replace(result, failed=False, output=deck.output, slides=made.slides, size=size)

    def _note(
        self, record: Record, index: int, made: _Made, command: str, began: int, written: Mapping[str, str]
    ) -> None:
        deck = self.decks[index]
        entry = PageEntry(
            deck=str(deck.path.absolute()),
            base=self.bases[index],
            target=str(self.target),
            command=command,
            folder=str(self.folder),
            pages=made.pages,
            written={path: OutputFile(content, stamp_of(path)) for path, content in written.items()},
            notices=as_notices(made.diagnostics),
            slides=made.slides,
            size=sum(map(len, made.files.values())),
            variant=self.options.variant or "",
            format=self.made.name,
        )
        before = record.entries.get(str(deck.page))
        record.put(str(deck.page), entry, made.states, began)
        if before is not None:
            gone = {path: file for path, file in before.written.items() if path not in written}
            remove_unneeded(record, gone, str(self.target))
