"""Renders a slide's nodes as HTML: content classes, macros, formulas and Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import escape
from msgspec import Struct, field

from slidegen.deck.model import Deck, Slide
from slidegen.diagnostics import Code, Reporter
from slidegen.html_tags import START_TAG
from slidegen.render.code import (
    CodeRenderer,
    known_language,
    nearest_languages,
)
from slidegen.render.dialect import (
    Dialect,
    Footnotes,
    Fragment,
    LinkTarget,
    footnote_ids,
    read_again,
)
from slidegen.render.dialect.fragments import RESERVED
from slidegen.render.formulas import Formulas
from slidegen.render.growing_steps import MANY, grown_steps
from slidegen.render.macros.macros import MacroHtml, Macros
from slidegen.render.math import MathRenderer
from slidegen.source import Span
from slidegen.spelling import suggest
from slidegen.syntax.fence_info import fences_in, language_name, read_fence_info
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
    from slidegen.render.diagrams import Draw

TOO_MANY = 150
"""Steps of a slide from which on it matters how long it takes to convert each of them whole."""
MOST_TEXT = 1_000_000
"""Characters that the steps of a slide may have together, where each of so many is converted whole."""
PART = 20
"""What each part of a step counts for beside its characters."""
DIAGRAMS = frozenset(("mermaid", "dot", "graphviz"))
"""The languages of code that is drawn."""
INLINE_TAGS = frozenset(
    "a em strong small s cite q dfn abbr data time code var samp kbd sub sup i b u mark ruby rt rp bdi bdo "
    "span br wbr ins del img".split()
)
"""The elements of which `marked` 0.3 makes no block."""


class ContentRenderer(Struct):
    """Renders what stands on the slides of one deck; what several slides show is rendered once."""

    deck: Deck
    dialect: Dialect
    math: MathRenderer
    macros: Macros
    reporter: Reporter
    code: CodeRenderer
    draw: Draw | None = None
    """Draws diagrams; None where they are to be code."""
    _told_of_package: bool = False
    citations: Citations | None = None
    """None where the deck cites nothing."""
    links: Mapping[str, LinkTarget] = field(default_factory=dict)
    """What Markdown's definitions of links mean, in all slides."""
    formulas: Formulas = field(default_factory=lambda: Formulas(MathRenderer(), Reporter()))
    _boxes: dict[int, tuple[ContentClass, Fragment]] = field(default_factory=dict)
    """By identity: a step shows the very nodes of the step before it."""
    _checked: set[tuple[int, int, int]] = field(default_factory=set)
    _steps: dict[tuple[int, bool], list[str] | None] = field(default_factory=dict)
    """By group, and whether it is notes, what stands on the steps of slides that grow by many."""
    _footnotes: dict[int, set[str]] = field(default_factory=dict)
    """By group, the footnotes that the last step of a slide defines."""

    def __post_init__(self) -> None:
        self.links = {key: _link(item) for key, item in self.deck.links.items()}
        self.formulas = Formulas(self.math, self.reporter)
        contents = (slide.content for slide in self.deck.slides)
        self.formulas.give_numbers(contents, self.dialect, self.links)

    def slide(self, nodes: Sequence[Node], slide: Slide, *, of_notes: bool = False) -> str:
        """What stands on a slide, or in its notes, as HTML, with its footnotes."""
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
        """What stands on a step of a slide that grows by many, or in its notes; None for other slides."""
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
        """What stands on the last step, for each of the steps, which would take too long to convert one by one."""
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
        """What stands on each step, by what each adds; None where each has to be converted whole."""
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
        """Whether a node is the same on whatever step of its slide it stands."""
        if isinstance(node, ContentClass):
            return not any(
                isinstance(child, Citation | ReferenceList) or not self._is_plain(child)
                for child in node.children
            )
        return not (isinstance(node, MacroCall) and self.macros.varies(node))

    def line(self, nodes: Sequence[Node], slide: Slide) -> str:
        """The nodes as remark has a one-line content class: no paragraph around a single one."""
        footnotes = Footnotes(f"foot-{slide.group + 1}-")
        parts = self._parts(nodes, slide, 0)
        return self.formulas.settle(self.dialect.convert(parts, self.links, inline=True, footnotes=footnotes))

    def _html(self, nodes: Sequence[Node], slide: Slide, depth: int, *, inline: bool) -> str:
        return self.dialect.convert(self._parts(nodes, slide, depth), self.links, inline=inline)

    def later_footnotes(self, slide: Slide) -> set[str]:
        """The footnotes that later steps of the slide define: its last step has the text of all."""
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
        for node in nodes:
            if isinstance(node, Text) and node.raw:
                parts.append(Fragment(node.value, block=False, source=node.value, raw=True))
            elif isinstance(node, Text):
                self._check_languages(node)
                parts.append(node.value)
            elif isinstance(node, ContentClass):
                box = self._box(node, slide, depth)
                # A division is a block of its own, whatever stands in the lines next to it.
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

    def _check_languages(self, node: Text) -> None:
        """Warn of unknown languages: after Markdown, nobody knows any more where the code stood."""
        if "```" not in node.value and "~~~" not in node.value:
            return
        place = (id(node.span.source), node.span.start, node.span.end)
        if place in self._checked:  # a step of its code is another text
            return
        self._checked.add(place)
        for start, info, code in fences_in(node.value):
            name = language_name(info)
            if not known_language(name):
                at = start + info.index(name)
                self.reporter.report(
                    Code.UNKNOWN_LANGUAGE,
                    f"no language is called {name}, so the code is shown without colours",
                    _place(node, at, at + len(name)),
                    hint=suggest(*nearest_languages(name), otherwise="`text` says that it has none"),
                )
            if info.strip() != name:
                self._check_info(node, start, info, code)
            if self.draw is not None and name.lower() in DIAGRAMS:
                self._check_diagram(node, start, info, code)

    def _check_diagram(self, node: Text, at: int, info: str, code: str) -> None:
        """Say what keeps a diagram from being drawn, where its text says so."""
        from slidegen.render.diagrams import (  # few decks have diagrams
            diagram_fault,
            missing_package,
            own_text,
        )

        assert self.draw is not None
        name = language_name(info)
        fault = diagram_fault(self.draw, name, code)
        start = at + info.index(name)
        if fault is None and not self._told_of_package:
            self._told_of_package = True
            self.reporter.report(
                Code.MISSING_EXTRA,
                "diagrams are shown as code, since the package that draws them is missing",
                _place(node, start, start + len(name)),
                hint=missing_package(),
            )
        elif fault is not None and fault.message:
            start = at + len(info) + 1
            lines = own_text(code).split("\n")
            line = min(fault.line, len(lines)) - 1
            start += sum(len(each) + 1 for each in lines[:line])
            column = min(fault.column - 1, max(len(lines[line]) - 1, 0))
            self.reporter.report(
                Code.BAD_DIAGRAM,
                f"this diagram cannot be drawn, so it is shown as code: {fault.message}",
                _place(node, start + column, max(start + len(lines[line]), start + column + 1)),
            )

    def _check_info(self, node: Text, at: int, info: str, code: str) -> None:
        """Warn of what a fence says beside its language and slidegen does not follow."""
        said = read_fence_info(info)
        if said.unknown is not None:
            start, end = said.unknown
            self.reporter.report(
                Code.FENCE_INFO,
                f"{info[start:end]} means nothing to slidegen, so the code is shown without it",
                _place(node, at + start, at + end),
                hint='lines to highlight, as in {2,4-5} or {1|2-3|all}; title="a.py"; linenums; wrap; diff',
            )
        count = code.rstrip("\n `~").count("\n") + 1
        missing = [line for lines in said.steps if (line := lines.beyond(count)) is not None]
        if missing:
            start, end = said.lines_at
            self.reporter.report(
                Code.LINE_BEYOND,
                f"this code has no line {missing[0]} to highlight, but {count} in all",
                _place(node, at + start, at + end),
                hint="lines count from 1, whatever numbers they show",
            )


def _link(item: LinkDefinition) -> LinkTarget:
    title = None if item.title is None else RESERVED.sub("\ufffd", item.title)
    return LinkTarget(RESERVED.sub("\ufffd", item.url), title)


def _place(node: Text, start: int, end: int) -> Span:
    exact = len(node.value) == node.span.end - node.span.start
    return node.span.within(start, end) if exact else node.span


class _TooManyStepsError(Exception):
    """The steps of a slide have too much text that has to be converted again for each of them."""


def _length(nodes: Sequence[Node]) -> int:
    """Characters of what is written in nodes, and what each of them counts for."""
    return sum(
        PART + (len(node.value) if isinstance(node, Text) else node.span.end - node.span.start)
        for node in nodes
    )
