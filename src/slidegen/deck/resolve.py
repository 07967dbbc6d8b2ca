"""From slides as written to slides as shown: what each inherits, its number, its variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from slidegen.config import Config
from slidegen.deck.model import Deck, Slide
from slidegen.deck.names import warn_of_repeated_names
from slidegen.deck.variables import Expansion, place_content
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Code, Reporter
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, Node, Property, RawDeck, RawSlide, Text
from slidegen.syntax.parser import parse_value
from slidegen.syntax.properties import VARIABLE

NOT_INHERITED = frozenset({"name", "layout", "count"})
FOOTER = "footer"


def resolve(
    raw: RawDeck,
    config: Config,
    variables: Mapping[str, Property],
    reporter: Reporter,
    variant: Variant | None = None,
) -> Deck:
    """The deck that remark.js 0.14.1 makes of the slides (models/slideshow.js, models/slide.js).

    Differences: an excluded slide takes its steps with it; notes, and `{{content}}` of more than text,
    are inherited whole. `variables` are the deck's own, behind the properties of its slides. What is not
    in the `variant` is not in the deck.
    """
    kept = _kept(raw.slides, config)
    inherited = _Inheritance(config, reporter, variables, variant).drafts(kept)
    uses_footer = any(match[1].strip() == FOOTER for text in raw.texts for match in VARIABLE.finditer(text))
    values = _Values(reporter)
    visible = variant.visible if variant is not None else _all
    number = 0
    slides: list[Slide] = []
    for index, draft in enumerate(inherited):
        number += draft.value("count") != "false"
        expansion = Expansion(draft.properties, variables, values.nodes)
        group = slides[-1].group + (not draft.continues) if slides else 0
        step = slides[-1].step + 1 if slides and draft.continues else 0
        last = index + 1 == len(inherited) or not inherited[index + 1].continues
        footer = draft.properties.get(FOOTER) or variables.get(FOOTER)
        shows_footer = footer is not None and not uses_footer and footer.value not in ("", "false")
        texts = _visible_values(draft.properties, variant, values) if variant is not None else {}
        slides.append(
            Slide(
                index=index,
                number=max(1, number),
                group=group,
                step=step,
                last_step=last,
                name=expansion.text(draft.value("name")),
                classes=_classes(expansion.text(draft.value("class"))),
                properties={
                    key: replace(item, value=expansion.text(item.value)) if "{{" in item.value else item
                    for key, item in (draft.properties | texts).items()
                },
                content=visible(expansion.nodes(draft.content)),
                notes=visible(expansion.nodes(draft.notes)) if config.includePresenterNotes else (),
                footer=visible(expansion.nodes(values.nodes(footer))) if shows_footer and footer else (),
                span=draft.span,
            )
        )
    warn_of_repeated_names(raw, reporter)
    return Deck(raw.source, tuple(slides), raw.links, config, variant)


def _all(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return nodes


def _visible_values(
    properties: Mapping[str, Property], variant: Variant, values: _Values
) -> dict[str, Property]:
    """The properties whose values hold what is not in the variant, with what is left of the text."""
    changed = {}
    for key, item in properties.items():
        if "[" in item.value:
            nodes = values.nodes(item)
            left = variant.visible(nodes)
            if left is not nodes:
                changed[key] = replace(item, value="".join(map(_text, left)).strip())
    return changed


def _text(node: Node) -> str:
    if isinstance(node, ContentClass):
        return "".join(map(_text, node.children))
    return node.value if isinstance(node, Text) else node.span.text


@dataclass(slots=True)
class _Values:
    """The nodes of property values, each parsed once."""

    reporter: Reporter
    parsed: dict[int, tuple[Property, tuple[Node, ...]]] = field(default_factory=dict)

    def nodes(self, item: Property) -> tuple[Node, ...]:
        found = self.parsed.get(id(item))
        if found is None:
            found = self.parsed[id(item)] = (item, parse_value(item, self.reporter))
        return found[1]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A slide with what it inherits, before variables are put in."""

    properties: dict[str, Property]
    content: tuple[Node, ...]
    notes: tuple[Node, ...]
    continues: bool
    span: Span
    hidden: bool = False
    """Whether it is not in the variant, or inherits from a slide that is not."""

    def value(self, key: str) -> str:
        found = self.properties.get(key)
        return found.value if found is not None else ""


