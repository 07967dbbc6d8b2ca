"""Access rules: which requests the server answers, and for whom."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.serve.page_draft import AUDIENCE, AUTHOR

HOST = lazy_compile(
    r"(?:\[(?P<bracketed>[0-9a-f:.]+)\]|(?P<name>[^\s:@/\\?#\[\]]+))(?::[0-9]{1,5})?", re.ASCII
)
"""A Host header: a name, or an address in brackets, and perhaps a port."""
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}
"""The headers of every answer."""
PARAMETER = "presenter"
"""The query parameter of the presenter's URL that holds the token."""


class RequestInfo(Struct, frozen=True):
    """The parts of a request that tell who is asking."""

    method: str
    headers: Mapping[str, str]
    """Names in lower case."""
    client: str
    """The address of the other end."""
    socket: bool = False
    """Whether it opens a WebSocket."""


class Access(Struct, frozen=True):
    """The rules of one server. Each returns the reason for a refusal, or an empty text."""

    shared: bool = False
    """Whether other machines may connect."""
    port: int = 8000
    names: frozenset[str] = frozenset()
    """The names of this machine, if it is shared."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    """The token in the presenter's URL."""
    address: str = ""
    """Where other machines reach the server, if that is known."""

    @property
    def cookie(self) -> str:
        """The name of the presenter's cookie, with the port, since browsers share cookies among ports."""
        return f"slidegen-{self.port}"

    def refusal(self, asking: RequestInfo) -> str:
        """Why a request is refused; empty if it is not."""
        if not self.is_own_name(asking.headers.get("host", "")):
            return "this server is not known by that name"
        site = asking.headers.get("sec-fetch-site", "none")
        changes = asking.socket or asking.method not in ("GET", "HEAD")
        if changes and not self._is_own_origin(asking):
            return "only pages of this server may do that"
        if changes and site not in ("same-origin", "none"):
            return "only pages of this server may do that"
        navigates = asking.headers.get("sec-fetch-mode") == "navigate"
        if site in ("cross-site", "same-site") and not navigates:
            return "pages of other sites may only link here"
        if (
            navigates
            and site != "none"
            and asking.headers.get("sec-fetch-dest") in ("iframe", "frame", "embed")
        ):
            return "" if site == "same-origin" else "pages of other sites may not hold this one"
        return ""

    def is_own_name(self, host: str) -> bool:
        """Whether a Host header names this server, and not a name that an attacker points here."""
        name = host_name(host)
        if name in LOOPBACK_NAMES:
            return True
        return self.shared and (name in self.names or _is_address(name))

    def who(self, asking: RequestInfo) -> str:
        """The role of the requester: everybody is the author until the server is shared."""
        if not self.shared or self.is_local(asking) or self._has_token(asking):
            return AUTHOR
        return AUDIENCE

    def is_local(self, asking: RequestInfo) -> bool:
        """Whether it comes from this machine, and not under another one's name."""
        return _is_loopback(asking.client) and host_name(asking.headers.get("host", "")) in LOOPBACK_NAMES

    def takes(self, token: str) -> bool:
        """Whether it is the token of the presenter's URL."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def _has_token(self, asking: RequestInfo) -> bool:
        try:
            morsel = SimpleCookie(asking.headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return morsel is not None and self.takes(morsel.value)

    def _is_own_origin(self, asking: RequestInfo) -> bool:
        """Whether a page of this server asks, or a program that is not a browser and sends no origin."""
        origin = asking.headers.get("origin")
        if origin is None:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc == asking.headers.get("host", "")


def names_of_machine() -> frozenset[str]:
    """The names by which other machines may know this one."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name.partition('.')[0]}.local", socket.getfqdn().lower()})


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets, in lower case; empty if it has another form."""
    found = HOST.fullmatch(host.strip().lower())
    return (found["bracketed"] or found["name"]) if found else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(client: str) -> bool:
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
