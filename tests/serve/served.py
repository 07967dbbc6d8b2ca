"""Decks behind the ASGI interface of the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from slidegen.serve.access import Access
from slidegen.serve.app import make_app
from slidegen.serve.deck_registry import DeckRegistry
from slidegen.serve.page_draft import AUDIENCE, AUTHOR
from slidegen.serve.session import LiveSession
from tests.projects import Project
from tests.serve.asgi import Answer, Line, ask

OTHER = "192.168.1.20"
"""Another machine's address."""
AT = {"client": OTHER, "host": "192.168.1.5:8000"}
"""How a request comes from there."""


class Served:
    """A project's decks behind the ASGI interface."""

    def __init__(self, project: Project, *, shared: bool = False) -> None:
        audiences = (AUTHOR, AUDIENCE) if shared else (AUTHOR,)
        decks = DeckRegistry([project.folder / "slides"], project.folder, None, audiences)
        self.access = Access(shared, 8000, frozenset({"lab.example"}))
        self.session = LiveSession(decks, lambda *_: None)
        self.app = make_app(self.session, self.access)

    async def ask(self, path: str, method: str = "GET", body: object = None, **headers: str) -> Answer:
        return await ask(self.app, path, method, body, **headers)

    async def live(self, path: str, **headers: str) -> dict[str, Any]:
        """What the page at a path is told of the server."""
        page = LexborHTMLParser((await self.ask(path, **headers)).text)
        options = page.css_first("#slidegen-options")
        assert options is not None
        live = json.loads(options.text())["live"]
        assert isinstance(live, dict)
        return live


async def presenter_and_room(served: Served, path: str = "/talk.html") -> tuple[Line, Line]:
    """The sockets of the author's window and of a window in the room, both known to the server."""
    presenter, room = Line(served.app), Line(served.app, OTHER, host=AT["host"])
    for line, headers in ((presenter, {}), (room, AT)):
        assert await line.opened()
        line.send(await served.live(path, **headers))
    while len(served.session.windows.all) < 2:
        await asyncio.sleep(0)
    return presenter, room


def run(project: Project, story: Callable[[Served], Awaitable[None]], *, shared: bool = False) -> None:
    """Play a story with a server."""

    async def play() -> None:
        served = Served(project, shared=shared)
        await served.session.start()
        try:
            await story(served)
        finally:
            await served.session.stop()

    # In a thread of its own: where a browser is open, this one has an event loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(play())).result()
