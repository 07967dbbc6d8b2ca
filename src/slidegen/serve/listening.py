"""Finds a port to listen on, and the addresses by which others reach it."""

from __future__ import annotations

import os
import socket
from urllib.parse import quote

from msgspec import Struct

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.serve.access import PARAMETER
from slidegen.serve.phone import PLACE

DEFAULT_PORT = 8000
TRIES = 100
"""How many consecutive ports to try."""


class Addresses(Struct, frozen=True):
    """Where the server can be reached."""

    local: str
    """For this machine."""
    audience: str = ""
    """For others, if it is shared."""
    presenter: str = ""
    """The same with the presenter's token."""
    room: str = ""
    """The variant that the audience sees; empty for the presenter's version."""
    phone: str = ""
    """The address that turns the presenter's phone into a remote control, with the token."""
    only_here: str = ""
    """The host that was asked for, if it is a name of this machine that others cannot reach."""


def listen(host: str | None, port: int | None) -> list[socket.socket]:
    """Sockets that listen at a port of a host; None stands for this machine's own addresses.

    Raises DeckError if the port is taken, or, without a given port, all of those tried are.
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
    """The server's addresses; those for others contain the name by which they reach this machine."""
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
    """The address from which this machine reaches others, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()
