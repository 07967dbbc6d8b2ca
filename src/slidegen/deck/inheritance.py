"""Gives each slide, and each of its steps, what it inherits from layouts and templates."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.lineage import Lineage, SlidePlace, inherited_properties
from slidegen.deck.steps import steps_of
from slidegen.deck.variables import Allowance, awaits_content, has_names, place_content
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.remembered import Remembered
from slidegen.source import Span
from slidegen.syntax.nodes import Node, Property, RawSlide, Text

MAX_DEPTH = 50
"""How deeply templates may inherit from each other."""


class Draft(Struct, frozen=True):
    """A slide with what it inherits, before variables are replaced."""

    properties: dict[str, Property]
    content: tuple[Node, ...]
    notes: tuple[Node, ...]
    continues: bool
    span: Span
    varies: bool = False
    """Whether its content or notes contain names in braces that may be variables."""
    awaits: bool = False
    """Whether its content may have a place for the content of slides made from it."""
    depth: int = 0
    """The length of its chain of templates."""
    repeated: int = 0
    """How many characters its templates have placed more than once."""

    def value(self, key: str) -> str:
        """A property's value; empty if it is missing."""
        found = self.properties.get(key)
        return found.value if found is not None else ""


class Inherited(Struct, frozen=True):
    """The result for a slide, including its steps."""

    drafts: tuple[Draft, ...]
    repeated: int
    """How many of its characters count towards the allowance."""


class Inheritance(Struct):
    """Goes through a deck's slides in order, and gives them what they inherit."""

    config: Config
    reporter: Reporter
    allowance: Allowance
    may_be_incremental: bool
    """Whether anything in the deck is incremental."""
    may_step_code: bool
    """Whether a block of code in it may highlight lines step by step."""
    known: Remembered[Inherited] = field(default_factory=Remembered)
    """The results for the same slides with the same templates."""
    lineage: Lineage[Draft] = field(default_factory=Lineage)

    def drafts(self, slides: Sequence[RawSlide]) -> list[Draft]:
        """The slides and steps with what they inherit, without layouts."""
        shown: list[Draft] = []
        for slide in slides:
            properties = {item.key: item for item in slide.properties}
            place = self.lineage.place(slide, properties)
            drafts = self._drafts_of(slide, properties, place)
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

    def _drafts_of(
        self, slide: RawSlide, properties: dict[str, Property], place: SlidePlace[Draft]
    ) -> tuple[Draft, ...]:
        made_from = (slide, place.template, place.continues, place.is_layout)
        known = self.known.get(*made_from)
        if known is not None and known.repeated <= self.allowance.left:
            self.allowance.left -= known.repeated
            return known.drafts
        reports, left = self.reporter.reports, self.allowance.left
        if place.unknown is not None:
            self._warn_of_template(place.unknown)
        if self.may_be_incremental and not place.is_layout:
            slide = self._incremental(slide, properties, place)
        first, *others = self._steps_of(slide, place)
        draft = self._draft(first, properties, place)
        drafts = (draft, *(self._step(draft, step, place) for step in others))
        if reports == self.reporter.reports:  # a mistake is reported each time
            self.known.put(Inherited(drafts, left - self.allowance.left), *made_from)
        return drafts

    def _steps_of(self, slide: RawSlide, place: SlidePlace[Draft]) -> list[RawSlide]:
        steps = steps_of(slide)
        if place.is_layout or self.config.disableIncrementalSlides:
            steps = steps[-1:]
        if self.may_step_code and not place.is_layout:
            from slidegen.deck.code_steps import with_code_steps  # few decks need it

            return with_code_steps(steps, whole=self.config.disableIncrementalSlides)
        return steps

    def _incremental(self, slide: RawSlide, own: dict[str, Property], place: SlidePlace[Draft]) -> RawSlide:
        """A slide with the breaks that its classes ask for."""
        from slidegen.deck.incremental import with_breaks  # few decks need it

        template = place.template
        properties = own if template is None else inherited_properties(template.properties, own)
        classes = class_names(properties["class"].value) if "class" in properties else ()
        return replace(slide, content=with_breaks(slide.content, classes, self.config.incremental))

    def _step(self, first: Draft, step: RawSlide, place: SlidePlace[Draft]) -> Draft:
        """A further step of a slide, made from its first one."""
        counts = self.config.countIncrementalSlides
        own = {} if counts else {"count": Property("count", "false", step.span)}
        draft = self._draft(step, own, place)
        return replace(draft, properties=inherited_properties(first.properties, own), continues=True)

    def _draft(self, slide: RawSlide, own: dict[str, Property], place: SlidePlace[Draft]) -> Draft:
        template = place.template
        properties = dict(own)
        if place.continues and not self.config.countIncrementalSlides and "count" not in own:
            properties["count"] = Property("count", "false", slide.span)
        content, notes = slide.content, slide.notes or ()
        varies = has_names(content) or has_names(notes)
        draft = Draft(
            properties=properties,
            content=content,
            notes=notes,
            continues=place.continues,
            span=slide.span,
            varies=varies,
            awaits=varies and awaits_content(content),
        )
        return draft if template is None else self._inherited(draft, template)

    def _inherited(self, own: Draft, template: Draft) -> Draft:
        """A slide with what it inherits from its template, or from the step before it."""
        depth, repeated = template.depth + (not own.continues), template.repeated
        at = own.properties["template"].span if "template" in own.properties else own.span
        if depth > MAX_DEPTH:
            message = f"more than {MAX_DEPTH} templates inherit from each other"
            raise DeckError(Diagnostic(Code.TOO_MUCH_TEXT, message, at.written))
        if not own.continues:  # a step has the same nodes as the one before
            self.allowance.take(repeated, at)

        def repeat(size: int) -> None:
            nonlocal repeated
            repeated += size
            self.allowance.take(size, at)

        content, placed, notes = template.content, False, own.notes
        if template.awaits:
            content, placed = place_content(template.content, own.content, repeat)
        if not placed:
            content = _joined(content, own.content)
        if template.notes and self.config.inheritPresenterNotes:
            gap = Text("\n\n", Span(own.span.source, own.span.start, own.span.start))
            notes = (*template.notes, gap, *notes) if notes else template.notes
        return replace(
            own,
            properties=inherited_properties(template.properties, own.properties),
            content=content,
            notes=notes,
            varies=own.varies or template.varies,
            awaits=(template.awaits and not placed) or own.awaits,
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
            + (f"; choose from {', '.join(names)}" if names else ""),
        )


def _joined(before: tuple[Node, ...], after: tuple[Node, ...]) -> tuple[Node, ...]:
    """Inherited nodes and a slide's own, with a line break between them if neither has one.

    remark has none, so that `a`, `--`, `b` on three lines are shown as "ab".
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


def class_names(value: str) -> tuple[str, ...]:
    """The class names in a `class` property, each once, in order; like remark, it splits at `,` and space."""
    return tuple(dict.fromkeys(value.replace(",", " ").split()))
