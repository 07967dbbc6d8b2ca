"""Asks an ASGI application, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp

from tests.projects import PATIENCE


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


async def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    body: object = None,
    client: str = "127.0.0.1",
    **headers: str,
) -> Answer:
    """Send a request; `headers` are named with `_` for `-`."""
    plain, _, query = path.partition("?")
    given = {"host": "localhost:8000", **{name.replace("_", "-"): value for name, value in headers.items()}}
    sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    if body is not None:
        given.setdefault("content-type", "application/json")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode("utf-8", "surrogatepass"),
        "query_string": query.encode("utf-8", "surrogatepass"),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        "client": (client, 50000),
        "server": ("localhost", 8000),
    }
    messages: list[Any] = []
    asked = [{"type": "http.request", "body": sent, "more_body": False}]

    async def receive() -> Any:
        if not asked:
            await asyncio.Event().wait()
        return asked.pop()

    async def send(message: Any) -> None:
        messages.append(message)

    await app(scope, receive, send)
    start = next(message for message in messages if message["type"] == "http.response.start")
    parts = (item.get("body", b"") for item in messages if item["type"] == "http.response.body")
    return Answer(
        start["status"],
        {k.decode().lower(): v.decode("latin-1") for k, v in start["headers"]},
        b"".join(parts),
    )


class Line:
    """A WebSocket's other end."""

    def __init__(self, app: ASGIApp, client: str = "127.0.0.1", **headers: str) -> None:
        given = {"host": "localhost:8000", **{k.replace("_", "-"): v for k, v in headers.items()}}
        self._out: asyncio.Queue[Any] = asyncio.Queue()
        self._in: asyncio.Queue[Any] = asyncio.Queue()
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": "/live",
            "raw_path": b"/live",
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
            "client": (client, 50000),
            "server": ("localhost", 8000),
            "subprotocols": [],
        }
        self._out.put_nowait({"type": "websocket.connect"})
        self.heard = 0
        """How many messages it is known to have heard."""
        self._task = asyncio.ensure_future(app(scope, self._out.get, self._take))  # type: ignore[arg-type]

    async def _take(self, message: Any) -> None:
        said = json.loads(message.get("text") or "{}")
        if "received" in said:
            self.heard = said["received"]
        else:
            self._in.put_nowait(message)

    async def opened(self) -> bool:
        """Whether the application accepts it."""
        message = await asyncio.wait_for(self._in.get(), PATIENCE)
        return bool(message["type"] == "websocket.accept")

    def send(self, message: object) -> None:
        """Send JSON."""
        self._out.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    def say(self, message: str | bytes) -> None:
        """Send a message as it is."""
        kind = "text" if isinstance(message, str) else "bytes"
        self._out.put_nowait({"type": "websocket.receive", kind: message})

    async def closed(self) -> int:
        """The code with which the application closes it, whatever it says before."""
        while (message := await asyncio.wait_for(self._in.get(), PATIENCE))["type"] != "websocket.close":
            pass
        return int(message["code"])

    async def receive(self) -> Any:
        """The next message, as JSON."""
        message = await asyncio.wait_for(self._in.get(), PATIENCE)
        return json.loads(message["text"])

    @property
    def quiet(self) -> bool:
        """Whether nothing waits to be received."""
        return self._in.empty()

    async def close(self) -> None:
        """Go away."""
        self._out.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self._task, PATIENCE)
