"""The browser windows that show decks: what they say to each other, and what they are sent."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from msgspec import Struct, field, to_builtins

from slidegen.build.rehearsals import keep_rehearsal, load_rehearsals, read_rehearsal
from slidegen.diagnostics import DeckError, Diagnostic
from slidegen.files.paths import resolve_links
from slidegen.serve.deck_registry import ServedDeck
from slidegen.serve.drawings import Drawings
from slidegen.serve.overflow import MeasuredOverflows
from slidegen.serve.page_draft import AUTHOR
from slidegen.serve.room import allowed_in_room
from slidegen.serve.standing import Envelope, Standing, aged

T = TypeVar("T")
MAX_WAITING = 2000
"""How many messages may wait for a window; a slower one is disconnected, and reconnects."""
BEAT = 3.0
"""Seconds after which a window that is sent nothing else is sent a sign of life; one that misses it reconnects."""
MAX_SENDERS = 2000
"""Number of windows whose message counts are remembered."""


class Window(Struct, eq=False):
    """A page in a browser."""

    deck: ServedDeck
    who: str
    epoch: int
    frame: str
    remote: bool = False
    """Whether it is a phone that controls the others."""
    again: bool = False
    """Whether it was connected before."""
    waiting: deque[Envelope] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    gone: bool = False
    received: int = 0
    """How many messages have been received over this connection and handled."""

    def disconnect(self) -> None:
        """Close its connection."""
        self.gone = True
        self.wake.set()

    def send(self, message: Envelope) -> None:
        """Send a message when the window reads again."""
        if len(self.waiting) >= MAX_WAITING:
            self.gone = True
        else:
            self.waiting.append(message)
        self.wake.set()

    def acknowledge(self) -> None:
        """Confirm one of the messages of an author's page, in the order of all messages.

        Until then, the page keeps the message, and sends it again over the next connection.
        """
        self.received += 1
        if self.who != AUTHOR:  # the room's pages send nothing
            return
        if self.waiting and "received" in self.waiting[-1]:
            self.waiting.pop()
        self.send({"received": self.received})


@dataclass(slots=True)
class Windows:
    """All windows of a live session. Lives in one event loop."""

    run: str
    """Identifies this run of the server."""
    warn: Callable[[Sequence[Diagnostic]], None]
    """Receives what cannot be written or read for a window."""
    worker: ThreadPoolExecutor
    """Runs what accesses files."""
    all: dict[Window, None] = dataclasses.field(default_factory=dict)
    """In the order of their connection."""
    on_screen: ServedDeck | None = None
    """The deck that the presenter opened or moved last."""
    _standing: dict[str, Standing] = dataclasses.field(default_factory=dict)
    """For each deck, what its windows have said that still applies."""
    _drawings: Drawings = dataclasses.field(init=False)
    _overflows: MeasuredOverflows = dataclasses.field(default_factory=MeasuredOverflows)
    _received: OrderedDict[str, int] = dataclasses.field(default_factory=OrderedDict)
    """How many messages each window has sent, so that each is passed on once."""
    _asked: int = 0
    """How often a window was asked for the current state."""

    def __post_init__(self) -> None:
        self._drawings = Drawings(self._run, self._report)

    def disconnect_all(self) -> None:
        """Disconnect all windows."""
        for window in list(self.all):
            window.disconnect()

    def wake(self, deck: ServedDeck) -> None:
        """Notify the windows of a deck of changes."""
        for window in self.of(deck):
            window.wake.set()

    def forget_places(self, deck: ServedDeck) -> None:
        """Forget what was said about slides of a deck that have changed."""
        self._standing.pop(deck.url, None)

    def of(self, deck: ServedDeck) -> list[Window]:
        """The windows that show a deck."""
        return [window for window in self.all if window.deck is deck]

    def relay(self, sender: Window, envelope: Envelope, late: object = None, was: object = None) -> None:
        """Pass on what one of the author's windows tells the others of its deck.

        If it was not connected when it was said, it is `late` by so many milliseconds. A slide that follows on
        the slide `was` then applies only if the others still show that one.
        """
        message = envelope.get("message")
        name, count = envelope.get("from"), envelope.get("count")
        if not (isinstance(message, dict) and isinstance(name, str) and isinstance(count, int)):
            return
        if not isinstance(message.get("kind"), str):
            return
        if sender.who != AUTHOR or message.get("kind") == "hello":  # the state is known here
            return
        if count <= self._received.get(name, 0):
            return
        self._received[name] = count
        self._received.move_to_end(name)
        if len(self._received) > MAX_SENDERS:
            self._received.popitem(last=False)
        if message["kind"] == "slide" and not sender.remote:
            self._put_on_screen(sender.deck)
        standing = self._standing.setdefault(sender.deck.url, Standing())
        if isinstance(late, int | float):
            if standing.overtakes(envelope, was):
                return
            envelope = {**envelope, "message": (message := aged(message, late / 1000))}
        standing.remember(envelope, _now())
        if message["kind"] == "drawing":
            self._drawings.keep(resolve_links(sender.deck.builder.path), message)
        for window in self.of(sender.deck):
            if window is not sender:
                self._tell(window, envelope)

    def _put_on_screen(self, deck: ServedDeck) -> None:
        """Note which deck the presenter shows; phones follow."""
        if deck is self.on_screen:
            return
        self.on_screen = deck
        for window in self.all:
            if window.remote and window.deck is not deck:
                self._lead(window)

    def _lead(self, window: Window) -> None:
        if window.who == AUTHOR and self.on_screen:
            window.send({"lead": quote(self.on_screen.url)})

    def place_for(self, window: Window, slide: int) -> int | None:
        """Where a window shows one of the presenter's steps; None if it stays where it is."""
        room = window.deck.built.room if window.deck.built is not None else None
        return slide if room is None or window.who == AUTHOR else room.slide(slide)

    def _tell(self, window: Window, envelope: Envelope) -> None:
        """Pass a message on to a window, adapted to its version of the deck."""
        if window.who != AUTHOR:
            message = self._in_room(window.deck, envelope["message"])
            if message is None:
                return
            envelope = {"from": envelope["from"], "count": envelope["count"], "message": message}
        window.send({"relay": envelope})

    def _in_room(self, deck: ServedDeck, message: Mapping[str, object]) -> Mapping[str, object] | None:
        """What the audience receives of a message; None if it receives nothing."""
        allowed = allowed_in_room(message)
        room = deck.built.room if deck.built is not None else None
        if allowed is None or room is None:
            return allowed
        here = self._standing.get(deck.url, Standing()).slide
        return room.message(allowed, here or 0)

    def _receive_overflow(self, window: Window, measurements: list[object]) -> None:
        """Receive the overflows that an author's browser has measured."""
        if window.who != AUTHOR:
            return
        problems, news = self._overflows.record(window.deck, measurements)
        for other in self.of(window.deck):
            if other.who == AUTHOR:
                other.send({"overflow": [to_builtins(problem) for problem in problems]})
        if news:
            self._report(news)

    def _report(self, news: Sequence[Diagnostic]) -> None:
        with contextlib.suppress(OSError):
            self.warn(news)

    async def save_all(self) -> None:
        """Save drawings that would be saved soon."""
        await self._drawings.save_all()

    async def rename(self, deck: ServedDeck, keys: Mapping[str, str]) -> None:
        """Give drawings to their slides after an edit has changed what those are known by."""
        await self._drawings.rename(resolve_links(deck.builder.path), keys)
        for window in self.of(deck):
            await self._tell_drawings(window)

    async def _keep_rehearsal(self, window: Window, message: Mapping[str, object]) -> None:
        """Save how long each slide took in the presenter's rehearsal beside the deck."""
        if window.who != AUTHOR:
            return
        deck = resolve_links(window.deck.builder.path)
        try:
            await self._run(lambda: keep_rehearsal(deck, read_rehearsal(message)))
        except ValueError:  # not from one of our pages
            return
        except DeckError as error:
            self._report([error.diagnostic])

    async def _tell_rehearsal(self, window: Window) -> None:
        """Send the presenter's window the times of the last rehearsal."""
        if window.who != AUTHOR:
            return
        deck = resolve_links(window.deck.builder.path)
        with contextlib.suppress(DeckError):  # reported when one is to be saved
            rehearsals = (await self._run(lambda: load_rehearsals(deck))).rehearsals
            if rehearsals:
                window.send({"rehearsal": to_builtins(rehearsals[-1])})

    async def _tell_drawings(self, window: Window) -> None:
        """Send a window the deck's drawings.

        An audience with its own version receives those of this run, and only if both versions have the same steps.
        """
        room = window.deck.built.room if window.deck.built is not None else None
        deck = resolve_links(window.deck.builder.path)
        if window.who == AUTHOR or room is None:
            state = await self._drawings.all(deck)
        elif room.same:
            state = self._drawings.said(deck)
        else:
            return
        if state.slides:
            window.send({"ink": {**to_builtins(state.ink), "gone": state.gone}})

    def _catch_up(self, window: Window) -> None:
        """Send a window the current state; if it is not known here, the presenter's oldest window sends it."""
        standing = self._standing.get(window.deck.url, Standing())
        for envelope in standing.since(_now()):
            self._tell(window, envelope)
        others = [each for each in self.of(window.deck) if each is not window and each.who == AUTHOR]
        if standing.slide is None and others:
            self._asked += 1
            others[0].send({"relay": {"from": self.run, "count": self._asked, "message": {"kind": "hello"}}})

    async def serve_connection(
        self,
        window: Window,
        receive: Callable[[], Awaitable[object]],
        send: Callable[[object], Awaitable[None]],
    ) -> None:
        """Keep a window up to date until it closes; `receive` raises an exception when it has."""
        self.all[window] = None
        if window.who == AUTHOR and not (self.on_screen and (window.remote or window.again)):
            self._put_on_screen(window.deck)
        elif window.remote and self.on_screen is not window.deck:
            self._lead(window)
        window.wake.set()
        reading = asyncio.create_task(self._read(window, receive))
        writing = asyncio.create_task(self._write(window, send))
        try:
            await asyncio.wait((reading, writing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.all.pop(window, None)
            for task in (reading, writing):
                task.cancel()
            await asyncio.gather(reading, writing, return_exceptions=True)

    async def _read(self, window: Window, receive: Callable[[], Awaitable[object]]) -> None:
        await self._tell_drawings(window)
        await self._tell_rehearsal(window)
        while True:
            message = await receive()
            if isinstance(message, dict):
                await self._deal_with(window, message)
            window.acknowledge()

    async def _deal_with(self, window: Window, message: Mapping[str, object]) -> None:
        match message:
            case {"relay": dict(envelope)}:
                self.relay(window, envelope, message.get("late"), message.get("was"))
            case {"overflow": list(overflow)}:
                self._receive_overflow(window, overflow)
            case {"rehearsal": dict(rehearsal)}:
                await self._keep_rehearsal(window, rehearsal)
            case {"ask": asked} if asked:
                self._catch_up(window)

    async def _write(self, window: Window, send: Callable[[object], Awaitable[None]]) -> None:
        while not window.gone:
            try:
                await asyncio.wait_for(window.wake.wait(), BEAT)
            except TimeoutError:
                await send({"received": window.received})
                continue
            window.wake.clear()
            patch = window.deck.views.since(window.who, window.epoch, window.frame)
            if patch is not None:
                window.epoch = patch["epoch"]
                await send(patch)
            while window.waiting and not window.gone:
                await send(window.waiting.popleft())

    async def _run(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.worker, function)


def _now() -> float:
    return asyncio.get_running_loop().time()
