"""`slidegen serve`: ports, addresses, terminal output, and shutdown."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from msgspec import Struct
from msgspec.structs import replace

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.project.discovery import DEFAULT_NAME, DEFAULT_SOURCE
from slidegen.project.project import Projects
from slidegen.project.variant_plan import variants_of
from slidegen.project.variants import audience_variant, find_variant
from slidegen.serve.access import LOOPBACK_NAMES, PARAMETER, Access, names_of_machine
from slidegen.serve.app import make_app
from slidegen.serve.deck_builder import AUDIENCE, AUTHOR
from slidegen.serve.deck_registry import DeckRegistry, Rebuilt
from slidegen.serve.phone import PLACE
from slidegen.serve.session import LiveSession
from slidegen.serve.watcher import Watcher

DEFAULT_PORT = 8000
TRIES = 100
"""Ports that are tried one after the other."""
LARGEST_NOTE = 100_000
"""Bytes of what a server leaves of itself."""
SHUTDOWN_TIMEOUT = 1
"""Seconds for which windows may take their leave."""


class ServeOptions(Struct, frozen=True):
    """What the command line says about serving."""

    sources: tuple[Path, ...] = ()
    """Decks and folders of decks; `slides/` where there is none."""
    watch: bool = True
    port: int | None = None
    """None for the first that is free from 8000 on."""
    host: str | None = None
    """The address to be shared at; None for this machine only."""
    open: bool = False
    poll: bool = False
    theme: str | None = None
    variant: str | None = None


class Addresses(Struct, frozen=True):
    """Where the server can be reached."""

    local: str
    """For this machine."""
    audience: str = ""
    """For others, where it is shared."""
    presenter: str = ""
    """The same with the presenter's token."""
    room: str = ""
    """The variant that the audience sees; empty for what the presenter has."""
    phone: str = ""
    """Where the presenter's phone becomes a remote control for the deck on screen; it has the token too."""


def serve(
    options: ServeOptions,
    folder: Path,
    say: Callable[[Addresses], None],
    report: Callable[[Rebuilt, float], None],
    warn: Callable[[Sequence[Diagnostic]], None],
) -> None:
    """Serve decks until Ctrl-C. `say` is told the addresses, `report` of each build and its seconds.

    `warn` is told what is skipped among the decks.

    Raises DeckError where the port or the host cannot be had, and for a variant that there is not.
    """
    sources = options.sources or (DEFAULT_SOURCE,)
    for source in sources:
        if not source.exists():
            hint = "" if options.sources else "there is no folder slides/ here; name a deck or a folder"
            message = "there is no such file or folder"
            raise DeckError(Diagnostic(Code.NO_SUCH_FILE, message, path=str(source), hint=hint))
    if options.variant is not None:
        find_variant(variants_of(sources, folder), options.variant)
    shared = options.host is not None and options.host not in LOOPBACK_NAMES
    room = _room(sources, folder) if shared else None
    sockets = listen(options.host if shared else None, options.port)
    port = int(sockets[0].getsockname()[1])
    names = names_of_machine() | {(options.host or "").lower()}
    address = shared_address(options.host, port) if shared and options.host else ""
    access = Access(shared=shared, port=port, names=frozenset(names - {""}), address=address)
    audiences = (AUTHOR, AUDIENCE) if shared else (AUTHOR,)
    watcher = Watcher(lambda *_: None, options.poll) if options.watch else None
    desk = DeckRegistry(
        sources=sources,
        folder=folder,
        theme=options.theme,
        audiences=audiences,
        variant=options.variant,
        warn=warn,
    )
    hall = LiveSession(desk=desk, report=report, watcher=watcher)
    addresses = addresses_of(options.host if shared else None, port, access.token)
    if room is not None and room != options.variant:
        addresses = replace(addresses, room=room)
    gc.freeze()
    if threading.current_thread() is threading.main_thread():
        signal.signal(
            signal.SIGTERM, _end
        )  # uvicorn raises it again when it has ended; all below still ends, too
    with _known(port, folder, sources):
        server = LiveServer(hall, access, lambda: _begin(addresses, say, opens=options.open))
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=sockets)


def _room(sources: Sequence[Path], folder: Path) -> str | None:
    """The variant that the audience sees; raises DeckError where a slidegen.yml names one that there is not."""
    projects, names = Projects(folder), list[str]()
    for source in sources:
        project = projects.of(source / DEFAULT_NAME if source.is_dir() else source)
        name = audience_variant(project.config, project.variants)
        if name is not None:
            find_variant(project.variants, name)
            names.append(name)
    return names[0] if names else None


