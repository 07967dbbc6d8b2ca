"""A page in the browser: loads files, runs scripts in them, and returns their results."""

from __future__ import annotations

import json
import os
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from slidegen.browser.connection import CommandError, Connection, EndedError, Listener, Message

TIMEOUT = 120.0
"""Seconds that a page may take to load or to answer."""
CAPTURE = "Page.captureScreenshot"
PICTURE_TIMEOUTS = (15.0, 30.0)
"""Seconds after which a picture is asked for again; the last attempt has TIMEOUT."""
QUALITY = 90
"""Quality of JPEG and WebP, from 0 to 100."""


class PageError(Exception):
    """A page failed: it crashed, hung, or threw an exception."""


class NoAnswerError(PageError):
    """A page does not answer in time."""


class Page:
    """A page with storage of its own and no access to the network."""

    def __init__(self, connection: Connection, session: str, ended: Callable[[], Exception | None]) -> None:
        self._connection = connection
        self._session = session
        self._ended = ended
        self._leaves_for = ""

    def call(self, method: str, timeout: float = TIMEOUT, **params: Any) -> Message:
        """Call a method of the DevTools protocol; raises PageError, or DeckError if the browser has ended."""
        try:
            return self._connection.call(method, params, self._session, timeout)
        except CommandError as error:
            raise PageError(f"the browser refuses {method}: {error}") from error
        except TimeoutError as error:
            raise NoAnswerError(f"the browser has not answered for {timeout:g} seconds ({method})") from error
        except EndedError as error:
            ended = self._ended()
            raise (ended or PageError("the page has crashed in the browser")) from error

    def on(self, event: str, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each event of that name, in another thread; returns a function that stops it."""
        return self._connection.listen(event, listener, self._session)

    def restrict(self, folder: Path, frame: str) -> None:
        """Whatever its scripts try, the page gets no file that is not below `folder`, stays, and shows no dialogs.

        `frame` is the page's own, which no script can lead to another address.
        """
        top = folder.resolve()

        def decide(event: Message) -> None:
            params = {"requestId": event["requestId"]}
            if _is_below(event["request"]["url"], top):
                self._tell("Fetch.continueRequest", params)
            else:
                leaves = event.get("frameId") == frame and event.get("resourceType") == "Document"
                if leaves:
                    self._leaves_for = event["request"]["url"][:200]
                self._tell(
                    "Fetch.failRequest", {**params, "errorReason": "Aborted" if leaves else "AccessDenied"}
                )

        self.on("Fetch.requestPaused", decide)
        self.on("Page.javascriptDialogOpening", self._answer)
        self.call(
            "Fetch.enable", patterns=[{"urlPattern": f"{scheme}:*"} for scheme in ("file", "http", "https")]
        )

    def _answer(self, event: Message) -> None:
        """Nobody is there to press a button; slidegen itself may leave the page."""
        self._tell("Page.handleJavaScriptDialog", {"accept": event["type"] == "beforeunload"})

    def _tell(self, method: str, params: Message) -> None:
        self._connection.tell(method, params, self._session)

    def load(self, path: Path, query: str = "", timeout: float = TIMEOUT) -> None:
        """Load a file, and wait for its load event, its fonts and its pictures."""
        with self._expect_load() as loaded:
            answer = self.call("Page.navigate", timeout, url=path.absolute().as_uri() + query)
            if answer.get("errorText"):
                raise PageError(f"the browser cannot open the page: {answer['errorText']}")
            if not loaded(timeout):
                raise PageError(
                    f"the page leaves for {self._leaves_for} while it loads"
                    if self._leaves_for
                    else f"the page is not loaded after {timeout:g} seconds"
                )
        self.evaluate(READY, timeout)

    @contextmanager
    def _expect_load(self) -> Iterator[Callable[[float], bool]]:
        """Yield a function that waits for the load event for a number of seconds and returns whether it came."""
        came, loads = threading.Event(), threading.Event()

        def load(_: Message) -> None:
            loads.set()
            came.set()

        def stop(_: Message) -> None:
            if self._leaves_for:  # the rest of the page was given up
                came.set()

        def wait(seconds: float) -> bool:
            came.wait(seconds)
            return loads.is_set()

        events = {
            "Page.loadEventFired": load,
            "Inspector.targetCrashed": load,
            "Page.frameStoppedLoading": stop,
        }
        removes = [self.on(event, listener) for event, listener in events.items()]
        try:
            yield wait
        finally:
            for remove in removes:
                remove()

    def evaluate(self, expression: str, timeout: float = TIMEOUT) -> Any:
        """The value of an expression, awaited if it is a promise; raises PageError if it throws."""
        answer = self.call(
            "Runtime.evaluate", timeout, expression=expression, awaitPromise=True, returnByValue=True
        )
        if wrong := answer.get("exceptionDetails"):
            thrown = wrong.get("exception", {})
            message = thrown.get("description") or thrown.get("value") or wrong.get("text")
            raise PageError(f"a script failed in the page: {message}")
        return answer["result"].get("value")

    def run(self, function: str, *args: object, timeout: float = TIMEOUT) -> Any:
        """Call a JavaScript function with arguments that JSON can hold, and return its result."""
        return self.evaluate(f"({function})({', '.join(map(json.dumps, args))})", timeout)

    def size(self, width: int, height: int, scale: float = 1) -> None:
        """Set the viewport to a size in CSS pixels, each `scale` device pixels wide."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def picture(self, kind: str = "png", clip: tuple[float, float, float, float] | None = None) -> bytes:
        """What the page shows now, as PNG, JPEG or WebP; only a part with `clip`, its left, top, width and height.

        Chromium loses a request now and then, such as while a page tries to leave: it is sent again.
        """
        wanted: dict[str, Any] = {"format": kind, "optimizeForSpeed": True, "captureBeyondViewport": False}
        if clip is not None:
            wanted["clip"] = {**dict(zip(("x", "y", "width", "height"), clip, strict=True)), "scale": 1}
        if kind != "png":
            wanted["quality"] = QUALITY
        for timeout in PICTURE_TIMEOUTS:
            with suppress(NoAnswerError):
                return b64decode(self.call(CAPTURE, timeout, **wanted)["data"])
            self.call("Page.bringToFront")
        return b64decode(self.call(CAPTURE, **wanted)["data"])

    def read_stream(self, handle: str) -> bytes:
        """Everything in a stream of the protocol."""
        pieces = []
        while True:
            piece = self.call("IO.read", handle=handle, size=1 << 22)
            data = piece["data"]
            pieces.append(b64decode(data) if piece.get("base64Encoded") else data.encode())
            if piece["eof"]:
                break
        self.call("IO.close", handle=handle)
        return b"".join(pieces)


def _is_below(url: str, folder: Path) -> bool:
    """Whether an address names a file below a folder of this computer, with links resolved."""
    try:
        parts = urlsplit(url)
        is_here = parts.scheme == "file" and not parts.netloc
        return is_here and Path(_path_of(parts.path)).resolve().is_relative_to(folder)
    except (OSError, ValueError, RuntimeError):
        return False


def _path_of(path: str) -> str:
    """The path of a file, given that in its address."""
    if os.name == "nt":
        from urllib.request import url2pathname  # here, since it loads what opens connections

        return url2pathname(path)
    return unquote(path)


READY = """
(async () => {
  const seconds = (count) => new Promise((done) => setTimeout(done, count * 1000));
  const pictures = [...document.images].map((each) => each.decode().catch(() => {}));
  await Promise.race([Promise.all([document.fonts.ready, ...pictures]), seconds(30)]);
})()
"""
"""Waits for fonts and pictures; one that never comes does not hold up the rest."""
