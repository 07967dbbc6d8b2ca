"""Terminal output of the commands: coloured diagnostics, sizes and progress."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import TextIO

    from slidegen.diagnostics import Diagnostic

COLOURS = {"error": "red", "warning": "yellow", "place": None, "caret": "green", "hint": "cyan"}


STREAM_ERRORS = frozenset({errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EINVAL})
"""The errors of a stream that is full, or has no reader any more."""


class Stopped(SystemExit):
    """SIGTERM was received: everything is cleaned up as after Ctrl-C."""


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """While a command runs, let SIGTERM end it through all `finally` blocks."""

    def stop(number: int, frame: object) -> None:
        del frame
        raise Stopped(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def open_streams() -> None:
    """Open closed standard streams, so that no file opened later takes their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the first free number
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", write_through=True)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal; one that was closed when slidegen started is None, and is not."""
    return stream is not None and stream.isatty()


_failures: list[OSError] = []
"""The error of standard output, once there is one."""


def say(message: str, *, err: bool = False) -> None:
    """Print a message on one line; if nobody can read it, the command's work still counts."""
    from slidegen.source import on_one_line  # here, since it loads msgspec, which `--help` needs nowhere else

    _print(on_one_line(message), nl=True, err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a text of several lines, whose parts are on one line each."""
    for line in text.split("\n"):
        say(line, err=err)


def say_json(text: str) -> None:
    """Print values in JSON."""
    from slidegen.source import visible_json

    _print(visible_json(text), nl=True, err=False)


def _print(message: str, *, nl: bool, err: bool, color: bool | None = None) -> None:
    """Print text that may contain control sequences."""
    try:
        click.echo(message, nl=nl, err=err, color=color)
    except OSError as error:
        if not err:
            note_failure(error)


def note_failure(error: OSError) -> None:
    """Remember that standard output cannot be written, until `close_output` reports it."""
    _failures.append(error)


def open_in_browser(page: Path | str, hash: str = "") -> bool:
    """Open a file or an address in the user's browser; False if there is no graphical session."""
    if sys.platform.startswith("linux") and not any(
        map(
            os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
        )  # the last by editors on another machine
    ):
        return False  # otherwise a text browser would take over the terminal
    import webbrowser

    return webbrowser.open((page if isinstance(page, str) else page.absolute().as_uri()) + hash)


def write_out(data: bytes) -> None:
    """Write to standard output; raises OSError if that is closed or full."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def close_output() -> int:
    """Close the standard streams without messages from Python.

    Returns 1, with a message, if output was lost; a reader that closed the pipe may have read enough.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError as error:
            with suppress(OSError, ValueError):  # the rest cannot be written when Python ends, either
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            if stream is sys.stdout:
                note_failure(error)
    failed = next((error for error in _failures if error.errno != errno.EPIPE), None)
    _failures.clear()
    if failed is None:
        return 0
    reason = (failed.strerror or str(failed)).lower()
    say(f"standard output: cannot be written: {reason}", err=True)
    return 1


class Progress:
    """A line on a terminal that shows the progress of a build that takes longer than a second."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *args: object) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Write the line."""
        if is_terminal(sys.stderr) and time.monotonic() - self.began > 1:
            self.shown = True
            _print(f"\r{text} …", nl=False, err=True)

    def clear(self) -> None:
        """Erase the line before something else is written."""
        if self.shown:
            self.shown = False
            _print("\r\x1b[K", nl=False, err=True, color=True)


def size_of(size: int) -> str:
    """A file's size as people read it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1000))} KB"


def silent(message: str) -> None:
    """Prints nothing, where a caller wants no notices."""
    del message


def show(diagnostics: Iterable[Diagnostic], shown: set[str] | None = None) -> None:
    """Print diagnostics to standard error, with colours on a terminal that supports them.

    Those in `shown` are omitted, and printed ones are added to it: a mistake in slidegen.yml is one mistake,
    however many pages it affects.
    """
    from slidegen.diagnostics.formatting import format_diagnostic

    def style(text: str, role: str) -> str:
        return click.style(text, fg=COLOURS[role], bold=role != "hint")

    for diagnostic in diagnostics:
        text = format_diagnostic(diagnostic, style)
        if shown is not None:
            if text in shown:
                continue
            shown.add(text)
        _print(text, nl=True, err=True)  # click removes the colours if standard error is not a terminal
