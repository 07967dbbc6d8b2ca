"""Downloads that a project keeps, so that each file is fetched only once."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitError
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, field

from slidegen.diagnostics import DeckError
from slidegen.files.cache_folder import CACHE_FOLDER, make_folder
from slidegen.files.http_fetch import FetchError, FetchLimits, fetch
from slidegen.files.regular import read_regular
from slidegen.files.waiting import WaitingThreads
from slidegen.files.writing import write_file
from slidegen.json_data import read_json
from slidegen.media_types import SUFFIXES, UNKNOWN, media_type
from slidegen.references import FetchFailed, FoundFile
from slidegen.source import visible

DOWNLOADS_FOLDER = "fetched"
"""The folder of downloads in the project's `.slidegen`: an entry for each address, and the files."""
LARGEST_ENTRY = 1_000_000
"""Size limit of an entry, in bytes."""
AT_ONCE = 8
QUIET = 1.0
"""Seconds before a download is mentioned."""
PAGES = ("text/html", "application/xhtml+xml")
SCRIPTS = ("text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript")
SUFFIX_OF = {
    "text/css": ".css",
    **dict.fromkeys(SCRIPTS, ".js"),
    **{kind: suffix for suffix, kind in reversed(SUFFIXES.items())},
}


class Download(Struct, frozen=True):
    """A downloaded file."""

    path: Path
    size: int
    media_type: str
    address: str
    """Its address after redirects, which references in it are relative to."""


class Downloads(Struct):
    """Downloads what decks of one project refer to, several files at a time."""

    root: Path
    bounds: FetchLimits
    progress: bool = False
    """Whether to report on a terminal what slidegen is waiting for."""
    _running: dict[str, Future[Download | FetchFailed]] = field(default_factory=dict)
    _addresses: dict[Path, str] = field(default_factory=dict)
    _threads: WaitingThreads | None = None

    def begin(self, urls: Iterable[str]) -> None:
        """Start downloading, in the order given; asking for a file waits for it."""
        for url in urls:
            self._start(url)

    def __enter__(self) -> Downloads:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Stop waiting; no thread is left for worker processes to inherit, unless the command is being stopped."""
        if self._threads is not None:
            self._threads.__exit__(kind, error, trace)
            self._threads = None
            self._running = {url: each for url, each in self._running.items() if not each.cancelled()}

    def __reduce__(self) -> tuple[object, ...]:
        """Another process starts with what is on disk."""
        return Downloads, (self.root, self.bounds, self.progress)

    def get(self, url: str, kind: str) -> FoundFile | FetchFailed:
        """The file at an address, downloaded now or earlier, for use as an `image`, a `font` and so on."""
        got = self._wait(self._start(url), url)
        if isinstance(got, FetchFailed):
            return got
        wrong = _unfit(got.media_type, kind)
        if wrong:
            return FetchFailed(wrong)
        self._addresses[got.path] = got.address
        return FoundFile(got.path, got.size)

    def address(self, path: Path) -> str:
        """Where a file in the cache came from; empty for other files."""
        return self._addresses.get(path, "")

    def entry(self, url: str) -> Path:
        """The path of the entry for an address."""
        return self._folder / f"{_digest(url.encode())}.json"

    @property
    def _folder(self) -> Path:
        return self.root / CACHE_FOLDER / DOWNLOADS_FOLDER

    def _start(self, url: str) -> Future[Download | FetchFailed]:
        if url not in self._running:
            known = self._known(url)
            if known is not None:
                future: Future[Download | FetchFailed] = Future()
                future.set_result(known)
            else:
                self._threads = self._threads or WaitingThreads(AT_ONCE)
                future = self._threads.submit(self._download, url)
            self._running[url] = future
        return self._running[url]

    def _known(self, url: str) -> Download | None:
        """The result of an earlier download."""
        try:
            value = read_json(read_regular(self.entry(url), LARGEST_ENTRY))
            path = self._folder / str(value["file"])
            if value["url"] == url and path.parent == self._folder and path.stat().st_size == value["size"]:
                return Download(path, value["size"], str(value["type"]), str(value["address"]))
        except (OSError, ValueError, LookupError, TypeError):
            pass
        return None

    def _download(self, url: str) -> Download | FetchFailed:
        try:
            answer = fetch(url, self.bounds)
            found = _media_type(answer.data, answer.media_type, urlsplit(answer.address).path)
            suffix = SUFFIX_OF.get(found, "")
            # references in a style sheet are relative to its address
            apart = answer.address.encode() if found == "text/css" else b""
            path = self._folder / f"{_digest(apart + answer.data)}{suffix}"
            size = len(answer.data)
            make_folder(self.root)
            write_file(path, answer.data, self.root)
            value = {"url": url, "address": answer.address, "file": path.name, "type": found, "size": size}
            write_file(self.entry(url), json.dumps(value, indent=1).encode(), self.root)
            return Download(path, size, found, answer.address)
        except FetchError as error:
            hint = ""
            if error.host:
                hint = f'to allow it, write this line in slidegen.yml:\nassets: {{hosts: ["{error.host}"]}}'
            return FetchFailed(str(error), hint)
        except OSError as error:
            return FetchFailed(f"cannot be kept: {(error.strerror or str(error)).lower()}")
        except DeckError as error:
            return FetchFailed(f"cannot be kept: {error.diagnostic.path} {error.diagnostic.message}")

    def _wait(self, future: Future[Download | FetchFailed], url: str) -> Download | FetchFailed:
        try:
            return future.result(QUIET if self.progress and sys.stderr.isatty() else None)
        except WaitError:
            pass
        began = time.monotonic()
        try:
            while True:
                done = sum(each.done() for each in self._running.values())
                host = visible(url.partition("//")[2].partition("/")[0].rpartition("@")[2][:40])
                print(
                    f"\rfetching {done + 1} of {len(self._running)}: {host}\033[K",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )
                try:
                    return future.result(0.2)
                except WaitError:
                    if time.monotonic() - began > self.bounds.timeout * 10:
                        return FetchFailed("did not come")
        finally:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _media_type(data: bytes, declared: str, path: str) -> str:
    """A file's media type: by its bytes, else as the server says, else by its name."""
    detected = media_type(data, "")
    if detected != UNKNOWN:
        return detected
    if declared in SCRIPTS:
        return "text/javascript"
    if declared and declared not in ("text/plain", "application/octet-stream", "binary/octet-stream"):
        return declared
    return media_type(data, Path(path).suffix)


def _unfit(found: str, kind: str) -> str:
    """Why a file of this media type cannot be used as intended; empty if it can."""
    noun = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    if found in PAGES:
        return f"is a page, not {noun}"
    expected = {"image": "image/", "font": "font/"}.get(kind)
    if kind == "font" and found in ("application/vnd.ms-fontobject", "application/font-woff", UNKNOWN):
        return ""
    if expected and not found.startswith(expected):
        return f"is not {noun}, but {found}"
    if kind in ("style sheet", "script") and found.startswith(("image/", "font/", "video/", "audio/")):
        return f"is not {noun}, but {found}"
    return ""


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]
