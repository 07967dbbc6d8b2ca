"""Reports what is wrong with references to files: missing, too large, outside the project or on the network."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct, field

from slidegen.diagnostics import Code, DiagnosticCode, Reporter
from slidegen.patterns import lazy_compile
from slidegen.references import (
    FetchFailed,
    Files,
    FoundFile,
    Locate,
    MissingFile,
    OutsideProject,
    Reference,
    absolute,
    meant_address,
    meant_scheme,
    read_reference,
)
from slidegen.render.assets.asset_kinds import FETCHED, AssetKind
from slidegen.source import Span
from slidegen.spelling import suggest

FONTS = lazy_compile(r"font|typekit|[?&]family=", re.IGNORECASE)
"""Suggests that a style sheet's address loads fonts."""

PLACE = lazy_compile(r"file:|~[\w.-]*[/\\]|[a-z]:(?:[/\\]|%5c)|\\\\|%5c%5c", re.IGNORECASE)
"""How a path on a particular computer begins."""


class AssetReports(Struct):
    """Reports the mistakes in one page's references, each once."""

    files: Files
    reporter: Reporter
    limit: int
    """Size limit for embedded files, in bytes."""
    _warned: set[str] = field(default_factory=set)

    def warn_of_remote(
        self, written: str, base: Path, locate: Locate, kind: AssetKind = AssetKind.FILE
    ) -> None:
        """Report that the deck needs the network, once for each URL, and once for all fonts."""
        hint = "save a copy next to the deck and use that, or build with --fetch"
        if kind is AssetKind.PAGE:
            hint = "on paper and offline, a card with its title and address takes its place"
        elif kind not in FETCHED:
            hint = "save a copy next to the deck and use that"
        what = f"{short(written)} is"
        if _holds_fonts(written, kind):
            host = absolute(written).partition("//")[2].partition("/")[0]
            what = f"fonts ({short(host)}) are"
            hint = "build with --fetch to have them in the page, or name fonts that your computers have"
        if self._is_new(written, kind):
            self.report(
                Code.REMOTE_ASSET,
                f"{what} loaded from the network, so the deck needs it",
                written,
                base,
                locate,
                hint=hint,
            )

    def _is_new(self, written: str, kind: AssetKind) -> bool:
        """Whether an address has not been reported yet; fonts are reported once, however many there are."""
        key = "fonts" if _holds_fonts(written, kind) else written
        known = key in self._warned
        self._warned.add(key)
        return not known

    def warn_of_unfetched(
        self, written: str, failed: FetchFailed, base: Path, locate: Locate, kind: AssetKind
    ) -> None:
        """Report that a file cannot be downloaded, and why."""
        if self._is_new(written, kind):
            self.report(
                Code.NOT_FETCHED,
                f"{short(written)} {failed.why}, so the deck needs the network",
                written,
                base,
                locate,
                hint=failed.hint or "save a copy next to the deck and use that",
            )

    def report_missing(
        self, missing: MissingFile, reference: Reference, base: Path, locate: Locate, kind: AssetKind
    ) -> None:
        """Report a missing file, and which one is probably meant."""
        if kind is AssetKind.FONT and not self._is_new(str(missing.path), AssetKind.FILE):
            return  # many rules may name one file
        code = Code.MISSING_LINK if kind is AssetKind.LINK else Code.MISSING_ASSET
        name = short(reference.path)
        if _is_place_on_computer(reference.written):
            message = f"{short(reference.written)} exists on one computer only"
            hint = "copy the file next to the deck, and write its path relative to the deck"
            if missing.near:
                hint = f"write {short(missing.near)}"
        elif missing.folder:
            message, hint = f"{name} is a folder, not a file", ""
        else:
            message = f"there is no {'file' if kind is AssetKind.LINK else kind.value} {name}"
            near = missing.near or meant_address(reference.path, reference.written)
            hint = suggest(short(near))
            if missing.only_case:
                hint = f"{missing.near} exists: upper and lower case matter on web servers"
        self.report(code, message, reference.written, base, locate, hint=hint)

    def warn_of_scheme(self, written: str, base: Path, locate: Locate, kind: AssetKind) -> None:
        """Report a scheme that is probably misspelt, such as `htps:`."""
        meant = meant_scheme(written)
        if meant:
            code = Code.MISSING_LINK if kind is AssetKind.LINK else Code.MISSING_ASSET
            scheme, _, rest = written.strip().partition(":")
            message = f"no address begins with {scheme}:"
            self.report(code, message, written, base, locate, hint=suggest(short(f"{meant}:{rest}")))

    def report_outside(
        self, outside: OutsideProject, reference: Reference, base: Path, locate: Locate
    ) -> None:
        """Report that a file may not be read, and how to allow it."""
        self.report(
            Code.OUTSIDE_ROOT,
            f"{short(reference.path)} is outside the project, {self.files.shown(self.files.root)}",
            reference.written,
            base,
            locate,
            hint=f"to allow it, write this line in {self.files.shown(self.files.root / 'slidegen.yml')}:\n"
            f'assets: {{allow: ["{outside.allow}"]}}',
        )

    def report(
        self, code: DiagnosticCode, message: str, written: str, base: Path, locate: Locate, *, hint: str = ""
    ) -> None:
        """Report a mistake at the place of a reference, or for its file if the place is unknown."""
        span: Span | None = locate(written)
        self.reporter.report(code, message, span, hint=hint, path="" if span else self.files.shown(base))

    def warn_of_size(self, found: FoundFile, written: str, base: Path, locate: Locate) -> None:
        """Report once that a file is too large to embed."""
        name = str(found.path)
        if name not in self._warned:
            self._warned.add(name)
            path = short(read_reference(written).path)
            self.report(
                Code.TOO_LARGE,
                f"{path} ({_size(found.size)}) is too large to embed, so it stays a file next to the page",
                written,
                base,
                locate,
                hint=f"make it smaller, or raise embedLimit, which is {_size(self.limit)}",
            )

    def warn_of_brace(self, brace: Span) -> None:
        """Report once a brace of a style sheet that has no other end."""
        name = f"{brace.source.path}:{brace.start}"
        if name not in self._warned:
            self._warned.add(name)
            opens = brace.text == "{"
            message = (
                "nothing closes this brace, so the rules below it belong to this one"
                if opens
                else "this brace closes nothing, so the rule below it does not apply"
            )
            hint = "write } at the end of the rule" if opens else "remove it"
            self.reporter.report(Code.BRACE_IN_CSS, message, brace, hint=hint)

    def warn_of_encoding(self, path: Path, data: bytes, error: UnicodeDecodeError) -> None:
        """Report that a file is not UTF-8 text, and where."""
        name, byte = self.files.shown(path), data[error.start]
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte {byte:#04x} in line {line}"
        hint = "save the file with the encoding UTF-8"
        self.reporter.report(Code.UNUSABLE_ASSET, message, path=name, hint=hint)


def _holds_fonts(written: str, kind: AssetKind) -> bool:
    """Whether an address leads to a font, or to a style sheet that loads some."""
    return kind is AssetKind.FONT or (kind is AssetKind.STYLE and FONTS.search(written) is not None)


def unreadable(error: OSError) -> str:
    """Why a file cannot be read, in words that follow its name."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _is_place_on_computer(written: str) -> bool:
    """Whether a reference names a file by its path on the author's computer."""
    written = written.strip()
    if PLACE.match(written) is not None:
        return True
    return written.startswith("/") and not written.startswith("//") and _exists(Path(written))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long or empty
        return False


def short(text: str) -> str:
    """A reference on one line, shortened in the middle if it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:50]}…{text[-29:]}"


def _size(size: int) -> str:
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"
