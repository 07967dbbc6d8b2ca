"""Turns slides as written into slides as shown: inheritance, numbers and variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.duplicate_names import warn_of_repeated_names
from slidegen.deck.inheritance import Draft, Inheritance, Inherited, class_names
from slidegen.deck.model import Deck, Slide
from slidegen.deck.variables import Allowance, Expanded, Expansion
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.remembered import Remembered
from slidegen.syntax.nodes import ContentClass, MacroCall, Node, Property, RawDeck, RawSlide, Text, nodes_of
from slidegen.syntax.parser import parse_value
from slidegen.syntax.properties import KNOWN, VARIABLE

REPEATED = 500_000
REPEATED_OF_EACH = 100
"""How many characters may be repeated on slides: this many, and this many for each written one."""
FOOTER = "footer"
TAKES_OUT = ("exclude", "layout", "class")
"""Properties with which a slide is not shown."""
STEPPED_CODE = lazy_compile(r"(?:```|~~~)[^`~\n]*\|")
"""A fence that may highlight lines step by step."""


class _Group(Struct, frozen=True):
    """A slide with its steps."""

    slides: tuple[Slide, ...]
    repeated: int
    """How many of its characters count towards the allowance."""


class KnownSlides(Struct):
    """The slides of a deck's last version, and what they were made from."""

    inherited: Remembered[Inherited] = field(default_factory=Remembered)
    slides: Remembered[_Group] = field(default_factory=Remembered)


def _reads_nothing(call: MacroCall, key: str) -> bool:
    del call, key
    return False


def resolve(
    raw: RawDeck,
    config: Config,
    variables: Mapping[str, Property],
    reporter: Reporter,
    variant: Variant | None = None,
    reads: Callable[[MacroCall, str], bool] = _reads_nothing,
    *,
    known: KnownSlides | None = None,
) -> Deck:
    """The deck that remark.js 0.14.1 makes of the slides (models/slideshow.js, models/slide.js).

    Differences: an excluded slide takes its steps with it; notes, and `{{content}}` of more than text,
    are inherited whole. `variables` are the deck's own; properties of its slides take precedence. In a
    `variant`, slides have only those of the author's own properties that are shown on them, or that a
    macro on them `reads`. `known` holds the slides of the deck's last version, and is updated.
    """
    known = known or KnownSlides()
    allowance = Allowance(REPEATED + REPEATED_OF_EACH * sum(map(len, raw.texts)))
    incremental = config.incremental != "false" or any("incremental" in text for text in raw.texts)
    stepped = any("|" in text and STEPPED_CODE.search(text) is not None for text in raw.texts)
    known.inherited.begin((config, incremental, stepped))
    inheritance = Inheritance(
        config=config,
        reporter=reporter,
        allowance=allowance,
        may_be_incremental=incremental,
        may_step_code=stepped,
        known=known.inherited,
    )
    inherited = inheritance.drafts(included_slides(raw.slides, config))
    texts = raw.texts if variant is None else _texts(raw.slides)
    uses_footer = any(match[1].strip() == FOOTER for text in texts for match in VARIABLE.finditer(text))
    known.slides.begin((config, variables, uses_footer))
    maker = _SlideMaker(
        config=config,
        variables=variables,
        uses_footer=uses_footer,
        variant=variant,
        reads=reads,
        allowance=allowance,
        values=_Values(reporter),
    )
    slides = _slides(inherited, maker, known, reporter)
    if maker.values.reported:
        known.slides.forget()  # a mistake in a value is reported where it is first used
    warn_of_repeated_names(raw, reporter)
    if raw.slides and not slides and variant is None:
        _warn_of_empty_deck(raw.slides[0], reporter)
    return Deck(raw.source, slides, raw.links, config, variant)


def _warn_of_empty_deck(first: RawSlide, reporter: Reporter) -> None:
    """Report that no slide is shown, at the property that takes the first one out."""
    reporter.report(
        Code.NO_SLIDES,
        "no slide of this deck is shown, so its page is empty",
        next((item.span for item in first.properties if item.key in TAKES_OUT), first.span.within(0, 0)),
        hint="exclude, layout and excludedClasses take slides out; take one of them away",
    )


def _slides(
    inherited: Sequence[Draft], maker: _SlideMaker, known: KnownSlides, reporter: Reporter
) -> tuple[Slide, ...]:
    """The slides with their numbers; those that are known and unchanged stay the same objects."""
    allowance = maker.allowance
    number = 0
    slides: list[Slide] = []
    for group, drafts in enumerate(_groups(inherited)):
        found = known.slides.get(*drafts)
        if found is None or found.repeated > allowance.left:
            reports, left = reporter.reports, allowance.left
            maker.has_read = False
            made = maker.slides(drafts)
            repeated = left - allowance.left
            is_kept = reports == reporter.reports and not maker.has_read
        else:
            allowance.left -= found.repeated
            made, repeated, is_kept = found.slides, found.repeated, True
        numbers = []
        for draft in drafts:
            number += draft.value("count") != "false"
            numbers.append(max(1, number))
        placed = _placed(made, len(slides), numbers, group)
        if is_kept and (found is None or placed is not found.slides):
            known.slides.put(_Group(placed, repeated), *drafts)
        slides += placed
    return tuple(slides)


def _shown_properties(
    properties: Mapping[str, Property],
    expansion: Expansion,
    nodes: Sequence[Node],
    reads: Callable[[MacroCall, str], bool],
) -> Mapping[str, Property]:
    """The properties that slidegen uses, and those that a slide shows."""
    known = {key: item for key, item in properties.items() if key in KNOWN}
    for item in known.values():
        expansion.text(item.value)
    calls = list(nodes_of(MacroCall, nodes)) if len(known) < len(properties) else []
    return {
        key: item
        for key, item in properties.items()
        if key in known or key in expansion.used or any(reads(call, key) for call in calls)
    }


