"""Rebuilds one served deck after each edit, and reuses whatever the edit did not touch."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.compile.compile import CompiledDeck, compile_deck
from slidegen.compile.context import CompileOptions, DeckContext, LastVersion
from slidegen.compile.source_locator import SourceLocator, warn_of_unknown_slides
from slidegen.deck.model import Deck
from slidegen.diagnostics import DeckError, Diagnostic, Reporter, Severity, in_reading_order
from slidegen.files.dependencies import Reads
from slidegen.page.known_page import KnownPage
from slidegen.page.page import (
    assemble_page,
    author_head,
    open_assets,
)
from slidegen.page.template_errors import template_errors_as_diagnostics
from slidegen.project.fault_report import diagnose
from slidegen.project.project import Project
from slidegen.remembered import Remembered
from slidegen.render.assets import Assets, Copy
from slidegen.render.html.source_lines import with_lines
from slidegen.render.page.features import live_styles
from slidegen.render.page_model import RenderedDeck, RenderedSlide, StyleSheet
from slidegen.serve.page_draft import AUDIENCE, AUTHOR, PageDraft, draft_page, name_templates, texts_of
from slidegen.serve.page_state import Problem
from slidegen.serve.problems import problem_of, step_places
from slidegen.serve.room import NOTHING_SHARED, Room
from slidegen.serve.room_check import RoomCheck
from slidegen.serve.room_files import without_files_of_notes
from slidegen.serve.room_variants import RoomVariants
from slidegen.serve.slide_cache import SlideCache, source_of
from slidegen.serve.step_cache import FoldCache

MATH_FONT = "/-/math.ttf"
"""The address of the whole font of formulas."""


class Built(Struct, frozen=True):
    """The outcome of a build."""

    problems: tuple[Problem, ...]
    diagnostics: tuple[Diagnostic, ...]
    drafts: Mapping[str, PageDraft]
    """By viewer; empty if the deck has errors."""
    steps: tuple[tuple[str, int], ...] = ()
    """For each step of the deck, its file and the line where it starts."""
    rendered: int = 0
    """How many slides were rendered."""
    room: Room | None = None
    """How the audience's version differs from the presenter's, as of the last good build; None if it does not."""


class ChangeCounters(Struct, frozen=True):
    """What has changed since the last build besides the deck's own file; counters, so that no change is lost."""

    files: int = 0
    """Files that slides may depend on: pictures, macros, data."""
    templates: int = 0
    """Files that pages are made from."""
    styles: int = 0
    """Style sheets, which do not affect slides."""


