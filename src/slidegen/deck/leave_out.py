"""Removes what a variant leaves out, before anything else reads the deck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.footnotes import without_needless
from slidegen.deck.html_marks import Open
from slidegen.deck.lineage import Lineage, SlidePlace, inherited_properties
from slidegen.deck.lost_links import report_lost_links
from slidegen.deck.marked_nodes import EarlierSteps, NodeFilter, Removed
from slidegen.deck.near_marks import NearMarks, near_marks_outside
from slidegen.deck.node_texts import as_written, expanded, has_place, names_variables
from slidegen.deck.removed_places import Gone
from slidegen.deck.resolve import included_slides
from slidegen.deck.variables import Expansion
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Code, Reporter
from slidegen.remembered import Remembered
from slidegen.syntax.nodes import Node, Property, RawDeck, RawSlide
from slidegen.syntax.parser import parse_value
from slidegen.syntax.slide_properties import SLIDE_PROPERTIES

NO_TEXT = frozenset(name for name, row in SLIDE_PROPERTIES.items() if not row.is_text)
"""Properties whose values are not text."""


class WhatIsLeft(Struct, frozen=True):
    """A deck without what a variant leaves out."""

    raw: RawDeck
    variables: Mapping[str, Property]
    config: Config
    gone: Gone
    """The places of what was removed."""


class KnownRemains(Struct):
    """What was left of the slides of a deck's last version."""

    slides: Remembered[RawSlide] = field(default_factory=Remembered)
    """By the slides as written."""
    clean: Remembered[tuple[Node, ...]] = field(default_factory=Remembered)
    """What was left of their content, if it had no near misses of marks; by the slides as written."""


def leave_out(
    raw: RawDeck,
    variant: Variant,
    config: Config,
    variables: Mapping[str, Property],
    near: NearMarks,
    known: KnownRemains | None = None,
) -> WhatIsLeft:
    """Reduce a deck to its variant: slides, content, notes, properties, footnotes and definitions of links.

    Near misses of marks are reported by `near`. Slides of which the same is left as in the deck's last version,
    which `known` holds, stay the same objects.
    """
    known = known or KnownRemains()
    known.slides.begin(None)
    known.clean.begin((near.classes, near.variants, near.notes))
    return _Stage(variant=variant, config=config, variables=variables, near=near, known=known).deck(raw)


def leave_out_of_nodes(
    nodes: tuple[Node, ...], variant: Variant, config: Config, reporter: Reporter
) -> tuple[Node, ...]:
    """Reduce nodes that a macro wrote to a variant; near misses of marks in them are reported."""
    near = near_marks_outside(variant, config, reporter)
    values = Expansion(properties={}, variables={}, parse=lambda _: ())
    left = NodeFilter(
        classes=variant.without, near=near, removed=Removed(), expansion=values, index=-1
    ).nodes(nodes)
    near.content(left)
    return left


def leave_out_of_value(item: Property, variant: Variant, config: Config, reporter: Reporter) -> Property:
    """Reduce the value of an option to a variant; near misses of marks in it are reported."""
    nodes = parse_value(item, Reporter())
    left = leave_out_of_nodes(nodes, variant, config, reporter)
    return item if left is nodes else replace(item, value=as_written(left).strip())


class _State(Struct, frozen=True):
    """What slides that inherit from one need to know."""

    properties: Mapping[str, Property]
    hidden: bool
    swallows: bool
    """Whether the place for the content of such slides is in what is left out."""
    members: frozenset[int]
    """The indices of the slides whose content is on it."""


