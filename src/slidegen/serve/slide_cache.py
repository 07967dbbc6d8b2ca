"""Caches the finished slides of a served deck, so that an edit rerenders only what it touches."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.compile.compile import CompiledDeck
from slidegen.compile.source_locator import SourceLocator
from slidegen.deck.model import Deck, Slide
from slidegen.files.paths import resolve_links
from slidegen.patterns import lazy_compile
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
    """What a slide is made into, apart from its place in the deck."""

    html: str
    notes: str
    style: str
    title: str


class SlideCache(Struct):
    """Keeps finished slides by what they are made from."""

    _whole: Hashable = None
    _kept: dict[Hashable, RenderedContent] = field(default_factory=dict)
    rendered: int = 0
    """How many slides the last time was not known."""

    def slides(
        self, compiled: CompiledDeck, assets: Assets, places: SourceLocator, whole: object
    ) -> Iterator[RenderedSlide]:
        """The deck's slides in order, every reference taken care of.

        `whole` stands for the files that they all may depend on; nothing is kept when it changes.
        """
        deck, content = compiled.deck, compiled.content
        formulas = _formulas(deck)
        of_all = (whole, deck.config, content.links)
        before = self._kept if of_all == self._whole else {}
        self._whole, self._kept, self.rendered = of_all, {}, 0
        title = ""
        for slide in deck.slides:
            key = _key(slide, deck, content, formulas)
            finished = before.get(key) or self._kept.get(key)
            reports = compiled.reporter.reports
            if finished is None:
                finished = self._finish(slide, compiled, assets, places)
            # A slide with a mistake is made anew each time, so that the mistake is named in its new place.
            if reports == compiled.reporter.reports and key is not None:
                self._kept[key] = finished
            title = finished.title or (title if slide.step else "")
            made = rendered_slide(
                slide, deck, finished.html, finished.notes, title, compiled.highlight_style(slide)
            )
            yield replace(made, style=finished.style)

    def _finish(
        self, slide: Slide, compiled: CompiledDeck, assets: Assets, places: SourceLocator
    ) -> RenderedContent:
        self.rendered += 1
        path = resolve_links(compiled.path)
        locate = places.of_slide(slide.index)
        html, notes = render_content(slide, compiled.content)
        return RenderedContent(
            assets.html(html, path, locate),
            assets.html(notes, path, locate),
            assets.style(inline_style(slide), path, locate),
            heading(html),
        )


def source_of(steps: Sequence[Slide]) -> str:
    """What an author wrote for a slide and its steps."""
    first, last = steps[0].span, steps[-1].span
    return first.source.text[first.start : last.end] if first.source is last.source else first.text


def _key(slide: Slide, deck: Deck, content: ContentRenderer, formulas: Hashable) -> Hashable:
    """All that a slide's HTML depends on; None for what cannot be kept."""
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
        place.append(formulas)
    return nodes, inline_style(slide), tuple(place)


class _Seen(Struct):
    """What stands on a slide, by which more than its own text matters."""

    footnotes: bool = False
    macros: bool = False
    formulas: bool = False
    unkept: bool = False

    def keys(self, nodes: Sequence[Node]) -> tuple[Hashable, ...]:
        return tuple(self._key(node) for node in nodes)

    def _key(self, node: Node) -> Hashable:
        if isinstance(node, Text):
            self.footnotes = self.footnotes or "[^" in node.value
            # parts of drawings in files stand at the page's end, and are put there anew each time
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
        if isinstance(node, Citation | ReferenceList):  # they depend on all that the deck cites
            self.unkept = True
            return node.span.text
        if isinstance(node, StepBreak):
            return ()
        self.macros = True
        return node.name, node.args, node.target, node.span.text


def _formulas(deck: Deck) -> Hashable:
    """What a formula depends on beside itself: all others, where some define or refer, or have numbers."""
    found = [node for slide in deck.slides for node in _all_formulas((*slide.content, *slide.notes))]
    if deck.config.math.number:
        first = {node.span.start: place for place, node in reversed([*enumerate(found)])}
        return tuple((node.tex, first[node.span.start]) for node in found)
    telling = [node.tex for node in found if "\\label" in node.tex or DEFINITION.search(node.tex)]
    return tuple(telling)


def _all_formulas(nodes: Sequence[Node]) -> Iterator[Formula]:
    for node in nodes:
        if isinstance(node, Formula):
            yield node
        elif isinstance(node, ContentClass):
            yield from _all_formulas(node.children)
