"""Serves what a test answers, on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Answers(BaseHTTPRequestHandler):
    """What answers a request, without a word in the output of the tests."""

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        """Answer the request."""
        raise NotImplementedError

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[int]:
    """The port of a server while it runs."""
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def site_of(answers: type[Answers]) -> Iterator[str]:
    """The address of a site while it runs."""
    with running(ThreadingHTTPServer(("127.0.0.1", 0), answers)) as port:
        yield f"http://127.0.0.1:{port}"
