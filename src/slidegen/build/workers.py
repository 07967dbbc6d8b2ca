"""Shares work among several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

from slidegen.project.kept_values import save

T = TypeVar("T")

FORKS = sys.platform == "linux"
"""Whether a process can be forked with everything it has loaded; elsewhere that is unsafe or impossible."""


MASKS = hasattr(signal, "pthread_sigmask")
STOPPING = frozenset({signal.SIGINT, signal.SIGTERM})
PATIENCE = 2.0
"""Seconds a process has to clean up."""
PR_SET_PDEATHSIG = 1


def processors() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share(
    work: Callable[[int], T],
    items: Sequence[int],
    processes: int,
    lost: Callable[[int], T] | None = None,
) -> Generator[T, None, None]:
    """Yield the results of `work` in the order of the items, using several processes.

    Each process takes the next item when it has finished one. If a process dies, another takes over its item, in the
    end this one; `lost` makes the result of an item at which two have died. If the iteration ends early, the
    processes are ended. `work` and the results must be picklable.
    """
    died: Counter[int] = Counter()
    context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
    workers: dict[Connection, tuple[BaseProcess, int]] = {}
    results: dict[int, T] = {}
    waiting = list(reversed(items))
    started: list[tuple[BaseProcess, Connection]] = []
    idle: list[tuple[BaseProcess, Connection]] = []

    def start() -> tuple[BaseProcess, Connection]:
        mine, theirs = context.Pipe()
        others = [connection for _, connection in started] if FORKS else []
        process = context.Process(
            target=_work, args=(work, theirs, [*others, mine] if FORKS else []), daemon=True
        )
        with _signals_waiting():
            process.start()
        theirs.close()
        started.append((process, mine))
        return process, mine

    try:
        for _ in range(min(processes, len(items))):
            _give(workers, waiting, *start())
        for item in items:
            while item not in results:
                if not workers:
                    results[item] = work(item)
                    continue
                for ready in cast(list[Connection], wait(list(workers))):
                    process, given = workers.pop(ready)
                    try:
                        results[given] = ready.recv()
                    except (EOFError, OSError):
                        died[given] += 1
                        if lost is not None and died[given] > 1:
                            results[given] = lost(given)
                        else:
                            waiting.append(given)  # for another process, or for this one if none is left
                        if waiting and idle:
                            _give(workers, waiting, *idle.pop())
                        elif waiting and lost is not None and not workers:  # it could crash this one, too
                            _give(workers, waiting, *start())
                    else:
                        _give(workers, waiting, process, ready)
                        if ready not in workers:
                            idle.append((process, ready))
            if item in waiting:
                waiting.remove(item)
            yield results.pop(item)
    finally:
        for _, connection in started:
            connection.close()
        for process, _ in started:
            process.terminate()
        for process, _ in started:
            process.join(PATIENCE)
            if process.is_alive():  # it does not notice while it is busy
                process.kill()
                process.join()


@contextmanager
def _signals_waiting() -> Iterator[None]:
    """Let signals that stop the command wait while a process is started.

    The new process inherits this one's handlers. If it is ended before it has its own, theirs would raise inside
    what Python does after a fork, which prints a traceback and goes on.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING) if MASKS else None
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _give(
    workers: dict[Connection, tuple[BaseProcess, int]],
    waiting: list[int],
    process: BaseProcess,
    to: Connection,
) -> None:
    if waiting:
        item = waiting.pop()
        try:
            to.send(item)
        except OSError:
            waiting.append(item)
        else:
            workers[to] = (process, item)


def _work(work: Callable[[int], object], connection: Connection, others: Sequence[Connection]) -> None:
    """Run a worker process: handle one item after the other until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is handled by the parent
    signal.signal(signal.SIGTERM, _leave)  # through all `finally` blocks, so that no half-written file stays
    _end_with_giver()
    for other in others:  # while a copy is open here, a worker would not notice that its parent is gone
        other.close()
    if MASKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    with suppress(EOFError, OSError):
        connection.send(work(connection.recv()))
        save()  # what other decks need that this worker does not
        while True:
            connection.send(work(connection.recv()))


def _end_with_giver() -> None:
    """End this process when its parent has ended, however that happened."""
    giver = multiprocessing.parent_process()
    if giver is None:
        return
    if sys.platform == "linux":  # a file that is being written has no name yet, so nothing of it is left
        import ctypes

        if ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) == 0:
            if os.getppid() != giver.pid:  # it had already ended
                os._exit(1)
            return

    def watch() -> None:
        wait([giver.sentinel])
        if os.name == "posix":
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(PATIENCE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _leave(number: int, frame: object) -> None:
    del number, frame
    raise SystemExit(1)
