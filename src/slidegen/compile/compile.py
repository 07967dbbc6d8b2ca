"""Compiles a deck's file into finished slides that only lack their assets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from slidegen.compile.cite import cite
from slidegen.compile.configure import configure_deck
from slidegen.compile.context import CompileOptions, DeckContext, LastVersion
from slidegen.compile.load import load_deck
from slidegen.compile.parse import parse_slides
from slidegen.compile.render import content_renderer, select_theme
from slidegen.compile.silence import apply_silence
from slidegen.compile.withhold import WholeDeck, withhold
from slidegen.config import Setting
from slidegen.deck.model import Deck, Slide
from slidegen.deck.resolve import resolve
from slidegen.diagnostics import Reporter
from slidegen.files.dependencies import Reads
from slidegen.project.project import Project
from slidegen.reading.source_deck import AuthorPage
from slidegen.references import Locate
from slidegen.render.page_model import RenderedSlide
from slidegen.render.slide_content import ContentRenderer
from slidegen.render.slides import render_slides
from slidegen.render.theme import Theme
from slidegen.syntax.nodes import Property


class CompiledDeck(Struct, frozen=True):
    """A compiled deck, and what renders it."""

    path: Path
    project: Project
    deck: Deck
    theme: Theme
    content: ContentRenderer
    reporter: Reporter
    settings: tuple[Setting, ...]
    """The deck's front matter, with places."""
    reads: Reads
    """What its page is made from."""
    page: AuthorPage | None = None
    """The HTML page that the deck came in, if any."""
    whole: WholeDeck | None = None
    """A variant's deck before anything was left out."""
    variables: Mapping[str, Property] = field(default_factory=dict)
    """What `{{name}}` stands for on every slide, without what a variant leaves out."""

    def highlight_style(self, slide: Slide) -> str:
        """The highlight style of a slide: its own, the deck's, or the theme's for its background."""
        return self._own_style(slide) or self.theme.highlight_style(slide.classes)

    def names_highlight_style(self, slide: Slide) -> bool:
        """Whether the author names the highlight style of a slide."""
        return bool(self._own_style(slide))

    def _own_style(self, slide: Slide) -> str:
        return slide.value("highlight-style") or self.deck.config.highlightStyle

    def places_in(self, key: str) -> Locate:
        """A function that locates a reference in the setting that contains it."""
        span = next((item.value_span for item in self.settings if item.key == key), None)
        return span.find if span is not None else lambda _: None

    def slides(self) -> Iterator[RenderedSlide]:
        """The slides in order, with references to files as written."""
        return render_slides(self.deck, self.content, self.highlight_style)

    @property
    def title(self) -> str:
        """The deck's own title; empty if its first heading should be used."""
        return self.deck.config.title


NO_OPTIONS = CompileOptions()


def _known_variables(variables: Mapping[str, Property], last: LastVersion | None) -> Mapping[str, Property]:
    """The deck's variables; those of its last version if they are equal, and at the same place."""
    if last is None:
        return variables
    if variables.keys() != last.variables.keys() or not all(
        _is_same(item, last.variables[key]) for key, item in variables.items()
    ):
        last.variables = variables
    return last.variables


def _is_same(one: Property, other: Property) -> bool:
    first, second = one.span, other.span
    return (
        (one.value, first.source.path, first.start, first.end)
        == (other.value, second.source.path, second.start, second.end)
        and first.source.origin is None
        and second.source.origin is None
        and first.source.text[: first.end] == second.source.text[: second.end]
    )


def compile_deck(
    deck: DeckContext,
    options: CompileOptions = NO_OPTIONS,
    data: bytes | None = None,
    *,
    last: LastVersion | None = None,
) -> CompiledDeck:
    """Compile a deck; if `data` is given, it replaces the content of the deck's file.

    `last` is the deck's last version, whose results are reused where nothing has changed.

    Raises DeckError if it cannot go on; other mistakes are in the reporter.
    """
    deck = deck.with_dependencies()
    for diagnostic in deck.project.diagnostics:
        deck.reporter.add(diagnostic)
    source = load_deck(deck, data)
    settings = configure_deck(source, deck, options)
    written = parse_slides(settings, deck, None if last is None else last.parser)
    kept = withhold(written, settings, deck, last)
    settings = kept.settings
    resolved = resolve(
        kept.raw,
        settings.config,
        _known_variables(settings.variables, last),
        deck.reporter,
        settings.variant,
        settings.macros.may_read,
        known=None if last is None else last.slides,
    )
    apply_silence(kept.raw, {**deck.project.config.check, **resolved.config.check}, deck.reporter)
    resolved, citations = cite(resolved, settings, deck)
    theme = select_theme(settings, deck, options.theme)
    return CompiledDeck(
        path=deck.path,
        project=deck.project,
        deck=resolved,
        theme=theme,
        content=content_renderer(resolved, citations, theme, settings, deck),
        reporter=deck.reporter,
        settings=source.settings,
        reads=deck.reads,
        page=kept.page,
        whole=kept.whole,
        variables=settings.variables,
    )
