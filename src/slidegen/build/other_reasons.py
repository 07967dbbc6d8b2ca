"""Gathers the texts and pictures that a file may hold for another reason than that they were left out of a deck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from slidegen.build.leak_search import Leak, digest_of
from slidegen.build.readable import views_of, words_of
from slidegen.build.withheld import references
from slidegen.compile.compile import CompiledDeck
from slidegen.compile.withhold import html_beside
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.regular import read_regular
from slidegen.patterns import lazy_compile
from slidegen.project.package_data import own_templates
from slidegen.project.project import Project
from slidegen.project.templates import TemplateFolders
from slidegen.project.translations import DECK, read_words
from slidegen.render.assets import FoundFile
from slidegen.render.page.layout import render_page
from slidegen.render.page.scripts import compact
from slidegen.render.page_model import RenderedDeck, RenderedSlide
from slidegen.source import Span

NO_ASCII = lazy_compile(r"[^\x00-\x7f]+")
"""What the names of headings in addresses are without."""
TEXTS = frozenset({".html", ".css", ".js", ".mjs", ".json", ".bib", ".csl", ".xml"})


class Kept(Struct, frozen=True):
    """What a deck shows that a variant has."""

    text: str
    pictures: list[str]
    """The files to which it refers."""

    def texts(self) -> Iterator[str]:
        """The text, and as it is in the addresses of headings."""
        yield self.text
        if not self.text.isascii():
            yield NO_ASCII.sub("", self.text)

    @classmethod
    def of(cls, compiled: CompiledDeck, texts: Iterable[str], folder: Path) -> Kept:
        """What texts of a deck say, and the files that they and its options name."""
        files, deck = deck_files(compiled, folder), resolve_links(compiled.path)
        texts = list(texts)
        names = {name for text in texts for name in references(text)}
        names.update(item.written.strip() for item in compiled.settings if "." in (item.written or ""))
        found = (find_named(name, files, deck) for name in names)
        return cls("\n".join(texts), sorted({str(file.path) for file in found if file is not None}))


class PageReasons(Struct, frozen=True):
    """What the page of a deck holds beside that, when it is made."""

    path: str
    """The deck's, which stands in for a title."""
    lang: str
    written: list[str]
    """What macros wrote, and style sheets and scripts of a page around the deck."""
    files: list[str]
    """Files of text that it was made from."""

    def texts(self) -> Iterator[str | list[str]]:
        """All of it, and the words of a page that shows nothing."""
        yield self.path
        yield from self.written
        yield from _own_page(self.lang)
        yield from map(read_text, map(Path, self.files))

    def pictures(self) -> Iterator[Path]:
        """The files that its style sheets name."""
        for sheet in (path for path in map(Path, self.files) if path.suffix.lower() == ".css"):
            for name in references(read_text(sheet)):
                yield sheet.parent / _path(name)

    @classmethod
    def of(cls, compiled: CompiledDeck, folder: Path) -> PageReasons:
        """What a page holds that was made of a deck."""
        page, whole = compiled.page, compiled.whole
        written = [text for text, _ in compiled.content.macros.outputs]
        if page is not None:
            written += (sheet.span.text for sheet in page.sheets)
            written += (script.text for script in page.scripts)
        decks = {compiled.path.absolute(), resolve_links(compiled.path)}
        if whole is not None:
            decks |= {folder / source.path for source in whole.raw.included}
        beside = {span.source.path for span in html_of(compiled, folder)}
        own = own_templates()
        files = [
            str(path)
            for path in compiled.reads.files
            if path.suffix.lower() in TEXTS
            and path not in decks
            and display_path(path, folder) not in beside
            and not path.is_relative_to(own)
        ]
        return cls(str(compiled.path), compiled.deck.config.lang, written, files)


def deck_files(compiled: CompiledDeck, folder: Path) -> DeckFiles:
    """The files to which a deck may refer."""
    return DeckFiles.of_project(compiled.project.root, folder, compiled.deck.config.assets.allow)


def find_named(name: str, files: DeckFiles, deck: Path) -> FoundFile | None:
    """The file of the project to which a reference leads, as it is written."""
    if "://" in name or name.startswith(("#", "data:")):
        return None
    found = files.find(_path(name), deck)
    return found if isinstance(found, FoundFile) else None


def _path(reference: str) -> str:
    return unquote(reference.partition("#")[0].partition("?")[0])


def html_of(compiled: CompiledDeck, folder: Path) -> Iterator[Span]:
    """The HTML that comes with a deck, beside its slides."""
    files = deck_files(compiled, folder)
    return html_beside(compiled.page, compiled.deck.config, files, resolve_links(compiled.path))


def without_shown(leaks: list[Leak], pictures: Iterable[Path | str]) -> list[Leak]:
    """The leaks but for files whose bytes are shown, too."""
    if any(leak.digest for leak in leaks):
        shown = {digest_of(data) for data in map(read_bytes, pictures) if data}
        leaks = [leak for leak in leaks if leak.digest not in shown]
    return leaks


def course_words(project: Project) -> Iterator[str]:
    """What `slidegen.yml` says of a course, which is on its pages."""
    for name in ("course", "title", "code", "term", "description", "author", "links", "sessions", "url"):
        yield str(getattr(project.config, name))


@lru_cache(maxsize=1)
def own_words() -> list[list[str]]:
    """The words of each of slidegen's own files."""
    texts = [
        read_text(path)
        for path in sorted(own_templates().rglob("*"))
        if path.suffix in TEXTS or path.suffix in (".yml", ".md")
    ]
    return [words_of(each) for text in texts for each in (text, compact(text))]


@lru_cache(maxsize=8)
def _own_page(lang: str) -> list[list[str]]:
    """The words of a page that shows nothing."""
    templates = TemplateFolders(None)
    nothing = RenderedSlide(index=0, group=0, step=0, last_step=True, html="")
    deck = RenderedDeck("", (nothing,), lang=lang, words=read_words(lang, templates, DECK))
    page = render_page(deck, templates.environment(), templates.text)
    return list(views_of(page))


def read_text(path: Path) -> str:
    """What a file says; nothing where it cannot be read."""
    return read_bytes(path).decode("utf-8", "replace")


def read_bytes(path: Path | str) -> bytes:
    """What a file holds; nothing where it cannot be read."""
    try:
        return read_regular(Path(path))
    except OSError:
        return b""
