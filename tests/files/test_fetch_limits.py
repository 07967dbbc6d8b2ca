"""The limits of `--fetch`, each to the step, the byte and the address: one less passes, one more does not."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from slidegen.files import http_fetch
from slidegen.files.http_fetch import FetchError, FetchLimits, fetch, is_near
from tests.files.network import Network
from tests.files.test_fetch_bounds import LIMIT, answering, ask, head, holding
from tests.files.test_fetch_secure import HOST, proxy
from tests.projects import PATIENCE, PIXEL

HERE = ("127.0.0.1",)
PUBLIC = "8.8.8.8"


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the computer's that the tests run on."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a proxy is asked."""
    with proxy() as (address, asked):
        monkeypatch.setenv("http_proxy", address)
        yield asked


def redirected(times: int) -> str:
    path = "/a.png"
    for _ in range(times):
        path = f"/to?{quote(path)}"
    return path


def resolving(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> list[Any]:
    """Let every name have these addresses; the list gets what is connected to, which fails."""
    connected: list[Any] = []

    def connect(address: Any, *rest: Any) -> socket.socket:
        del rest
        connected.append(address)
        raise OSError("nobody answers")

    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (each, 80)) for each in addresses]
    )
    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


def test_five_redirects_are_followed_and_not_six(network: Network) -> None:
    bounds = FetchLimits(LIMIT, 600, HERE)
    assert fetch(network.url + redirected(5), bounds).data == PIXEL
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch(network.url + redirected(6), bounds)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_statuses_of_redirects_are_followed(status: int) -> None:
    with (
        answering(head(Content_Length=1) + b"x") as (other, _),
        answering(f"HTTP/1.1 {status} x\r\nLocation: http://{other}/y\r\n\r\n".encode()) as (first, _),
    ):
        assert fetch(f"http://{first}/x", FetchLimits(LIMIT, 600, HERE)).data == b"x"


@pytest.mark.parametrize("status", [201, 204, 206, 300, 304, 305, 401, 500])
def test_other_statuses_are_no_files(status: int) -> None:
    first = f"HTTP/1.1 {status} x\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n".encode()
    with answering(first) as (host, _), pytest.raises(FetchError, match=f"answers {status}"):
        ask(host)


