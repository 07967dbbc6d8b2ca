"""Gathers the texts and pictures that a file may hold for other reasons than being left out of a deck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, field

from slidegen.build.cited_works import bibliography_files, named_in, read_works, texts_of
from slidegen.build.leak_search import Leak, digest_of
from slidegen.build.other_files import deck_files, find_named, html_of, path_in, read_bytes, read_text
from slidegen.build.readable import views_of, words_of
from slidegen.build.withheld import references
from slidegen.compile.compile import CompiledDeck
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import display_path, resolve_links
from slidegen.html_tags import OPEN_COMMENT
from slidegen.patterns import lazy_compile
from slidegen.project.package_data import own_templates
from slidegen.project.project import Project
from slidegen.project.templates import TemplateFolders
from slidegen.project.translations import DECK, read_words
from slidegen.render.page.layout import render_page
from slidegen.render.page.scripts import compact
from slidegen.render.page_model import RenderedDeck, RenderedSlide
from slidegen.source import Span

NO_ASCII = lazy_compile(r"[^\x00-\x7f]+")
"""What is removed from the names of headings in addresses."""
DRAWN = (".svg", ".csv", ".tsv", ".txt")
"""Suffixes of texts in which only a class or a comment marks what is left out; others may have notes, too."""
TEXTS = frozenset({".html", ".css", ".js", ".mjs", ".json", ".bib", ".csl", ".xml"})


class Kept(Struct, frozen=True):
    """What a variant shows of a deck."""

    text: str
    pictures: list[str]
    """The files it refers to."""
    works: list[str] = field(default_factory=list)
    """What may be said about the works that it cites."""
    linked: list[str] = field(default_factory=list)
    """Those of the files that its slides refer to, and not its options."""
    marks: list[str] = field(default_factory=list)
    """The classes that are left out."""

    def texts(self) -> Iterator[str]:
        """The text, as written and as in the addresses of headings, and the text of its citations."""
        yield self.text
        yield from self.works
        if not self.text.isascii():
            yield NO_ASCII.sub("", self.text)

    def drawn(self) -> Iterator[str]:
        """What drawings and data on its slides say apart from comments, unless something in them may be marked."""
        marks = [mark.lower() for mark in self.marks]
        for path in self.linked:
            text = read_text(Path(path)) if path.lower().endswith(DRAWN) else ""
            if not any(mark in text.lower() for mark in marks):
                yield OPEN_COMMENT.sub(" ", text)

    @classmethod
    def of(cls, compiled: CompiledDeck, texts: Iterable[str], folder: Path) -> Kept:
        """What texts of a deck say, and the files that they and its options name."""
        files, deck = deck_files(compiled, folder), resolve_links(compiled.path)
        texts = list(texts)
        linked = _paths((name for text in texts for name in references(text)), files, deck)
        options = (item.written.strip() for item in compiled.settings if "." in (item.written or ""))
        pictures = sorted({*linked, *_paths(options, files, deck)})
        text = "\n".join(texts)
        variant = compiled.deck.variant
        marks = sorted(variant.without) if variant is not None else []
        works = _said_of_works(compiled, text, folder)
        return cls(text=text, pictures=pictures, works=works, linked=linked, marks=marks)


def _paths(names: Iterable[str], files: DeckFiles, deck: Path) -> list[str]:
    """The files that references lead to, each once."""
    found = (find_named(name, files, deck) for name in set(names))
    return sorted({str(file.path) for file in found if file is not None})


def _said_of_works(compiled: CompiledDeck, text: str, folder: Path) -> list[str]:
    works = read_works(compiled, folder)
    keys = named_in(works, text)
    citations = compiled.content.citations
    entries = {} if citations is None else {key.lower(): entry for key, entry in citations.entries.items()}
    return [*texts_of(works, keys), *(str(entries[key]) for key in keys if key in entries)]


class PageReasons(Struct, frozen=True):
    """What the page of a deck holds besides its slides."""

    path: str
    """The path of the deck, which stands in for a title."""
    lang: str
    written: list[str]
    """What macros wrote, and the style sheets and scripts of a page around the deck."""
    files: list[str]
    """Text files that it was made from."""

    def texts(self) -> Iterator[str | list[str]]:
        """All of these, and the words of a page without slides."""
        yield self.path
        yield from self.written
        yield from _own_page(self.lang)
        yield from map(read_text, map(Path, self.files))

    def pictures(self) -> Iterator[Path]:
        """The files that its style sheets name."""
        for sheet in (path for path in map(Path, self.files) if path.suffix.lower() == ".css"):
            for name in references(read_text(sheet)):
                yield sheet.parent / path_in(name)

    @classmethod
    def of(cls, compiled: CompiledDeck, folder: Path, left_out: Iterable[Span]) -> PageReasons:
        """The reasons for a page made from a deck, apart from the places that are left out."""
        page, whole = compiled.page, compiled.whole
        places = list(left_out)
        outputs = compiled.content.macros.outputs
        written = [text for text, call in outputs if not _is_in(call.written, places)]
        if page is not None:
            written += (sheet.span.text for sheet in page.sheets)
            written += (script.text for script in page.scripts)
        decks = {compiled.path.absolute(), resolve_links(compiled.path)}
        if whole is not None:
            decks |= {folder / source.path for source in whole.raw.included}
        beside = {span.source.path for span in html_of(compiled, folder)}
        cited = {resolve_links(path) for path in bibliography_files(compiled, folder)}
        own = own_templates()
        files = [
            str(path)
            for path in compiled.reads.files
            if path.suffix.lower() in TEXTS
            and path not in decks
            and resolve_links(path) not in cited  # `Kept` has what is cited
            and display_path(path, folder) not in beside
            and not path.is_relative_to(own)
        ]
        return cls(str(compiled.path), compiled.deck.config.lang, written, files)


def _is_in(span: Span, places: Iterable[Span]) -> bool:
    return any(
        place.source.path == span.source.path and place.start <= span.start < place.end for place in places
    )


def without_shown(leaks: list[Leak], pictures: Iterable[Path | str]) -> list[Leak]:
    """The leaks without the files whose content is shown anyway."""
    if any(leak.digest for leak in leaks):
        shown = {digest_of(data) for data in map(read_bytes, pictures) if data}
        leaks = [leak for leak in leaks if leak.digest not in shown]
    return leaks


def course_words(project: Project) -> Iterator[str]:
    """What `slidegen.yml` says about a course, which is on its pages."""
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
    """The words of a page without slides."""
    templates = TemplateFolders(None)
    nothing = RenderedSlide(index=0, group=0, step=0, last_step=True, html="")
    deck = RenderedDeck("", (nothing,), lang=lang, words=read_words(lang, templates, DECK))
    page = render_page(deck, templates.environment(), templates.text)
    return list(views_of(page))
