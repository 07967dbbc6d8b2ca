"""A server on this computer, whose answers are good, bad and hostile."""

from __future__ import annotations

import gzip
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from urllib.parse import unquote_to_bytes

from tests.http_server import Answers
from tests.projects import PIXEL

FONT = b"wOF2" + bytes(range(64))


BOMB = gzip.compress(bytes(9_000_000))


CSS = b"@import 'more.css';\n@font-face { font-family: F; src: url(f.woff2) }\n.a { background: url('../a.png') }\n"


ANSWERS: dict[str, tuple[str, bytes]] = {
    "/a.png": ("image/png", PIXEL),
    "/odd?x=1&y=2": ("application/octet-stream", PIXEL),
    "/css/style.css": ("text/css; charset=utf-8", CSS),
    "/css/more.css": ("text/css", b".more { color: teal }"),
    "/css/f.woff2": ("font/woff2", FONT),
    "/a.js": ("text/javascript", b"window.fetched = 1;"),
    "/page.png": ("text/html", b"<!DOCTYPE html><title>Log in</title>"),
}


class Network:
    """A server, and what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.ended = Event()
        network = self

        class Handler(Answers):
            def answer(self) -> None:
                network.answer(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path
        self.asked[path] += 1
        if path in ANSWERS:
            kind, data = ANSWERS[path]
            self.send(request, 200, {"Content-Type": kind, "Content-Length": str(len(data))}, data)
        elif path == "/moved.png":
            self.send(request, 302, {"Location": "a.png"})
        elif path == "/loop":
            self.send(request, 301, {"Location": "/loop"})
        elif path == "/inside":
            self.send(request, 302, {"Location": "http://127.0.0.2:9/a.png"})
        elif path == "/file":
            self.send(request, 302, {"Location": "file:///etc/passwd"})
        elif path == "/never":
            self.ended.wait()
        elif path == "/drip":
            request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
            while not self.ended.wait(0.05):
                try:
                    request.wfile.write(b".")
                except OSError:
                    return
        elif path == "/large":
            self.send(request, 200, {"Content-Length": "100000000", "Content-Type": "image/png"}, b"\x89PNG")
        elif path == "/endless":
            self.send(request, 200, {"Content-Type": "image/png"}, b"\x89PNG" + bytes(3_000_000))
        elif path == "/bomb":
            self.send(request, 200, {"Content-Encoding": "gzip"}, BOMB)
        elif path == "/torn":
            self.send(request, 200, {"Content-Encoding": "gzip"}, gzip.compress(PIXEL)[:-9])
        elif path.startswith("/to?"):
            self.send(request, 302, {"Location": unquote_to_bytes(path[4:]).decode("latin-1")})
        elif path == "/zipped.png":
            self.send(request, 200, {"Content-Encoding": "gzip"}, gzip.compress(PIXEL))
        else:
            self.send(request, 404, {})

    @staticmethod
    def send(
        request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], data: bytes = b""
    ) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        with suppress(OSError):  # who asked has heard enough
            request.wfile.write(data)


LOCAL = (
    "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.01",
    "127.0.0.1.", "127.255.255.254", "0", "0.0.0.0", "localhost", "localhost.", "LOCALHOST", "１２７.0.0.1",
    "127。0。0。1", "10.0.0.1", "10.1", "192.168.1.1", "0xc0a80101", "172.16.0.1", "169.254.169.254", "2852039166",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[::ffff:10.0.0.1]", "[2002:7f00:1::]",
    "[2002:0a00:1::5]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]", "[2001:0:7f00:1::]",
    "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[2600::5efe:7f00:1]",
    "[2600::200:5efe:a00:1]", "[2001:db8::1]",
)  # fmt: skip
"""The machine itself and its network, in all the ways to write them."""
