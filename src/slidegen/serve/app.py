"""The web application: pages, the files they refer to, a WebSocket per page, and requests from editors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from slidegen.diagnostics import DeckError
from slidegen.diagnostics.formatting import format_diagnostic
from slidegen.files.paths import resolve_links
from slidegen.project.templates import TemplateFolders
from slidegen.render.assets import hash_bytes
from slidegen.render.math import MathFontMissingError, whole_font
from slidegen.serve import open_editor
from slidegen.serve.access import HEADERS, Access
from slidegen.serve.audience_views import broken_page
from slidegen.serve.deck_builder import MATH_FONT
from slidegen.serve.deck_registry import ServedDeck
from slidegen.serve.messages import is_address, read_said, whole_number
from slidegen.serve.page_draft import AUTHOR
from slidegen.serve.phone import ICON_PLACE, Phone
from slidegen.serve.requests import NOTHING, nothing, refused, request_info, take_token
from slidegen.serve.session import LiveSession
from slidegen.serve.static_files import data_answer, file_answer
from slidegen.serve.windows import Window

MAX_BODY_BYTES = 10_000
"""Size limit of a request's body."""
REFUSED = 1008
"""The close code for a socket whose page may not have it."""


def make_app(session: LiveSession, access: Access) -> Starlette:
    """The server as an ASGI application."""
    answers, phone = _Answers(session, access), Phone(session, access)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        await session.start()
        try:
            yield
        finally:
            await session.stop()

    app = Starlette(
        routes=[
            Route("/", answers.index),
            Route(MATH_FONT, answers.math_font),
            WebSocketRoute("/live", answers.live),
            Route("/api/goto", answers.goto, methods=["POST"]),
            Route("/api/open", answers.open, methods=["POST"]),
            Route("/api/code", phone.code),
            Route("/api/phone", phone.lead),
            Route("/api/phone.webmanifest", phone.manifest),
            Route(ICON_PLACE, phone.icon),
            Route("/{path:path}", answers.path),
        ],
        lifespan=lifespan,
    )
    app.add_middleware(_Guard, access=access)
    return app


class _Guard(Struct, frozen=True):
    """Refuses what the access rules do not allow, and adds the headers that every answer has."""

    app: ASGIApp
    access: Access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal, status = self.access.refusal(request_info(HTTPConnection(scope))), 403
        if not refusal and not is_address(scope["path"]):
            refusal, status = NOTHING, 404
        if refusal and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": REFUSED, "reason": refusal})
            return
        if refusal:
            await PlainTextResponse(refusal, status, dict(HEADERS))(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in there),
                ]
            await send(message)

        await self.app(scope, receive, with_headers)


