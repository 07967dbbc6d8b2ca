"""Rewrites links from slides to other decks and files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath
from urllib.parse import quote, unquote

from msgspec import Struct
from msgspec.structs import replace

from slidegen.diagnostics import Code
from slidegen.references import FoundFile, Locate, MissingFile, Reference, absolute, is_local, read_reference
from slidegen.render.assets.asset_kinds import AssetKind
from slidegen.render.assets.asset_reports import short
from slidegen.render.assets.copied_files import Copies
from slidegen.render.assets.delivery import AssetResolver
from slidegen.spelling import suggest

PAGE_SUFFIXES = (".html", ".htm")
DECK_SUFFIXES = (".md", ".markdown", ".Rmd")


class Links(Struct, frozen=True):
    """Makes links lead to built pages, and to copies of other files."""

    delivery: AssetResolver
    copies: Copies
    page: Path | None
    """The page with the links; None if it becomes no file."""
    pages: Mapping[Path, Path]
    """The page of each deck, by the deck's own absolute path with links resolved."""

    def link(self, written: str, base: Path, locate: Locate) -> str | None:
        """What a link in the file `base` becomes; None if it stays. A missing file is reported."""
        if not is_local(written):
            self.delivery.reports.warn_of_scheme(written, base, locate, AssetKind.LINK)
            return None if absolute(written) == written else absolute(written)
        reference = read_reference(written)
        if len(reference.fragment) > 1:
            self._check_slide(reference, base, locate)
        to_page = self.to_page(written, base)
        if to_page is not None:
            return to_page
        found = self.delivery.find(reference, base, locate, AssetKind.LINK)
        return None if found is None else self.delivery.along(found.path) + reference.fragment

    def _check_slide(self, reference: Reference, base: Path, locate: Locate) -> None:
        """Report a link to a slide that another deck does not have."""
        for path in _meanings(reference.path):
            found = self.delivery.files.find(path, base)
            if isinstance(found, FoundFile) and found.path.suffix in DECK_SUFFIXES:
                from slidegen.render.assets.slide_names import lacks_slide, near_slides

                text = self.delivery.text(found.path)
                name = unquote(reference.fragment[1:])
                if lacks_slide(text, name):
                    near = (f"{reference.path}#{each}" for each in near_slides(text, name))
                    hint = suggest(*near, otherwise="give the slide it should lead to a `name:`")
                    message = f"no slide of {short(reference.path)} has the name {short(name)}"
                    self.delivery.reports.report(
                        Code.UNKNOWN_SLIDE, message, reference.written, base, locate, hint=hint
                    )
                return

    def to_page(self, written: str, base: Path) -> str | None:
        """The URL of the built page that a reference means; None if it means none."""
        if not is_local(written):
            return None
        reference = read_reference(written)
        built = self._page(reference, base)
        if built is None or self.page is None:
            return written if built is not None else None
        target = PurePath(os.path.relpath(built, self.page.parent)).as_posix()
        return quote(target) + reference.query + reference.fragment

    def _page(self, reference: Reference, base: Path) -> Path | None:
        """The built page for a reference to a deck, to its page or to its folder."""
        for path in _meanings(reference.path):
            found = self.delivery.files.find(path, base)
            if isinstance(found, FoundFile) and found.path in self.pages:
                return self.pages[found.path]
            if path == reference.path and isinstance(found, MissingFile) and found.folder:
                index = replace(reference, path=path.rstrip("/") + "/index.html")
                return self._page(index, base)
        return None


def _meanings(path: str) -> list[str]:
    """The deck sources that a link may mean, starting with what is written."""
    stem, dot, suffix = path.rpartition(".")
    if f".{suffix.lower()}" in PAGE_SUFFIXES and dot:
        return [path, *(stem + deck for deck in DECK_SUFFIXES)]
    return [path]