def _kept(slides: Sequence[RawSlide], config: Config) -> list[RawSlide]:
    """The slides that are shown; the steps of one that is left out go with it."""
    excluded = frozenset(config.excludedClasses)
    kept: list[RawSlide] = []
    leaving_out = False
    for slide in slides:
        values = {item.key: item.value for item in slide.properties}
        left_out = values.get("exclude", "").lower() == "true" or bool(
            excluded.intersection(_classes(values.get("class", "")))
        )
        leaving_out = left_out or (leaving_out and slide.continued)
        if not leaving_out:
            kept.append(slide)
    return kept


@dataclass(slots=True)
class _Inheritance:
    config: Config
    reporter: Reporter
    variables: Mapping[str, Property]
    variant: Variant | None = None
    templates: dict[str, _Draft] = field(default_factory=dict)
    layout: _Draft | None = None

    def drafts(self, slides: Sequence[RawSlide]) -> list[_Draft]:
        shown: list[_Draft] = []
        before: _Draft | None = None
        for slide in slides:
            properties = {item.key: item for item in slide.properties}
            is_layout = _is(properties, "layout", "true")
            continues = slide.continued or _is(properties, "continued", "true")
            template: _Draft | None = None
            name = properties["template"].value if "template" in properties else ""
            if continues and before is not None:
                template = before
            elif name in self.templates:
                template = self.templates[name]
            elif _is(properties, "layout", "false"):
                self.layout = None
            elif not is_layout:
                template = self.layout
            if name and name not in self.templates:
                self._warn_of_template(properties["template"])
            continues = continues and before is not None and not is_layout
            draft = self._draft(slide, properties, template, continues)
            if is_layout:
                self.layout = draft
            if "name" in properties:
                self.templates[properties["name"].value] = draft
            if is_layout:
                continue
            before = draft
            if draft.hidden:
                continue
            if continues and self.config.disableIncrementalSlides:
                before = shown[-1] = replace(draft, continues=shown[-1].continues)
            else:
                shown.append(draft)
        return shown

    def _draft(
        self, slide: RawSlide, own: dict[str, Property], template: _Draft | None, continues: bool
    ) -> _Draft:
        properties = dict(own)
        if continues and not self.config.countIncrementalSlides and "count" not in own:
            properties["count"] = Property("count", "false", slide.span)
        notes = slide.notes or ()
        content = slide.content
        if template is None:
            hidden = self._is_hidden(properties)
            return _Draft(properties, content, notes, continues, slide.span, hidden)
        for key, item in template.properties.items():
            if key in NOT_INHERITED:
                continue
            if key == "class" and "class" in properties:
                both = f"{item.value}, {properties['class'].value}"
                properties["class"] = replace(properties["class"], value=both)
            elif key not in properties:
                properties[key] = item
        content, placed = place_content(template.content, slide.content)
        if not placed:
            content = _joined(content, slide.content)
        if template.notes and self.config.inheritPresenterNotes:
            gap = Text("\n\n", Span(slide.span.source, slide.span.start, slide.span.start))
            notes = (*template.notes, gap, *notes) if notes else template.notes
        hidden = template.hidden or self._is_hidden(properties)
        return _Draft(properties, content, notes, continues, slide.span, hidden)

    def _is_hidden(self, properties: Mapping[str, Property]) -> bool:
        """Whether a slide is not in the variant by what its properties say, variables put in."""
        if self.variant is None:
            return False
        values = Expansion(properties, self.variables, lambda _: ())
        return self.variant.hides(
            {
                key: replace(item, value=values.text(item.value)) if "{{" in item.value else item
                for key, item in properties.items()
            }
        )

    def _warn_of_template(self, item: Property) -> None:
        self.reporter.report(
            Code.UNKNOWN_TEMPLATE,
            f"no slide before this one has the name {item.value}",
            item.span,
            hint="a template stands before the slides that use it"
            + (f"; there are {', '.join(self.templates)}" if self.templates else ""),
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


def _is(properties: Mapping[str, Property], key: str, value: str) -> bool:
    found = properties.get(key)
    return found is not None and found.value == value


def _classes(value: str) -> tuple[str, ...]:
    """The class names of a `class` property, each once, in their order; remark splits at `,` and blank."""
    return tuple(dict.fromkeys(value.replace(",", " ").split()))
