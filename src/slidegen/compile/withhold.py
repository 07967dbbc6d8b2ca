"""Withholds from a deck what its variant leaves out, before anything else reads the deck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from slidegen.compile.configure import ConfiguredDeck
from slidegen.compile.context import DeckContext, LastVersion
from slidegen.compile.include import TEXT_SUFFIXES
from slidegen.config import Config
from slidegen.deck.near_words import KEYS
from slidegen.deck.variants import Variant, for_nobody, report_open_marks, warn_of_unknown_variants
from slidegen.diagnostics import Code
from slidegen.files.deck_files import DeckFiles
from slidegen.patterns import lazy_compile
from slidegen.project.variants import find_variant, known_names
from slidegen.reading.markdown import read_markdown
from slidegen.reading.source_deck import AuthorPage
from slidegen.references import FoundFile
from slidegen.source import Source, Span
from slidegen.syntax.nodes import Property, RawDeck

if TYPE_CHECKING:
    from slidegen.deck.leave_out import WhatIsLeft

HIDING = lazy_compile(r"\bexclude\s*+:|\bonly\s*+:|<!--|\[//\]: #")
"""What may hide a part of a deck."""


class WholeDeck(Struct, frozen=True):
    """A deck including everything that a variant leaves out."""

    raw: RawDeck
    variables: Mapping[str, Property]


class KeptDeck(Struct, frozen=True):
    """What is shown of a deck, and its options without what is not."""

    raw: RawDeck
    settings: ConfiguredDeck
    page: AuthorPage | None
    """The page that the deck came in, without the deck's text unless that is shown in full."""
    whole: WholeDeck | None = None
    """A variant's deck before anything was left out."""


def withhold(
    raw: RawDeck, settings: ConfiguredDeck, deck: DeckContext, last: LastVersion | None = None
) -> KeptDeck:
    """The deck without what its variant leaves out; near misses of marks are reported.

    `last` is the deck's last version, and is updated.
    """
    project, variant = deck.project, settings.variant
    names = known_names(project.variants)
    warn_of_unknown_variants(raw, names, variant, deck.reporter)
    if variant is None:
        if project.variants:
            everyone = for_nobody([find_variant(project.variants, name) for name in names])
            _leave_out(raw, everyone, settings, deck, last)  # for its reports
        return KeptDeck(raw, settings, _shown_page(settings))
    report_open_marks(variant, deck.reporter)
    left = _leave_out(raw, variant, settings, deck, last)
    whole = WholeDeck(raw, settings.variables)
    settings = replace(settings, config=left.config, variables=left.variables)
    return KeptDeck(left.raw, settings, _shown_page(settings), whole)


def html_beside(page: AuthorPage | None, config: Config, files: DeckFiles, deck: Path) -> Iterator[Span]:
    """The HTML beside the slides: `bodyStart`, and the body of the author's page."""
    for reference in config.bodyStart:
        found = files.find(unquote(reference), deck)
        if isinstance(found, FoundFile):
            text = files.read(found.path).decode("utf-8-sig", "replace").replace("\r\n", "\n")
            yield Span(Source(files.shown(found.path), text), 0, len(text))
    if page is not None:
        yield from page.body


def _shown_page(settings: ConfiguredDeck) -> AuthorPage | None:
    """The page that the deck came in, without the deck's text unless all of that is shown."""
    page, config = settings.source.page, settings.config
    if page is None or page.source is None:
        return page
    left_out = settings.variant is not None or not config.includePresenterNotes or config.excludedClasses
    hidden = left_out or HIDING.search(settings.source.source.text)
    return replace(page, source="") if hidden else page


def _leave_out(
    raw: RawDeck, variant: Variant, settings: ConfiguredDeck, deck: DeckContext, last: LastVersion | None
) -> WhatIsLeft:
    """A variant's part of a deck; a variant without a name only serves to find near misses of marks."""
    from slidegen.deck.leave_out import KnownRemains, leave_out
    from slidegen.deck.near_marks import NearMarks

    source, config = settings.source, settings.config
    if not variant.name:
        config = replace(config, includePresenterNotes=variant.notes is None)
    near = NearMarks(
        classes=variant.without,
        variants=known_names(deck.project.variants),
        notes=not config.includePresenterNotes,
        reporter=deck.reporter,
        code=Code.NO_MARK if variant.name else Code.LIKELY_MARK,
        of_deck=Span(source.source, 0, 0),
    )
    near.settings((item.key, item.written, item.key_span) for item in source.settings)
    for span in html_beside(source.page, settings.config, settings.files, deck.file):
        near.markup(span)
    known = None
    if last is not None:
        known = last.remains = last.remains or KnownRemains()
    left = leave_out(raw, variant, config, settings.variables, near, known)
    for included in raw.included:
        if included.path.lower().endswith(TEXT_SUFFIXES) and not left.gone.covers(Span(included, 0, 0)):
            found = read_markdown(included).settings if included.text.startswith("---") else ()
            near.settings((item.key, item.written, item.key_span) for item in found if item.key in KEYS)
    return left
