"""A server of a project's decks, as `slidegen serve` starts one, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from slidegen.serve.access import Access
from slidegen.serve.deck_registry import DeckRegistry, Rebuilt
from slidegen.serve.listening import listen, shared_address
from slidegen.serve.page_draft import AUDIENCE, AUTHOR
from slidegen.serve.phone import PLACE
from slidegen.serve.server import LiveServer
from slidegen.serve.session import LiveSession
from slidegen.serve.watcher import Watcher
from tests.projects import PATIENCE, Project


@dataclass(slots=True)
class Serving:
    """A server that runs."""

    url: str
    session: LiveSession
    access: Access
    rebuilt: list[Rebuilt] = field(default_factory=list)
    """What was built, in order."""
    heard: threading.Condition = field(default_factory=threading.Condition)

    def report(self, rebuilt: Rebuilt, seconds: float) -> None:
        """Hear of a build."""
        del seconds
        with self.heard:
            self.rebuilt.append(rebuilt)
            self.heard.notify_all()

    def wait(self, builds: Callable[[list[Rebuilt]], bool]) -> None:
        """Wait until what was built fulfils a condition."""
        with self.heard:
            assert self.heard.wait_for(lambda: builds(self.rebuilt), PATIENCE)


@contextmanager
def serving(
    project: Project,
    source: str = ".",
    *,
    shared: bool = False,
    poll: bool = False,
    host: str | None = None,
    port: int = 0,
) -> Iterator[Serving]:
    """Serve a project's decks while the block runs, at a host or for this machine alone, at `port` or a free one."""
    [*sockets] = listen(host, port)
    port = int(sockets[0].getsockname()[1])
    address = shared_address(host, port) if shared and host else ""
    access = Access(shared=shared, port=port, address=address)
    audiences = (AUTHOR, AUDIENCE) if shared else (AUTHOR,)
    decks = DeckRegistry([project.folder / source], project.folder, None, audiences)
    session = LiveSession(decks, lambda *said: running.report(*said), Watcher(lambda *_: None, poll))
    running = Serving(f"http://localhost:{port}", session, access)
    begun = threading.Event()
    server = LiveServer(session, access, begun.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets}, name="slidegen-serve")
    thread.start()
    try:
        assert begun.wait(PATIENCE)
        yield running
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


def phone_path(server: Serving) -> str:
    """The path that makes a phone the presenter's remote control, with the token."""
    return f"{PLACE}?presenter={server.access.token}"