class _Answers(Struct, frozen=True):
    session: LiveSession
    access: Access

    def who(self, connection: HTTPConnection) -> str:
        return self.access.who(request_info(connection))

    async def index(self, request: Request) -> Response:
        """The list of decks, or the deck itself if only one was named."""
        taken = take_token(self.access, request)
        if taken is not None:
            return taken
        registry = self.session.registry
        decks = registry.listed()
        if len(decks) == 1 and not any(source.is_dir() for source in registry.sources):
            return RedirectResponse(quote(decks[0].url), 307)
        who = self.who(request)
        titles = await asyncio.to_thread(
            lambda: [*(registry.title(deck, who) for deck in decks), registry.list_title]
        )
        shows_mistakes = who == AUTHOR
        template = TemplateFolders(None).environment().get_template("live/index.html")
        return HTMLResponse(
            template.render(
                title=titles[-1],
                nothing=registry.diagnostic.message if registry.diagnostic else "",
                decks=[
                    {
                        "url": quote(deck.url),
                        "title": title,
                        "path": deck.builder.path if shows_mistakes else "",
                        "errors": deck.errors if shows_mistakes else 0,
                    }
                    for deck, title in zip(decks, titles[:-1], strict=True)
                ],
            )
        )

    async def path(self, request: Request) -> Response:
        """A page, or a file that a page refers to."""
        taken = take_token(self.access, request)
        if taken is not None:
            return taken
        path = request.scope["path"]
        if any(part.startswith(".") for part in path.split("/")):
            return nothing()
        deck = self.session.registry.decks.get(path)
        if deck is not None:
            return await self._page(deck, self.who(request))
        named = path.rstrip("/")
        if f"{named}.html" in self.session.registry.decks:
            return RedirectResponse(quote(f"{named}.html"), 307)
        if f"{named}/index.html" in self.session.registry.decks:
            return RedirectResponse(quote(f"{named}/index.html"), 307)
        registry = self.session.registry
        copy = (registry.files if self.who(request) == AUTHOR else registry.room_files).get(path)
        return nothing() if copy is None else file_answer(request, path, copy) or nothing()

    async def _page(self, deck: ServedDeck, who: str) -> Response:
        try:
            page = await self.session.page(deck, who)
        except DeckError as error:
            live = {"run": "", "deck": deck.url, "who": who, "epoch": -1, "frame": "", "problems": []}
            title = format_diagnostic(error.diagnostic) if who == AUTHOR else deck.views.title_for(who)
            page = broken_page(title, live)
        return HTMLResponse(page.encode("utf-8", "replace"))

    async def math_font(self, request: Request) -> Response:
        """The whole font of formulas."""
        try:
            font = whole_font()
        except MathFontMissingError:
            return nothing()
        return data_answer(request, hash_bytes(font), font, ".ttf")

    async def live(self, socket: WebSocket) -> None:
        """The socket of a page, which reports what it shows, and is notified of changes."""
        await socket.accept()
        try:
            hello = read_said(await socket.receive_text())
            deck = self.session.registry.decks.get(str(hello["deck"]))
            epoch, frame = whole_number(hello["epoch"]), str(hello["frame"])
        except WebSocketDisconnect:
            return
        except (ValueError, KeyError):  # KeyError for bytes, which are not text
            await socket.close(REFUSED)
            return
        if deck is None or hello.get("run") != self.session.run:
            await socket.send_text('{"reload": true}')
            await socket.close()
            return
        await self.session.built(deck)
        remote, again = hello.get("remote") is True, hello.get("again") is True
        window = Window(deck=deck, who=self.who(socket), epoch=epoch, frame=frame, remote=remote, again=again)

        async def receive() -> Any:
            try:
                return read_said(await socket.receive_text())
            except (ValueError, KeyError):
                return None

        async def send(message: object) -> None:
            await socket.send_text(json.dumps(message, ensure_ascii=False, separators=(",", ":")))

        await self.session.windows.serve_connection(window, receive, send)

    async def goto(self, request: Request) -> Response:
        """Show the slide of a line in all windows of its deck: `{"path": "slides/talk.md", "line": 12}`."""
        if self.who(request) != AUTHOR:
            return refused("only the presenter may do that", 403)
        try:
            asked = await _body(request)
            path, line = self._path(asked["path"]), whole_number(asked["line"])
        except (ValueError, KeyError):
            return refused('expects JSON such as {"path": "slides/talk.md", "line": 12}', 400)
        for deck in self.session.registry.decks.values():
            if resolve_links(path) == resolve_links(deck.builder.path):
                await self.session.built(deck)
        found = self.session.goto(path, line) or self.session.goto(resolve_links(path), line)
        if found is None:
            return refused(f"no deck shows line {line} of {asked['path']}", 404)
        deck, slide = found
        windows = self.session.windows.of(deck)
        for window in windows:
            place = self.session.windows.place_for(window, slide)
            if place is not None:
                window.send({"goto": place})
        return JSONResponse({"deck": deck.url, "slide": slide + 1, "windows": len(windows)})

    async def open(self, request: Request) -> Response:
        """Open the author's editor at a line: `{"deck": "/talk.html", "line": 12}`, optionally with `path`."""
        if not self.access.is_local(request_info(request)):
            return refused("only this machine's own windows open its editor", 403)
        try:
            asked = await _body(request)
            deck = self.session.registry.decks[str(asked["deck"])]
            line = whole_number(asked["line"])
            own = resolve_links(deck.builder.path)
            path = resolve_links(self._path(asked["path"])) if asked.get("path") else own
        except (ValueError, KeyError):
            return refused("expects JSON with the deck's address and a line", 400)
        if path != own and not self.session.registry.is_read(path):
            return refused("no deck is made from this file", 403)
        command = self.session.registry.editor(deck)
        if not command:
            return refused(
                "name your editor in the slidegen.yml of a project that you work in, as in `editor: code`",
                409,
            )
        try:
            open_editor.start(command, path, line)
        except (OSError, ValueError) as error:
            return refused(f"the editor does not start: {error}", 409)
        return JSONResponse({"path": str(path), "line": line})

    def _path(self, said: object) -> Path:
        """A path relative to the working folder; raises ValueError if it is not one."""
        if not isinstance(said, str) or "\0" in said:
            raise ValueError("no path")
        return self.session.registry.folder / said


async def _body(request: Request) -> Mapping[str, Any]:
    """The JSON of a request; raises ValueError if it is invalid."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise ValueError
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise ValueError
    return read_said(body)
