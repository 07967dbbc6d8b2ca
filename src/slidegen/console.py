"""What the commands say on a terminal: diagnostics in colours, sizes, and how far a build is."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slidegen.diagnostics import Diagnostic

COLOURS = {"error": "red", "warning": "yellow", "place": None, "caret": "green", "hint": "cyan"}


class Progress:
    """A line on a terminal that says how far a build is, once it takes longer than a second."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *args: object) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Write the line."""
        if sys.stderr.isatty() and time.monotonic() - self.began > 1:
            self.shown = True
            click.echo(f"\r{text} …", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self.shown:
            self.shown = False
            click.echo("\r\x1b[K", nl=False, err=True, color=True)


def size_of(size: int) -> str:
    """A file's size as people read it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1000:.0f} KB"


def show(diagnostics: Iterable[Diagnostic], said: set[str] | None = None) -> None:
    """Print diagnostics on standard error, in colours on a terminal that has them.

    Those in `said` are left out and what is printed is added to it: a mistake in slidegen.yml is one mistake,
    however many pages it is in the way of.
    """
    from slidegen.diagnostics import format_diagnostic

    def style(text: str, role: str) -> str:
        return click.style(text, fg=COLOURS[role], bold=role != "hint")

    for diagnostic in diagnostics:
        text = format_diagnostic(diagnostic, style)
        if said is not None:
            if text in said:
                continue
            said.add(text)
        click.echo(text, err=True)  # click takes the colours away where standard error is no terminal
