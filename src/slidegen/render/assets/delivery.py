"""Resolves a reference to a file, and decides how the page gets it."""

from __future__ import annotations

import re
from pathlib import Path

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
    read_reference,
)
from slidegen.render.assets.asset_css import Asset, hash_bytes
from slidegen.render.assets.asset_kinds import FETCHED, AssetKind, AssetUrl, Clean, Outcome
from slidegen.render.assets.asset_reports import AssetReports, short, unreadable
from slidegen.render.assets.copied_files import Copies

CLEANED = frozenset({".svg", ".css", ".js", ".mjs", ".html", ".htm", ".xhtml", ".vtt"})
"""Suffixes of files that may contain comments."""
LOOKED_AT = frozenset({AssetKind.IMAGE, AssetKind.CAPTIONS, AssetKind.SCRIPT})
"""What is checked before it is copied beside the page."""
ENCODING = lazy_compile(
    rb"charset[ \t]*=?[ \t]*[\"']?(iso-8859-\d\d?|latin-?1|windows-125\d|koi8-[ru]|macintosh|shift_jis|euc-(?:jp|kr)"
    rb"|gbk|gb2312|gb18030|big5)\b",
    re.IGNORECASE,
)
"""Where a style sheet or page declares an encoding older than UTF-8."""


class AssetResolver(Struct):
    """Finds files, reads each once, and reports what is wrong with references."""

    files: Files
    reporter: Reporter
    copies: Copies
    embed: bool
    limit: int
    """Size limit for embedded files, in bytes."""
    reports: AssetReports
    """Reports what is wrong with references."""
    inline: bool = False
    """Whether every file becomes a data URL where it is used, as in a page within the page."""
    clean: Clean | None = None
    """Removes from a file of some media type what the page should not contain."""
    _assets: dict[Path, Asset] = field(default_factory=dict)
    _copied: dict[Path, str] = field(default_factory=dict)
    _by_key: dict[str, Asset] = field(default_factory=dict)

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
            self.reports.warn_of_scheme(written, base, locate, kind)
            return self._kept(written)
        else:
            found = self.find(reference, base, locate, kind)
            if found is None:
                return Outcome.GONE
        if not self.embed and kind not in (AssetKind.STYLE, AssetKind.PAGE):
            copied = self._copy(found, written, base, locate, kind)
            return Outcome.GONE if copied is None else AssetUrl(copied + reference.fragment)
        if found.size > self.limit:
            self.reports.warn_of_size(found, written, base, locate)
            return AssetUrl(self.along(found.path) + reference.fragment)
        asset = self._read(found, written, base, locate, kind)
        if asset is None:
            return Outcome.GONE
        return AssetUrl(asset.url + reference.fragment) if self.inline else asset

    def _kept(self, written: str) -> AssetUrl | Outcome:
        """A reference that does not lead to a file; one that contains a file is cleaned."""
        clean = written if self.clean is None else self.clean.data_url(written)
        return Outcome.KEPT if clean == written else AssetUrl(clean)

    def find(self, reference: Reference, base: Path, locate: Locate, kind: AssetKind) -> FoundFile | None:
        """The file that a reference names; None, with a report, if there is none."""
        match self.files.find(reference.path, base):
            case FoundFile() as found:
                return found
            case MissingFile() as missing:
                self.reports.report_missing(missing, reference, base, locate, kind)
            case OutsideProject() as outside:
                self.reports.report_outside(outside, reference, base, locate)
        return None

    def fetched(self, written: str, base: Path, locate: Locate, kind: AssetKind) -> FoundFile | None:
        """The file that was downloaded for a reference; None, with a report, if it stays on the network."""
        if kind not in FETCHED:
            self.reports.warn_of_remote(written, base, locate, kind)
            return None
        match self.files.fetch(absolute(written).strip().partition("#")[0], kind.value):
            case FoundFile() as found:
                return found
            case FetchFailed() as failed:
                self.reports.warn_of_unfetched(written, failed, base, locate, kind)
            case None:
                self.reports.warn_of_remote(written, base, locate, kind)
        return None

    def is_there(self, reference: Reference, base: Path) -> bool:
        """Whether a reference leads to a file, without a report."""
        return isinstance(self.files.find(reference.path, base), FoundFile)

    def text(self, path: Path) -> str:
        """The text of a style sheet or page that was found; empty, with a report, if it cannot be read."""
        try:
            data = self.files.read(path)
        except OSError as error:
            self.reporter.report(Code.MISSING_ASSET, unreadable(error), path=self.files.shown(path))
            return ""
        if self.clean is not None:
            data = self.clean(media_type(data, path.suffix), data, self.files.shown(path))
        return self._decoded(path, data).replace("\r\n", "\n")

    def _decoded(self, path: Path, data: bytes) -> str:
        """The text in its declared encoding, as browsers read it; invalid bytes are reported."""
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            declared = ENCODING.search(data[:1024])
            if declared is not None:
                return _in_old_encoding(data, declared[1].decode("ascii"))
            self.reports.warn_of_encoding(path, data, error)
        return data.decode("utf-8-sig", "replace")

    def adopt(self, path: Path, kind_of_data: str, data: bytes) -> Asset:
        """An asset whose bytes were made from a file."""
        key = hash_bytes(data)
        return self._by_key.setdefault(key, Asset(key, path, kind_of_data, data))

    def _read(
        self, found: FoundFile, written: str, base: Path, locate: Locate, kind: AssetKind
    ) -> Asset | None:
        """The asset in a file; None, with a report, if it is unusable."""
        asset = self._assets.get(found.path)
        if asset is None:
            try:
                data = self.files.read(found.path)
            except OSError as error:
                name = short(read_reference(written).path)
                self.reports.report(Code.MISSING_ASSET, f"{name} {unreadable(error)}", written, base, locate)
                return None
            kind_of_data = media_type(data, found.path.suffix)
            if self.clean is not None:
                data = self.clean(kind_of_data, data, self.files.shown(found.path))
            if self.embed:
                asset = self._assets[found.path] = self.adopt(found.path, kind_of_data, data)
            else:  # only checked
                asset = Asset("", found.path, kind_of_data, data)
        if self._is_useful(asset, written, base, locate, kind):
            return asset
        return None

    def _copy(
        self, found: FoundFile, written: str, base: Path, locate: Locate, kind: AssetKind
    ) -> str | None:
        """The URL of the file's copy; None, with a report, if it is unusable."""
        copied = self._copied.get(found.path)
        if copied is None:
            is_read = kind in LOOKED_AT and found.size <= self.limit
            if is_read and self._read(found, written, base, locate, kind) is None:
                return None
            try:
                copied = self._copied[found.path] = self._hashed(found.path)
            except OSError as error:
                name = short(read_reference(written).path)
                self.reports.report(Code.MISSING_ASSET, f"{name} {unreadable(error)}", written, base, locate)
        return copied

    def along(self, path: Path) -> str:
        """The URL of a file's copy with a readable name, which is cleaned."""
        if self.clean is None:
            return self.copies.along(path)
        try:
            data = self.files.read(path)
        except OSError:  # reported when it is copied
            return self.copies.along(path)
        shown = self.files.shown(path)
        self.clean.look(data, path.suffix, shown)
        left = data
        if path.suffix.lower() in CLEANED:
            left = self.clean(media_type(data, path.suffix), data, shown)
        return self.copies.along(path, None if left is data else left)

    def _hashed(self, path: Path) -> str:
        """The URL of a file's copy, which is cleaned."""
        if self.clean is not None and path.suffix.lower() in CLEANED:
            data = self.files.read(path)
            left = self.clean(media_type(data, path.suffix), data, self.files.shown(path))
            return self.copies.hashed_bytes(path.name, left)
        return self.copies.hashed(path)

    def _is_useful(self, asset: Asset, written: str, base: Path, locate: Locate, kind: AssetKind) -> bool:
        fault = _fault(asset, kind)
        if fault is not None:
            message, hint = fault
            name = short(read_reference(written).path)
            self.reports.report(Code.UNUSABLE_ASSET, f"{name} {message}", written, base, locate, hint=hint)
        elif kind in (AssetKind.CAPTIONS, AssetKind.SCRIPT):
            self._decoded(asset.path, asset.data)
        return fault is None


def _in_old_encoding(data: bytes, name: str) -> str:
    try:
        return data.decode(name, "replace")
    except LookupError:  # ISO 8859 has parts 1 to 16 only
        return data.decode("latin-1")


def _fault(asset: Asset, kind: AssetKind) -> tuple[str, str] | None:
    """Why a file cannot be used as intended, and what to do about it."""
    if asset.data.startswith(LFS_POINTER):
        return "is only a pointer of Git LFS", "run `git lfs pull`"
    if kind is AssetKind.IMAGE and not asset.data:
        return "is empty", ""
    if kind is AssetKind.IMAGE and asset.media_type not in SHOWN_IMAGES:
        what = asset.media_type.rpartition("/")[2].removeprefix("x-").upper()
        if asset.media_type.startswith(("image/", "application/p")):
            return f"is not an image that browsers can show, but {what}", "convert it to SVG, PNG or JPEG"
        return "is not an image", ""
    return None
