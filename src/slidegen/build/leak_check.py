"""Checks whatever a variant's build writes: pages, files beside them, course page, archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from slidegen.build.leak_search import Leak, Secrets, digest_of, find_leaks
from slidegen.build.readable import views_of, words_of
from slidegen.build.withheld import LeftOut, read_left_out, references
from slidegen.compile.compile import CompiledDeck
from slidegen.compile.withhold import html_beside
from slidegen.diagnostics import Code, Diagnostic
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.regular import read_regular
from slidegen.page.page import BuiltPage
from slidegen.patterns import lazy_compile
from slidegen.project.package_data import own_templates
from slidegen.project.project import Project
from slidegen.project.templates import TemplateFolders
from slidegen.project.translations import DECK, read_words
from slidegen.render.assets import Copy, FoundFile
from slidegen.render.page.layout import render_page
from slidegen.render.page.scripts import compact
from slidegen.render.page_model import RenderedDeck, RenderedSlide
from slidegen.source import Span
from slidegen.syntax.nodes import Property

MOST_SHOWN = 60
"""Characters of a passage that are named."""
MAX_PLACES = 5
"""Places that are named for one file."""
NO_ASCII = lazy_compile(r"[^\x00-\x7f]+")
"""What the names of headings in addresses are without."""
TEXTS = frozenset({".html", ".css", ".js", ".mjs", ".json", ".bib", ".csl", ".xml"})
HINT = "nothing was written; please report this with the lines that are named, and keep them out of the deck until then"


class ReadDeck(Struct, frozen=True):
    """A deck of a variant that was understood, and what is left out of it."""

    compiled: CompiledDeck
    secrets: Secrets
    places: Mapping[str, Span]
    """Where it stands."""
    kept: str
    """What is not left out."""


def read_deck(compiled: CompiledDeck, folder: Path) -> ReadDeck:
    """What is left out of a deck, beside the deck."""
    left_out = split_deck(compiled, folder)
    secrets, places = secrets_of(left_out)
    kept = "\n".join(left_out.kept)
    secrets.forget(kept)
    add_files(secrets, left_out, compiled, folder)
    return ReadDeck(compiled, secrets, places, kept)


def check_page(
    deck: ReadDeck, built: BuiltPage, output: Path, folder: Path, others: Secrets | None = None
) -> None:
    """Report what is left out of a deck and is in its page or in a file beside it.

    `others` is what is left out of the other decks.
    """
    secrets = deck.secrets
    if others is not None:
        secrets = Secrets()
        secrets.add_all(others)
        secrets.add_all(deck.secrets)
    report_leaks(deck, secrets, str(output), built.page, folder)
    for path, copy in built.files.items():
        report_leaks(deck, secrets, display_path(path, folder), bytes_of(copy), folder)


def check_text(compiled: CompiledDeck, text: str, folder: Path) -> bool:
    """Whether a text that is told of a deck holds what is left out of it; that is reported."""
    deck = read_deck(compiled, folder)
    return report_leaks(deck, deck.secrets, "what inspect prints", text.encode("utf-8", "replace"), folder)


def secrets_of(left_out: LeftOut) -> tuple[Secrets, dict[str, Span]]:
    """The words of what is left out of a deck, some of which may be kept elsewhere, and where they stand."""
    secrets, places = Secrets(), dict[str, Span]()
    for text, span in left_out.passages:
        place = _place(span)
        places.setdefault(place, span.written)
        secrets.add(text, place)
    return secrets, places


def _place(span: Span) -> str:
    written = span.written
    return f"{written.source.path}:{written.position.line}:{written.position.column}"


def _files(compiled: CompiledDeck, folder: Path) -> DeckFiles:
    return DeckFiles.of_project(compiled.project.root, folder, compiled.deck.config.assets.allow)


def split_deck(compiled: CompiledDeck, folder: Path) -> LeftOut:
    """A deck of a variant in its two parts."""
    whole, variant = compiled.whole, compiled.deck.variant
    if whole is None or variant is None:
        return LeftOut()
    return read_left_out(
        whole.raw,
        variant,
        whole.variables,
        notes=compiled.deck.config.includePresenterNotes,
        others=_beside(compiled, _files(compiled, folder)),
        settings=(Property(item.key, item.written, item.value_span) for item in compiled.settings),
    )


def _beside(compiled: CompiledDeck, files: DeckFiles) -> Iterator[Span]:
    return html_beside(compiled.page, compiled.deck.config, files, resolve_links(compiled.path))


def add_files(secrets: Secrets, left_out: LeftOut, compiled: CompiledDeck, folder: Path) -> None:
    """Look for the files, too, to which only what is left out refers."""
    files = _files(compiled, folder)
    deck = resolve_links(compiled.path)
    for name, span in left_out.files():
        if "://" in name or name.startswith(("#", "data:")):
            continue
        found = files.find(unquote(name.partition("#")[0].partition("?")[0]), deck)
        if isinstance(found, FoundFile) and found.size:
            secrets.files[digest_of(files.read(found.path))] = (name, _place(span))
    for text in left_out.kept if secrets.files else ():
        for name in references(text):
            kept = files.find(unquote(name), deck)
            if isinstance(kept, FoundFile):
                secrets.files.pop(digest_of(files.read(kept.path)), None)


def report_leaks(deck: ReadDeck, secrets: Secrets, shown: str, data: bytes, folder: Path) -> bool:
    """Report what is left out of a deck and is in the bytes of a file; whether anything is."""
    if not secrets:
        return False
    leaks = find_leaks(data, secrets, lambda: _explained(deck, folder))
    for leak in leaks[:MAX_PLACES]:
        item = leak_diagnostic(leak, shown)
        span = deck.places.get(leak.place)
        path = "" if span is not None else leak.place
        deck.compiled.reporter.report(item.code, item.message, span, hint=item.hint, path=path)
    return bool(leaks)


def leak_diagnostic(leak: Leak, shown: str) -> Diagnostic:
    """What is said of a leak into something that is named."""
    message = f"this is left out, but {shown} would hold it: {leak.what[:MOST_SHOWN]}"
    return Diagnostic(Code.LEAK, message, path=leak.place, hint=HINT)


def _explained(deck: ReadDeck, folder: Path) -> Iterator[str | list[str]]:
    """Texts that may be in a page for another reason than that a deck holds them."""
    yield deck.kept
    yield NO_ASCII.sub("", deck.kept)
    compiled = deck.compiled
    yield str(compiled.path)  # which stands in for a title
    for text, _ in compiled.content.macros.outputs:
        yield text
    yield from course_words(compiled.project)
    page = compiled.page
    if page is not None:
        yield from (sheet.span.text for sheet in page.sheets)
        yield from (script.text for script in page.scripts)
    yield from _own_page(compiled.deck.config.lang)
    decks = {compiled.path.absolute(), resolve_links(compiled.path)}
    whole = compiled.whole
    if whole is not None:
        decks |= {folder / source.path for source in whole.raw.included}
    bodies = {
        span.source.path for span in _beside(compiled, DeckFiles.of_project(compiled.project.root, folder))
    }
    for path in compiled.reads.files:
        if path.suffix.lower() in TEXTS and path not in decks and display_path(path, folder) not in bodies:
            yield _text(path)
    yield from own_words()


def course_words(project: Project) -> Iterator[str]:
    """What `slidegen.yml` says of a course, which is on its pages."""
    for name in ("course", "title", "code", "term", "description", "author", "links", "sessions", "url"):
        yield str(getattr(project.config, name))


@lru_cache(maxsize=1)
def own_words() -> list[list[str]]:
    """The words of each of slidegen's own files."""
    texts = [
        _text(path)
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


def _text(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8", "replace")
    except OSError:
        return ""


def bytes_of(copy: Copy) -> bytes:
    """What a file beside a page holds."""
    if copy.path is None:
        return copy.data
    try:
        return read_regular(copy.path)
    except OSError:  # writing it says so
        return b""