class DeckBuilder(Struct):
    """Builds one deck."""

    path: Path
    """As the user would write it."""
    output: Path
    """Where its page would be written, absolute."""
    folder: Path
    theme: str | None = None
    audiences: Sequence[str] = (AUTHOR,)
    variant: str | None = None
    reads: Reads = field(default_factory=Reads)
    """What its page is made from."""
    files: dict[str, Copy] = field(default_factory=dict)
    """What its page refers to, by path relative to the page's folder."""
    room_files: dict[str, Copy] = field(default_factory=dict)
    """What the audience's page refers to."""
    rooms: RoomVariants = field(default_factory=RoomVariants)
    _known: KnownPage = field(default_factory=KnownPage)
    _marks: Remembered[tuple[tuple[str, tuple[str, str]], ...]] = field(default_factory=Remembered)
    """The HTML of a slide's steps with the lines of their elements, by the steps and the slides."""
    _last: LastVersion = field(default_factory=LastVersion)
    _room_known: KnownPage = field(default_factory=KnownPage)
    _room_last: LastVersion = field(default_factory=LastVersion)
    _room_slides: SlideCache = field(default_factory=SlideCache)
    _room_check: RoomCheck = field(default_factory=RoomCheck)
    _room_now: Room | None = NOTHING_SHARED
    """Of the last good build, whose slides windows show; until there is one, the audience receives nothing."""
    _slides: SlideCache = field(default_factory=SlideCache)
    _folds: dict[str, FoldCache] = field(default_factory=dict)
    _changed: ChangeCounters | None = None
    _styles: Sequence[StyleSheet] = ()
    """Those of the browser side."""
    _lines: dict[tuple[str, str], str] = field(default_factory=dict)
    """The HTML of slides with the lines of their elements, by the plain HTML and its source."""
    _frame: str = ""
    """Identifies the templates that the page is made from."""

    def build(
        self, project: Callable[[], Project], pages: Mapping[Path, Path], changed: ChangeCounters
    ) -> Built:
        """Build the deck; mistakes, and slidegen's own faults, are part of the result."""
        reporter, reads = Reporter(), Reads()
        try:
            drafts, deck, room = self._drafts(project(), pages, changed, reporter, reads)
        except Exception as error:  # the server outlives slidegen's own faults
            reporter.add(diagnose(error, self.path, self.folder))
            drafts, deck, room = {}, None, None
        if drafts:
            if self._changed is None or self._changed.files != changed.files:
                self.reads = Reads()  # otherwise, cached slides depend on what was read for them
            self._changed = changed
            self._room_now = room
        self.reads.add(reads)
        diagnostics = tuple(sorted(reporter, key=in_reading_order))
        steps = step_places(deck) if deck is not None else ()
        problems = tuple(problem_of(item, steps) for item in diagnostics)
        drafts = {
            who: replace(draft, shown=replace(draft.shown, problems=problems if who == AUTHOR else ()))
            for who, draft in drafts.items()
        }
        return Built(
            problems=problems,
            diagnostics=diagnostics,
            drafts=drafts,
            steps=steps,
            rendered=self._slides.rendered,
            room=self._room_now,
        )

    def _drafts(
        self,
        project: Project,
        pages: Mapping[Path, Path],
        changed: ChangeCounters,
        reporter: Reporter,
        reads: Reads,
    ) -> tuple[dict[str, PageDraft], Deck, Room | None]:
        compiled = compile_deck(
            DeckContext(self.path, project, self.folder, reporter, reads),
            CompileOptions(theme=self.theme, variant=self.variant),
            last=self._last,
        )
        assets = open_assets(compiled, self.output, pages, self.folder, embed=False)
        places = SourceLocator(compiled.deck, compiled.content.macros.outputs)
        slides = list(self._slides.slides(compiled, assets, places, changed.files))
        warn_of_unknown_slides(slides, places, reporter, self._known.links, self._known.parts)
        formulas = any("<math" in slide.html or "<math" in slide.notes for slide in slides)
        rendered = assemble_page(compiled, slides, assets, MATH_FONT if formulas else None, self._known)
        self.files.update(assets.copies)
        if reporter.failed:
            return {}, compiled.deck, None
        before = self._changed or ChangeCounters(-1, -1, -1)
        renewed = before.templates != changed.templates
        if renewed or before.styles != changed.styles:
            with template_errors_as_diagnostics(compiled.project.templates):
                self._styles = live_styles(rendered, compiled.project.templates.text)
        rendered = replace(rendered, styles=(*rendered.styles, *self._styles))
        whole = (changed.files, changed.templates)
        variant = self.rooms.of(project, self.path) or self.variant
        apart = AUDIENCE in self.audiences and variant is not None and variant != self.variant
        drafts = {AUTHOR: self._draft(AUTHOR, rendered, compiled, assets, whole)}
        room = None
        if apart:
            room = self._room(variant, compiled, pages, changed, reporter, drafts, whole)
        elif AUDIENCE in self.audiences:
            self._show_room(rendered, compiled, assets, drafts, whole)
        if renewed:
            self._frame = name_templates(drafts[AUTHOR])
        return (
            {
                who: replace(draft, shown=replace(draft.shown, frame=f"{draft.shown.frame} {self._frame}"))
                for who, draft in drafts.items()
            },
            compiled.deck,
            room,
        )

    def _room(
        self,
        variant: str | None,
        presenter: CompiledDeck,
        pages: Mapping[Path, Path],
        changed: ChangeCounters,
        reporter: Reporter,
        drafts: dict[str, PageDraft],
        whole: Hashable,
    ) -> Room:
        """Make the page for an audience that sees a variant; if that has errors, the room keeps its page."""
        own = Reporter()
        try:
            compiled = compile_deck(
                DeckContext(self.path, presenter.project, self.folder, own, presenter.reads),
                CompileOptions(theme=self.theme, variant=variant),
                last=self._room_last,
            )
            assets = open_assets(compiled, self.output, pages, self.folder, embed=False)
            places = SourceLocator(compiled.deck, compiled.content.macros.outputs)
            slides = list(self._room_slides.slides(compiled, assets, places, changed.files))
            formulas = any("<math" in slide.html for slide in slides)
            font = MATH_FONT if formulas else None
            rendered = assemble_page(compiled, slides, assets, font, self._room_known)
            if not own.failed:
                rendered = replace(rendered, styles=(*rendered.styles, *self._styles))
                self._show_room(rendered, compiled, assets, drafts, whole)
        except DeckError as error:
            own.add(error.diagnostic)
        for item in own:
            if item.severity is Severity.ERROR:
                reporter.add(item)
        if own.failed:
            return NOTHING_SHARED
        return Room.between(_places(presenter.deck), _places(compiled.deck))

    def _show_room(
        self,
        rendered: RenderedDeck,
        compiled: CompiledDeck,
        assets: Assets,
        drafts: dict[str, PageDraft],
        whole: Hashable,
    ) -> None:
        """Make the audience's page, and list the files it may request; the old ones stay if it would reveal more."""
        page = compiled.page
        if page is not None and page.source and any(slide.notes for slide in rendered.slides):
            without = replace(compiled, page=replace(page, source=""))  # which contains the notes
            rendered = replace(rendered, head=author_head(without))
        draft = self._draft(AUDIENCE, rendered, compiled, assets, whole)
        files = without_files_of_notes(
            assets.copies, [slide.notes for slide in rendered.slides], list(texts_of(draft))
        )
        if compiled.whole is None or not self._room_check.finds_leaks(
            compiled, texts_of(draft), files, self.folder
        ):
            drafts[AUDIENCE] = draft
            self.room_files = files

    def _draft(
        self, who: str, rendered: RenderedDeck, compiled: CompiledDeck, assets: Assets, whole: Hashable
    ) -> PageDraft:
        of_author = who == AUTHOR
        marked = (
            self._marked(rendered.slides, compiled.deck) if of_author else map(_for_audience, rendered.slides)
        )
        folds = self._folds.setdefault(who, FoldCache())
        return draft_page(rendered, list(marked), compiled, assets, folds, whole, lines=of_author)

    def _marked(self, slides: Sequence[RenderedSlide], deck: Deck) -> Iterator[RenderedSlide]:
        """The slides with the lines of their elements."""
        before, self._lines = self._lines, {}
        self._marks.begin(deck.source.path)
        for _, group in groupby(slides, key=lambda slide: slide.group):
            steps = list(group)
            written = [deck.slides[step.index] for step in steps]
            made_from = (*(step.html for step in steps), *written)
            found = self._marks.get(*made_from)
            if found is not None:
                for step, (marked, key) in zip(steps, found, strict=True):
                    self._lines[key] = marked
                    yield replace(step, html=marked)
                continue
            included = any(slide.span.written.source.path != deck.source.path for slide in written)
            source = "" if included else source_of(written)
            keys = [(step.html, source) for step in steps]
            known = before
            if not all(key in before for key in keys):
                known = dict(zip(keys, with_lines((step.html for step in steps), source), strict=True))
            self._marks.put(tuple((known[key], key) for key in keys), *made_from)
            for step, key in zip(steps, keys, strict=True):
                marked = self._lines[key] = known[key]
                yield replace(step, html=marked)


def _places(deck: Deck) -> list[Hashable]:
    """A key for each step of a deck that is the same in every version: its place in the file."""
    return [(slide.span.written.source.path, slide.span.written.start) for slide in deck.slides]


def _for_audience(slide: RenderedSlide) -> RenderedSlide:
    return replace(slide, notes="", line=0)