class _Stage(Struct):
    variant: Variant
    config: Config
    variables: Mapping[str, Property]
    near: NearMarks
    known: KnownRemains = field(default_factory=KnownRemains)
    removed: Removed = field(default_factory=Removed)
    steps: EarlierSteps = field(default_factory=EarlierSteps)
    _hosts: dict[int, bool] = field(default_factory=dict)

    def deck(self, raw: RawDeck) -> WhatIsLeft:
        slides = included_slides(raw.slides, self.config)
        there = {id(slide) for slide in slides}
        for slide in raw.slides:
            if id(slide) not in there:
                self.removed.gone.add(slide.span)
        self.variables = {key: self._value(item) for key, item in self.variables.items()}
        left = dict(self._slides(slides))
        for slide in raw.unchosen:
            self._unchosen(slide)
        self.removed.gone.close()
        left = {index: self._without_included_notes(slide) for index, slide in left.items()}
        left = without_needless(left, self.removed.scope, self.removed.gone.add)
        self.removed.gone.close()
        left = {index: self._as_known(slides[index], slide) for index, slide in left.items()}
        definitions = tuple(item for item in raw.definitions if not self.removed.gone.covers(item[1].span))
        self.near.definitions(definitions)
        if self.near.code is Code.NO_MARK:
            report_lost_links(left.values(), raw.definitions, dict(definitions), self.near.reporter)
        deck = replace(
            raw, slides=tuple(left.values()), links=dict(definitions), definitions=definitions, unchosen=()
        )
        return WhatIsLeft(deck, self.variables, self._texts(), self.removed.gone)

    def _slides(self, slides: Sequence[RawSlide]) -> Iterator[tuple[int, RawSlide]]:
        """The remaining slides, with their indices among all."""
        lineage: Lineage[_State] = Lineage()
        carried: Open | None = None
        for index, slide in enumerate(slides):
            own = {item.key: item for item in slide.properties}
            place = lineage.place(slide, own)
            if index + 1 < len(slides):
                self._look_at_hosts(slides[index + 1], lineage)
            hidden = self._hides(place, own) or any(self._hosts.get(id(host), False) for host in slide.hosts)
            if carried is not None and not place.continues:
                self.near.open_element(carried.span, carried.name)
                carried = None
            members = frozenset({index}) | (place.template.members if place.template else frozenset())
            self.removed.scope.groups[index] = (
                self.removed.scope.groups[index - 1] if place.continues else index
            )
            self.removed.scope.members[self.removed.scope.groups[index]] |= members
            properties = inherited_properties(place.template.properties, own) if place.template else own
            if hidden:
                self._take(slide)
                self.removed.scope.lose(index, (*slide.content, *(slide.notes or ())))
                lineage.add(place, own, _State(properties, True, False, members))
                if lineage.layout is None and not place.is_layout and "layout" in own:
                    yield index, _empty_layout(slide, own["layout"])
                continue
            kept, carried, swallows = self._slide(slide, index, place, properties, carried)
            lineage.add(place, own, _State(properties, False, swallows, members))
            yield index, kept
        if carried is not None:
            self.near.open_element(carried.span, carried.name)

    def _look_at_hosts(self, slide: RawSlide, lineage: Lineage[_State]) -> None:
        """Find out whether slides are left out whose calls include others: they are the current slide."""
        for host in slide.hosts:
            if id(host) not in self._hosts:
                own = {item.key: item for item in host.properties}
                self._hosts[id(host)] = self._hides(lineage.place(host, own), own)

    def _hides(self, place: SlidePlace[_State], own: Mapping[str, Property]) -> bool:
        if place.template is None:
            return self._is_hidden(own)
        return place.template.hidden or self._is_hidden(inherited_properties(place.template.properties, own))

    def _is_hidden(self, properties: Mapping[str, Property]) -> bool:
        """Whether a slide's properties, with variables replaced, exclude it from the variant."""
        values = self._expansion(properties)
        return self.variant.hides(
            {
                key: replace(item, value=values.text(item.value)) if "{{" in item.value else item
                for key, item in properties.items()
            }
        )

    def _expansion(self, properties: Mapping[str, Property]) -> Expansion:
        return Expansion(properties=properties, variables=self.variables, parse=lambda _: ())

    def _take(self, slide: RawSlide) -> None:
        self.removed.gone.add(slide.span)
        for nodes in (slide.content, slide.notes or ()):
            for node in nodes:
                self.removed.gone.add(node.span)

    def _filter(
        self,
        properties: Mapping[str, Property],
        index: int,
        carried: Open | None = None,
        steps: EarlierSteps | None = None,
    ) -> NodeFilter:
        values = self._expansion(properties)
        return NodeFilter(
            classes=self.variant.without,
            near=self.near,
            removed=self.removed,
            expansion=values,
            index=index,
            carried=carried,
            steps=steps or EarlierSteps(),
        )

    def _slide(
        self,
        slide: RawSlide,
        index: int,
        place: SlidePlace[_State],
        properties: Mapping[str, Property],
        carried: Open | None,
    ) -> tuple[RawSlide, Open | None, bool]:
        own = tuple(self._value(item) for item in slide.properties)
        expansion = self._expansion(properties)
        self.near.properties(
            replace(item, value=expansion.text(item.value)) if "{{" in item.value else item for item in own
        )
        if not place.continues:
            self.steps = EarlierSteps()
        inherited = properties.get("class")
        if inherited is not None and "{{" in inherited.value and inherited not in own:
            self.near.properties([replace(inherited, value=expansion.text(inherited.value))])
        level = self._filter(properties, index, carried, self.steps)
        content = slide.content
        had_place = has_place(content)
        if place.template is not None and place.template.swallows and not place.continues:
            self.removed.lose(content, index)
            content = ()
        else:
            content = level.nodes(content, top=True)
        swallows = had_place and not has_place(content)
        notes = slide.notes
        if notes is not None and not self.config.includePresenterNotes:
            for span in slide.notes_at:
                self.removed.gone.add(span)
            self.removed.lose(notes, index)
            notes = None
        elif notes is not None:
            notes = self._filter(properties, index).nodes(notes)
        if names_variables(content):
            values = self._expansion({key: self._value(item) for key, item in properties.items()})
            self.near.content(tuple(expanded(content, values)))
        else:
            self._check(slide, content)
        if own == slide.properties and content is slide.content and notes is slide.notes and not slide.hosts:
            return slide, level.carried, swallows
        kept = replace(slide, properties=own, content=content, notes=notes, hosts=())
        return kept, level.carried, swallows

    def _check(self, slide: RawSlide, content: tuple[Node, ...]) -> None:
        """Report near misses of marks in a slide's content, unless it is known to have none."""
        if self.known.clean.get(slide) != content:
            reports = self.near.reporter.reports
            self.near.content(content)
            if reports == self.near.reporter.reports:
                self.known.clean.put(content, slide)

    def _as_known(self, slide: RawSlide, left: RawSlide) -> RawSlide:
        """What is left of a slide: the same object as in the last version if it is equal."""
        if left is slide:
            return left
        known = self.known.slides.get(slide)
        if known == left:
            return known
        self.known.slides.put(left, slide)
        return left

    def _value(self, item: Property) -> Property:
        """A property or variable without the left-out parts of its value."""
        if item.key in NO_TEXT or not ("[" in item.value or "<" in item.value):
            return item
        nodes = parse_value(item, Reporter())
        left = self._filter({}, -1).nodes(nodes)
        self.near.content(left)
        return item if left is nodes else replace(item, value=as_written(left).strip())

    def _texts(self) -> Config:
        """The options that are shown as text."""
        changed = {}
        for key in ("title", "description", "footer", "slideNumberFormat"):
            item = Property(key, getattr(self.config, key), self.near.of_deck)
            left = self._value(item)
            if left is not item:
                changed[key] = left.value
        return replace(self.config, **changed) if changed else self.config

    def _unchosen(self, slide: RawSlide) -> None:
        """Find what is left out of a slide of which only link definitions are used."""
        own = {item.key: item for item in slide.properties}
        if self._is_hidden(own) or included_slides([slide], self.config) == []:
            self.removed.gone.add(slide.span)
            return
        quiet = NearMarks.silent(self.near)
        stage = replace(self, near=quiet, known=KnownRemains(), removed=Removed(self.removed.gone))
        stage._slide(slide, 0, SlidePlace(None, False, False), own, None)

    def _without_included_notes(self, slide: RawSlide) -> RawSlide:
        """A slide without notes from a file that is included in what is left out."""
        if not slide.notes:
            return slide
        notes = tuple(node for node in slide.notes if not self.removed.gone.covers(node.span))
        return slide if len(notes) == len(slide.notes) else replace(slide, notes=notes or None)


def _empty_layout(slide: RawSlide, layout: Property) -> RawSlide:
    """Replace a left-out slide that ends a layout with an empty layout, which ends it, too."""
    return RawSlide(
        span=slide.span, properties=(replace(layout, value="true"),), content=(), notes=None, continued=False
    )
