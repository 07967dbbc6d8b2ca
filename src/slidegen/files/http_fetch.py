"""Fetches one file over HTTP, with limits on time, size and address."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from msgspec import Struct, field

from slidegen import __version__
from slidegen.patterns import lazy_compile

MAX_REDIRECTS = 5
HOST = lazy_compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)
"""What host names consist of; a proxy may see more in another name, such as `%6cocalhost`, than we do."""
PIECE = 1 << 16
MOST_DIGITS = 16
"""Of a length."""
UNASKED = ("br", "compress", "deflate", "dcb", "dcz", "zstd")
"""How servers that ignore the request compress answers; other encodings are not known to compress."""
MOST_REASON = 100
"""How many characters of a server's own words to quote."""
PORTS = {"http": 80, "https": 443}
HEADERS = {
    # Google's style sheets name WOFF2 files only to clients that look like a browser
    "User-Agent": f"Mozilla/5.0 (compatible; slidegen/{__version__}) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
    "Accept": "*/*",
    "Accept-Encoding": "gzip, identity;q=0.5",
    "Connection": "close",
}


GLOBAL = ipaddress.ip_network("2000::/3")
"""The part of IPv6 that is assigned to the internet."""
HOLDS_IPV4 = tuple(map(ipaddress.ip_network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""Networks of IPv6 whose addresses end in an IPv4 address: compatible, mapped, translated, and by NAT64."""


class FetchError(Exception):
    """A file cannot be fetched; the message completes the sentence "it ..."."""

    def __init__(self, why: str, host: str = "") -> None:
        super().__init__(why)
        self.host = host
        """The host of the local network that is not allowed, if that is why."""


class Response(Struct, frozen=True):
    """A server's answer."""

    address: str
    """After redirects."""
    media_type: str
    """As the server names it, in lower case and without parameters; may be empty."""
    data: bytes


class FetchLimits(Struct, frozen=True):
    """What a download may cost, and where it may go."""

    limit: int
    """In bytes."""
    timeout: float
    """Seconds for all of it, including redirects."""
    hosts: Sequence[str] = ()
    """Names, addresses and networks of the local network that are allowed."""


def fetch(url: str, bounds: FetchLimits) -> Response:
    """Fetch the file at an address; raises FetchError if that fails."""
    deadline = time.monotonic() + bounds.timeout
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(url, bounds, deadline)
        if isinstance(answer, Response):
            return answer
        try:
            url = urljoin(url, answer)
        except ValueError as error:
            raise FetchError("is redirected to an invalid address") from error
    raise FetchError(f"is redirected more than {MAX_REDIRECTS} times")


class _Watch(Struct):
    """Ends a connection at the deadline, even if its server keeps sending single bytes."""

    connection: _Connection
    deadline: float
    expired: bool = False
    _timer: threading.Timer | None = field(default=None)

    def __enter__(self) -> _Watch:
        self._timer = threading.Timer(max(0.0, self.deadline - time.monotonic()), self._end)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *args: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self.connection.close()

    def _end(self) -> None:
        self.expired = True
        sock = self.connection.held  # the connection's own is gone once the answer has begun
        if sock is not None:
            with suppress(OSError):  # already closed
                sock.shutdown(socket.SHUT_RDWR)


class _Connection(http.client.HTTPConnection):
    """A connection to a checked address, whatever the host's name resolves to by now."""

    def __init__(self, host: str, port: int, addresses: Sequence[str], timeout: float, secure: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = PORTS["https" if secure else "http"]
        self.held: socket.socket | None = None
        self.for_proxy: dict[str, str] = {}
        """Headers for a proxy that answers itself."""
        self._addresses = addresses
        self._secure = secure

    def connect(self) -> None:
        error: OSError | None = None
        deadline = time.monotonic() + (self.timeout or 0)
        for address in self._addresses:
            try:
                left = max(deadline - time.monotonic(), 0.001)  # one limit for all addresses of a name
                self.sock = self.held = socket.create_connection((address, self.port), left)
                break
            except OSError as failed:
                error = failed
        else:
            raise error or OSError("no address")
        if self._tunnel_host:  # type: ignore[attr-defined]
            self._tunnel()  # type: ignore[attr-defined]
        if self._secure:
            name = self._tunnel_host or self.host  # type: ignore[attr-defined]
            self.sock = self.held = ssl.create_default_context().wrap_socket(self.sock, server_hostname=name)


def _ask(url: str, bounds: FetchLimits, deadline: float) -> Response | str:
    """The answer, or the address that it redirects to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError as error:
        raise FetchError("has an invalid address") from error
    if parts.scheme not in PORTS:
        raise FetchError(f"is at an address of the kind {parts.scheme or 'unknown'}")
    if not HOST.fullmatch(host):
        raise FetchError("has an invalid address")
    target = quote(parts.path or "/", safe="/%:@!$&'(?>()*),;=~") + (
        f"?{quote(parts.query, safe='%/:@!$&(?>()*),;=~?')}" if parts.query else ""
    )
    connection, target = _connection(
        parts.scheme, host, port or PORTS[parts.scheme], target, bounds, deadline
    )
    with _Watch(connection, deadline) as watch:
        try:
            connection.request("GET", target, headers={**HEADERS, **connection.for_proxy})
            answer = _read(url, connection.getresponse(), bounds)
            if watch.expired:  # the rest looks like the end
                raise TimeoutError
            return answer
        except (FetchError, OSError, http.client.HTTPException, zlib.error) as error:
            if watch.expired or isinstance(error, TimeoutError):
                raise FetchError(f"did not arrive within {bounds.timeout:g} seconds") from error
            if isinstance(error, FetchError):
                raise
            raise FetchError(f"could not be reached: {_reason(error)}") from error


def _connection(
    scheme: str, host: str, port: int, target: str, bounds: FetchLimits, deadline: float
) -> tuple[_Connection, str]:
    """A connection for a request, and the request's target; through a proxy if the system has one."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"did not arrive within {bounds.timeout:g} seconds")
    secure = scheme == "https"
    proxy = getproxies().get(scheme, "")
    if not proxy or proxy_bypass(host):
        return _Connection(host, port, _addresses(host, port, bounds), left, secure), target
    _refuse_behind_proxy(host, port, bounds)
    try:
        through = urlsplit(proxy if "//" in proxy else f"//{proxy}")
        place = through.hostname or "", through.port or 8080
    except ValueError as error:
        raise FetchError(
            f"could not be reached: the proxy {proxy.rpartition('@')[2]} has an invalid address"
        ) from error
    connection = _Connection(*place, [place[0]], left, secure)
    name = {} if through.username is None else {"Proxy-Authorization": _basic(through)}
    if secure:
        connection.set_tunnel(host, port, name)
        return connection, target
    connection.for_proxy = name
    return connection, f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{target}"


def _basic(address: SplitResult) -> str:
    """The name and password in an address, in the form that HTTP uses."""
    pair = f"{unquote(address.username or '')}:{unquote(address.password or '')}"
    return "Basic " + b64encode(pair.encode()).decode("ascii")


def _addresses(host: str, port: int, bounds: FetchLimits) -> list[str]:
    """The addresses of a host, all of which are allowed."""
    try:
        addresses = _looked_up(host, port)
    except (OSError, UnicodeError) as error:
        _refuse_local_name(host, port, bounds)
        raise FetchError(f"could not be reached: there is no host {host}") from error
    _refuse_local(host, port, addresses, bounds)
    return addresses


def _refuse_local(host: str, port: int, addresses: Sequence[str], bounds: FetchLimits) -> None:
    """Refuse addresses of this machine or its network."""
    for address in addresses:
        if (is_local(address) or is_near(address)) and not _is_allowed(host, port, address, bounds.hosts):
            raise FetchError(f"is on the local network, at {host}", host)


def _refuse_local_name(host: str, port: int, bounds: FetchLimits) -> None:
    """Refuse a name that belongs to this machine or its network, whoever resolves it."""
    name = host.lower().rstrip(".")
    local = name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
    if local and not _is_allowed(name, port, name, bounds.hosts):
        raise FetchError(f"is on the local network, at {host}", host)


def _refuse_behind_proxy(host: str, port: int, bounds: FetchLimits) -> None:
    """Refuse hosts of the local network even though the proxy resolves the name.

    A proxy may understand local addresses in any notation that this machine does; names that only the
    proxy knows are left to it.
    """
    _refuse_local_name(host, port, bounds)
    with suppress(OSError, UnicodeError):
        _refuse_local(host, port, _looked_up(host, port), bounds)


def _looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host as resolved here; of `127.1`, `0x7f.1` or `2130706433`, the address it denotes.

    Raises OSError or UnicodeError if it has none.
    """
    try:
        return [socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))]
    except OSError:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(item[4][0]) for item in found]


def is_local(address: str) -> bool:
    """Whether an address is not on the internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return not parsed.is_global or parsed.is_multicast
    inner = _ipv4_within(parsed)
    if inner is not None:
        return not inner.is_global or inner.is_multicast
    return parsed not in GLOBAL or not parsed.is_global


def is_near(address: str) -> bool:
    """Whether an address of the internet is this machine's own or, in IPv6, in the network of one that is.

    The system sends from an address of its own to itself from that very address; in IPv6, the addresses of a
    network share their first 64 bits.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    family, rest = (socket.AF_INET, 0) if parsed.version == 4 else (socket.AF_INET6, 64)
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((str(parsed), PORTS["http"]))  # which sends nothing
            source = ipaddress.ip_address(probe.getsockname()[0].partition("%")[0])
    except OSError:  # no network leads there
        return False
    return int(source) >> rest == int(parsed) >> rest


def _ipv4_within(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that packets for an IPv6 address may be forwarded to, found by its prefix."""
    if address.sixtofour is not None:
        return address.sixtofour
    last = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    isatap = int(address) >> 32 & 0xFCFF_FFFF == 0x5EFE
    return last if isatap or any(address in network for network in HOLDS_IPV4) else None


def _is_allowed(host: str, port: int, address: str, allowed: Sequence[str]) -> bool:
    for item in allowed:
        if item.lower() in (host.lower(), f"{host}:{port}".lower(), address):
            return True
        try:
            if ipaddress.ip_address(address.partition("%")[0]) in ipaddress.ip_network(item, strict=False):
                return True
        except ValueError:  # a name
            continue
    return False


def _read(url: str, response: http.client.HTTPResponse, bounds: FetchLimits) -> Response | str:
    if response.status in (301, 302, 303, 307, 308) and (to := response.getheader("Location")):
        return to.encode("latin-1", "replace").decode("utf-8", "replace")  # as browsers read headers
    if response.status != 200:
        reason = response.reason[:MOST_REASON].strip()
        raise FetchError(f"is not there: the server answers {response.status} {reason}".rstrip())
    length = response.getheader("Content-Length") or ""
    announced = int(length) if length.isdecimal() and len(length) < MOST_DIGITS else None
    if announced is not None and announced > bounds.limit:
        raise FetchError(f"is larger than embedLimit, {_size(announced)}")
    media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    packing = (response.getheader("Content-Encoding") or "").strip().lower()
    if packing in UNASKED or "," in packing:
        raise FetchError("is compressed in a way that slidegen did not request")
    unpack = zlib.decompressobj(31) if packing in ("gzip", "x-gzip") else None
    pieces, size, sent = [], 0, 0
    while (unpack is None or not unpack.eof) and (piece := response.read1(PIECE)):
        sent += len(piece)
        if unpack is not None:
            piece = unpack.decompress(piece, bounds.limit - size + 1)
        size += len(piece)
        if size > bounds.limit or sent > bounds.limit + PIECE:
            raise FetchError(f"is larger than embedLimit, {_size(bounds.limit)}")
        pieces.append(piece)
    broken_off = not unpack.eof if unpack is not None else announced is not None and size < announced
    if broken_off:
        raise FetchError("was cut off before its end")
    return Response(url, media_type, b"".join(pieces))


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, http.client.HTTPException):
        return "what the server sends is not valid HTTP"
    strerror = getattr(error, "strerror", None)
    return str(strerror or error or type(error).__name__).lower()


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
