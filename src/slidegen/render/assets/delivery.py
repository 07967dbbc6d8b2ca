"""Resolves a reference to a file, and decides how the page gets it."""

from __future__ import annotations

import re
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from slidegen.diagnostics import Code, Reporter
from slidegen.media_types import LFS_POINTER, SHOWN_IMAGES, media_type
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
    is_local,
    is_remote,
    meant_address,
    read_reference,
)
from slidegen.render.assets.asset_css import Asset, hash_bytes
from slidegen.render.assets.copied_files import Copies
from slidegen.source import Span
from slidegen.spelling import suggest


class AssetUrl(Struct, frozen=True):
    """The page refers to the file by this URL, fragment included."""

    url: str


class Outcome(Enum):
    """What becomes of a reference that leads to no file."""

    KEPT = auto()
    """It stays as it is: a data URL, a page on the network, a place on the same page."""
    GONE = auto()
    """There is no such file, or it is of no use; this has been reported."""


class AssetKind(Enum):
    """What a file is needed as; the value is how a diagnostic names it."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    CAPTIONS = "captions"
    STYLE = "style sheet"
    SCRIPT = "script"
    FONT = "font"
    PAGE = "page"
    FILE = "file"
    LINK = "linked file"


class Clean(Protocol):
    """Takes out of files what the page is to be without."""

    def __call__(self, media_type: str, data: bytes, shown: str = "") -> bytes:
        """The bytes of a file of a media type, without that; `shown` is its path for diagnostics."""

    def data_url(self, url: str) -> str:
        """A `data:` URL, without that in the file that it holds."""


CLEANED = frozenset({".svg", ".css", ".js", ".mjs", ".html", ".htm", ".xhtml", ".vtt"})
"""Suffixes of files that may hold comments."""
LOOKED_AT = frozenset({AssetKind.IMAGE, AssetKind.CAPTIONS, AssetKind.SCRIPT})
"""What is looked at before it is copied beside the page."""
FETCHED = frozenset({AssetKind.IMAGE, AssetKind.STYLE, AssetKind.SCRIPT, AssetKind.FONT, AssetKind.FILE})
"""What is downloaded where downloading is asked for; films and pages stay where they are."""

FONTS = lazy_compile(r"font|typekit|[?&]family=", re.IGNORECASE)
"""What tells of a style sheet's address that it loads fonts."""

PLACE = lazy_compile(r"file:|~[\w.-]*[/\\]|[a-z]:(?:[/\\]|%5c)|\\\\|%5c%5c", re.IGNORECASE)
"""How the path of a file on a computer begins, wherever the deck is."""

ENCODING = lazy_compile(
    rb"charset[ \t]*=?[ \t]*[\"']?(iso-8859-\d\d?|latin-?1|windows-125\d|koi8-[ru]|macintosh|shift_jis|euc-(?:jp|kr)"
    rb"|gbk|gb2312|gb18030|big5)\b",
    re.IGNORECASE,
)
"""Where a style sheet or page says which of the encodings it has that are older than UTF-8."""


