"""Checks whatever a variant's build writes: pages, files beside them, course page, archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from slidegen.build.leak_search import Leak, Secrets, digest_of, find_leaks
from slidegen.build.readable import views_of, words_of
from slidegen.build.withheld import LeftOut, read_left_out, references
from slidegen.compile.compile import CompiledDeck, compile_deck, html_beside
from slidegen.diagnostics import Code, Diagnostic, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.regular import read_regular
from slidegen.page.page import BuiltPage
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
NO_ASCII = re.compile(r"[^\x00-\x7f]+")
"""What the names of headings in addresses are without."""
TEXTS = frozenset({".html", ".css", ".js", ".mjs", ".json", ".bib", ".csl", ".xml"})
HINT = "nothing was written; please report this with the lines that are named, and keep them out of the deck until then"


def check_page(
    compiled: CompiledDeck, built: BuiltPage, output: Path, folder: Path, others: Secrets | None = None
) -> Secrets:
    """Report what is left out of a deck and is in its page or in a file beside it; gives what was looked for.

    `others` is what is left out of the other decks.
    """
    own, places = secrets_of(compiled, folder)
    secrets = own
    if others is not None:
        secrets = Secrets()
        secrets.add_all(others)
        secrets.add_all(own)
    report_leaks(compiled, secrets, places, str(output), built.page, folder)
    for path, copy in built.files.items():
        report_leaks(compiled, secrets, places, display_path(path, folder), bytes_of(copy), folder)
    return own


def left_out_of(path: Path, project: Project, folder: Path, variant: str) -> Secrets:
    """What a variant leaves out of a deck, to be looked for in the pages of others; nothing where it has errors."""
    try:
        compiled = compile_deck(path, project, folder, Reporter(), variant=variant)
        return secrets_of(compiled, folder)[0].lines()
    except Exception:  # whatever it is, it is named when the deck's page is made
        return Secrets()


def check_text(compiled: CompiledDeck, text: str, folder: Path) -> bool:
    """Whether a text that is told of a deck holds what is left out of it; that is reported."""
    secrets, places = secrets_of(compiled, folder)
    return report_leaks(
        compiled, secrets, places, "what inspect prints", text.encode("utf-8", "replace"), folder
    )


def secrets_of(compiled: CompiledDeck, folder: Path) -> tuple[Secrets, dict[str, Span]]:
    """What is left out of a deck, and where it stands."""
    whole, variant = compiled.whole, compiled.deck.variant
    secrets, places = Secrets(), dict[str, Span]()
    if whole is None or variant is None:
        return secrets, places
    left_out = _read(compiled, folder)
    for text, span in left_out.passages:
        written = span.written
        place = f"{written.source.path}:{written.position.line}:{written.position.column}"
        places.setdefault(place, written)
        secrets.add(text, place)
    secrets.forget("\n".join(left_out.kept))
    _add_files(secrets, left_out, compiled, _files(compiled, folder))
    return secrets, places


def _files(compiled: CompiledDeck, folder: Path) -> DeckFiles:
    return DeckFiles.of_project(compiled.project.root, folder, compiled.deck.config.assets.allow)


def _read(compiled: CompiledDeck, folder: Path) -> LeftOut:
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


def _kept(compiled: CompiledDeck, folder: Path) -> str:
    """What a deck's variant keeps, where others leave out the same."""
    return "\n".join(_read(compiled, folder).kept)


def _beside(compiled: CompiledDeck, files: DeckFiles) -> Iterator[Span]:
    return html_beside(compiled.page, compiled.deck.config, files, resolve_links(compiled.path))


def _add_files(secrets: Secrets, left_out: LeftOut, compiled: CompiledDeck, files: DeckFiles) -> None:
    """The files to which only what is left out refers."""
    deck = resolve_links(compiled.path)
    for name, span in left_out.files():
        if "://" in name or name.startswith(("#", "data:")):
            continue
        found = files.find(unquote(name.partition("#")[0].partition("?")[0]), deck)
        if isinstance(found, FoundFile) and found.size:
            written = span.written
            place = f"{written.source.path}:{written.position.line}:{written.position.column}"
            secrets.files[digest_of(files.read(found.path))] = (name, place)
    for text in left_out.kept if secrets.files else ():
        for name in references(text):
            kept = files.find(unquote(name), deck)
            if isinstance(kept, FoundFile):
                secrets.files.pop(digest_of(files.read(kept.path)), None)


def report_leaks(
    compiled: CompiledDeck,
    secrets: Secrets,
    places: Mapping[str, Span],
    shown: str,
    data: bytes,
    folder: Path,
) -> bool:
    """Report what is left out of a deck and is in the bytes of a file; whether anything is."""
    if not secrets:
        return False
    leaks = find_leaks(data, secrets, lambda: _explained(compiled, folder))
    for leak in leaks[:MAX_PLACES]:
        item = leak_diagnostic(leak, shown)
        span = places.get(leak.place)
        path = "" if span is not None else leak.place
        compiled.reporter.report(item.code, item.message, span, hint=item.hint, path=path)
    return bool(leaks)


def leak_diagnostic(leak: Leak, shown: str) -> Diagnostic:
    """What is said of a leak into something that is named."""
    message = f"this is left out, but {shown} would hold it: {leak.what[:MOST_SHOWN]}"
    return Diagnostic(Code.LEAK, message, path=leak.place, hint=HINT)


def _explained(compiled: CompiledDeck, folder: Path) -> Iterator[str | list[str]]:
    """Texts that may be in a page for another reason than that a deck holds them."""
    kept = _kept(compiled, folder)
    yield kept
    yield NO_ASCII.sub("", kept)
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


def course_words(project: Project) -> Iterator[str | list[str]]:
    """What is on a course page beside what decks say: the course itself, and slidegen's own words."""
    for name in ("course", "title", "code", "term", "description", "author", "links", "sessions", "url"):
        yield str(getattr(project.config, name))
    yield from _own_files()


@lru_cache(maxsize=1)
def _own_files() -> list[list[str]]:
    """The words of slidegen's own files."""
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
