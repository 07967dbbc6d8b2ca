"""Talks to a browser in the DevTools protocol: commands with answers, and events."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Protocol

Message = Mapping[str, Any]
Listener = Callable[[Message], None]


class CommandError(Exception):
    """The browser refused a command."""


class EndedError(Exception):
    """The browser, or the page that a command was meant for, has ended."""


class Pipe(Protocol):
    """A transport for messages."""

    def send(self, message: bytes) -> None:
        """Send a message; raises OSError if the other end is closed."""

    def receive(self) -> bytes:
        """The next bytes; empty at the end."""


class Connection:
    """Sends commands to a browser and its pages. Thread-safe; listeners are called in a separate thread."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._number = 0
        self._answers: dict[int, tuple[str, Future[Message]]] = {}
        self._listeners: dict[tuple[str, str], list[Listener]] = {}
        self._ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def call(
        self, method: str, params: Message | None = None, session: str = "", timeout: float = 60.0
    ) -> Message:
        """Send a command to the page of the session, or to the browser, and return the answer.

        Raises CommandError if it is refused, EndedError if the page or browser ends, and TimeoutError.
        """
        answer: Future[Message] = Future()
        with self._lock:
            self._number += 1
            number = self._number
            if self._ended:
                raise EndedError
            self._answers[number] = session, answer
            message = {"id": number, "method": method, "params": params or {}}
            if session:
                message["sessionId"] = session
            try:
                self._pipe.send(json.dumps(message).encode())
            except OSError as error:
                del self._answers[number]
                raise EndedError from error
        try:
            return answer.result(timeout)
        finally:
            with self._lock:
                self._answers.pop(number, None)

    def tell(self, method: str, params: Message, session: str) -> None:
        """Send a page a command without waiting for the answer, as listeners do, which would wait for themselves."""
        with self._lock, suppress(OSError):  # the browser has ended, as its callers are told
            self._number += 1
            message = {"id": self._number, "method": method, "params": params, "sessionId": session}
            self._pipe.send(json.dumps(message).encode())

    def listen(self, event: str, listener: Listener, session: str = "") -> Callable[[], None]:
        """Call `listener` at each event of this name; returns a function that stops it."""
        with self._lock:
            self._listeners.setdefault((session, event), []).append(listener)

        def remove() -> None:
            with self._lock, suppress(KeyError, ValueError):
                self._listeners[session, event].remove(listener)

        return remove

    @property
    def is_ended(self) -> bool:
        """Whether the browser has sent its last message."""
        return self._ended

    def join(self, timeout: float) -> None:
        """Wait until the browser has sent its last message."""
        self._reader.join(timeout)

    def _read(self) -> None:
        pieces: list[bytes] = []
        while data := self._pipe.receive():
            *ends, rest = data.split(b"\0")
            for end in ends:
                pieces.append(end)
                self._take(json.loads(b"".join(pieces)))
                pieces.clear()
            if rest:
                pieces.append(rest)
        with self._lock:
            self._ended = True
            crashes = [
                listener
                for (_, event), found in self._listeners.items()
                if event == "Inspector.targetCrashed"
                for listener in found
            ]
        self._fail(None)
        for listener in crashes:  # callers that wait for a page's event do not wait any longer
            listener({})

    def _take(self, message: Message) -> None:
        session = message.get("sessionId", "")
        if "id" in message:
            with self._lock:
                _, answer = self._answers.pop(message["id"], ("", None))
            if answer is None:
                return
            if "error" in message:
                answer.set_exception(CommandError(message["error"].get("message", "")))
            else:
                answer.set_result(message["result"])
            return
        params = message.get("params", {})
        if message["method"] == "Inspector.targetCrashed":
            self._fail(session)
        elif message["method"] == "Target.detachedFromTarget":
            self._fail(params.get("sessionId"))
        with self._lock:
            listeners = list(self._listeners.get((session, message["method"]), ()))
        for listener in listeners:
            listener(params)

    def _fail(self, session: str | None) -> None:
        """Fail the commands that wait for a page that has ended; None fails all."""
        with self._lock:
            waiting = [
                (number, answer)
                for number, (own, answer) in self._answers.items()
                if session is None or own == session
            ]
            for number, _ in waiting:
                del self._answers[number]
        for _, answer in waiting:
            answer.set_exception(EndedError())