def _texts(slides: Iterable[RawSlide]) -> Iterator[str]:
    """All text of slides written for a variant, without what it leaves out."""
    for slide in slides:
        waiting = [*slide.content, *(slide.notes or ())]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ContentClass):
                waiting.extend(node.children)
            elif isinstance(node, Text):
                yield node.value


def _groups(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """The slides, each with its steps."""
    group: list[Draft] = []
    for draft in drafts:
        if group and not draft.continues:
            yield group
            group = []
        group.append(draft)
    if group:
        yield group


def _placed(slides: tuple[Slide, ...], index: int, numbers: Sequence[int], group: int) -> tuple[Slide, ...]:
    """A slide with its steps at another place in the deck; the same objects if it is already there."""
    first = slides[0]
    if (first.index, first.group) == (index, group) and [slide.number for slide in slides] == numbers:
        return slides
    return tuple(
        replace(slide, index=index + step, number=number, group=group)
        for step, (slide, number) in enumerate(zip(slides, numbers, strict=True))
    )


class _SlideMaker(Struct):
    """Makes slides of drafts: replaces variables, and adds the footer."""

    config: Config
    variables: Mapping[str, Property]
    uses_footer: bool
    """Whether the deck places its footer itself."""
    variant: Variant | None
    reads: Callable[[MacroCall, str], bool]
    allowance: Allowance
    values: _Values
    expanded: dict[int, Expanded] = field(default_factory=dict)
    has_read: bool = False
    """Whether slides depend on what macros read, whose files may change."""

    def slides(self, drafts: Sequence[Draft]) -> tuple[Slide, ...]:
        """A slide with its steps, whose indices are set later."""
        same, used_names = object(), frozenset[str]()
        made: list[Slide] = []
        for step, draft in enumerate(drafts):
            before = drafts[step - 1] if step else None
            if before is None or not _say_the_same(draft.properties, before.properties):
                same, used_names, before = object(), frozenset(), None
            expansion = Expansion(
                properties=draft.properties,
                variables=self.variables,
                parse=self.values.nodes,
                allowance=self.allowance,
                place=draft.span,
                expanded=self.expanded,
                values=same,
                used=set(used_names),
            )
            if not draft.varies:
                content = draft.content
            elif before is not None:
                content = expansion.nodes_after(draft.content, before.content, made[-1].content)
            else:
                content = expansion.nodes(draft.content)
            used_names = frozenset(expansion.used)
            made.append(self._slide(draft, step, content, expansion, is_last=step == len(drafts) - 1))
        return tuple(made)

    def _slide(
        self,
        draft: Draft,
        step: int,
        content: tuple[Node, ...],
        expansion: Expansion,
        *,
        is_last: bool,
    ) -> Slide:
        footer = draft.properties.get(FOOTER) or self.variables.get(FOOTER)
        shows_footer = footer is not None and not self.uses_footer and footer.value not in ("", "false")
        notes = draft.notes if self.config.includePresenterNotes else ()
        notes = expansion.nodes(notes) if draft.varies else notes
        foot = expansion.nodes(self.values.nodes(footer)) if shows_footer and footer else ()
        name, classes = expansion.text(draft.value("name")), class_names(expansion.text(draft.value("class")))
        properties: Mapping[str, Property] = draft.properties
        if self.variant is not None:
            properties = _shown_properties(properties, expansion, (*content, *notes, *foot), self._reads)
        return Slide(
            index=step,
            number=1,
            group=0,
            step=step,
            last_step=is_last,
            name=name,
            classes=classes,
            properties={
                key: replace(item, value=expansion.text(item.value)) if "{{" in item.value else item
                for key, item in properties.items()
            },
            content=content,
            notes=notes,
            footer=foot,
            span=draft.span,
        )

    def _reads(self, call: MacroCall, key: str) -> bool:
        self.has_read = True
        return self.reads(call, key)


class _Values(Struct):
    """The nodes of property values, each parsed once."""

    reporter: Reporter
    parsed: dict[int, tuple[Property, tuple[Node, ...]]] = field(default_factory=dict)
    reported: bool = False
    """Whether a mistake was found in one of them."""

    def nodes(self, item: Property) -> tuple[Node, ...]:
        found = self.parsed.get(id(item))
        if found is None:
            reports = self.reporter.reports
            found = self.parsed[id(item)] = (item, parse_value(item, self.reporter))
            self.reported = self.reported or reports != self.reporter.reports
        return found[1]


def _say_the_same(one: Mapping[str, Property], other: Mapping[str, Property]) -> bool:
    """Whether two steps have the same properties."""
    return one.keys() == other.keys() and all(item.value == other[key].value for key, item in one.items())


def included_slides(slides: Sequence[RawSlide], config: Config) -> list[RawSlide]:
    """The slides that are not excluded; an excluded slide takes its steps and included slides with it."""
    kept: list[RawSlide] = []
    leaving_out = False
    excluded = frozenset(config.excludedClasses)
    for slide in slides:
        left_out = any(_is_excluded(each, excluded) for each in (slide, *slide.hosts))
        leaving_out = left_out or (leaving_out and slide.continued)
        if not leaving_out:
            kept.append(slide)
    return kept


def _is_excluded(slide: RawSlide, classes: frozenset[str]) -> bool:
    if not slide.properties:
        return False
    values = {item.key: item.value for item in slide.properties}
    return values.get("exclude", "").lower() == "true" or not classes.isdisjoint(
        class_names(values.get("class", ""))
    )
