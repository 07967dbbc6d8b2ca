"""`slidegen serve`: starts the server and ends it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import uvicorn
from msgspec import Struct
from msgspec.structs import replace

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.project.discovery import DEFAULT_NAME, DEFAULT_SOURCE
from slidegen.project.project import Project, Projects
from slidegen.project.theme_files import require_theme
from slidegen.project.variant_plan import variants_of
from slidegen.project.variants import audience_variant, find_variant
from slidegen.serve.access import LOOPBACK_NAMES, Access, names_of_machine
from slidegen.serve.app import make_app
from slidegen.serve.deck_registry import DeckRegistry, Rebuilt
from slidegen.serve.listening import Addresses, addresses_of, listen, shared_address
from slidegen.serve.page_draft import AUDIENCE, AUTHOR
from slidegen.serve.running_servers import known
from slidegen.serve.session import LiveSession
from slidegen.serve.watcher import Watcher
from slidegen.terminal_output import open_in_browser
from slidegen.terminal_output import say as print_line

SHUTDOWN_TIMEOUT = 1
"""Seconds that windows have to disconnect."""


class ServeOptions(Struct, frozen=True):
    """What the command line says about serving."""

    sources: tuple[Path, ...] = ()
    """Decks and folders of decks; `slides/` if empty."""
    watch: bool = True
    port: int | None = None
    """None for the first free port from 8000 on."""
    host: str | None = None
    """The address to share decks at; None for this machine only."""
    open: bool = False
    poll: bool = False
    theme: str | None = None
    variant: str | None = None


def serve(
    options: ServeOptions,
    folder: Path,
    say: Callable[[Addresses], None],
    report: Callable[[Rebuilt, float], None],
    warn: Callable[[Sequence[Diagnostic]], None],
) -> None:
    """Serve decks until Ctrl-C. `say` receives the addresses, `report` each build and its seconds.

    `warn` receives what is skipped among the decks.

    Raises DeckError if the port or the host is not available, and for an unknown variant.
    """
    sources = options.sources or (DEFAULT_SOURCE,)
    for source in sources:
        if not source.exists():
            hint = "" if options.sources else "there is no folder slides/ here; name a deck or a folder"
            message = "there is no such file or folder"
            raise DeckError(Diagnostic(Code.NO_SUCH_FILE, message, path=str(source), hint=hint))
    if options.variant is not None:
        find_variant(variants_of(sources, folder), options.variant)
    if options.theme is not None:
        for project in _projects(sources, folder):
            require_theme(options.theme, project.templates, "--theme")
    shared = options.host is not None and options.host not in LOOPBACK_NAMES
    room = _room(sources, folder) if shared else None
    sockets = listen(options.host if shared else None, options.port)
    port = int(sockets[0].getsockname()[1])
    names = names_of_machine() | {(options.host or "").lower()}
    address = shared_address(options.host, port) if shared and options.host else ""
    access = Access(shared=shared, port=port, names=frozenset(names - {""}), address=address)
    audiences = (AUTHOR, AUDIENCE) if shared else (AUTHOR,)
    watcher = Watcher(lambda *_: None, options.poll) if options.watch else None
    registry = DeckRegistry(
        sources=sources,
        folder=folder,
        theme=options.theme,
        audiences=audiences,
        variant=options.variant,
        warn=warn,
    )
    session = LiveSession(registry=registry, report=report, watcher=watcher)
    addresses = addresses_of(options.host if shared else None, port, access.token)
    if room is not None and room != options.variant:
        addresses = replace(addresses, room=room)
    if options.host is not None and not shared:
        addresses = replace(addresses, only_here=options.host)
    gc.freeze()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)  # uvicorn raises it again at its end, after everything below
    with known(port, folder, sources):
        server = LiveServer(session, access, lambda: _begin(addresses, say, opens=options.open))
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=sockets)


def _projects(sources: Sequence[Path], folder: Path) -> Iterator[Project]:
    projects = Projects(folder)
    for source in sources:
        yield projects.of(source / DEFAULT_NAME if source.is_dir() else source)


def _room(sources: Sequence[Path], folder: Path) -> str | None:
    """The variant that the audience sees; raises DeckError if a slidegen.yml names an unknown one."""
    names = list[str]()
    for project in _projects(sources, folder):
        name = audience_variant(project.config, project.variants)
        if name is not None:
            find_variant(project.variants, name)
            names.append(name)
    return names[0] if names else None


def _end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _begin(addresses: Addresses, say: Callable[[Addresses], None], *, opens: bool) -> None:
    with contextlib.suppress(OSError):  # the reader has gone, or the disk is full
        say(addresses)
    if opens and not open_in_browser(addresses.local):
        print_line("open this address in a browser", err=True)


class LiveServer(uvicorn.Server):
    """uvicorn, which reports when it listens, and disconnects windows before it ends."""

    def __init__(self, session: LiveSession, access: Access, begin: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                make_app(session, access),
                log_level="critical",
                access_log=False,
                ws="websockets-sansio",
                ws_max_size=1_000_000,
                timeout_graceful_shutdown=SHUTDOWN_TIMEOUT,
                server_header=False,
            )
        )
        self._session = session
        self._begin = begin

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then report it."""
        await super().startup(sockets)
        self._begin()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Disconnect the windows, then everything else."""
        self._session.windows.disconnect_all()
        await asyncio.sleep(0)
        await super().shutdown(sockets)
