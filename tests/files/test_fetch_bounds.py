"""`--fetch` from servers that lie: answers without an end, packed ones, lengths and encodings that are not so."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

import pytest

from slidegen.files.http_fetch import FetchError, FetchLimits, fetch

LIMIT = 100_000
EMPTY_BLOCKS = b"\0\0\0\xff\xff" * 10_000
"""Of a packed answer: nothing comes of them."""
GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"


@contextmanager
def answering(first: bytes, again: bytes = b"") -> Iterator[tuple[str, list[int]]]:
    """A server's address; it sends what is first, then the rest without end. The list gets what it has sent."""
    sent: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            with suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(first)
                    while again:
                        connection.sendall(again)
                        sent.append(len(again))

        thread = Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}", sent
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@contextmanager
def holding(first: bytes) -> Iterator[str]:
    """The address of a server that begins to answer, and leaves it at that."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(first)
                over.wait()

        thread = Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
        thread.join()


def head(**headers: object) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return f"HTTP/1.1 200 OK\r\n{''.join(lines)}\r\n".encode()


def ask(host: str) -> bytes:
    return fetch(f"http://{host}/x", FetchLimits(LIMIT, 600, (host,))).data


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (head(), b"x" * 10_000),
        (head(Transfer_Encoding="chunked"), b"a\r\n0123456789\r\n" * 1000),
        (head(Content_Length=10**12), b"x"),
        (head(Content_Length="9" * 5000), b"x" * 10_000),
        (head(Content_Encoding="gzip") + GZIP_HEAD, EMPTY_BLOCKS),
        (head(Content_Encoding="GZIP", Transfer_Encoding="chunked") + b"a\r\n" + GZIP_HEAD + b"\r\n",
         b"c350\r\n" + EMPTY_BLOCKS + b"\r\n"),
        (head(Content_Encoding="x-gzip") + gzip.compress(bytes(200_000), mtime=0), b""),
    ],
)  # fmt: skip
def test_an_answer_without_end_is_given_up(first: bytes, again: bytes) -> None:
    with answering(first, again) as (host, _), pytest.raises(FetchError, match="larger than embedLimit"):
        ask(host)


@pytest.mark.parametrize(
    "rest", [b"\0" * 10_000, gzip.compress(b"", mtime=0) * 1000, gzip.compress(b"y" * 50, mtime=0)]
)
def test_what_follows_a_packed_answer_is_not_read(rest: bytes) -> None:
    with answering(head(Content_Encoding="gzip") + gzip.compress(b"x", mtime=0), rest) as (host, _):
        assert ask(host) == b"x"


@pytest.mark.parametrize("packing", ["br", "deflate", "zstd", "gzip, gzip", "Deflate"])
def test_what_is_packed_in_a_way_that_was_not_asked_for_is_not_kept(packing: str) -> None:
    data = zlib.compress(b"x")
    with (
        answering(head(Content_Encoding=packing, Content_Length=len(data)) + data) as (host, _),
        pytest.raises(FetchError, match="compressed"),
    ):
        ask(host)


@pytest.mark.parametrize("packing", ["identity", "utf-8", "none", ""])
def test_what_is_not_packed_is_taken_as_it_is(packing: str) -> None:
    with answering(head(Content_Encoding=packing, Content_Length=3) + b"abc") as (host, _):
        assert ask(host) == b"abc"


@pytest.mark.parametrize(
    ("first", "match"),
    [
        (head(Content_Length=9) + b"x", "was cut off"),
        (head(Content_Encoding="gzip") + gzip.compress(b"x", mtime=0)[:-3], "was cut off"),
        (head(Transfer_Encoding="chunked") + b"5\r\nx", "could not be reached"),
        (head(Transfer_Encoding="chunked") + b"-5\r\nx\r\n", "could not be reached"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "could not be reached"),
        (b"nothing of the kind\r\n\r\n", "could not be reached"),
    ],
)
def test_what_breaks_off_or_is_no_answer_is_an_error(first: bytes, match: str) -> None:
    with answering(first) as (host, _), pytest.raises(FetchError, match=match):
        ask(host)


@pytest.mark.parametrize(
    "first",
    [
        b"HTTP/1.1 404 " + b"x" * 60_000 + b"\r\n\r\n",
        b"HTTP/1.1 " + b"9" * 60_000 + b" x\r\n\r\n",
        b"x" * 60_000 + b"\r\n\r\n",
        head(Transfer_Encoding="chunked") + b"x" * 60_000 + b"\r\n",
    ],
)
def test_what_a_server_says_is_not_quoted_at_length(first: bytes) -> None:
    with answering(first) as (host, _), pytest.raises(FetchError) as raised:
        ask(host)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "first",
    [
        head(Content_Length=9) + b"x",
        head(Content_Encoding="gzip") + GZIP_HEAD,
        head(),
        b"HTTP/1.1 200 OK\r\n",
    ],
)
def test_what_comes_too_slowly_did_not_arrive_in_time(first: bytes) -> None:
    """Rather than having been cut off, which slidegen itself does."""
    with holding(first) as host, pytest.raises(FetchError, match="did not arrive within"):
        fetch(f"http://{host}/x", FetchLimits(LIMIT, 0.2, (host,)))


@pytest.mark.parametrize("address", ["http://me:secret@[", "http://me:secret@x:99999", "me:secret@x:port"])
def test_no_diagnostic_holds_the_password_of_a_proxy(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("http_proxy", address)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(FetchError, match="the proxy") as raised:
        fetch("http://files.example/x", FetchLimits(LIMIT, 600))
    assert "secret" not in str(raised.value)


def test_all_addresses_of_a_name_have_the_time_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may have hundreds of addresses at which nobody answers."""
    waits: list[float] = []
    now = [0.0]

    def connects(address: Any, timeout: float) -> socket.socket:
        del address
        waits.append(timeout)
        now[0] += timeout
        raise TimeoutError

    look_up: Callable[..., Any] = lambda *_, **__: [(0, 0, 0, "", (f"8.8.8.{n}", 80)) for n in range(200)]  # noqa: E731
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connects)
    monkeypatch.setattr("slidegen.files.http_fetch.time.monotonic", lambda: now[0])
    with pytest.raises(FetchError, match="did not arrive within 5 seconds"):
        fetch("http://files.example/x", FetchLimits(LIMIT, 5))
    assert sum(waits) < 6
