"""Caches the finished slides of a served deck, so that an edit rerenders only what it touches."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.compile.compile import CompiledDeck
from slidegen.compile.source_locator import SourceLocator
from slidegen.deck.model import Deck, Slide
from slidegen.files.paths import resolve_links
from slidegen.page.step_references import StepHtml, StepReferences
from slidegen.patterns import lazy_compile
from slidegen.remembered import Remembered
from slidegen.render.assets import Assets
from slidegen.render.macros.macros import slide_values
from slidegen.render.page_model import RenderedSlide
from slidegen.render.slide_content import ContentRenderer
from slidegen.render.slides import heading, inline_style, render_content, rendered_slide
from slidegen.syntax.nodes import (
    Citation,
    ContentClass,
    Formula,
    FormulaMark,
    Listing,
    Node,
    ReferenceList,
    StepBreak,
    Text,
)

DEFINITION = lazy_compile(
    r"\\(?:(?:re)?newcommand|providecommand|def|let|DeclareMathOperator|newenvironment)"
)
"""In a formula, what later formulas depend on."""


class RenderedContent(Struct, frozen=True):
    """The result for a slide, apart from its place in the deck."""

    html: str
    notes: str
    style: str
    title: str


class _Kept(Struct, frozen=True):
    """A finished slide, and its key by content."""

    key: Hashable
    content: RenderedContent


class _Telling(Struct, frozen=True):
    """What a formula depends on besides itself."""

    formulas: Hashable
    """All others, if some define or refer, or have numbers."""
    before: Sequence[int]
    """How many definitions come before each slide."""


class SlideCache(Struct):
    """Caches finished slides by identity, and by what they are made from, for those that have moved."""

    _whole: Hashable = None
    _by_key: dict[Hashable, RenderedContent] = field(default_factory=dict)
    _by_slide: Remembered[_Kept] = field(default_factory=Remembered)
    _shown: Remembered[RenderedSlide] = field(default_factory=Remembered)
    _formulas: Remembered[tuple[Formula, ...]] = field(default_factory=Remembered)
    rendered: int = 0
    """How many slides were not cached the last time."""

    def slides(
        self, compiled: CompiledDeck, assets: Assets, places: SourceLocator, whole: object
    ) -> Iterator[RenderedSlide]:
        """The deck's slides in order, with all references resolved.

        `whole` represents the files that all of them may depend on; when it changes, nothing is reused.
        """
        deck, content = compiled.deck, compiled.content
        telling = self._telling_formulas(deck)
        of_all = (whole, deck.config, content.links)
        before = self._by_key if of_all == self._whole else {}
        self._whole, self._by_key, self.rendered = of_all, {}, 0
        self._by_slide.begin((of_all, deck.total, telling.formulas))
        self._shown.begin((deck.config, deck.total, compiled.theme))
        references = StepReferences(assets, places, resolve_links(compiled.path))
        title = ""
        for _, group in groupby(deck.slides, key=lambda slide: slide.group):
            steps = list(group)
            finished = self._finished(steps, compiled, references, before, telling)
            for slide, made in zip(steps, finished, strict=True):
                title = made.title or (title if slide.step else "")
                yield self._shown_slide(slide, made, title, compiled)

    def _finished(
        self,
        steps: Sequence[Slide],
        compiled: CompiledDeck,
        references: StepReferences,
        before: Mapping[Hashable, RenderedContent],
        telling: _Telling,
    ) -> list[RenderedContent]:
        """The results for a slide and its steps."""
        kept: list[_Kept | None] = []
        for slide in steps:
            known = self._by_slide.get(slide, telling.before[slide.index])
            if known is None:
                key = _key(slide, compiled.deck, compiled.content, telling)
                content = before.get(key) or self._by_key.get(key)
                known = _Kept(key, content) if content is not None else None
                if known is not None:
                    self._by_slide.put(known, slide, telling.before[slide.index])
            kept.append(known)
            if known is not None:
                self._by_key[known.key] = known.content
        missing = [slide for slide, known in zip(steps, kept, strict=True) if known is None]
        made = iter(self._make(missing, compiled, references, telling)) if missing else iter(())
        return [known.content if known is not None else next(made) for known in kept]

    def _make(
        self,
        steps: Sequence[Slide],
        compiled: CompiledDeck,
        references: StepReferences,
        telling: _Telling,
    ) -> list[RenderedContent]:
        """Render steps of a slide again; what several of them share is rewritten once."""
        self.rendered += len(steps)
        reports = compiled.reporter.reports
        htmls = [render_content(slide, compiled.content) for slide in steps]
        rewritten = references.rewrite(
            [
                StepHtml(index=slide.index, html=html, notes=notes, style=inline_style(slide))
                for slide, (html, notes) in zip(steps, htmls, strict=True)
            ]
        )
        made = [
            RenderedContent(step.html, step.notes, step.style, heading(html))
            for step, (html, _) in zip(rewritten, htmls, strict=True)
        ]
        # A slide with a mistake is rendered each time, so that the mistake is reported at its new place.
        if reports == compiled.reporter.reports:
            for slide, content in zip(steps, made, strict=True):
                key = _key(slide, compiled.deck, compiled.content, telling)
                if key is not None:
                    self._by_key[key] = content
                    self._by_slide.put(_Kept(key, content), slide, telling.before[slide.index])
        return made

    def _shown_slide(
        self, slide: Slide, made: RenderedContent, title: str, compiled: CompiledDeck
    ) -> RenderedSlide:
        known = self._shown.get(slide, made, title)
        if known is None:
            style = compiled.highlight_style(slide)
            known = rendered_slide(slide, compiled.deck, made.html, made.notes, title, style)
            known = replace(known, style=made.style)
            self._shown.put(known, slide, made, title)
            return known
        line = slide.span.in_deck.position.line
        return known if known.line == line else replace(known, line=line)

    def _telling_formulas(self, deck: Deck) -> _Telling:
        self._formulas.begin(deck.config.math.number)
        found: list[Formula] = []
        defined, before = 0, list[int]()
        for slide in deck.slides:
            before.append(defined)
            known = self._formulas.get(slide.content, slide.notes)
            if known is None:
                formulas = _all_formulas((*slide.content, *slide.notes))
                known = tuple(node for node in formulas if deck.config.math.number or _tells(node))
                self._formulas.put(known, slide.content, slide.notes)
            found += known
            defined += sum(DEFINITION.search(node.tex) is not None for node in known)
        if not deck.config.math.number:
            return _Telling(tuple(node.tex for node in found), before)
        places = [(node.span.source, node.span.start) for node in found]
        first = {place: number for number, place in reversed([*enumerate(places)])}
        return _Telling(
            tuple((node.tex, first[place]) for node, place in zip(found, places, strict=True)), before
        )


def source_of(steps: Sequence[Slide]) -> str:
    """What an author wrote for a slide and its steps."""
    first, last = steps[0].span, steps[-1].span
    return first.source.text[first.start : last.end] if first.source is last.source else first.text


def _key(slide: Slide, deck: Deck, content: ContentRenderer, telling: _Telling) -> Hashable:
    """Everything that a slide's HTML depends on; None for what cannot be cached."""
    seen = _Seen()
    nodes = tuple(seen.keys(part) for part in (slide.content, slide.notes, slide.footer))
    if seen.unkept:
        return None
    place: list[Hashable] = []
    if seen.footnotes:
        place += [slide.group, frozenset(content.later_footnotes(slide))]
    if seen.macros:
        values = slide_values(slide)
        place += [deck.total, deck.source.path, *(repr(value) for value in values.values())]
    if seen.formulas:
        place += [telling.formulas, telling.before[slide.index]]
    return nodes, inline_style(slide), tuple(place)


