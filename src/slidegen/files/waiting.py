"""Threads that wait for the network, and never keep a command from ending."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class WaitingThreads:
    """Runs a few functions at a time. Unlike a ThreadPoolExecutor's threads, its own end with the program.

    A server may take an hour to answer; Ctrl-C must not.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._futures: list[Future[object]] = []
        self._threads: list[Thread] = []

    def submit(self, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> Future[T]:
        """Run a function as soon as a thread is free."""
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(function(*args, **named))
            except BaseException as error:
                future.set_exception(error)

        self._futures.append(future)  # type: ignore[arg-type]
        self._tasks.put(run)
        if len(self._threads) < self.most:
            thread = Thread(target=self._work, name="slidegen-network", daemon=True)
            self._threads.append(thread)
            thread.start()
        return future

    def __enter__(self) -> WaitingThreads:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Drop what has not begun, and wait for the rest unless the command is being stopped."""
        for future in self._futures:
            future.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        if kind is None:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
