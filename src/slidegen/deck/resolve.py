"""Turns slides as written into slides as shown: inheritance, numbers and variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.duplicate_names import warn_of_repeated_names
from slidegen.deck.lineage import Lineage, SlidePlace, inherited_properties
from slidegen.deck.model import Deck, Slide
from slidegen.deck.steps import steps_of
from slidegen.deck.variables import Allowance, Expanded, Expansion, has_names, place_content
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, MacroCall, Node, Property, RawDeck, RawSlide, Text
from slidegen.syntax.parser import parse_value
from slidegen.syntax.properties import KNOWN, VARIABLE

REPEATED = 500_000
REPEATED_OF_EACH = 100
"""How many characters may be on the slides more often than written: so many, and so many for each that is."""
MAX_DEPTH = 50
"""How many templates may inherit from each other."""
FOOTER = "footer"
STEPPED_CODE = lazy_compile(r"(?:```|~~~)[^`~\n]*\|")
"""A fence that may highlight lines step by step."""


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
) -> Deck:
    """The deck that remark.js 0.14.1 makes of the slides (models/slideshow.js, models/slide.js).

    Differences: an excluded slide takes its steps with it; notes, and `{{content}}` of more than text,
    are inherited whole. `variables` are the deck's own, behind the properties of its slides. Where the deck
    is a `variant`, slides have only those properties of the author's own that are shown on them, or that a
    macro on them `reads`.
    """
    allowance = Allowance(REPEATED + REPEATED_OF_EACH * sum(map(len, raw.texts)))
    incremental = config.incremental != "false" or any("incremental" in text for text in raw.texts)
    stepped = any("|" in text and STEPPED_CODE.search(text) is not None for text in raw.texts)
    inheritance = _Inheritance(
        config=config,
        reporter=reporter,
        allowance=allowance,
        may_be_incremental=incremental,
        may_step_code=stepped,
    )
    inherited = inheritance.drafts(included_slides(raw.slides, config))
    texts = raw.texts if variant is None else _texts(raw.slides)
    uses_footer = any(match[1].strip() == FOOTER for text in texts for match in VARIABLE.finditer(text))
    values, expanded, same = _Values(reporter), dict[int, Expanded](), object()
    number = 0
    slides: list[Slide] = []
    for index, draft in enumerate(inherited):
        number += draft.value("count") != "false"
        if not (
            draft.continues and index and _say_the_same(draft.properties, inherited[index - 1].properties)
        ):
            same = object()
        expansion = Expansion(
            properties=draft.properties,
            variables=variables,
            parse=values.nodes,
            allowance=allowance,
            place=draft.span,
            expanded=expanded,
            values=same,
        )
        group = slides[-1].group + (not draft.continues) if slides else 0
        step = slides[-1].step + 1 if slides and draft.continues else 0
        last = index + 1 == len(inherited) or not inherited[index + 1].continues
        footer = draft.properties.get(FOOTER) or variables.get(FOOTER)
        shows_footer = footer is not None and not uses_footer and footer.value not in ("", "false")
        content = expansion.nodes(draft.content) if draft.varies else draft.content
        notes = draft.notes if config.includePresenterNotes else ()
        notes = expansion.nodes(notes) if draft.varies else notes
        foot = expansion.nodes(values.nodes(footer)) if shows_footer and footer else ()
        name, classes = expansion.text(draft.value("name")), _classes(expansion.text(draft.value("class")))
        properties: Mapping[str, Property] = draft.properties
        if variant is not None:
            properties = _shown_properties(properties, expansion, (*content, *notes, *foot), reads)
        slides.append(
            Slide(
                index=index,
                number=max(1, number),
                group=group,
                step=step,
                last_step=last,
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
        )
    warn_of_repeated_names(raw, reporter)
    return Deck(raw.source, tuple(slides), raw.links, config, variant)


def _shown_properties(
    properties: Mapping[str, Property],
    expansion: Expansion,
    nodes: Sequence[Node],
    reads: Callable[[MacroCall, str], bool],
) -> Mapping[str, Property]:
    """The properties that mean something to slidegen, and those that a slide shows."""
    known = {key: item for key, item in properties.items() if key in KNOWN}
    for item in known.values():
        expansion.text(item.value)
    calls = list(_calls(nodes)) if len(known) < len(properties) else []
    return {
        key: item
        for key, item in properties.items()
        if key in known or key in expansion.used or any(reads(call, key) for call in calls)
    }


def _texts(slides: Iterable[RawSlide]) -> Iterator[str]:
    """All text of slides that are written for a variant, without what it leaves out."""
    for slide in slides:
        waiting = [*slide.content, *(slide.notes or ())]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ContentClass):
                waiting.extend(node.children)
            elif isinstance(node, Text):
                yield node.value


def _calls(nodes: Iterable[Node]) -> Iterator[MacroCall]:
    for node in nodes:
        if isinstance(node, ContentClass):
            yield from _calls(node.children)
        elif isinstance(node, MacroCall):
            yield node


class _Values(Struct):
    """The nodes of property values, each parsed once."""

    reporter: Reporter
    parsed: dict[int, tuple[Property, tuple[Node, ...]]] = field(default_factory=dict)

    def nodes(self, item: Property) -> tuple[Node, ...]:
        found = self.parsed.get(id(item))
        if found is None:
            found = self.parsed[id(item)] = (item, parse_value(item, self.reporter))
        return found[1]


class _Draft(Struct, frozen=True):
    """A slide with what it inherits, before variables are put in."""

    properties: dict[str, Property]
    content: tuple[Node, ...]
    notes: tuple[Node, ...]
    continues: bool
    span: Span
    varies: bool = False
    """Whether there are names in braces in its content or notes, for which something may be put in."""
    depth: int = 0
    """How many templates it inherits from, each of the next."""
    repeated: int = 0
    """Characters that its templates have placed more than once."""

    def value(self, key: str) -> str:
        found = self.properties.get(key)
        return found.value if found is not None else ""


def _say_the_same(one: Mapping[str, Property], other: Mapping[str, Property]) -> bool:
    """Whether two steps have the same properties."""
    return one.keys() == other.keys() and all(item.value == other[key].value for key, item in one.items())


def included_slides(slides: Sequence[RawSlide], config: Config) -> list[RawSlide]:
    """The slides without those that are excluded; the steps of one go with it, and what it includes."""
    kept: list[RawSlide] = []
    leaving_out = False
    for slide in slides:
        left_out = any(_is_excluded(each, config) for each in (slide, *slide.hosts))
        leaving_out = left_out or (leaving_out and slide.continued)
        if not leaving_out:
            kept.append(slide)
    return kept


def _is_excluded(slide: RawSlide, config: Config) -> bool:
    values = {item.key: item.value for item in slide.properties}
    return values.get("exclude", "").lower() == "true" or not frozenset(config.excludedClasses).isdisjoint(
        _classes(values.get("class", ""))
    )


class _Inheritance(Struct):
    config: Config
    reporter: Reporter
    allowance: Allowance
    may_be_incremental: bool
    """Whether the deck says anywhere that something is incremental."""
    may_step_code: bool
    """Whether a block of code in it may highlight lines step by step."""
    lineage: Lineage[_Draft] = field(default_factory=Lineage)

    def drafts(self, slides: Sequence[RawSlide]) -> list[_Draft]:
        shown: list[_Draft] = []
        for slide in slides:
            properties = {item.key: item for item in slide.properties}
            place = self.lineage.place(slide, properties)
            if place.unknown is not None:
                self._warn_of_template(place.unknown)
            if self.may_be_incremental and not place.is_layout:
                slide = self._incremental(slide, properties, place)
            first, *others = self._steps_of(slide, place)
            draft = self._draft(first, properties, place)
            drafts = [draft, *(self._step(draft, step, place) for step in others)]
            self.lineage.add(place, properties, drafts[-1])
            if place.is_layout:
                continue
            shown += drafts[:-1]
            draft = drafts[-1]
            if place.continues and self.config.disableIncrementalSlides:
                shown[-1] = replace(draft, continues=shown[-1].continues)
            else:
                shown.append(draft)
        return shown

    def _steps_of(self, slide: RawSlide, place: SlidePlace[_Draft]) -> list[RawSlide]:
        steps = steps_of(slide)
        if place.is_layout or self.config.disableIncrementalSlides:
            steps = steps[-1:]
        if self.may_step_code and not place.is_layout:
            from slidegen.deck.code_steps import with_code_steps  # few decks need it

            return with_code_steps(steps, whole=self.config.disableIncrementalSlides)
        return steps

    def _incremental(self, slide: RawSlide, own: dict[str, Property], place: SlidePlace[_Draft]) -> RawSlide:
        """A slide with the breaks that its classes ask for."""
        from slidegen.deck.incremental import with_breaks  # few decks need it

        template = place.template
        properties = own if template is None else inherited_properties(template.properties, own)
        classes = _classes(properties["class"].value) if "class" in properties else ()
        return replace(slide, content=with_breaks(slide.content, classes, self.config.incremental))

    def _step(self, first: _Draft, step: RawSlide, place: SlidePlace[_Draft]) -> _Draft:
        """A further step of a slide, from that of its first one."""
        counts = self.config.countIncrementalSlides
        own = {} if counts else {"count": Property("count", "false", step.span)}
        draft = self._draft(step, own, place)
        return replace(draft, properties=inherited_properties(first.properties, own), continues=True)

    def _draft(self, slide: RawSlide, own: dict[str, Property], place: SlidePlace[_Draft]) -> _Draft:
        template = place.template
        properties = dict(own)
        if place.continues and not self.config.countIncrementalSlides and "count" not in own:
            properties["count"] = Property("count", "false", slide.span)
        notes = slide.notes or ()
        content = slide.content
        varies = has_names(content) or has_names(notes)
        if template is None:
            return _Draft(
                properties=properties,
                content=content,
                notes=notes,
                continues=place.continues,
                span=slide.span,
                varies=varies,
            )
        depth, repeated = template.depth + (not place.continues), template.repeated
        at = properties["template"].span if "template" in properties else slide.span
        if depth > MAX_DEPTH:
            message = f"more than {MAX_DEPTH} templates inherit from each other"
            raise DeckError(Diagnostic(Code.TOO_MUCH_TEXT, message, at.written))
        if not place.continues:  # a step has the very nodes of the one before
            self.allowance.take(repeated, at)

        def repeat(size: int) -> None:
            nonlocal repeated
            repeated += size
            self.allowance.take(size, at)

        properties = inherited_properties(template.properties, properties)
        placed = False
        if template.varies:
            content, placed = place_content(template.content, slide.content, repeat)
        else:
            content = template.content
        if not placed:
            content = _joined(content, slide.content)
        if template.notes and self.config.inheritPresenterNotes:
            gap = Text("\n\n", Span(slide.span.source, slide.span.start, slide.span.start))
            notes = (*template.notes, gap, *notes) if notes else template.notes
        return _Draft(
            properties=properties,
            content=content,
            notes=notes,
            continues=place.continues,
            span=slide.span,
            varies=varies or template.varies,
            depth=depth,
            repeated=repeated,
        )

    def _warn_of_template(self, item: Property) -> None:
        names = self.lineage.templates
        self.reporter.report(
            Code.UNKNOWN_TEMPLATE,
            f"no slide before this one has the name {item.value}",
            item.span,
            hint="a template must come before the slides that use it"
            + (f"; there are {', '.join(names)}" if names else ""),
        )


def _joined(before: tuple[Node, ...], after: tuple[Node, ...]) -> tuple[Node, ...]:
    """What is inherited and what is a slide's own, with a line break between if neither brings one.

    remark has none, so that `a`, `--`, `b` on three lines is shown as "ab".
    """
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    ends = isinstance(last, Text) and last.value.rstrip(" ").endswith("\n")
    begins = isinstance(first, Text) and first.value.startswith("\n")
    if ends or begins:
        return before + after
    place = Span(first.span.source, first.span.start, first.span.start)
    return (*before, Text("\n", place), *after)


def _classes(value: str) -> tuple[str, ...]:
    """The class names of a `class` property, each once, in their order; remark splits at `,` and blank."""
    return tuple(dict.fromkeys(value.replace(",", " ").split()))
