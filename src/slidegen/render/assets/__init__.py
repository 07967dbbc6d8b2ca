"""The files that a deck uses: each is embedded once, or copied beside the page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from slidegen.diagnostics import Reporter
from slidegen.references import (
    Files,
    FoundFile,
    Locate,
    MissingFile,
    OutsideProject,
    is_remote,
    read_reference,
)
from slidegen.render.assets.asset_css import Asset, AssetSheet, hash_bytes
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl, Clean, Outcome
from slidegen.render.assets.asset_reports import AssetReports
from slidegen.render.assets.copied_files import Copies, Copy
from slidegen.render.assets.css import CssRewriter, remote_import
from slidegen.render.assets.delivery import AssetResolver
from slidegen.render.assets.first_use import FirstUseInliner
from slidegen.render.assets.html import rewrite_document, rewrite_fragment, rewrite_style
from slidegen.render.assets.images import PictureRewriter
from slidegen.render.assets.links import Links
from slidegen.render.assets.rewrite_context import RewriteTools
from slidegen.render.assets.sprites import Sprites
from slidegen.source import Source, Span

__all__ = [
    "AssetKind",
    "Assets",
    "Copy",
    "Files",
    "FoundFile",
    "Locate",
    "MissingFile",
    "OutsideProject",
    "hash_bytes",
]


class Assets:
    """The files of one deck's page.

    First, `html`, `style` and `css` rewrite the deck and its style sheets, in any order; then
    `place` processes the page's HTML once, in order; then `sheet`, `symbols`, `unplaced` and `copies`
    return what goes to the page's end and beside it.
    """

    def __init__(
        self,
        files: Files,
        reporter: Reporter,
        *,
        deck: Path,
        embed: bool = True,
        limit: int = 20_000_000,
        page: Path | None = None,
        pages: Mapping[Path, Path] | None = None,
        slide_width: float = 908,
        clean: Clean | None = None,
    ) -> None:
        """`deck` is the deck's absolute path; `page` its page, or None if it becomes no file.

        `pages` maps each deck of the project, by its own absolute path with links resolved, to its page;
        `limit` is in bytes. Without `embed`, files go beside the page. `clean` removes from files what
        the page should not contain.
        """
        pages = pages or {}
        copies = Copies(files, deck, frozenset(pages.values()), page)
        delivery = AssetResolver(
            files=files,
            reporter=reporter,
            copies=copies,
            embed=embed,
            limit=limit,
            reports=AssetReports(files, reporter, limit),
            clean=clean,
        )
        self._sheet = AssetSheet()
        self._css = CssRewriter(delivery, self._sheet)
        self._placing = FirstUseInliner()
        self._sprites = Sprites()
        self._copies = copies
        self._delivery = delivery
        self._tools = RewriteTools(
            delivery=delivery,
            css=self._css,
            placing=self._placing,
            sprites=self._sprites,
            links=Links(delivery, copies, page, pages),
            pictures=PictureRewriter(delivery, self._sheet, slide_width) if embed else None,
            document=rewrite_document,
        )

    def html(self, html: str, base: Path, locate: Locate) -> str:
        """A slide's HTML, written in the file `base`, balanced and with all references resolved.

        Empty paragraphs are removed, as in remark. `locate` returns the place of a reference, given as written.
        """
        return rewrite_fragment(self._tools, html, base, locate)

    def style(self, declarations: str, base: Path, locate: Locate) -> str:
        """The value of a `style` attribute."""
        if "url(" not in declarations.lower():
            return declarations
        return rewrite_style(self._tools, declarations, base, locate)

    @property
    def files(self) -> Files:
        """Finds and reads the files that references name."""
        return self._delivery.files

    def css(self, css: str, base: Path, locate: Locate) -> str:
        """A style sheet's text with its imports inserted."""
        return self._css.text(css, base, locate)

    def file_css(self, path: Path) -> str:
        """The style sheet in a file, with its imports inserted."""
        return self._css.file_text(path)

    def css_file(self, reference: str, base: Path, locate: Locate) -> str | None:
        """The style sheet that a reference names; None, with a report, if there is none."""
        if is_remote(reference):
            fetched = self._delivery.fetched(reference, base, locate, AssetKind.STYLE)
            return remote_import(reference) if fetched is None else self._css.file_text(fetched.path)
        found = self._delivery.find(read_reference(reference), base, locate, AssetKind.STYLE)
        return None if found is None else self._css.file_text(found.path)

    def html_file(self, reference: str, base: Path, locate: Locate) -> str | None:
        """The HTML in the file that a reference names, processed by `html`; None, with a report, if there is none."""
        if is_remote(reference):
            self._delivery.reports.warn_of_remote(reference, base, locate, AssetKind.LINK)
            return None
        found = self._delivery.find(read_reference(reference), base, locate, AssetKind.PAGE)
        if found is None:
            return None
        source = Source(self._delivery.files.shown(found.path), self._delivery.text(found.path))
        return self.html(source.text, found.path, Span(source, 0, len(source.text)).find)

    def url(
        self, reference: str, base: Path, locate: Locate, kind: AssetKind = AssetKind.IMAGE
    ) -> str | None:
        """A URL for a file that is used once, such as the page's icon; None if it is missing.

        A network reference stays.
        """
        match self._delivery.deliver(reference, base, locate, kind):
            case Asset() as asset:
                return asset.url
            case AssetUrl(url):
                return url
            case Outcome.KEPT:
                return reference
        return None

    def place(self, html: str) -> str:
        """The next part of the page, with videos and scripts inserted where they are first used."""
        return self._placing.place(html)

    def rules(self) -> Iterator[str]:
        """The style rules that contain the bytes, in pieces; none of them ends its `<style>` element."""
        return self._sheet.rules()

    def sheet(self) -> str:
        """The style rules that contain the bytes, for a `<style>` after the slides; may be empty."""
        return "".join(self.rules())

    def rules_for(self, keys: Collection[str], longest: int) -> Iterator[str]:
        """The style rules for some assets by their keys, for a page that shows a part of this one."""
        return self._sheet.rules_for(keys, longest)

    def symbols(self) -> str:
        """Hidden drawings that slides use parts of, for anywhere in the body."""
        return "".join(self._sprites.html())

    def unplaced(self) -> str:
        """Hidden elements with the videos that only an earlier step shows, for the end of the body."""
        return "".join(self._placing.unplaced())

    @property
    def copies(self) -> Mapping[str, Copy]:
        """The files beside the page, by their path relative to its folder."""
        return self._copies.mapping