def test_redirects_share_the_time_of_one_download(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    connect, connected = socket.create_connection, []

    def slowly(address: Any, *rest: Any) -> socket.socket:
        connected.append(now[0])
        now[0] += 40
        return connect(address, *rest)

    monkeypatch.setattr(socket, "create_connection", slowly)
    monkeypatch.setattr("slidegen.files.http_fetch.time.monotonic", lambda: now[0])
    with pytest.raises(FetchError, match="did not arrive within 100 seconds"):
        fetch(network.url + redirected(5), FetchLimits(LIMIT, 100, HERE))
    assert connected == [0, 40, 80]


def test_a_connection_ends_at_its_time_even_while_bytes_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that a socket waits for the next byte, which never ends here, is not what limits a download."""
    connect, said = socket.create_connection, []

    def patient(address: Any, *rest: Any) -> socket.socket:
        made = connect(address, *rest)
        made.settimeout(None)
        return made

    def load() -> None:
        try:
            fetch(f"http://{host}/x", FetchLimits(LIMIT, 0.2, HERE))
        except FetchError as error:
            said.append(str(error))

    monkeypatch.setattr(socket, "create_connection", patient)
    with holding(head() + b"x") as host:
        loading = threading.Thread(target=load, daemon=True)
        loading.start()
        loading.join(PATIENCE)
    assert said == ["did not arrive within 0.2 seconds"]


def test_nothing_watches_a_download_that_has_ended(network: Network) -> None:
    fetch(f"{network.url}/a.png", FetchLimits(LIMIT, 600, HERE))
    watching = [each for each in threading.enumerate() if isinstance(each, threading.Timer)]
    for each in watching:
        each.join(10 if each.finished.is_set() else 0)
    assert not [each for each in watching if each.is_alive()]


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("kind", ["announced", "endless", "packed", "several packed"])
def test_a_file_may_have_the_limits_size_and_no_byte_more(kind: str, over: int) -> None:
    data = b"x" * (LIMIT + over)
    answers = {
        "announced": head(Content_Length=len(data)) + data,
        "endless": head() + data,
        "packed": head(Content_Encoding="gzip") + gzip.compress(data, mtime=0),
        "several packed": head(Content_Encoding="gzip", Transfer_Encoding="chunked")
        + b"".join(b"1\r\n%c\r\n" % each for each in gzip.compress(data, mtime=0))
        + b"0\r\n\r\n",
    }
    with answering(answers[kind]) as (host, _):
        if not over:
            assert ask(host) == data
            return
        with pytest.raises(FetchError, match="larger than embedLimit"):
            ask(host)


def test_a_file_that_is_announced_as_too_large_is_not_waited_for() -> None:
    """Its size is that which the server announces, since nothing of it was read."""
    with answering(head(Content_Length=7_000_000)) as (host, _), pytest.raises(FetchError, match="7 MB"):
        ask(host)


@pytest.mark.parametrize("missing", [1, 2])
def test_a_file_that_lacks_a_byte_was_cut_off(missing: int) -> None:
    data = b"x" * 50
    with (
        answering(head(Content_Length=50) + data[missing:]) as (host, _),
        pytest.raises(FetchError, match="cut off"),
    ):
        ask(host)


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff\xff", b"not packed at all"])
def test_a_packed_answer_that_is_none_is_an_error(data: bytes) -> None:
    with (
        answering(head(Content_Encoding="gzip") + data) as (host, _),
        pytest.raises(FetchError, match="reached"),
    ):
        ask(host)


@pytest.mark.parametrize("packing", ["compress", "dcb", "dcz", " BR ", "gzip,", "identity, gzip"])
def test_other_ways_of_packing_are_refused(packing: str) -> None:
    with (
        answering(head(Content_Encoding=packing, Content_Length=1) + b"x") as (host, _),
        pytest.raises(FetchError, match="compressed"),
    ):
        ask(host)


@pytest.mark.parametrize(
    "addresses", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "10.0.0.1", PUBLIC], [PUBLIC, "::1"]]
)
@pytest.mark.parametrize("behind", [False, True])
def test_a_name_with_one_local_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], behind: bool
) -> None:
    if behind:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    connected = resolving(monkeypatch, addresses)
    with pytest.raises(FetchError, match="local network"):
        fetch(f"http://{HOST}/x", FetchLimits(LIMIT, 600))
    assert connected == []


@pytest.mark.parametrize("host", ["%6cocalhost", "local host", "", "[fe80::1%25e]", "127.0.0.1\\"])
def test_a_proxy_is_not_asked_for_what_is_no_name(proxied: list[str], host: str) -> None:
    with pytest.raises(FetchError, match="address"):
        fetch(f"http://{host}/x", FetchLimits(LIMIT, 600))
    assert proxied == []


def test_a_proxy_is_asked_for_names_that_only_it_can_look_up(proxied: list[str]) -> None:
    long = "a" * 70
    assert fetch(f"http://{long}.example/x", FetchLimits(LIMIT, 600)).data == PIXEL
    assert proxied == [f"http://{long}.example:80/x"]


@pytest.mark.parametrize("item", ["printer.local", "PRINTER.local", "printer.local:80"])
def test_a_local_name_behind_a_proxy_may_be_allowed(proxied: list[str], item: str) -> None:
    assert fetch("http://printer.local/x", FetchLimits(LIMIT, 600, (item,))).data == PIXEL
    assert proxied == ["http://printer.local:80/x"]


def test_a_proxy_without_a_port_has_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example")
    connected = resolving(monkeypatch, [PUBLIC])
    with pytest.raises(FetchError, match="nobody answers"):
        fetch(f"http://{HOST}/x", FetchLimits(LIMIT, 600))
    assert connected == [("proxy.example", 8080)]


@pytest.mark.parametrize(
    ("item", "allowed"),
    [
        ("10.1.2.3", True), ("10.0.0.0/8", True), ("10.1.2.77/24", True), ("x", False), ("lab.example", True),
        ("LAB.example", True), ("lab.example:80", True), ("lab.example:81", False), ("10.1.2.4", False),
        ("10.2.0.0/16", False), ("lab", False), ("example", False), ("", False), ("10.1.2", False), ("::/0", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [(), ("not an address",)])
def test_what_hosts_allows(
    monkeypatch: pytest.MonkeyPatch, before: tuple[str, ...], item: str, allowed: bool
) -> None:
    connected = resolving(monkeypatch, ["10.1.2.3"])
    with pytest.raises(FetchError, match="nobody answers" if allowed else "local network"):
        fetch("http://lab.example/x", FetchLimits(LIMIT, 600, (*before, item)))
    assert bool(connected) is allowed


@pytest.mark.parametrize(
    ("own", "address", "near"),
    [
        ("8.8.8.8", "8.8.8.8", True),
        ("8.8.8.9", "8.8.8.8", False),
        ("2600:1:2:3::5", "2600:1:2:3:ffff::9", True),
        ("2600:1:2:3:8000::5", "2600:1:2:3::9", True),
        ("2600:1:2:3::5", "2600:1:2:2::5", False),
        ("2600:1:2:3::5%eth0", "2600:1:2:3::9", True),
        ("", "2600:1:2:3::9", False),
    ],
)
def test_what_is_near(monkeypatch: pytest.MonkeyPatch, own: str, address: str, near: bool) -> None:
    """`own` is the address that the system sends from, or nothing if no network leads there."""

    class Probe:
        def __init__(self, *kind: object) -> None:
            pass

        def __enter__(self) -> Probe:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def connect(self, place: object) -> None:
            if not own:
                raise OSError

        def getsockname(self) -> tuple[str, int]:
            return own, 0

    monkeypatch.setattr(http_fetch.socket, "socket", Probe)
    assert is_near(address) is near


@pytest.mark.parametrize("path", ["/a b.png", "/a.png?x=a b", "/\x7f", "/a%20b"])
def test_a_redirect_to_a_path_that_is_not_encoded_is_followed(network: Network, path: str) -> None:
    with pytest.raises(FetchError, match="404"):
        fetch(f"{network.url}/to?{quote(path)}", FetchLimits(LIMIT, 600, HERE))
    assert network.asked[quote(path, safe="/?=%")] == 1
