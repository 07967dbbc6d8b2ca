"""The decks that are served: their addresses, and which of them a changed file affects."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from msgspec import Struct

from slidegen.course.sessions import written_values
from slidegen.diagnostics import DeckError, Diagnostic
from slidegen.files.paths import folder_title, resolve_links
from slidegen.files.regular import read_regular
from slidegen.project.discovery import DEFAULT_NAME, FoundDecks, is_deck
from slidegen.project.outputs import DEFAULT_OUTPUT, Pages, plan
from slidegen.project.project import CONFIG_FILE, Projects
from slidegen.reading.markdown import decode, read_markdown
from slidegen.render.assets import Copy
from slidegen.serve.audience_views import Views
from slidegen.serve.deck_builder import Built, ChangeCounters, DeckBuilder
from slidegen.serve.page_draft import AUTHOR
from slidegen.serve.room_variants import RoomVariants

TEMPLATE_SUFFIXES = (".html", ".mjs", ".js")


class ServedDeck(Struct):
    """A deck and the states of its page."""

    url: str
    builder: DeckBuilder
    views: Views
    changed: ChangeCounters = ChangeCounters()
    built: Built | None = None
    stale: bool = True
    """Whether something has changed since it was built."""
    present: bool = True
    """Whether its file exists."""

    @property
    def errors(self) -> int:
        """How many errors the last build found."""
        return sum(item.severity == "error" for item in self.built.problems) if self.built else 0


class Rebuilt(Struct, frozen=True):
    """The outcome of publishing a build."""

    deck: ServedDeck
    built: Built
    news: bool
    """Whether pages that show the deck need to be notified."""
    first: bool
    """Whether its diagnostics have not been reported before."""


def _silent(diagnostics: Sequence[Diagnostic]) -> None:
    del diagnostics


@dataclass(slots=True)
class DeckRegistry:
    """Finds and builds decks. Knows about files, but not about clocks and sockets."""

    sources: Sequence[Path]
    folder: Path
    """The working folder, absolute."""
    theme: str | None
    audiences: Sequence[str]
    variant: str | None = None
    decks: dict[str, ServedDeck] = dataclasses.field(default_factory=dict)
    """By the path of their URL."""
    files: dict[str, Copy] = dataclasses.field(default_factory=dict)
    """What pages refer to, by the path of its URL."""
    room_files: dict[str, Copy] = dataclasses.field(default_factory=dict)
    """What the audience's pages refer to."""
    diagnostic: Diagnostic | None = None
    """Why there are no decks."""
    warn: Callable[[Sequence[Diagnostic]], None] = _silent
    """Receives what is skipped among the decks."""
    _projects: Projects = dataclasses.field(init=False)
    _rooms: RoomVariants = dataclasses.field(default_factory=RoomVariants)
    _signatures: dict[Path, tuple[int, int, int]] = dataclasses.field(default_factory=dict)
    _pages: dict[str, Pages] = dataclasses.field(default_factory=dict)
    _skipped: tuple[Diagnostic, ...] = ()
    _linked: tuple[Path, ...] = ()
    """Folders that links led to."""

    def __post_init__(self) -> None:
        self._projects = Projects(self.folder)

    @property
    def output(self) -> Path:
        """The folder that pages would be written to, and are served as if in."""
        return self.folder / DEFAULT_OUTPUT

    def find(self) -> None:
        """Find out which decks exist. A deleted one stays if somebody may be looking at it."""
        try:
            # a mistake in slidegen.yml is reported when a deck is built
            search = self._projects.find_decks(self.sources, {resolve_links(self.output)}, lenient=True)
            planned = plan(search.decks, None)
        except DeckError as error:
            self.diagnostic, search, planned = error.diagnostic, FoundDecks(()), []
        else:
            self.diagnostic = None
        found = search.decks
        news = [each for each in search.skipped if each not in self._skipped]
        self._skipped, self._linked = search.skipped, search.linked
        if news:
            self.warn(news)
        built = {
            resolve_links(item.path): self.folder / deck.output
            for item, deck in zip(found, planned, strict=True)
        }
        self._pages = {}
        for item, deck in zip(found, planned, strict=True):
            output = self.folder / deck.output
            url = f"/{output.relative_to(self.output).as_posix()}"
            self._pages[url] = Pages(built, item.base, self.output)
            if url not in self.decks:
                builder = DeckBuilder(
                    path=item.path,
                    output=output,
                    folder=self.folder,
                    theme=self.theme,
                    audiences=self.audiences,
                    variant=self.variant,
                    rooms=self._rooms,
                )
                self.decks[url] = ServedDeck(
                    url=url, builder=builder, views=Views(item.path.stem, self.audiences)
                )
            self.decks[url].present = True
        for url, served in list(self.decks.items()):
            if url not in self._pages:
                served.present = False
                if served.built is None:
                    del self.decks[url]

    @property
    def _tops(self) -> Iterator[Path]:
        """The files and folders that are served, with links resolved."""
        yield from map(resolve_links, self.sources)
        yield from self._linked

    def listed(self) -> list[ServedDeck]:
        """The existing decks, in alphabetical order."""
        return [deck for _, deck in sorted(self.decks.items()) if deck.present]

    @property
    def list_title(self) -> str:
        """The title of the list of decks: that of the course, or the folder's name."""
        folder = next((source for source in self.sources if source.is_dir()), self.sources[0].parent)
        try:
            return self._projects.of(folder / DEFAULT_NAME).title_of(folder)
        except DeckError:  # reported when a deck is built
            return folder_title(folder)

    def title(self, deck: ServedDeck, who: str = AUTHOR) -> str:
        """A deck's title; until it is built, that of its front matter, or its file's name."""
        if deck.built is not None or who != AUTHOR:
            return deck.views.title_for(who)
        try:
            written = read_markdown(
                decode(str(deck.builder.path), read_regular(resolve_links(deck.builder.path)))
            )
        except (OSError, DeckError):  # its mistakes are reported when it is built
            return deck.views.title
        return written_values(written).get("title", "").strip("\"'") or deck.views.title

    def affects(self, path: Path) -> bool:
        """Whether a change of this path may change a page or the list of decks."""
        return (
            path.name == CONFIG_FILE
            or (is_deck(path) and any(_is_below(path, top) for top in self._tops))
            or any(deck.builder.reads.touched_by([path]) for deck in self.decks.values())
        )

    def apply_changes(self, paths: Collection[Path], folders: Collection[Path] = ()) -> list[ServedDeck]:
        """Record that files have changed, and that whole folders have been added, deleted or moved.

        Returns the decks to rebuild.
        """
        paths = {path for path in paths if self._differs(path)}
        known = {deck.builder.path.absolute() for deck in self.decks.values()}
        known |= {resolve_links(path) for path in known}
        others = [path for path in paths if path not in known]
        if folders or others:
            self._projects = Projects(self.folder)
        new = any(is_deck(path) or path.name == CONFIG_FILE for path in others)
        away = any(not deck.present for deck in self.decks.values())
        if folders or new or away or any(not path.exists() for path in paths):
            self.find()
        return [deck for deck in self.decks.values() if self.mark_stale(deck, paths, folders)]

    def build(self, deck: ServedDeck) -> Built:
        """Build a deck without showing it yet."""
        deck.stale = False
        return deck.builder.build(
            lambda: self._projects.of(deck.builder.path),
            self._pages.get(deck.url) or Pages({}, None, self.output),
            deck.changed,
        )

    def publish(self, deck: ServedDeck, built: Built) -> Rebuilt:
        """Make what was built the present state of the deck's page."""
        news = deck.views.show(built)
        before, deck.built = deck.built, built
        home = PurePosixPath(deck.url).parent
        self.files.update((str(home / name), copy) for name, copy in deck.builder.files.items())
        self.room_files = {
            str(PurePosixPath(served.url).parent / name): copy
            for served in self.decks.values()
            for name, copy in served.builder.room_files.items()
        }
        return Rebuilt(deck, built, news, before is None or before.diagnostics != built.diagnostics)

    def watched(self) -> tuple[frozenset[Path], frozenset[Path]]:
        """The folders to watch with everything below them, and those to watch alone."""
        tops = {resolve_links(source) for source in self.sources if source.is_dir() or not source.suffix}
        tops.update(self._linked)
        singles = {resolve_links(source).parent for source in self.sources}
        for deck in self.decks.values():
            reads = deck.builder.reads
            singles |= {path.parent for path in (*reads.files, *reads.probed)}
            singles |= {folder for folder, _ in reads.listed}
        return frozenset(tops), frozenset(singles)

    def editor(self, deck: ServedDeck) -> str:
        """The editor that the deck's project names; empty if none."""
        try:
            return self._projects.of(deck.builder.path).config.editor
        except DeckError:
            return ""

    def is_read(self, path: Path) -> bool:
        """Whether a page is made from this very file."""
        return any(path in deck.builder.reads.files for deck in self.decks.values())

    def mark_stale(self, deck: ServedDeck, paths: Collection[Path], folders: Collection[Path]) -> bool:
        own = {deck.builder.path.absolute(), resolve_links(deck.builder.path)}
        touching = [path for path in paths if path in own or deck.builder.reads.touched_by([path])]
        others = [path for path in touching if path not in own]
        within = bool(folders) and _reads_below(deck, folders)
        if not touching and not within:
            return False
        changed = deck.changed
        files = within or any(path.suffix != ".css" for path in others)
        templates = within or any(path.suffix in TEMPLATE_SUFFIXES for path in others)
        styles = within or any(path.suffix == ".css" for path in others)
        deck.changed = ChangeCounters(
            changed.files + files, changed.templates + templates, changed.styles + styles
        )
        deck.stale = True
        return deck.built is not None or bool(own.intersection(paths))

    def _differs(self, path: Path) -> bool:
        """Whether a file's content may have changed since the last call."""
        try:
            status = path.stat()
        except OSError:
            self._signatures.pop(path, None)
            return True
        signature = (status.st_mtime_ns, status.st_size, status.st_ino)
        same = self._signatures.get(path) == signature
        self._signatures[path] = signature
        return not same


def _is_below(path: Path, source: Path) -> bool:
    return path == source or path.is_relative_to(source)


def _reads_below(deck: ServedDeck, folders: Collection[Path]) -> bool:
    reads = deck.builder.reads
    places = (*reads.files, *reads.probed, *(folder for folder, _ in reads.listed))
    return any(path.is_relative_to(folder) for path in places for folder in folders)
