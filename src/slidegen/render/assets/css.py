"""Rewrites references in CSS: `url()`, `@import`, `@font-face` and `image-set()`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code
from slidegen.patterns import lazy_compile
from slidegen.references import Locate, absolute, is_local, is_remote, read_reference
from slidegen.render.assets.asset_css import Asset, AssetSheet
from slidegen.render.assets.asset_kinds import AssetKind, AssetUrl, Outcome
from slidegen.render.assets.css_syntax import (
    IMPORTED,
    TOKEN,
    CssUrl,
    end_of_group,
    end_of_statement,
    lost_brace,
    property_of,
    quotable,
    split_at,
    under_conditions,
    url_in,
)
from slidegen.render.assets.delivery import AssetResolver
from slidegen.source import Source, Span

Place = Callable[[int, int, str], Span | None]
"""Returns the place of the reference at these offsets of a style sheet, given its text."""

BLOCK = lazy_compile(r"\s*+\{")
FORMAT = lazy_compile(r"\bformat\(\s*[\"']?([\w-]+)", re.IGNORECASE)
NOTHING = 'url("data:,")'
"""A URL that is valid wherever one is required, shows nothing and loads nothing."""
PREFERRED_FONTS = ("woff2", "woff", "truetype", "opentype", "ttf", "otf", "collection", "ttc")
"""Formats and suffixes, best first; others are for browsers long gone."""
BACKGROUND = ("background", "background-image")
MAX_IMPORTS = 500
"""How many style sheets one may import, in case files import each other twice over."""
MAX_IMPORT_DEPTH = 50
"""How many style sheets may import one another in a chain."""


class _Sheet(Struct, frozen=True):
    """A style sheet being rewritten: its text, and what is known about it."""

    css: str
    base: Path
    place: Place
    importers: tuple[Path, ...] = ()
    """The files that are being read, including itself."""
    address: str = ""
    """The address it was downloaded from, if any, which its references are relative to."""

    def written(self, match: re.Match[str]) -> CssUrl:
        """The reference in a match of a `url()` or a string; absolute if the style sheet is from the network."""
        found = url_in(match)
        if not self.address or found.text.startswith(("data:", "#")):
            return found
        return replace(found, text=urljoin(self.address, found.text))


class _Imports(Struct, frozen=True):
    """What an importing style sheet learns from those it imports."""

    read: list[Path] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    """Rules that must come before all others."""


class CssRewriter(Struct, frozen=True):
    """Rewrites style sheets so that they need no other file."""

    delivery: AssetResolver
    sheet: AssetSheet | None
    """Receives the bytes; None if every URL contains them itself."""

    def text(self, css: str, base: Path, locate: Locate) -> str:
        """A style sheet in the file `base`, with its imports inserted."""
        return self._with_imports(_Sheet(css, base, lambda _start, _end, written: locate(written)))

    def value(self, css: str, base: Path, locate: Locate) -> str:
        """A property's value, or the declarations of a `style` attribute."""

        def place(start: int, end: int, written: str) -> Span | None:
            return locate(css[start:end] if "\\" in css[start:end] else written)

        return self._rewritten(_Sheet(css, base, place), _Imports())

    def file_text(self, path: Path) -> str:
        """The text of a style sheet's file."""
        return self._with_imports(self._read(path, ()))

    def _read(self, path: Path, importers: tuple[Path, ...]) -> _Sheet:
        text = self.delivery.text(path)
        address = self.delivery.files.address(path)
        source = Source(address or self.delivery.files.shown(path), text)
        brace = lost_brace(text)
        if brace is not None:
            self.delivery.reports.warn_of_brace(Span(source, brace, brace + 1))
        return _Sheet(
            text, path, lambda start, end, _written: Span(source, start, end), (*importers, path), address
        )

    def _with_imports(self, sheet: _Sheet) -> str:
        imports = _Imports()
        text = self._rewritten(sheet, imports)
        return "".join((*imports.remote, text))

    def _rewritten(self, sheet: _Sheet, imports: _Imports) -> str:
        return "".join(self._pieces(sheet, imports))

    def _pieces(self, sheet: _Sheet, imports: _Imports) -> Iterator[str]:
        css, at = sheet.css, 0
        brackets: list[bool] = []
        """For each open one, whether a string in it is a reference."""
        in_set = False
        while match := TOKEN.search(css, at):
            start, after = match.span()
            replacement: str | None = None
            if match["url"] or (match["string"] and brackets and brackets[-1]):
                replacement = self._url(sheet, sheet.written(match))
            elif match["import"]:
                replacement, after = self._import(sheet, imports, after)
            elif match["face"]:
                replacement, after = self._face(sheet, after)
            elif match["charset"]:
                replacement = ""
            elif match["open"]:
                brackets.append(in_set)
            elif match["close"] and brackets:
                brackets.pop()
            in_set = bool(match["set"])
            yield css[at : after if replacement is None else start]
            yield replacement or ""
            at = after
        yield css[at:]

    def _deliver(self, sheet: _Sheet, written: CssUrl, kind: AssetKind) -> Asset | AssetUrl | Outcome:
        return self.delivery.deliver(
            written.text, sheet.base, lambda text: sheet.place(written.start, written.end, text), kind
        )

    def _url(self, sheet: _Sheet, written: CssUrl) -> str | None:
        """The replacement for a reference; None if it stays."""
        match self._deliver(sheet, written, AssetKind.FILE):
            case Outcome.GONE:
                return NOTHING
            case AssetUrl(url):
                return f'url("{quotable(url)}")'
            case Asset() as asset if self.sheet is not None:
                return self.sheet.css_value(asset, asset.view(read_reference(written.text).fragment))
        return None

    def _import(self, sheet: _Sheet, imports: _Imports, at: int) -> tuple[str | None, int]:
        """The imported style sheet's text, under the conditions of its import."""
        match = IMPORTED.match(sheet.css, at)
        if match is None:
            return None, at
        written = sheet.written(match)
        after = end_of_statement(sheet.css, match.end())
        conditions = sheet.css[match.end() : after].rstrip(";").strip()

        def locate(text: str) -> Span | None:
            return sheet.place(written.start, written.end, text)

        found = None
        if is_remote(written.text):
            found = self.delivery.fetched(written.text, sheet.base, locate, AssetKind.STYLE)
        if is_remote(written.text) and found is None:
            imports.remote.append(
                f'@import url("{quotable(absolute(written.text))}") {conditions}'.rstrip() + ";\n"
            )
            return "", after
        if found is None and not is_local(written.text):
            return None, after
        found = found or self.delivery.find(read_reference(written.text), sheet.base, locate, AssetKind.STYLE)
        if found is not None and found.path in sheet.importers:
            message = f"{written.text} is imported while it is being read itself, so this has no effect"
            hint = "remove one of the two imports"
            self.delivery.reports.report(
                Code.IMPORT_CIRCLE, message, written.text, sheet.base, locate, hint=hint
            )
            return "", after
        if found is not None and len(sheet.importers) > MAX_IMPORT_DEPTH:
            message = (
                f"{written.text} is not read: more than {MAX_IMPORT_DEPTH} style sheets import one another"
            )
            hint = "import it from the first style sheet"
            self.delivery.reports.report(
                Code.IMPORT_CIRCLE, message, written.text, sheet.base, locate, hint=hint
            )
            return "", after
        if found is None or len(imports.read) >= MAX_IMPORTS:
            return "", after
        imports.read.append(found.path)
        inner = self._rewritten(self._read(found.path, sheet.importers), imports)
        return under_conditions(inner, conditions), after

    def _face(self, sheet: _Sheet, at: int) -> tuple[str | None, int]:
        """An `@font-face` rule with the best available file; it moves to the end of the page."""
        opened = BLOCK.match(sheet.css, at)
        if opened is None:
            return None, at
        end = end_of_group(sheet.css, opened.end() - 1)
        declarations = list(split_at(sheet.css, opened.end(), end - 1, ";"))
        sources = [span for span in declarations if property_of(sheet.css, span) == "src"]
        others = [sheet.css[slice(*span)].strip() for span in declarations if span not in sources]
        entries = [
            entry
            for start, stop in sources
            for entry in split_at(sheet.css, sheet.css.index(":", start) + 1, stop, ",")
        ]
        chosen = self._font_sources(sheet, entries)
        if not chosen:
            return "", end
        rule = f"@font-face{{{';'.join((*filter(None, others), 'src:' + ','.join(chosen)))}}}"
        if self.sheet is None:
            return rule, end
        self.sheet.face(rule)
        return "", end

    def _font_sources(self, sheet: _Sheet, entries: list[tuple[int, int]]) -> list[str]:
        """The remaining entries of `src`: names of installed fonts, and one file."""
        kept: list[str] = []
        ranked: list[tuple[int, CssUrl, str]] = []
        for start, end in entries:
            match = TOKEN.search(sheet.css, start, end)
            text = sheet.css[start:end].strip()
            if match is None or not match["url"]:
                kept += [text] if text else []
                continue
            written = sheet.written(match)
            ranked.append((_font_rank(written.text, text), written, sheet.css[match.end() : end].strip()))
        ranked.sort(key=lambda item: (is_remote(item[1].text), item[0]))
        usable = [item for item in ranked if item[0] < len(PREFERRED_FONTS)] or ranked
        there = [item for item in usable if not is_local(item[1].text) or self._is_there(sheet, item[1])]
        for _rank, written, hints in there or usable[:1]:
            source = self._font_url(sheet, written)
            if source is not None:
                return [*kept, f"{source} {hints}".rstrip()]
        return kept

    def _is_there(self, sheet: _Sheet, written: CssUrl) -> bool:
        return self.delivery.is_there(read_reference(written.text), sheet.base)

    def _font_url(self, sheet: _Sheet, written: CssUrl) -> str | None:
        """The URL of a font, which cannot be a custom property."""
        match self._deliver(sheet, written, AssetKind.FONT):
            case Outcome.KEPT:
                return f'url("{quotable(written.text)}")'
            case AssetUrl(url):
                return f'url("{quotable(url)}")'
            case Asset() as asset:
                return f'url("{asset.url}")'
        return None