class AssetResolver(Struct):
    """Finds files, reads each once, and says what is wrong with references that lead to none."""

    files: Files
    reporter: Reporter
    copies: Copies
    embed: bool
    limit: int
    """Bytes; larger files are not embedded."""
    inline: bool = False
    """Whether every file becomes a data URL where it is used, as in a page within the page."""
    clean: Clean | None = None
    """Takes out of a file, by its media type, what the page is to be without."""
    _assets: dict[Path, Asset] = field(default_factory=dict)
    _copied: dict[Path, str] = field(default_factory=dict)
    _by_key: dict[str, Asset] = field(default_factory=dict)
    _warned: set[str] = field(default_factory=set)

    def deliver(
        self, written: str, base: Path, locate: Locate, kind: AssetKind
    ) -> Asset | AssetUrl | Outcome:
        """What a reference in the file `base` gives the page. Mistakes are reported."""
        reference = read_reference(written)
        if is_remote(written):
            found = self.fetched(written, base, locate, kind)
            if found is None:
                return Outcome.KEPT if absolute(written) == written else AssetUrl(absolute(written))
        elif not is_local(written):
            return self._kept(written)
        else:
            found = self.find(reference, base, locate, kind)
            if found is None:
                return Outcome.GONE
        if not self.embed and kind not in (AssetKind.STYLE, AssetKind.PAGE):
            copied = self._copy(found, written, base, locate, kind)
            return Outcome.GONE if copied is None else AssetUrl(copied + reference.fragment)
        if found.size > self.limit:
            self._warn_of_size(found, written, base, locate)
            return AssetUrl(self.copies.along(found.path) + reference.fragment)
        asset = self._read(found, written, base, locate, kind)
        if asset is None:
            return Outcome.GONE
        return AssetUrl(asset.url + reference.fragment) if self.inline else asset

    def _kept(self, written: str) -> AssetUrl | Outcome:
        """A reference that leads to no file; one that holds a file is clean."""
        clean = written if self.clean is None else self.clean.data_url(written)
        return Outcome.KEPT if clean == written else AssetUrl(clean)

    def find(self, reference: Reference, base: Path, locate: Locate, kind: AssetKind) -> FoundFile | None:
        """The file that a reference means; None, and a report, where there is none."""
        match self.files.find(reference.path, base):
            case FoundFile() as found:
                return found
            case MissingFile() as missing:
                self.report_missing(missing, reference, base, locate, kind)
            case OutsideProject() as outside:
                self.report_outside(outside, reference, base, locate)
        return None

    def fetched(self, written: str, base: Path, locate: Locate, kind: AssetKind) -> FoundFile | None:
        """The file that was downloaded for a reference; None, and a report, where it stays on the network."""
        if kind not in FETCHED:
            self.warn_of_remote(written, base, locate, kind)
            return None
        match self.files.fetch(absolute(written).strip().partition("#")[0], kind.value):
            case FoundFile() as found:
                return found
            case FetchFailed(why, hint):
                self._warn_of_unfetched(written, why, hint, base, locate, kind)
            case None:
                self.warn_of_remote(written, base, locate, kind)
        return None

    def is_there(self, reference: Reference, base: Path) -> bool:
        """Whether a reference leads to a file, without a report."""
        return isinstance(self.files.find(reference.path, base), FoundFile)

    def text(self, path: Path) -> str:
        """The text of a style sheet or page that was found; empty, and a report, where it cannot be read."""
        try:
            data = self.files.read(path)
        except OSError as error:
            self.reporter.report(Code.MISSING_ASSET, _unreadable(error), path=self.files.shown(path))
            return ""
        if self.clean is not None:
            data = self.clean(media_type(data, path.suffix), data, self.files.shown(path))
        return self._decoded(path, data).replace("\r\n", "\n")

    def _decoded(self, path: Path, data: bytes) -> str:
        """The text in the encoding that it says it has, as browsers read it; bytes that are no text are named."""
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            said = ENCODING.search(data[:1024])
            if said is not None:
                return _in_old_encoding(data, said[1].decode("ascii"))
            self._warn_of_encoding(path, data, error)
        return data.decode("utf-8-sig", "replace")

    def _warn_of_encoding(self, path: Path, data: bytes, error: UnicodeDecodeError) -> None:
        name, byte = self.files.shown(path), data[error.start]
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte {byte:#04x} in line {line}"
        hint = "save the file with the encoding UTF-8"
        self.reporter.report(Code.UNUSABLE_ASSET, message, path=name, hint=hint)

    def adopt(self, path: Path, kind_of_data: str, data: bytes) -> Asset:
        """An asset whose bytes were made from a file."""
        key = hash_bytes(data)
        return self._by_key.setdefault(key, Asset(key, path, kind_of_data, data))

    def warn_of_remote(
        self, written: str, base: Path, locate: Locate, kind: AssetKind = AssetKind.FILE
    ) -> None:
        """Say once for each URL, and once for all fonts, that the deck needs the network."""
        hint = "save a copy beside the deck and refer to that, or build with --fetch"
        if kind is AssetKind.PAGE:
            hint = "on paper, and without network, a card with its title and address stands in its place"
        elif kind not in FETCHED:
            hint = "save a copy beside the deck and refer to that"
        what = f"{_short(written)} is"
        if _holds_fonts(written, kind):
            host = absolute(written).partition("//")[2].partition("/")[0]
            what = f"fonts ({_short(host)}) are"
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
        """Whether nothing has been said yet of an address; fonts are said once, however many there are."""
        key = "fonts" if _holds_fonts(written, kind) else written
        known = key in self._warned
        self._warned.add(key)
        return not known

    def _warn_of_unfetched(
        self, written: str, why: str, hint: str, base: Path, locate: Locate, kind: AssetKind
    ) -> None:
        if self._is_new(written, kind):
            self.report(
                Code.NOT_FETCHED,
                f"{_short(written)} {why}, so the deck needs the network",
                written,
                base,
                locate,
                hint=hint or "save a copy beside the deck and refer to that",
            )

    def report_missing(
        self, missing: MissingFile, reference: Reference, base: Path, locate: Locate, kind: AssetKind
    ) -> None:
        """Say that a file is not there, and which is meant perhaps."""
        if kind is AssetKind.FONT and not self._is_new(str(missing.path), AssetKind.FILE):
            return  # many rules may name one file
        code = Code.MISSING_LINK if kind is AssetKind.LINK else Code.MISSING_ASSET
        name = _short(reference.path)
        if _is_place_on_computer(reference.written):
            message = f"{_short(reference.written)} is a place on one computer only"
            hint = "copy the file beside the deck, and write the path relative to the deck"
            if missing.near:
                hint = f"write {_short(missing.near)}"
        elif missing.folder:
            message, hint = f"{name} is a folder, not a file", ""
        else:
            message = f"there is no {'file' if kind is AssetKind.LINK else kind.value} {name}"
            near = missing.near or meant_address(reference.path, reference.written)
            hint = suggest(_short(near))
            if missing.only_case:
                hint = f"{missing.near} exists: upper and lower case matter on web servers"
        self.report(code, message, reference.written, base, locate, hint=hint)

    def report_outside(
        self, outside: OutsideProject, reference: Reference, base: Path, locate: Locate
    ) -> None:
        """Say that a file may not be read, and how to allow it."""
        self.report(
            Code.OUTSIDE_ROOT,
            f"{_short(reference.path)} is outside the project, {self.files.shown(self.files.root)}",
            reference.written,
            base,
            locate,
            hint=f"to allow it, write this line in {self.files.shown(self.files.root / 'slidegen.yml')}:\n"
            f'assets: {{allow: ["{outside.allow}"]}}',
        )

    def report(
        self, code: Code, message: str, written: str, base: Path, locate: Locate, *, hint: str = ""
    ) -> None:
        """Report a mistake at the place of a reference, or for its file where that cannot be told."""
        span: Span | None = locate(written)
        self.reporter.report(code, message, span, hint=hint, path="" if span else self.files.shown(base))

    def _warn_of_size(self, found: FoundFile, written: str, base: Path, locate: Locate) -> None:
        name = str(found.path)
        if name not in self._warned:
            self._warned.add(name)
            path = _short(read_reference(written).path)
            self.report(
                Code.TOO_LARGE,
                f"{path} is {_size(found.size)} large and stays a file beside the page",
                written,
                base,
                locate,
                hint=f"make it smaller, or raise embedLimit, which is {_size(self.limit)}",
            )

    def _read(
        self, found: FoundFile, written: str, base: Path, locate: Locate, kind: AssetKind
    ) -> Asset | None:
        """The asset in a file; None, and a report, where it is of no use."""
        asset = self._assets.get(found.path)
        if asset is None:
            try:
                data = self.files.read(found.path)
            except OSError as error:
                name = _short(read_reference(written).path)
                self.report(Code.MISSING_ASSET, f"{name} {_unreadable(error)}", written, base, locate)
                return None
            kind_of_data = media_type(data, found.path.suffix)
            if self.clean is not None:
                data = self.clean(kind_of_data, data, self.files.shown(found.path))
            if self.embed:
                asset = self._assets[found.path] = self.adopt(found.path, kind_of_data, data)
            else:  # only looked at
                asset = Asset("", found.path, kind_of_data, data)
        if self._is_useful(asset, written, base, locate, kind):
            return asset
        return None

    def _copy(
        self, found: FoundFile, written: str, base: Path, locate: Locate, kind: AssetKind
    ) -> str | None:
        """The URL of the file's copy; None, and a report, where it is of no use."""
        copied = self._copied.get(found.path)
        if copied is None:
            is_read = kind in LOOKED_AT and found.size <= self.limit
            if is_read and self._read(found, written, base, locate, kind) is None:
                return None
            try:
                copied = self._copied[found.path] = self._hashed(found.path)
            except OSError as error:
                name = _short(read_reference(written).path)
                self.report(Code.MISSING_ASSET, f"{name} {_unreadable(error)}", written, base, locate)
        return copied

    def _hashed(self, path: Path) -> str:
        """The URL of a file's copy, which is clean."""
        if self.clean is not None and path.suffix.lower() in CLEANED:
            data = self.files.read(path)
            left = self.clean(media_type(data, path.suffix), data, self.files.shown(path))
            return self.copies.hashed_bytes(path.name, left)
        return self.copies.hashed(path)

    def _is_useful(self, asset: Asset, written: str, base: Path, locate: Locate, kind: AssetKind) -> bool:
        fault = _fault(asset, kind)
        if fault is not None:
            message, hint = fault
            name = _short(read_reference(written).path)
            self.report(Code.UNUSABLE_ASSET, f"{name} {message}", written, base, locate, hint=hint)
        elif kind in (AssetKind.CAPTIONS, AssetKind.SCRIPT):
            self._decoded(asset.path, asset.data)
        return fault is None


def _in_old_encoding(data: bytes, name: str) -> str:
    try:
        return data.decode(name, "replace")
    except LookupError:  # ISO 8859 has parts 1 to 16 only
        return data.decode("latin-1")


def _holds_fonts(written: str, kind: AssetKind) -> bool:
    """Whether what an address leads to is a font, or a style sheet that loads some."""
    return kind is AssetKind.FONT or (kind is AssetKind.STYLE and FONTS.search(written) is not None)


def _fault(asset: Asset, kind: AssetKind) -> tuple[str, str] | None:
    """Why a file cannot serve as what it is needed as, and what to do about it."""
    if asset.data.startswith(LFS_POINTER):
        return "is only a pointer of Git LFS", "run `git lfs pull`"
    if kind is AssetKind.IMAGE and not asset.data:
        return "is empty", ""
    if kind is AssetKind.IMAGE and asset.media_type not in SHOWN_IMAGES:
        what = asset.media_type.rpartition("/")[2].removeprefix("x-").upper()
        if asset.media_type.startswith(("image/", "application/p")):
            return f"is no image that browsers show, but {what}", "convert it to SVG, PNG or JPEG"
        return "is no image", ""
    return None


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _is_place_on_computer(written: str) -> bool:
    """Whether a reference names a file by its place on the author's computer."""
    written = written.strip()
    if PLACE.match(written) is not None:
        return True
    return written.startswith("/") and not written.startswith("//") and _exists(Path(written))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or none
        return False


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:50]}…{text[-29:]}"


def _size(size: int) -> str:
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"
