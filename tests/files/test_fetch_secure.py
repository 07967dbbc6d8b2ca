"""`--fetch` over HTTPS and through proxies, here with a server and a proxy of the test's own."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from slidegen.files.http_fetch import FetchError, FetchLimits, fetch
from tests.files.network import LOCAL, Network
from tests.http_server import running
from tests.projects import PIXEL

HOST = "files.example"
BOUNDS = FetchLimits(100_000, 5, ("127.0.0.1",))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this computer and for HOST that nobody has signed, and its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
    names = ["-keyout", "key.pem", "-out", "cert.pem", "-addext", f"subjectAltName=IP:127.0.0.1,DNS:{HOST}"]
    subprocess.run([openssl, *command.split(), *names], cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return both


@pytest.fixture
def secure(certificate: Path) -> Iterator[int]:
    """The port of a server that answers over HTTPS."""
    server = Network().server
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with running(server) as port:
        yield port


class Proxy(BaseHTTPRequestHandler):
    """Leads to this computer whatever is asked for, and remembers it."""

    asked: list[str]
    names: list[str]
    target: int

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.names.append(self.headers["Proxy-Authorization"] or "")
        Network.send(self, 200, {"Content-Type": "image/png"}, PIXEL)

    def do_CONNECT(self) -> None:
        self.asked.append(self.path)
        self.names.append(self.headers["Proxy-Authorization"] or "")
        with socket.create_connection(("127.0.0.1", self.target)) as other:
            self.send_response(200)
            self.end_headers()
            back = Thread(target=self.pass_on, args=(other, self.connection))
            back.start()
            self.pass_on(self.connection, other)
            back.join()

    @staticmethod
    def pass_on(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(4096):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        del args


@contextmanager
def proxy(target: int = 0, names: list[str] | None = None) -> Iterator[tuple[str, list[str]]]:
    """The address of a proxy, and what it is asked; `names` gets who asks."""
    asked: list[str] = []
    members = {"asked": asked, "target": target, "names": [] if names is None else names}
    handler = type("Handler", (Proxy,), members)
    with running(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as port:
        yield f"http://127.0.0.1:{port}", asked


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the computer's that the tests run on."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_a_file_comes_over_https(secure: int, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answer = fetch(f"https://127.0.0.1:{secure}/moved.png", BOUNDS)
    assert (answer.data, answer.address) == (PIXEL, f"https://127.0.0.1:{secure}/a.png")


def test_a_server_that_nobody_vouches_for_is_not_believed(secure: int) -> None:
    with pytest.raises(FetchError, match="its certificate is not valid"):
        fetch(f"https://127.0.0.1:{secure}/a.png", BOUNDS)


def test_a_certificate_for_another_name_is_not_believed(
    secure: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(FetchError, match="its certificate is not valid"):
        fetch(f"https://localhost:{secure}/a.png", FetchLimits(1000, 5, ("localhost",)))


def test_a_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy() as (address, asked):
        monkeypatch.setenv("http_proxy", address)
        assert fetch(f"http://{HOST}/a.png?x=1", BOUNDS).data == PIXEL
    assert asked == [f"http://{HOST}:80/a.png?x=1"]


def test_a_proxy_leads_to_a_server_with_https(
    secure: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with proxy(secure) as (address, asked):
        monkeypatch.setenv(
            "HTTPS_PROXY", address.replace("127.0.0.1", "localhost")
        )  # no name of the certificate's
        assert fetch(f"https://{HOST}/a.png", BOUNDS).data == PIXEL
    assert asked == [f"{HOST}:443"]


def test_hosts_may_be_excepted_from_the_proxy(
    secure: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with proxy(secure) as (address, asked):
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert fetch(f"https://127.0.0.1:{secure}/a.png", BOUNDS).data == PIXEL
    assert asked == []


@pytest.mark.parametrize("host", [*LOCAL, "printer.local", "a.localhost", "x.internal.", "known.example"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_local_network_is_refused_behind_a_proxy_too(
    host: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def knows(name: str, port: int, *args: Any, **named: Any) -> Any:
        return look_up("127.0.0.1" if name == "known.example" else name, port, *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", knows)
    with proxy() as (address, asked):
        monkeypatch.setenv(f"{scheme}_proxy", address)
        with pytest.raises(FetchError, match="local network"):
            fetch(f"{scheme}://{host}/a.png", FetchLimits(1000, 60))
    assert asked == []


def test_a_proxy_is_asked_for_addresses_of_ipv6_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy() as (address, asked):
        monkeypatch.setenv("http_proxy", address)
        assert fetch("http://[2606:4700::1111]/a.png", BOUNDS).data == PIXEL
    assert asked == ["http://[2606:4700::1111]:80/a.png"]


@pytest.mark.parametrize("address", ["http://[", "http://x:99999", "http://x:port"])
def test_a_proxy_at_an_address_that_is_none_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", address)
    with pytest.raises(FetchError, match="proxy"):
        fetch(f"http://{HOST}/a.png", BOUNDS)


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy() as (address, _):
        pass
    monkeypatch.setenv("http_proxy", address)
    with pytest.raises(FetchError, match="could not be reached"):
        fetch(f"http://{HOST}/a.png", BOUNDS)


def test_a_proxy_is_told_who_asks(secure: int, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names: list[str] = []
    with proxy(secure, names) as (address, _):
        for scheme in ("http", "https"):
            monkeypatch.setenv(f"{scheme}_proxy", address.replace("//", "//me:p%40ss@"))
            assert fetch(f"{scheme}://{HOST}/a.png", BOUNDS).data == PIXEL
    assert names == ["Basic bWU6cEBzcw=="] * 2