def remote_import(url: str) -> str:
    """A style sheet that only imports one from the network."""
    return f'@import url("{quotable(absolute(url))}");\n'


def single_background(css: str) -> tuple[str, str] | None:
    """The `url()` of declarations whose background is a single image, and the declarations without it.

    None if there is no background, if it has layers, or if there are other references.
    """
    matches = [match for match in TOKEN.finditer(css) if match["url"]]
    if len(matches) != 1:
        return None
    match = matches[0]
    for start, end in split_at(css, 0, len(css), ";"):
        if start <= match.start() < end and property_of(css, (start, end)) in BACKGROUND:
            if len(list(split_at(css, start, end, ","))) > 1:
                return None
            if "\\" in match[0]:
                return None  # its place is that of the text with backslashes
            return url_in(match).text, f"{css[: match.start()]}none{css[match.end() :]}"
    return None


def _font_rank(reference: str, entry: str) -> int:
    """The rank of a font file, 0 is best; by its declared format, else its suffix."""
    declared = FORMAT.search(entry)
    suffix = read_reference(reference).path.rpartition(".")[2]
    name = (declared[1] if declared else suffix).lower().removesuffix("-variations")
    if reference.lower().startswith("data:"):
        return 0
    return PREFERRED_FONTS.index(name) if name in PREFERRED_FONTS else len(PREFERRED_FONTS)