def _end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def listen(host: str | None, port: int | None) -> list[socket.socket]:
    """Sockets that listen at a port of a host, of this machine's own addresses for None.

    Raises DeckError where the port is taken, or where all are of those that are tried without one.
    """
    ports = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + TRIES)
    reason = ""
    for number in ports:
        try:
            return _bind(host, number)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
    raise DeckError(
        Diagnostic(
            Code.CANNOT_SERVE,
            f"cannot listen at {host or 'localhost'}:{ports[0]}: {reason}",
            hint="choose another port with -p" if port is not None else "",
        )
    )


def _bind(host: str | None, port: int) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    try:
        for address in (host,) if host is not None else ("127.0.0.1", "::1"):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            if address == "::1" and not socket.has_ipv6:
                continue
            listener = socket.socket(family, socket.SOCK_STREAM)
            sockets.append(listener)
            if os.name != "nt":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((address, port))
            except OSError:
                if address != "::1" or _is_taken(address, port):
                    raise
                sockets.pop().close()  # a machine without IPv6
                continue
            port = listener.getsockname()[1]
            listener.listen(128)
    except OSError:
        for listener in sockets:
            listener.close()
        raise
    return sockets


def _is_taken(address: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6) as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((address, port)) == 0


def addresses_of(host: str | None, port: int, token: str) -> Addresses:
    """The server's addresses; those for others name this machine as they reach it."""
    local = f"http://localhost:{port}/"
    if host is None:
        return Addresses(local)
    shared = shared_address(host, port)
    key = f"?{PARAMETER}={quote(token)}"
    return Addresses(
        local=local if host in ("0.0.0.0", "::") else shared,
        audience=shared,
        presenter=shared + key,
        phone=shared.rstrip("/") + PLACE + key,
    )


def shared_address(host: str, port: int) -> str:
    """Where other machines reach a server that is shared at a host."""
    name = _outward_address() if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _outward_address() -> str:
    """The address by which this machine reaches others; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _begin(addresses: Addresses, say: Callable[[Addresses], None], *, opens: bool) -> None:
    with contextlib.suppress(OSError):  # nobody reads it, or it goes into a file and the disk is full
        say(addresses)
    if opens:
        webbrowser.open(addresses.local)


class LiveServer(uvicorn.Server):
    """uvicorn, which says when it listens, and lets the windows go before it ends."""

    def __init__(self, hall: LiveSession, access: Access, begin: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                make_app(hall, access),
                log_level="critical",
                access_log=False,
                ws="websockets-sansio",
                ws_max_size=1_000_000,
                timeout_graceful_shutdown=SHUTDOWN_TIMEOUT,
                server_header=False,
            )
        )
        self._hall = hall
        self._begin = begin

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        self._begin()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go of the windows, then of all else."""
        self._hall.disconnect_all()
        await asyncio.sleep(0)
        await super().shutdown(sockets)


def running_servers() -> Iterator[tuple[int, Path]]:
    """The ports of servers that run on this machine, with each folder or deck that they serve."""
    for path in sorted(_registry().glob("*.json")):
        try:
            said: Any = json.loads(read_regular(path, LARGEST_NOTE))
            yield from [(int(said["port"]), Path(source)) for source in said["sources"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _registry() -> Path:
    """Where servers say that they run; nobody else's files are read."""
    home = os.environ.get("XDG_RUNTIME_DIR")
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    try:
        folder = Path(home, "slidegen") if home else Path(tempfile.gettempdir(), f"slidegen-{user}")
    except FileNotFoundError:  # no folder for such files takes any: the disk is full
        return Path(os.devnull)
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and folder.exists() and folder.stat().st_uid != os.getuid():
        return Path(os.devnull)
    return folder


@contextlib.contextmanager
def _known(port: int, folder: Path, sources: Sequence[Path]) -> Iterator[None]:
    """While this server runs, `slidegen goto` finds it."""
    path = _registry() / f"{port}.json"
    with contextlib.suppress(OSError, DeckError):
        said = json.dumps(
            {"port": port, "sources": [str(resolve_links(folder / source)) for source in sources]}
        )
        write_file(path, said.encode(), path.parent)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def go_to(path: Path, line: int, ports: Sequence[int]) -> str:
    """Move the windows of the servers at these ports to a line; what was shown, empty where none could.

    Raises DeckError with a server's reason where all refuse.
    """
    from http.client import HTTPConnection

    reason = ""
    for port in ports:
        connection = HTTPConnection("localhost", port, timeout=5)
        try:
            body = json.dumps({"path": str(resolve_links(path)), "line": line})
            connection.request("POST", "/api/goto", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            said = json.loads(response.read())
            if response.status == 200:
                return f"{said['deck']}#{said['slide']}"
            reason = str(said.get("error", response.reason))
        except (OSError, ValueError, KeyError):
            continue
        finally:
            connection.close()
    if reason:
        raise DeckError(Diagnostic(Code.CANNOT_SERVE, reason, path=str(path)))
    return ""
