"""Checks everything that a variant's build writes: pages, files beside them, course page, archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from slidegen.build.cited_works import named_in, read_works, texts_of
from slidegen.build.leak_search import Leak, digest_of, find_leaks, one_a_place, unexplained
from slidegen.build.other_files import deck_files, find_named, html_of, read_bytes
from slidegen.build.other_reasons import (
    Kept,
    PageReasons,
    course_words,
    own_words,
    without_shown,
)
from slidegen.build.secret_words import Secrets
from slidegen.build.withheld import LeftOut, read_left_out
from slidegen.compile.compile import CompiledDeck
from slidegen.diagnostics import Code, Diagnostic
from slidegen.files.paths import display_path, resolve_links
from slidegen.page.page import BuiltPage
from slidegen.render.assets import Copy
from slidegen.source import Span
from slidegen.syntax.nodes import Property

MOST_SHOWN = 60
"""Characters of a passage to quote."""
TELLING = 24
"""Fewest letters and digits by which a passage from another deck counts as a leak in this one."""
MAX_PLACES = 5
"""How many places to report for one file."""
HINT = "nothing was written; please report this with the lines that are named, and keep them out of the deck until then"


class ReadDeck(Struct, frozen=True):
    """A compiled deck of a variant, and what is left out of it."""

    compiled: CompiledDeck
    secrets: Secrets
    places: Mapping[str, Span]
    """The place of each left-out passage."""
    kept: Kept
    """What is not left out."""


class Others(Struct):
    """What is left out of all decks of a variant, and what they keep."""

    secrets: Secrets = field(default_factory=Secrets)
    kept: list[Kept] = field(default_factory=list)

    def add(self, other: Others) -> None:
        """Add the decks of `other`."""
        self.secrets.add_all(other.secrets)
        self.kept += other.kept

    def not_kept(self, leaks: list[Leak]) -> list[Leak]:
        """The leaks that no deck keeps; long passages identify their origin by themselves."""
        if leaks:
            short = [leak for leak in leaks if leak.digest or len(leak.what) - leak.what.count(" ") < TELLING]
            unexplained_texts = unexplained(
                short, (text for kept in self.kept for text in (*kept.texts(), *kept.drawn()))
            )
            leaks = [leak for leak in leaks if leak not in short or leak in unexplained_texts]
            leaks = without_shown(leaks, (path for kept in self.kept for path in kept.pictures))
        return leaks


def read_deck(compiled: CompiledDeck, folder: Path) -> ReadDeck:
    """Read what is left out of a deck."""
    left_out = split_deck(compiled, folder)
    secrets, places = secrets_of(left_out)
    kept = Kept.of(compiled, left_out.kept, folder)
    secrets.forget(kept.text)
    add_files(secrets, left_out, compiled, kept, folder)
    add_works(secrets, left_out, compiled, kept, folder)
    return ReadDeck(compiled, secrets, places, kept)


def check_page(
    deck: ReadDeck, built: BuiltPage, output: Path, folder: Path, others: Others | None = None
) -> None:
    """Report what is left out of a deck, or of one of the others, and occurs in its page or in a file beside it."""
    report_leaks(deck, str(output), built.page, folder, others)
    for path, copy in built.files.items():
        report_leaks(deck, display_path(path, folder), bytes_of(copy), folder, others)


def check_text(compiled: CompiledDeck, text: str, folder: Path) -> bool:
    """Whether a text about a deck holds what is left out of it, which is reported."""
    return report_leaks(
        read_deck(compiled, folder), "what inspect prints", text.encode("utf-8", "replace"), folder
    )


def secrets_of(left_out: LeftOut) -> tuple[Secrets, dict[str, Span]]:
    """The words of what is left out of a deck, some of which may be kept elsewhere, and their places."""
    secrets, places = Secrets(), dict[str, Span]()
    for text, span in left_out.passages:
        place = _place(span)
        places.setdefault(place, span.written)
        secrets.add(text, place)
    return secrets, places


def _place(span: Span) -> str:
    written = span.written
    return f"{written.source.path}:{written.position.line}:{written.position.column}"


def split_deck(compiled: CompiledDeck, folder: Path) -> LeftOut:
    """Split a deck of a variant into what is left out and what is kept."""
    whole, variant = compiled.whole, compiled.deck.variant
    if whole is None or variant is None:
        return LeftOut()
    return read_left_out(
        whole.raw,
        variant,
        whole.variables,
        notes=compiled.deck.config.includePresenterNotes,
        others=html_of(compiled, folder),
        settings=(Property(item.key, item.written, item.value_span) for item in compiled.settings),
    )


def add_files(secrets: Secrets, left_out: LeftOut, compiled: CompiledDeck, kept: Kept, folder: Path) -> None:
    """Also look for the files that only left-out parts refer to."""
    files, deck = deck_files(compiled, folder), resolve_links(compiled.path)
    for name, span in left_out.files():
        found = find_named(name, files, deck)
        if found is not None and found.size:
            secrets.files[digest_of(files.read(found.path))] = (name, _place(span))
    for path in kept.pictures if secrets.files else ():
        secrets.files.pop(digest_of(read_bytes(path)), None)


def add_works(
    secrets: Secrets, left_out: LeftOut, compiled: CompiledDeck, kept: Kept, folder: Path
) -> frozenset[str]:
    """Also look for the facts about works that only left-out parts cite; returns these facts."""
    works = read_works(compiled, folder)
    shown = set(named_in(works, kept.text)) if works else set()
    lost: dict[str, Span] = {}
    for text, span in left_out.passages if works else ():
        for key in named_in(works, text):
            lost.setdefault(key, span)
    own, unexplained_texts = Secrets(), set[str]()
    for key, span in lost.items():
        if key not in shown:
            (text,) = texts_of(works, [key], telling=True)
            own.add(text, _place(span))
            unexplained_texts.add(text)
    for text in kept.texts() if unexplained_texts else ():
        own.forget(text)
    secrets.add_all(own)
    return frozenset(unexplained_texts)


def report_leaks(deck: ReadDeck, shown: str, data: bytes, folder: Path, others: Others | None = None) -> bool:
    """Report what is left out of decks and occurs in the bytes of a file; returns whether anything does."""
    searched = [each for each in (deck.secrets, others.secrets if others else None) if each]
    leaks = find_leaks(data, searched) if searched else []
    if leaks:
        leaks = _without_reasons(leaks, deck, folder)
    if others is not None:
        own = [leak for leak in leaks if _is_of(leak, deck)]
        leaks = own + others.not_kept([leak for leak in leaks if leak not in own])
    for leak in one_a_place(leaks)[:MAX_PLACES]:
        item = leak_diagnostic(leak, shown)
        span = deck.places.get(leak.place)
        path = "" if span is not None else leak.place
        deck.compiled.reporter.report(item.code, item.message, span, hint=item.hint, path=path)
    return bool(leaks)


def _is_of(leak: Leak, deck: ReadDeck) -> bool:
    secrets = deck.secrets
    return leak.digest in secrets.files if leak.digest else bool(secrets.place_of(leak.what))


def _without_reasons(leaks: list[Leak], deck: ReadDeck, folder: Path) -> list[Leak]:
    """The leaks that nothing else in the page of a deck explains."""
    reasons = PageReasons.of(deck.compiled, folder, deck.places.values())

    def texts() -> Iterator[str | list[str]]:
        yield from deck.kept.texts()
        yield from course_words(deck.compiled.project)
        yield from reasons.texts()
        yield from own_words()
        yield from deck.kept.drawn()

    return without_shown(unexplained(leaks, texts()), (*deck.kept.pictures, *reasons.pictures()))


def leak_diagnostic(leak: Leak, shown: str) -> Diagnostic:
    """The diagnostic for a leak into a named file."""
    message = f"this is left out, but {shown} would hold it: {leak.what[:MOST_SHOWN]}"
    return Diagnostic(Code.LEAK, message, path=leak.place, hint=HINT)


def bytes_of(copy: Copy) -> bytes:
    """The content of a file beside a page."""
    return copy.data if copy.path is None else read_bytes(copy.path)
