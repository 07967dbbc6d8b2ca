"""A live session: builds decks when their files change, and notifies their windows."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from slidegen.files.paths import display_path
from slidegen.project.fault_report import diagnose
from slidegen.serve.debounce import Debouncer, FileEvent
from slidegen.serve.deck_registry import DeckRegistry, Rebuilt, ServedDeck
from slidegen.serve.page_diff import changed_keys
from slidegen.serve.problems import slide_at
from slidegen.serve.watcher import Watcher, watched_folders
from slidegen.serve.windows import Windows

T = TypeVar("T")


@dataclass(slots=True)
class LiveSession:
    """Builds decks when their files change, and notifies the windows. Lives in one event loop."""

    registry: DeckRegistry
    report: Callable[[Rebuilt, float], None]
    """Called after each build, with the seconds it took."""
    watcher: Watcher | None = None
    """None if nothing is watched."""
    run: str = dataclasses.field(default_factory=lambda: secrets.token_hex(8))
    """Identifies this run of the server: pages from another run reload."""
    windows: Windows = dataclasses.field(init=False)
    _settling: Debouncer = dataclasses.field(init=False)
    _folders: set[Path] = dataclasses.field(default_factory=set)
    """Changed folders that are still settling."""
    _due: dict[str, ServedDeck] = dataclasses.field(default_factory=dict)
    """Decks to build, by URL."""
    _wake: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    _lock: asyncio.Lock = dataclasses.field(default_factory=asyncio.Lock)
    _worker: ThreadPoolExecutor = dataclasses.field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="slidegen-build")
    )
    loop: asyncio.AbstractEventLoop = dataclasses.field(init=False)
    _task: asyncio.Task[None] | None = None
    _watched: object = None

    def __post_init__(self) -> None:
        self.windows = Windows(run=self.run, warn=lambda news: self.registry.warn(news), worker=self._worker)
        self._settling = Debouncer(closing=self.watcher is not None and self.watcher.closing)

    async def start(self) -> None:
        """Find the decks and begin to listen."""
        self.loop = asyncio.get_running_loop()
        await self._run(self.registry.find)
        if self.watcher is not None:
            loop = self.loop
            self.watcher.notify = lambda event, path, folder: _call_soon(
                loop, self.handle_event, event, path, folder
            )
            await self._run(self.watcher.start)
            await self._watch()
            self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """End all work."""
        self.windows.disconnect_all()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self.watcher is not None:
            await asyncio.to_thread(self.watcher.close)
        await self.windows.save_all()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def handle_event(self, event: FileEvent, path: Path, folder: bool) -> None:
        """Handle an event of a file or folder."""
        if folder:
            self._folders.add(path)
        elif event is not FileEvent.OPENED and not self.registry.affects(path):
            return
        self._settling.note(event, path, self._now())
        self._wake.set()

    async def built(self, deck: ServedDeck) -> ServedDeck:
        """The deck, rebuilt if its files have changed."""
        if deck.stale or deck.built is None:
            await self._build(deck)
        return deck

    async def page(self, deck: ServedDeck, who: str) -> str:
        """The page of a deck for a viewer; raises DeckError if a template fails."""
        await self.built(deck)
        live = {"run": self.run, "deck": deck.url}
        return await self._run(lambda: deck.views.page(who, live))

    async def changed(self, paths: set[Path], folders: set[Path] | None = None) -> None:
        """Build what changed files affect, now that they are complete, and notify the windows."""
        await self._note(paths, folders or set())
        while self._due:
            await self._build(self._next_due())

    def goto(self, path: Path, line: int) -> tuple[ServedDeck, int] | None:
        """Where the windows have to go to show a line of a file; None if no deck shows it."""
        shown = display_path(path, self.registry.folder)
        for deck in self.registry.decks.values():
            if deck.built is not None:
                slide = slide_at(deck.built.steps, shown, line)
                if slide >= 0:
                    return deck, slide
        return None

    async def _work(self) -> None:
        """Build what has changed, most recent and most visible decks first, whatever goes wrong."""
        while True:
            try:
                await self._work_on()
            except Exception as error:  # slidegen's own faults are reported, and the next change may work
                with contextlib.suppress(OSError):
                    self.registry.warn([diagnose(error, None, self.registry.folder)])

    async def _work_on(self) -> None:
        while True:
            self._wake.clear()
            taken = self._settling.take(self._now())
            if taken:
                folders = taken & self._folders
                self._folders -= folders
                await self._note(taken - folders, folders)
                if folders:
                    self._watched = None
                    await self._watch()
            if self._due:
                await self._build(self._next_due())
                continue
            after = self._settling.next()
            timeout = None if after is None else max(0.0, after - self._now())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), timeout)

    async def _note(self, paths: set[Path], folders: set[Path]) -> None:
        due = await self._run(lambda: self.registry.apply_changes(paths, folders))
        self._due.update((deck.url, deck) for deck in due)

    def _next_due(self) -> ServedDeck:
        looked_at = {window.deck.url for window in self.windows.all}
        url = next((url for url in self._due if url in looked_at), next(iter(self._due)))
        return self._due[url]

    async def _build(self, deck: ServedDeck) -> None:
        async with self._lock:
            self._due.pop(deck.url, None)
            if not deck.stale and deck.built is not None:
                return
            start = self._now()
            built = await self._run(lambda: self.registry.build(deck))
            before = deck.views.slides
            rebuilt = self.registry.publish(deck, built)
            if rebuilt.news:
                self.windows.forget_places(deck)
            self.windows.wake(deck)
            keys = changed_keys(before, deck.views.slides)
            if keys:
                await self.windows.rename(deck, keys)
        with contextlib.suppress(OSError):  # the reader has gone, or the disk is full
            self.report(rebuilt, self._now() - start)
        await self._watch()

    async def _watch(self) -> None:
        """Watch what pages are made from now."""
        if self.watcher is None:
            return
        tops, singles = self.registry.watched()
        if (tops, singles) != self._watched:
            self._watched = (tops, singles)
            watcher = self.watcher
            await self._run(lambda: watcher.watch(watched_folders(tops, singles)))

    async def _run(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, function)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _call_soon(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *args: object) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended, and the last events come too late
        loop.call_soon_threadsafe(function, *args)
