"""Renders a slide's nodes as HTML: content classes, macros, formulas and Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import escape
from msgspec import Struct, field

from slidegen.deck.model import Deck, Slide
from slidegen.diagnostics import Code, Reporter
from slidegen.html_tags import START_TAG
from slidegen.render.code import CodeRenderer
from slidegen.render.dialect import (
    Dialect,
    Footnotes,
    Fragment,
    LinkTarget,
    footnote_ids,
    read_again,
)
from slidegen.render.dialect.fragments import RESERVED
from slidegen.render.fence_checks import FenceChecks
from slidegen.render.formulas import Formulas
from slidegen.render.growing_steps import MANY, grown_steps
from slidegen.render.macros.macros import MacroHtml, Macros
from slidegen.render.math import MathRenderer
from slidegen.render.variant_html import VariantHtml
from slidegen.source import Span
from slidegen.syntax.nodes import (
    Citation,
    ContentClass,
    Formula,
    FormulaMark,
    LinkDefinition,
    Listing,
    MacroCall,
    Node,
    ReferenceList,
    Text,
)

if TYPE_CHECKING:
    from slidegen.render.citations.citations import Citations

TOO_MANY = 150
"""The number of steps from which converting each of them whole may take too long."""
MOST_TEXT = 1_000_000
"""How many characters the steps of such a slide may have together if each is converted whole."""
PART = 20
"""What each part of a step counts for in addition to its characters."""
INLINE_TAGS = frozenset(
    "a em strong small s cite q dfn abbr data time code var samp kbd sub sup i b u mark ruby rt rp bdi bdo "
    "span br wbr ins del img".split()
)
"""The elements that `marked` 0.3 does not treat as blocks."""


class ContentRenderer(Struct):
    """Renders the content of one deck's slides; what several slides show is rendered once."""

    deck: Deck
    dialect: Dialect
    math: MathRenderer
    macros: Macros
    reporter: Reporter
    code: CodeRenderer
    fences: FenceChecks
    citations: Citations | None = None
    """None if the deck cites nothing."""
    links: Mapping[str, LinkTarget] = field(default_factory=dict)
    """Markdown's link definitions, for all slides."""
    formulas: Formulas = field(default_factory=lambda: Formulas(MathRenderer(), Reporter()))
    variant_html: VariantHtml = field(default_factory=lambda: VariantHtml(Reporter()))
    _boxes: dict[int, tuple[ContentClass, Fragment]] = field(default_factory=dict)
    """By identity, since steps share their nodes."""
    _steps: dict[tuple[int, bool], list[str] | None] = field(default_factory=dict)
    """By group, and whether it is for notes, the contents of steps of slides that grow by many."""
    _footnotes: dict[int, set[str]] = field(default_factory=dict)
    """By group, the footnotes that the last step of a slide defines."""

    def __post_init__(self) -> None:
        self.variant_html = VariantHtml(self.reporter)
        self.links = {key: _link(item) for key, item in self.deck.links.items()}
        self.formulas = Formulas(self.math, self.reporter)
        contents = (slide.content for slide in self.deck.slides)
        self.formulas.give_numbers(contents, self.dialect, self.links)

    def slide(self, nodes: Sequence[Node], slide: Slide, *, of_notes: bool = False) -> str:
        """The content of a slide, or of its notes, as HTML with its footnotes."""
        if (nodes is slide.content or nodes is slide.notes) and (
            grown := self._grown(slide, of_notes=of_notes)
        ) is not None:
            return grown
        parts = self._parts(nodes, slide, 0)
        footnotes = self._footnotes_of(slide, "notes" if of_notes else "slide")
        return self.formulas.settle(self.dialect.convert(parts, self.links, footnotes=footnotes))

    def _footnotes_of(self, slide: Slide, what: str) -> Footnotes:
        return Footnotes(f"{what}-{slide.group + 1}-", self.later_footnotes(slide))

    def _grown(self, slide: Slide, *, of_notes: bool) -> str | None:
        """The content of a step of a slide that grows by many, or of its notes; None for other slides."""
        if slide.step == 0 and slide.last_step:
            return None
        key = (slide.group, of_notes)
        if key not in self._steps:
            self._steps[key] = self._all_steps(slide, of_notes=of_notes)
        steps = self._steps[key]
        return steps[slide.step] if steps is not None else None

    def _all_steps(self, slide: Slide, *, of_notes: bool) -> list[str] | None:
        slides = self.deck.slides
        first = last = slide.index - slide.step
        while not slides[last].last_step:
            last += 1
        if last - first < MANY or slides[slide.index] is not slide:
            return None
        count = last - first + 1
        nodes = slides[last].notes if of_notes else slides[last].content
        try:
            steps = self._steps_by_growth(first, last, of_notes=of_notes)
        except _TooManyStepsError:
            return self._last_for_each(slides[last], nodes, count, slides[first].span)
        if steps is None and count >= TOO_MANY and count * _length(nodes) // 2 > MOST_TEXT:
            return self._last_for_each(slides[last], nodes, count, slides[first].span)
        return steps

    def _last_for_each(self, last: Slide, nodes: Sequence[Node], count: int, place: Span) -> list[str]:
        """The last step's content for each of the steps, which would take too long to convert one by one."""
        self.reporter.report(
            Code.TOO_MANY_STEPS,
            f"this slide has {count:,} steps in one block, which is too many to show one by one, so it has all at once",
            place,
            hint="divide it into several slides",
        )
        parts = self._parts(nodes, last, 0)
        footnotes = self._footnotes_of(last, "notes" if nodes is last.notes else "slide")
        return [self.formulas.settle(self.dialect.convert(parts, self.links, footnotes=footnotes))] * count

    def _steps_by_growth(self, first: int, last: int, *, of_notes: bool) -> list[str] | None:
        """The content of each step, by what each adds; None if each has to be converted whole."""
        slides = self.deck.slides
        added: list[list[str | Fragment]] = []
        before: tuple[Node, ...] = ()
        for step in slides[first : last + 1]:
            nodes = step.notes if of_notes else step.content
            new = nodes[len(before) :]
            if nodes[: len(before)] != before or not all(map(self._is_plain, new)):
                return None
            added.append(self._parts(new, step, 0))
            before = nodes

        converted = 0

        def convert(parts: Sequence[str | Fragment]) -> str:
            nonlocal converted
            converted += sum(PART + (len(part) if isinstance(part, str) else 0) for part in parts)
            if len(added) >= TOO_MANY and converted > MOST_TEXT:
                raise _TooManyStepsError
            return self.formulas.settle(self.dialect.convert(parts, self.links))

        what = "notes" if of_notes else "slide"
        return grown_steps(added, convert, lambda place: self._footnotes_of(slides[first + place], what))

    def _is_plain(self, node: Node) -> bool:
        """Whether a node is the same on every step of its slide."""
        if isinstance(node, ContentClass):
            return not any(
                isinstance(child, Citation | ReferenceList) or not self._is_plain(child)
                for child in node.children
            )
        return not (isinstance(node, MacroCall) and self.macros.varies(node))

    def line(self, nodes: Sequence[Node], slide: Slide) -> str:
        """The nodes like a one-line content class in remark: without a paragraph around a single one."""
        footnotes = Footnotes(f"foot-{slide.group + 1}-")
        parts = self._parts(nodes, slide, 0)
        return self.formulas.settle(self.dialect.convert(parts, self.links, inline=True, footnotes=footnotes))

    def _html(self, nodes: Sequence[Node], slide: Slide, depth: int, *, inline: bool) -> str:
        return self.dialect.convert(self._parts(nodes, slide, depth), self.links, inline=inline)

    def later_footnotes(self, slide: Slide) -> set[str]:
        """The footnotes that later steps of the slide define; its last step has the text of all."""
        if slide.last_step:
            return set()
        if slide.group not in self._footnotes:
            last = slide.index + 1
            while not self.deck.slides[last].last_step:
                last += 1
            texts = (node.value for node in self.deck.slides[last].content if isinstance(node, Text))
            self._footnotes[slide.group] = set().union(*map(footnote_ids, texts))
        return self._footnotes[slide.group]

    def _parts(self, nodes: Sequence[Node], slide: Slide, depth: int) -> list[str | Fragment]:
        parts: list[str | Fragment] = []
        called = False
        for node in nodes:
            after_call, called = called, isinstance(node, MacroCall)
            if isinstance(node, Text) and node.raw:
                parts.append(Fragment(node.value, block=False, source=node.value, raw=True))
            elif isinstance(node, Text):
                self.fences.check(node)
                if after_call and node.value.startswith("{"):
                    parts += _with_braces(parts, node.value)
                else:
                    parts.append(node.value)
            elif isinstance(node, ContentClass):
                box = self._box(node, slide, depth)
                # A division is a separate block, whatever the adjacent lines contain.
                parts += [box] if node.attributes is None else ["\n\n", box, "\n\n"]
            elif isinstance(node, Formula | FormulaMark):
                parts.append(self.formulas.fragment(node))
            elif isinstance(node, Listing):
                html = self.code.listing(node.text, node.language, node.highlighted)
                parts.append(Fragment(html, block=True, source=node.text, alone=True))
            elif isinstance(node, Citation):
                html = self.citations.citation(node, slide) if self.citations is not None else ""
                parts.append(Fragment(html, block=False, source=node.span.text))
            elif isinstance(node, ReferenceList):
                parts.append(Fragment(self._references(node, slide), block=True, source="", alone=True))
            elif isinstance(node, MacroCall):
                parts.extend(self._macro(node, slide, depth))
        return parts

    def _box(self, node: ContentClass, slide: Slide, depth: int) -> Fragment:
        known = self._boxes.get(id(node))
        if known is not None:
            return known[1]
        inner = self._html(node.children, slide, depth, inline=not node.block)
        if node.attributes is not None:
            return self._division(node, inner)
        tag = "div" if node.block else "span"
        html = f'<{tag} class="{escape(" ".join(node.classes))}">{inner}</{tag}>'
        again = () if node.block else read_again(html, self.code.span)
        fragment = Fragment(html=html, block=node.block, source=node.span.text, again=again)
        if self._is_plain(node):
            self._boxes[id(node)] = (node, fragment)
        return fragment

    def _division(self, node: ContentClass, inner: str) -> Fragment:
        from slidegen.render.divisions import division_html  # few decks have one

        html = division_html(node.classes, node.attributes or (), inner, self.dialect.callout_titles)
        fragment = Fragment(html=html, block=True, source=node.span.text, alone=True)
        if self._is_plain(node):
            self._boxes[id(node)] = (node, fragment)
        return fragment

    def _references(self, node: ReferenceList, slide: Slide) -> str:
        if self.citations is None:
            return ""
        try:
            return self.citations.references(node, self.citations.listed(node, slide), slide)
        except ValueError as error:
            message = f"this bibliography {error}"
            self.reporter.report(Code.BAD_LIST, message, node.span, hint="write ![:bibliography 1-8]")
            return ""

    def _macro(self, call: MacroCall, slide: Slide, depth: int) -> list[str | Fragment]:
        expansion = self.macros.expand(call, slide, depth)
        if isinstance(expansion, MacroHtml):
            first = START_TAG.search(expansion.html)
            block = first is not None and first["name"].lower() not in INLINE_TAGS
            return [Fragment(html=expansion.html, block=block, source=call.span.text)]
        return self._parts(expansion, slide, depth + 1)


def _with_braces(parts: list[str | Fragment], text: str) -> list[str | Fragment]:
    """Takes the output of a macro off these parts, and returns it with attributes that follow it, and their text."""
    if not parts or not isinstance(parts[-1], Fragment):
        return [text]
    from slidegen.render.macros.image_attributes import with_braces

    made = parts.pop()
    assert isinstance(made, Fragment)
    html, rest = with_braces(made.html, text)
    return [Fragment(html=html, block=made.block, source=made.source), rest]


def _link(item: LinkDefinition) -> LinkTarget:
    title = None if item.title is None else RESERVED.sub("\ufffd", item.title)
    return LinkTarget(RESERVED.sub("\ufffd", item.url), title)


class _TooManyStepsError(Exception):
    """The steps of a slide have too much text that has to be converted again for each of them."""


def _length(nodes: Sequence[Node]) -> int:
    """Characters of the source of nodes, plus what each of them counts for."""
    return sum(
        PART + (len(node.value) if isinstance(node, Text) else node.span.end - node.span.start)
        for node in nodes
    )
