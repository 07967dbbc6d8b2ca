"""Turns slides as written into slides as shown: variables, numbers, and which slides there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.duplicate_names import warn_of_repeated_names
from slidegen.deck.inheritance import Inheritance, class_names
from slidegen.deck.model import Deck, Slide
from slidegen.deck.variables import Allowance, Expanded, Expansion
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Reporter
from slidegen.patterns import lazy_compile
from slidegen.syntax.nodes import ContentClass, MacroCall, Node, Property, RawDeck, RawSlide, Text
from slidegen.syntax.parser import parse_value
from slidegen.syntax.properties import KNOWN, VARIABLE

REPEATED = 500_000
REPEATED_OF_EACH = 100
"""How many characters may be on the slides more often than written: so many, and so many for each that is."""
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
    inheritance = Inheritance(
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
    said = frozenset[str]()
    slides: list[Slide] = []
    for index, draft in enumerate(inherited):
        number += draft.value("count") != "false"
        goes_on = (
            draft.continues and index and _say_the_same(draft.properties, inherited[index - 1].properties)
        )
        if not goes_on:
            same = object()
        expansion = Expansion(
            properties=draft.properties,
            variables=variables,
            parse=values.nodes,
            allowance=allowance,
            place=draft.span,
            expanded=expanded,
            values=same,
            used=set(said) if goes_on else set(),
        )
        group = slides[-1].group + (not draft.continues) if slides else 0
        step = slides[-1].step + 1 if slides and draft.continues else 0
        last = index + 1 == len(inherited) or not inherited[index + 1].continues
        footer = draft.properties.get(FOOTER) or variables.get(FOOTER)
        shows_footer = footer is not None and not uses_footer and footer.value not in ("", "false")
        if not draft.varies:
            content = draft.content
        elif goes_on:
            content = expansion.nodes_after(draft.content, inherited[index - 1].content, slides[-1].content)
        else:
            content = expansion.nodes(draft.content)
        said = frozenset(expansion.used)
        notes = draft.notes if config.includePresenterNotes else ()
        notes = expansion.nodes(notes) if draft.varies else notes
        foot = expansion.nodes(values.nodes(footer)) if shows_footer and footer else ()
        name, classes = expansion.text(draft.value("name")), class_names(expansion.text(draft.value("class")))
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
        class_names(values.get("class", ""))
    )
