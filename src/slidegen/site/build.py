"""`slidegen build`: decks to pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from slidegen.diagnostics import DeckError, Diagnostic, Reporter, Severity, in_reading_order
from slidegen.site.compile import compile_deck
from slidegen.site.decks import (
    DEFAULT_OUTPUT,
    DEFAULT_SOURCE,
    STANDARD_OUTPUT,
    Pages,
    PlannedDeck,
    find_decks,
    plan,
    resolved,
)
from slidegen.site.output import write_copy, write_file
from slidegen.site.page import BuiltPage, build_page
from slidegen.site.project import Project, Projects


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says about a build."""

    theme: str | None = None
    embed: bool = True
    """Whether pictures, films and fonts stand in the page."""
    strict: bool = False
    """Whether warnings fail a build."""
    variant: str | None = None
    """The version of the decks; None for all that is in them."""


@dataclass(frozen=True, slots=True)
class BuiltDeck:
    """What became of one deck."""

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    output: Path | None = None
    """The page that was written; None where the build failed or the page goes to standard output."""
    page: bytes = b""
    """The page itself, where it goes to standard output."""
    slides: int = 0
    """Slides, their steps not counted."""
    size: int = 0
    """Of the page, in bytes."""


def build_decks(
    sources: Sequence[Path], output: Path | None, options: BuildOptions, folder: Path
) -> Iterator[BuiltDeck]:
    """Build the decks that `sources` name, or `slides/`, one after the other.

    Raises DeckError where it is not clear what to build or where to; what is wrong with a deck is in its
    result.
    """
    projects = Projects(folder)
    target = (output or DEFAULT_OUTPUT).absolute()
    found = find_decks(
        sources or [DEFAULT_SOURCE], lambda path: projects.of(path).config.exclude, {resolved(target)}
    )
    planned = plan(found, output)
    built = {resolved(item.path): deck.output.absolute() for item, deck in zip(found, planned, strict=True)}
    into_folder = any(deck.output != output for deck in planned)
    for item, deck in zip(found, planned, strict=True):
        pages = Pages(built, item.base if into_folder else None, target)
        reporter = Reporter()
        try:
            yield _build(deck, projects.of(deck.path), options, pages, folder, reporter)
        except DeckError as error:
            reporter.add(error.diagnostic)
            yield BuiltDeck(deck.path, tuple(sorted(reporter, key=in_reading_order)), failed=True)


def _build(
    deck: PlannedDeck,
    project: Project,
    options: BuildOptions,
    pages: Mapping[Path, Path],
    folder: Path,
    reporter: Reporter,
) -> BuiltDeck:
    compiled = compile_deck(
        deck.path, project, folder, reporter, theme=options.theme, variant=options.variant
    )
    to_stdout = deck.output == STANDARD_OUTPUT
    output = None if to_stdout else deck.output.absolute()
    built: BuiltPage = build_page(compiled, output, pages, folder, embed=options.embed)
    diagnostics = tuple(sorted(reporter, key=in_reading_order))
    warned = any(item.severity is Severity.WARNING for item in diagnostics)
    if reporter.failed or (options.strict and warned):
        return BuiltDeck(deck.path, diagnostics, failed=True)
    if output is not None:
        for path, copy in built.files.items():
            write_copy(path, copy)
        write_file(output, built.page)
    return BuiltDeck(
        deck.path,
        diagnostics,
        failed=False,
        output=None if to_stdout else deck.output,
        page=built.page if to_stdout else b"",
        slides=built.slides,
        size=len(built.page),
    )