class _Seen(Struct):
    """Whether a slide depends on more than its own text."""

    footnotes: bool = False
    macros: bool = False
    formulas: bool = False
    unkept: bool = False

    def keys(self, nodes: Sequence[Node]) -> tuple[Hashable, ...]:
        return tuple(self._key(node) for node in nodes)

    def _key(self, node: Node) -> Hashable:
        if isinstance(node, Text):
            self.footnotes = self.footnotes or "[^" in node.value
            # parts of drawings in files go to the page's end, and are put there anew each time
            self.unkept = self.unkept or "<use" in node.value
            return node.value
        if isinstance(node, ContentClass):
            return node.classes, node.block, node.span.text, self.keys(node.children)
        if isinstance(node, Formula):
            self.formulas = True
            self.unkept = self.unkept or DEFINITION.search(node.tex) is not None
            return node.tex, node.display, node.in_code, node.span.text
        if isinstance(node, FormulaMark):
            return node.shown, node.span.text
        if isinstance(node, Listing):
            return node.text, node.language, node.highlighted, node.span.text
        if isinstance(node, Citation | ReferenceList):  # they depend on everything that the deck cites
            self.unkept = True
            return node.span.text
        if isinstance(node, StepBreak):
            return ()
        self.macros = True
        return node.name, node.args, node.target, node.span.text


def _tells(formula: Formula) -> bool:
    """Whether other formulas depend on this one."""
    return "\\label" in formula.tex or DEFINITION.search(formula.tex) is not None


def _all_formulas(nodes: Sequence[Node]) -> Iterator[Formula]:
    for node in nodes:
        if isinstance(node, Formula):
            yield node
        elif isinstance(node, ContentClass):
            yield from _all_formulas(node.children)
