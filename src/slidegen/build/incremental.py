"""Builds the decks of one command: all of them, or only those that the record shows to be out of date."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from slidegen.build.course_page import CoursePlan, build_course, course_result
from slidegen.build.fingerprint import program_digest
from slidegen.build.options import BuildOptions
from slidegen.build.record import OutputFile, PageEntry, Record, command_digest, remove_unneeded, stamp_of
from slidegen.build.results import BuiltDeck
from slidegen.build.summaries import has_summary, keep_summaries, load_summary, save_summary
from slidegen.course.page import handouts
from slidegen.diagnostics import Severity
from slidegen.diagnostics.stored import as_diagnostics
from slidegen.files.paths import display_path
from slidegen.output_formats import HTML
from slidegen.project.outputs import STANDARD_OUTPUT, Pages, PlannedDeck
from slidegen.project.project import Projects

if TYPE_CHECKING:
    from slidegen.build.leak_check import Others
    from slidegen.build.maker import BuildResult, Maker

WORTH_SHARING_SECONDS = 0.3 if os.name == "posix" else 1.0
"""The work from which it pays to start other processes."""
SAVE_INTERVAL = 2.0
"""Seconds between saves of the record during a build, in case the build is killed."""
T = TypeVar("T")


def _results(
    work: Callable[[int], T], indices: Sequence[int], jobs: int, lost: Callable[[int], T]
) -> Generator[T, None, None]:
    """The results of `work`, in order; other processes join when what is left is worth it.

    They inherit the modules that this process has loaded for the first decks, so it makes those alone. `lost`
    makes the result for a deck at which two processes have died.
    """
    left = list(reversed(indices))
    seconds: list[float] = []
    while left and (jobs == 1 or len(left) == 1 or not _is_worth_sharing(len(left), seconds)):
        began = time.monotonic()
        result = work(left.pop())
        seconds.append(time.monotonic() - began)
        yield result
    if left:
        from slidegen.build.workers import processors, share

        yield from share(work, left[::-1], jobs or processors(), lost)


def _is_worth_sharing(left: int, seconds: Sequence[float]) -> bool:
    """Whether so many decks are worth it after some that have taken `seconds`; the first takes longer."""
    if len(seconds) < 2:
        return sum(seconds) >= WORTH_SHARING_SECONDS
    return left * sum(seconds[1:]) / len(seconds[1:]) >= WORTH_SHARING_SECONDS


class IncrementalBuild(Struct, frozen=True):
    """What a command should build."""

    decks: Sequence[PlannedDeck]
    pages: Sequence[Pages]
    """One for each deck."""
    bases: Sequence[str]
    """The folder that was searched for each deck; empty for a deck that was named."""
    course: CoursePlan | None
    projects: Projects
    options: BuildOptions
    folder: Path
    target: Path
    say: Callable[[str], None]
    folders: Mapping[str, str]
    """The output folder of each variant, and under the empty name the folder for all of them."""

    @property
    def site(self) -> Path:
        """The folder that is published at the project's `url:`: the one with all variants."""
        above = Path(self.folders.get("", self.target))
        return above if self.target.is_relative_to(above) else self.target

    def build_all(self) -> Iterator[BuiltDeck]:
        """Build every deck."""
        summaries: dict[str, str] = {}
        with closing(self._make(range(len(self.decks)))) as results:
            for deck, made in zip(self.decks, results, strict=True):
                yield _built(deck, made)
                if made.summary:
                    summaries[str(deck.page)] = made.summary
        if self.course is not None:
            yield from build_course(
                self.course, self._in_course(summaries), self.options, self.folder, self.site, self.say
            )[0]

    def build_changed(self, record: Record) -> Iterator[BuiltDeck]:
        """Build the decks that differ from the record, and remove pages whose decks are gone."""
        program = program_digest()
        commands = [self._command(index, program) for index in range(len(self.decks))]
        fresh = {} if self.options.force else self._fresh(record, commands)
        began, kept = time.time_ns(), time.monotonic()
        gone: dict[str, OutputFile] = {}
        with closing(
            self._make(
                [index for index in range(len(self.decks)) if index not in fresh],
                [load_summary(record.root, entry.summary) for entry in fresh.values()]
                if self.options.variant is not None
                else [],
            )
        ) as results:
            for index, deck in enumerate(self.decks):
                if index in fresh:
                    yield self.up_to_date_result(deck, fresh[index])
                    continue
                made = next(results)
                gone.update(self._note(record, index, made, commands[index], began))
                yield _built(deck, made)
                if time.monotonic() - kept > SAVE_INTERVAL:
                    record.save()
                    kept = time.monotonic()
        if self.course is not None:
            yield from self._course_by_record(self.course, record, program, began, gone)
        elif self._keeps_summaries:
            keep_summaries(record.root, {entry.summary for entry in record.entries.values()})
        self._clean(record, gone)

    def _in_course(self, summaries: Mapping[str, str]) -> Sequence[tuple[PlannedDeck, str]]:
        return [(deck, summaries[str(deck.page)]) for deck in self.decks if str(deck.page) in summaries]

    def _course_by_record(
        self, course: CoursePlan, record: Record, program: str, began: int, gone: dict[str, OutputFile]
    ) -> Iterator[BuiltDeck]:
        """Build the course page unless the record shows it to be up to date."""
        known = {page: entry.summary for page, entry in record.entries.items() if entry.summary}
        decks = self._in_course(known)
        files = [str(path) for deck, _ in decks for path in handouts(deck.page)]
        names = [f"{deck.page} {name}" for deck, name in decks]
        command = command_digest(program, str(self.site), *self.options.shaping, *names, *files)
        page = str(course.page)
        before = record.entries.get(page)
        is_same = before is not None and before.folder == str(self.folder) and not self.options.force
        if before is not None and is_same and record.is_fresh(before, command, {}):
            yield from course_result(course, as_diagnostics(before.notices), self.options, self.folder)
            return
        texts = {str(deck.page): load_summary(record.root, name) for deck, name in decks}
        results, made = build_course(
            course, self._in_course(texts), self.options, self.folder, self.site, self.say
        )
        yield from results
        if made is not None:
            written = {path: OutputFile(content, stamp_of(path)) for path, content in made.written.items()}
            target = str(self.target)
            entry = PageEntry(
                deck="",
                base=course.base,
                target=target,
                command=command,
                folder=str(self.folder),
                places=(),
                pages={},
                written=written,
                notices=made.notices,
            )
            entry = replace(entry, variant=self.options.variant or "")
            record.put(page, entry, made.states, began)
            if before is not None:
                gone.update((path, before.written[path]) for path in before.written.keys() - written.keys())
            keep_summaries(record.root, {entry.summary for entry in record.entries.values()})

    def _fresh(self, record: Record, commands: Sequence[str]) -> dict[int, PageEntry]:
        """The decks whose pages are up to date, by index."""
        found = {}
        for index, deck in enumerate(self.decks):
            entry = record.entries.get(str(deck.page))
            if entry is None or (entry.notices and entry.folder != str(self.folder)):
                continue
            if self._keeps_summaries and not has_summary(record.root, entry.summary):
                continue
            if record.is_fresh(entry, commands[index], self.pages[index]):
                found[index] = entry
        return found

    @property
    def _keeps_summaries(self) -> bool:
        """Whether summaries are needed: for a course page, or because they hold what is left out."""
        return self.course is not None or self.options.variant is not None

    def _others(self, maker: Maker, indices: Sequence[int], fresh: Iterable[str]) -> Others:
        """What a variant leaves out of all decks, and what they keep; `fresh` are summaries of decks not rebuilt."""
        from slidegen.build.course_check import DeckParts
        from slidegen.build.leak_check import Others

        found = Others()
        for summary in fresh:
            parts = DeckParts.of(json.loads(summary))
            if parts is not None:
                found.add(Others(parts.secrets, [parts.kept]))
        if len(indices) == 1 and len(self.decks) > 1:
            return found  # its own parts are read when it is made
        for each in _results(maker.parts, indices, self.options.jobs, lambda _: Others()):
            found.add(each)
        return found

    def _make(self, indices: Sequence[int], fresh: Sequence[str] = ()) -> Generator[BuildResult, None, None]:
        """Make decks, sharing long work between processes.

        `fresh` are the summaries of the decks that stay as they are.
        """
        if not indices:
            return
        from slidegen.build.maker import Maker

        maker = Maker(
            decks=self.decks,
            pages=self.pages,
            projects=self.projects,
            options=self.options,
            folder=self.folder,
            summaries=self._keeps_summaries,
            site=self.site,
        )
        if self.options.variant is not None and len(self.decks) > 1:
            maker = replace(maker, others=self._others(maker, indices, fresh))
        yield from _results(maker, indices, self.options.jobs, maker.lost)

    def _command(self, index: int, program: str) -> str:
        """Identifies everything that shapes a page besides files."""
        deck, pages = self.decks[index], self.pages[index]
        places = (
            os.path.normpath(deck.path.absolute()),
            deck.page,
            pages.base,
            pages.folder,
            self.site,
            self.projects.of(deck.path).root,
        )
        return command_digest(program, *self.options.shaping, *map(str, places))

    def up_to_date_result(self, deck: PlannedDeck, entry: PageEntry) -> BuiltDeck:
        diagnostics = as_diagnostics(entry.notices)
        if self.options.strict and any(item.severity is Severity.WARNING for item in diagnostics):
            return BuiltDeck(deck.path, diagnostics, failed=True)
        return BuiltDeck(
            path=deck.path,
            diagnostics=diagnostics,
            failed=False,
            output=deck.output,
            slides=entry.slides,
            size=entry.size,
            fresh=True,
        )

    def _note(
        self, record: Record, index: int, made: BuildResult, command: str, began: int
    ) -> Mapping[str, OutputFile]:
        """Record a deck's page; returns the files that earlier builds wrote for it and this one did not."""
        deck = self.decks[index]
        page = str(deck.page)
        before = record.entries.get(page)
        written = {path: OutputFile(content, stamp_of(path)) for path, content in made.written.items()}
        unbuilt = PageEntry(
            deck=str(deck.path.absolute()),
            base=self.bases[index],
            target=str(self.target),
            command="",
            folder=str(self.folder),
        )
        if made.failed:
            if written or before is not None:  # the file there is still the last good page
                before = before or unbuilt
                record.entries[page] = replace(before, written={**before.written, **written})
                record.changed = True
            return {}
        entry = replace(
            unbuilt,
            command=command,
            pages=made.pages,
            written=written,
            notices=made.notices,
            slides=made.slides,
            size=made.size,
            summary=save_summary(record.root, made.summary) if made.summary else "",
            variant=self.options.variant or "",
        )
        record.put(page, entry, made.states, began)
        return (
            {} if before is None else {path: before.written[path] for path in before.written.keys() - written}
        )

    def _clean(self, record: Record, gone: dict[str, OutputFile]) -> None:
        """Remove what slidegen wrote for deleted decks, and files that pages no longer use.

        Exports of a deck stay as long as the deck exists.
        """
        planned = {str(deck.page) for deck in self.decks}
        decks = {str(deck.path.absolute()) for deck in self.decks}
        if self.course is not None:
            planned.add(str(self.course.page))
        for page, entry in list(record.entries.items()):
            if (
                entry.target == str(self.target)
                and entry.base in self.bases
                and entry.base
                and page not in planned
                and not (entry.deck in decks and entry.format != HTML.name)
            ):
                gone.update(entry.written)
                record.drop(page)
        self._remove(record, gone, str(self.target))
        for page, entry in list(record.entries.items()):
            if self._is_of_no_variant(entry):
                record.drop(page)
                self._remove(record, entry.written, entry.target)
        if record.changed:
            record.forget_lost()

    def _is_of_no_variant(self, entry: PageEntry) -> bool:
        """Whether a page belongs to a variant that is gone or has moved: it may hold solutions."""
        above, own = self.folders.get(""), self.folders.get(entry.variant or "")
        return (
            above is not None
            and bool(entry.variant and entry.base)
            and entry.base in self.bases
            and Path(entry.target).is_relative_to(above)
            and own != entry.target
            and not (own == above and Path(entry.target) == Path(above, entry.variant or ""))
        )

    def _remove(self, record: Record, gone: Mapping[str, OutputFile], target: str) -> None:
        """Remove files that slidegen wrote and nothing needs; only pages are reported."""
        for path in remove_unneeded(record, gone, target):
            if HTML.is_file(path):
                self.say(f"removed {display_path(path, self.folder)}")


def _built(deck: PlannedDeck, made: BuildResult) -> BuiltDeck:
    diagnostics = as_diagnostics(made.notices)
    if made.failed:
        return BuiltDeck(deck.path, diagnostics, failed=True)
    output = None if deck.output == STANDARD_OUTPUT else deck.output
    return BuiltDeck(
        path=deck.path,
        diagnostics=diagnostics,
        failed=False,
        output=output,
        page=made.page,
        slides=made.slides,
        size=made.size,
        short=made.short,
        summary=made.summary,
    )
