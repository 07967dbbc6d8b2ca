"""Caches the finished slides of a served deck, so that an edit rerenders only what it touches."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from operator import is_

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
        keys = _Keys(steps, compiled.deck, compiled.content, telling)
        kept: list[_Kept | None] = []
        for slide in steps:
            known = self._by_slide.get(slide, telling.before[slide.index])
            if known is None:
                key = keys.of(slide)
                content = before.get(key) or self._by_key.get(key)
                known = _Kept(key, content) if content is not None else None
                if known is not None:
                    self._by_slide.put(known, slide, telling.before[slide.index])
            kept.append(known)
            if known is not None:
                self._by_key[known.key] = known.content
        missing = [slide for slide, known in zip(steps, kept, strict=True) if known is None]
        made = iter(self._make(missing, compiled, references, telling, keys)) if missing else iter(())
        return [known.content if known is not None else next(made) for known in kept]

    def _make(
        self,
        steps: Sequence[Slide],
        compiled: CompiledDeck,
        references: StepReferences,
        telling: _Telling,
        keys: _Keys,
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
                key = keys.of(slide)
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
        numbered = deck.config.math.number
        self._formulas.begin(numbered)
        found: list[Formula] = []
        defined, before = 0, list[int]()
        content, notes = _TellingFormulas(numbered), _TellingFormulas(numbered)
        for slide in deck.slides:
            before.append(defined)
            known = self._formulas.get(slide.content, slide.notes)
            if known is None:
                known = (*content.of(slide.content), *notes.of(slide.notes))
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


class _TellingFormulas:
    """The formulas that others depend on, found among the nodes that a step adds."""

    def __init__(self, numbered: bool) -> None:
        self._numbered = numbered
        self._nodes: Sequence[Node] = ()
        self._found: tuple[Formula, ...] = ()

    def of(self, nodes: Sequence[Node]) -> tuple[Formula, ...]:
        added = added_nodes(self._nodes, nodes)
        formulas = _all_formulas(nodes if added is None else added)
        found = tuple(node for node in formulas if self._numbered or _tells(node))
        self._found = found if added is None else (*self._found, *found) if found else self._found
        self._nodes = nodes
        return self._found


def source_of(steps: Sequence[Slide]) -> str:
    """What an author wrote for a slide and its steps."""
    first, last = steps[0].span, steps[-1].span
    return first.source.text[first.start : last.end] if first.source is last.source else first.text


class _Keys:
    """For each step of a slide a key of everything that its HTML depends on; None for what cannot be cached."""

    def __init__(
        self, steps: Sequence[Slide], deck: Deck, content: ContentRenderer, telling: _Telling
    ) -> None:
        self._steps, self._deck, self._content, self._telling = steps, deck, content, telling
        self._made: list[Hashable] = []

    def of(self, slide: Slide) -> Hashable:
        """The key of one of the steps; all are made together, since each has the nodes of those before it."""
        if not self._made:
            content, notes = _GrowingKey(), _GrowingKey()
            self._made = [self._key(step, content, notes) for step in self._steps]
        return self._made[slide.index - self._steps[0].index]

    def _key(self, slide: Slide, content: _GrowingKey, notes: _GrowingKey) -> Hashable:
        footer = _GrowingKey()
        parts = (content.of(slide.content), notes.of(slide.notes), footer.of(slide.footer))
        seen = (content.seen, notes.seen, footer.seen)
        if any(each.unkept for each in seen):
            return None
        place: list[Hashable] = []
        if any(each.footnotes for each in seen):
            place += [slide.group, frozenset(self._content.later_footnotes(slide))]
        if any(each.macros for each in seen):
            values = slide_values(slide)
            place += [self._deck.total, self._deck.source.path, *(repr(value) for value in values.values())]
        if any(each.formulas for each in seen):
            place += [self._telling.formulas, self._telling.before[slide.index]]
        return parts, inline_style(slide), tuple(place)


class _GrowingKey:
    """A digest of nodes, which reads only those that a step adds to the nodes of the one before."""

    def __init__(self) -> None:
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._nodes: Sequence[Node] = ()
        self._digest = blake2b(digest_size=16)
        self.seen = _Seen()

    def of(self, nodes: Sequence[Node]) -> bytes:
        """The digest of the next step's nodes."""
        added = added_nodes(self._nodes, nodes)
        if added is None:
            self._begin_anew()
            added = nodes
        if added:
            self._digest.update(repr(self.seen.keys(added)).encode("utf-8", "backslashreplace"))
        self._nodes = nodes
        return self._digest.digest()


def added_nodes(before: Sequence[Node], nodes: Sequence[Node]) -> Sequence[Node] | None:
    """The nodes after those of the step before; None if they do not begin with these."""
    continues = len(nodes) >= len(before) and all(map(is_, before, nodes))
    return nodes[len(before) :] if continues else None


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
