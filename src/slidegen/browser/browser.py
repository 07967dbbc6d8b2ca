"""One browser for a whole command, with a small pool of pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from slidegen.browser.connection import CommandError, Connection, EndedError
from slidegen.browser.find import VARIABLE, find_browser
from slidegen.browser.page import Page
from slidegen.browser.process import BrowserProcess
from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.terminal_output import silent

T = TypeVar("T")
R = TypeVar("R")

OLDEST = 124
"""The oldest version of Chromium that supports everything slidegen uses."""
START_TIMEOUT = 60.0
PAGES = 2
"""How many pages work at once. More would be no faster: a single Chromium process feeds them all."""


class Browser:
    """A running browser; its temporary files are in `folder`.

    It starts in the background: the first page is opened in advance, and errors of the
    browser are raised when that page is requested.
    """

    def __init__(self, process: BrowserProcess, connection: Connection) -> None:
        self._process = process
        self._connection = connection
        self.folder = process.folder
        starter = ThreadPoolExecutor(1, "browser")
        self._ready = starter.submit(self._start)
        starter.shutdown(wait=False)

    @contextmanager
    def page(self, folder: Path, width: int = 1210, height: int = 681, scale: float = 1) -> Iterator[Page]:
        """Open a page of this size in CSS pixels, isolated from other pages; it is closed afterwards.

        It can read only those files of this computer that are below `folder`.
        """
        ready = self._ready.result()
        try:
            opened = ready.pop()
        except IndexError:
            opened = self._open()
        context, target, page = opened
        try:
            page.restrict(folder, target)
            page.size(width, height, scale)
            yield page
        finally:
            with suppress(EndedError, TimeoutError, CommandError):
                self._connection.call(
                    "Target.disposeBrowserContext", {"browserContextId": context}, timeout=10
                )

    def _start(self) -> list[tuple[str, str, Page]]:
        """Open the first page; raises DeckError for an old browser."""
        check_version(self._process, self._connection)
        return [self._open()]

    def _open(self) -> tuple[str, str, Page]:
        """Open a page; returns it with the ids of its context and its target."""
        try:
            context = self._connection.call("Target.createBrowserContext")["browserContextId"]
            wanted = {"url": "about:blank", "browserContextId": context}
            target = self._connection.call("Target.createTarget", wanted)["targetId"]
            attached = self._connection.call("Target.attachToTarget", {"targetId": target, "flatten": True})
        except (EndedError, TimeoutError, CommandError) as error:
            raise self.ended() or failed(self._process, "the browser opens no page") from error
        page = Page(self._connection, attached["sessionId"], self.ended)
        for domain in ("Page", "Runtime", "Network", "Inspector"):
            page.call(f"{domain}.enable")
        page.call(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=0,
            uploadThroughput=0,
        )
        return context, target, page

    def map(
        self, work: Callable[[Browser, T], R], items: Sequence[T], at_once: int = PAGES
    ) -> Generator[R, None, None]:
        """Yield the results of `work` in the order of the items, working on several at once in pages of their own."""
        at_once = min(at_once, len(items), (os.cpu_count() or 1))
        if at_once < 2:
            yield from (work(self, item) for item in items)
            return
        with ThreadPoolExecutor(at_once) as pool:
            waiting: list[Future[R]] = [pool.submit(work, self, item) for item in items]
            try:
                for each in waiting:
                    yield each.result()
            except BaseException:
                for each in waiting:
                    each.cancel()
                self._process.hang_up()  # so that no caller waits for an answer
                raise

    def ended(self) -> DeckError | None:
        """The error to report if the browser has ended by itself, else None."""
        self._connection.join(0.2)  # a page notices the end before the browser does
        return failed(self._process, "the browser has crashed") if self._connection.is_ended else None


@contextmanager
def open_browser(
    beside: Path, chosen: str | None = None, say: Callable[[str], None] = silent
) -> Iterator[Browser]:
    """Run a browser while the context is open, with its temporary files in a folder below `beside`.

    `chosen` names the browser; `say` receives notices for the user. Raises DeckError if there is none; requesting
    a page does if it does not start, or is too old.
    """
    process = BrowserProcess(find_browser(chosen), beside)
    try:
        if not process.is_sandboxed:
            say("you are root, so the browser runs without its sandbox")
        yield Browser(process, Connection(process))
    finally:
        process.end()


def check_version(process: BrowserProcess, connection: Connection) -> None:
    """Raise DeckError if the browser does not start, or is too old."""
    try:
        product = connection.call("Browser.getVersion", timeout=START_TIMEOUT)["product"]
    except TimeoutError as error:
        raise failed(process, f"the browser has not answered for {START_TIMEOUT:g} seconds") from error
    except EndedError as error:
        raise failed(process, "the browser does not start") from error
    name, _, version = product.partition("/")
    major = version.partition(".")[0]
    if not major.isdigit() or int(major) < OLDEST:
        message = f"this browser is too old: it is {name} {version}, and slidegen needs {OLDEST} or newer"
        hint = f"update it, or choose another one with --browser PATH or {VARIABLE}"
        raise DeckError(Diagnostic(Code.BROWSER_FAILED, message, path=str(process.program), hint=hint))


def failed(process: BrowserProcess, message: str) -> DeckError:
    """An error that quotes the browser's last words on standard error."""
    lines = [line.strip() for line in process.errors().splitlines() if line.strip()]
    if any("No usable sandbox" in line for line in lines):
        message += ": this system does not let it use its sandbox"
        hint = "allow user namespaces, or run slidegen as a separate user in a container"
    elif lines:
        hint = f"it said: {lines[-1][:300]}"
    else:
        hint = f"try it by hand, or choose another one with --browser PATH or {VARIABLE}"
    return DeckError(Diagnostic(Code.BROWSER_FAILED, message, path=str(process.program), hint=hint))
