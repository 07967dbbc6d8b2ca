"""Diagnostics: what is wrong with a deck, where, and how to fix it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from slidegen.diagnostics.codes import Code, DiagnosticCode, Severity, all_codes
from slidegen.source import Span

__all__ = [
    "Code",
    "DeckError",
    "Diagnostic",
    "DiagnosticCode",
    "Reporter",
    "Severity",
    "all_codes",
    "in_reading_order",
]


class Diagnostic(Struct, frozen=True):
    """One mistake: what, where, and a hint what to do about it.

    `message` is one plain sentence without a full stop; `span` is None if it concerns no place in a text;
    `path` then names the file, if there is one.
    """

    code: DiagnosticCode
    message: str
    span: Span | None = None
    hint: str = ""
    path: str = ""

    @property
    def severity(self) -> Severity:
        """Whether the mistake stops its deck."""
        return self.code.severity


class DeckError(Exception):
    """A deck cannot be built; carries the diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Reporter(Struct):
    """Collects the diagnostics of one deck, each place once, since steps repeat their slide's mistakes."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    reports: int = 0
    """How often something was reported, including repetitions for the same place."""
    _seen: set[tuple[str, str, str, int]] = field(default_factory=set)
    _unwanted: Callable[[Diagnostic], bool] | None = None

    def silence(self, unwanted: Callable[[Diagnostic], bool]) -> None:
        """Drop unwanted diagnostics, both present and future ones."""
        self._unwanted = unwanted
        self.diagnostics[:] = [item for item in self.diagnostics if not unwanted(item)]

    def wants(self, item: Diagnostic) -> bool:
        """Whether a diagnostic is wanted rather than switched off."""
        return self._unwanted is None or not self._unwanted(item)

    def report(
        self, code: DiagnosticCode, message: str, span: Span | None = None, *, hint: str = "", path: str = ""
    ) -> None:
        """Add a diagnostic unless the same one has been reported for the same place."""
        self.reports += 1
        written = span.written if span is not None else None
        key = (
            code.number,
            message,
            written.source.path if written else path,
            written.start if written else -1,
        )
        if key not in self._seen:
            self._seen.add(key)
            item = Diagnostic(code, message, written, hint, path)
            if self.wants(item):
                self.diagnostics.append(item)

    def add(self, diagnostic: Diagnostic) -> None:
        """Add an existing diagnostic."""
        self.report(
            diagnostic.code, diagnostic.message, diagnostic.span, hint=diagnostic.hint, path=diagnostic.path
        )

    @property
    def failed(self) -> bool:
        """Whether there are errors."""
        return has_errors(self.diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them is an error, and not a warning."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def in_reading_order(diagnostic: Diagnostic) -> tuple[str, int]:
    """A key that sorts diagnostics by place, file by file; those without a place come first."""
    span = diagnostic.span
    return ("", -1) if span is None else (span.source.path, span.start)
