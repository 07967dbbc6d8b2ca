"""A live session: its browser windows, and the work that keeps them up to date."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import secrets
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field, to_builtins

from slidegen.build.rehearsals import keep_rehearsal, load_rehearsals, read_rehearsal
from slidegen.diagnostics import DeckError
from slidegen.files.paths import display_path, resolve_links
from slidegen.project.fault_report import diagnose
from slidegen.render.ink import read_strokes
from slidegen.serve.debounce import Debouncer, Event
from slidegen.serve.deck_builder import AUTHOR, slide_at
from slidegen.serve.deck_registry import DeckRegistry, Rebuilt, ServedDeck
from slidegen.serve.ink_files import InkFiles
from slidegen.serve.overflow import MeasuredOverflows
from slidegen.serve.room import heard_in_room
from slidegen.serve.standing import Envelope, Standing
from slidegen.serve.watcher import Watcher, watched_folders

T = TypeVar("T")
MAX_WAITING = 2000
"""Messages that wait for a window; one that does not read so many is let go, and comes again."""
MAX_SENDERS = 2000
"""Windows of which it is remembered how many messages they have sent."""


class Window(Struct, eq=False):
    """A page in a browser."""

    deck: ServedDeck
    who: str
    epoch: int
    frame: str
    waiting: deque[Envelope] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    gone: bool = False

    def disconnect(self) -> None:
        """Close its connection."""
        self.gone = True
        self.wake.set()

    def tell(self, message: Envelope) -> None:
        """Send a message when the window reads again."""
        if len(self.waiting) >= MAX_WAITING:
            self.gone = True
        else:
            self.waiting.append(message)
        self.wake.set()


@dataclass(slots=True)
class LiveSession:
    """Builds decks when their files change, and tells the windows. Lives in one event loop."""

    desk: DeckRegistry
    report: Callable[[Rebuilt, float], None]
    """Is told of each build, and how many seconds it took."""
    watcher: Watcher | None = None
    """None where nothing is watched."""
    run: str = dataclasses.field(default_factory=lambda: secrets.token_hex(8))
    """Names this run of the server: pages of another one are loaded anew."""
    windows: dict[Window, None] = dataclasses.field(default_factory=dict)
    """In the order in which they came."""
    on_screen: ServedDeck | None = None
    """The deck that the presenter opened or moved last."""
    _settling: Debouncer = dataclasses.field(init=False)
    _folders: set[Path] = dataclasses.field(default_factory=set)
    """Changed folders, of those that settle."""
    _due: dict[str, ServedDeck] = dataclasses.field(default_factory=dict)
    """Decks to be built, by URL."""
    _wake: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    _lock: asyncio.Lock = dataclasses.field(default_factory=asyncio.Lock)
    _worker: ThreadPoolExecutor = dataclasses.field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="slidegen-build")
    )
    loop: asyncio.AbstractEventLoop = dataclasses.field(init=False)
    _task: asyncio.Task[None] | None = None
    _watched: object = None
    _standing: dict[str, Standing] = dataclasses.field(default_factory=dict)
    """For each deck what its windows have said that still holds."""
    _inks: InkFiles = dataclasses.field(default_factory=InkFiles)
    _overflows: MeasuredOverflows = dataclasses.field(default_factory=MeasuredOverflows)
    _heard: OrderedDict[str, int] = dataclasses.field(default_factory=OrderedDict)
    """How many messages each window has sent, so that each goes round once."""
    _asked: int = 0
    """How often a window was asked how things stand."""

    def __post_init__(self) -> None:
        self._settling = Debouncer(closing=self.watcher is not None and self.watcher.closing)

    async def start(self) -> None:
        """Find the decks and begin to listen."""
        self.loop = asyncio.get_running_loop()
        await self._run(self.desk.find)
        if self.watcher is not None:
            loop = self.loop
            self.watcher.notify = lambda event, path, folder: _call_soon(loop, self.hear, event, path, folder)
            await self._run(self.watcher.start)
            await self._watch()
            self._task = asyncio.create_task(self._work())

    def disconnect_all(self) -> None:
        """Let go of all windows."""
        for window in list(self.windows):
            window.disconnect()

    async def stop(self) -> None:
        """End all work."""
        self.disconnect_all()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self.watcher is not None:
            await asyncio.to_thread(self.watcher.close)
        self._worker.shutdown(wait=False, cancel_futures=True)

    def hear(self, event: Event, path: Path, folder: bool) -> None:
        """Something has happened to a file or folder."""
        if folder:
            self._folders.add(path)
        elif event is not Event.OPENED and not self.desk.affects(path):
            return
        self._settling.note(event, path, self._now())
        self._wake.set()

    async def built(self, deck: ServedDeck) -> ServedDeck:
        """The deck, built since its files changed."""
        if deck.stale or deck.built is None:
            await self._build(deck)
        return deck

    async def page(self, deck: ServedDeck, who: str) -> str:
        """The page of a deck for somebody; raises DeckError where a template fails."""
        await self.built(deck)
        live = {"run": self.run, "deck": deck.url}
        return await self._run(lambda: deck.views.page(who, live))

    async def changed(self, paths: set[Path], folders: set[Path] | None = None) -> None:
        """Files have changed and are whole: build what they concern, and tell the windows."""
        await self._note(paths, folders or set())
        while self._due:
            await self._build(self._next_due())

    def goto(self, path: Path, line: int) -> tuple[ServedDeck, int] | None:
        """Where the windows have to go to see a line of a file; None where no deck shows it."""
        shown = display_path(path, self.desk.folder)
        for deck in self.desk.decks.values():
            if deck.built is not None:
                slide = slide_at(deck.built.steps, shown, line)
                if slide >= 0:
                    return deck, slide
        return None

    def of(self, deck: ServedDeck) -> list[Window]:
        """The windows that show a deck."""
        return [window for window in self.windows if window.deck is deck]

    def relay(self, sender: Window, envelope: Envelope) -> None:
        """Pass on what one window of the author's tells the others of its deck."""
        message = envelope.get("message")
        name, count = envelope.get("from"), envelope.get("count")
        if not (isinstance(message, dict) and isinstance(name, str) and isinstance(count, int)):
            return
        if not isinstance(message.get("kind"), str):
            return
        if sender.who != AUTHOR or message.get("kind") == "hello":  # how things stand is known here
            return
        if count <= self._heard.get(name, 0):
            return
        self._heard[name] = count
        self._heard.move_to_end(name)
        if len(self._heard) > MAX_SENDERS:
            self._heard.popitem(last=False)
        self.on_screen = sender.deck
        self._standing.setdefault(sender.deck.url, Standing()).remember(envelope)
        for window in self.of(sender.deck):
            if window is not sender:
                self._tell(window, envelope)

    def place_for(self, window: Window, slide: int) -> int | None:
        """Where a window shows one of the presenter's steps; None where it stays where it is."""
        room = window.deck.built.room if window.deck.built is not None else None
        return slide if room is None or window.who == AUTHOR else room.slide(slide)

    def _tell(self, window: Window, envelope: Envelope) -> None:
        """Pass a message on to a window, as its version of the deck has it."""
        if window.who != AUTHOR:
            message = self._in_room(window.deck, envelope["message"])
            if message is None:
                return
            envelope = {"from": envelope["from"], "count": envelope["count"], "message": message}
        window.tell({"relay": envelope})

    def _in_room(self, deck: ServedDeck, message: Mapping[str, object]) -> Mapping[str, object] | None:
        """What the audience hears of a message; None where it hears nothing."""
        heard = heard_in_room(message)
        room = deck.built.room if deck.built is not None else None
        if heard is None or room is None:
            return heard
        here = self._standing.get(deck.url, Standing()).slide
        return room.message(heard, here or 0)

    def _hear_overflow(self, window: Window, said: list[object]) -> None:
        """The author's browser has measured what does not fit on the slides of its deck."""
        if window.who != AUTHOR:
            return
        problems, news = self._overflows.hear(window.deck, said)
        for other in self.of(window.deck):
            if other.who == AUTHOR:
                other.tell({"overflow": [to_builtins(problem) for problem in problems]})
        if news:
            with contextlib.suppress(OSError):
                self.desk.warn(news)

    async def _keep_ink(self, window: Window, said: Mapping[str, object]) -> None:
        """Write what the presenter has drawn on a slide beside its deck; the room writes nothing."""
        slide = said.get("slide")
        if window.who != AUTHOR or not isinstance(slide, str):
            return
        deck = resolve_links(window.deck.builder.path)
        try:
            strokes = read_strokes(said.get("strokes"))
            await self._run(lambda: self._inks.keep(deck, slide, strokes))
        except ValueError:  # no page of ours sends it
            return
        except DeckError as error:
            with contextlib.suppress(OSError):
                self.desk.warn([error.diagnostic])

    async def _keep_rehearsal(self, window: Window, said: Mapping[str, object]) -> None:
        """Write how long each slide took when the presenter rehearsed beside the deck."""
        if window.who != AUTHOR:
            return
        deck = resolve_links(window.deck.builder.path)
        try:
            rehearsal = read_rehearsal(said)
            await self._run(lambda: keep_rehearsal(deck, rehearsal))
        except ValueError:  # no page of ours sends it
            return
        except DeckError as error:
            with contextlib.suppress(OSError):
                self.desk.warn([error.diagnostic])

    async def _tell_rehearsal(self, window: Window) -> None:
        """Send the presenter's window what the last rehearsal took."""
        if window.who != AUTHOR:
            return
        deck = resolve_links(window.deck.builder.path)
        with contextlib.suppress(DeckError):  # said when one is to be written
            rehearsals = (await self._run(lambda: load_rehearsals(deck))).rehearsals
            if rehearsals:
                window.tell({"rehearsal": to_builtins(rehearsals[-1])})

    async def _tell_ink(self, window: Window) -> None:
        """Send a window what was drawn on the deck before; a room with a version of its own gets none of it."""
        room = window.deck.built.room if window.deck.built is not None else None
        if window.who != AUTHOR and room is not None and not room.same:
            return
        deck = resolve_links(window.deck.builder.path)
        try:
            ink = await self._run(lambda: self._inks.of(deck))
        except DeckError as error:
            with contextlib.suppress(OSError):
                self.desk.warn([error.diagnostic])
            return
        if ink.slides:
            window.tell({"ink": to_builtins(ink)})

    def _catch_up(self, window: Window) -> None:
        """Tell a window how things stand; if that is not known here, the presenter's oldest window says it."""
        standing = self._standing.get(window.deck.url, Standing())
        for envelope in standing:
            self._tell(window, envelope)
        others = [each for each in self.of(window.deck) if each is not window and each.who == AUTHOR]
        if standing.slide is None and others:
            self._asked += 1
            others[0].tell({"relay": {"from": self.run, "count": self._asked, "message": {"kind": "hello"}}})

    async def serve_connection(
        self,
        window: Window,
        receive: Callable[[], Awaitable[object]],
        send: Callable[[object], Awaitable[None]],
    ) -> None:
        """Keep a window up to date until it closes; `receive` raises where it has."""
        self.windows[window] = None
        if window.who == AUTHOR:
            self.on_screen = window.deck
        window.wake.set()
        reading = asyncio.create_task(self._read(window, receive))
        writing = asyncio.create_task(self._write(window, send))
        try:
            await asyncio.wait((reading, writing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.windows.pop(window, None)
            for task in (reading, writing):
                task.cancel()
            await asyncio.gather(reading, writing, return_exceptions=True)

    async def _read(self, window: Window, receive: Callable[[], Awaitable[object]]) -> None:
        await self._tell_ink(window)
        await self._tell_rehearsal(window)
        while True:
            message = await receive()
            if not isinstance(message, dict):
                continue
            if isinstance(message.get("relay"), dict):
                self.relay(window, message["relay"])
            elif isinstance(message.get("overflow"), list):
                self._hear_overflow(window, message["overflow"])
            elif isinstance(message.get("ink"), dict):
                await self._keep_ink(window, message["ink"])
            elif isinstance(message.get("rehearsal"), dict):
                await self._keep_rehearsal(window, message["rehearsal"])
            elif message.get("ask"):
                self._catch_up(window)

    async def _write(self, window: Window, send: Callable[[object], Awaitable[None]]) -> None:
        while not window.gone:
            await window.wake.wait()
            window.wake.clear()
            patch = window.deck.views.since(window.who, window.epoch, window.frame)
            if patch is not None:
                window.epoch = patch["epoch"]
                await send(patch)
            while window.waiting and not window.gone:
                await send(window.waiting.popleft())

    async def _work(self) -> None:
        """Build what has changed, what is newest and looked at first, whatever goes wrong."""
        while True:
            try:
                await self._work_on()
            except Exception as error:  # what is our own fault is said, and the next change is another matter
                with contextlib.suppress(OSError):
                    self.desk.warn([diagnose(error, None, self.desk.folder)])

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
        due = await self._run(lambda: self.desk.change(paths, folders))
        self._due.update((deck.url, deck) for deck in due)

    def _next_due(self) -> ServedDeck:
        looked_at = {window.deck.url for window in self.windows}
        url = next((url for url in self._due if url in looked_at), next(iter(self._due)))
        return self._due[url]

    async def _build(self, deck: ServedDeck) -> None:
        async with self._lock:
            self._due.pop(deck.url, None)
            if not deck.stale and deck.built is not None:
                return
            start = self._now()
            built = await self._run(lambda: self.desk.build(deck))
            rebuilt = self.desk.publish(deck, built)
            if rebuilt.news:
                self._standing.pop(deck.url, None)  # places are others now
            for window in self.of(deck):
                window.wake.set()
        with contextlib.suppress(OSError):  # nobody reads it, or it goes into a file and the disk is full
            self.report(rebuilt, self._now() - start)
        await self._watch()

    async def _watch(self) -> None:
        """Watch what pages are made from now."""
        if self.watcher is None:
            return
        tops, singles = self.desk.watched()
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
