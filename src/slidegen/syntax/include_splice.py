"""Inserts an included file's slides or text at the call."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from slidegen.source import Source, Span
from slidegen.syntax.nodes import LinkDefinition, MacroCall, Node, Property, RawSlide, Text

INCLUDE = "include"


class Included(Struct, frozen=True):
    """The result of a call of `include`."""

    slides: tuple[RawSlide, ...] = ()
    """One if the file has no separator; empty if the call is wrong."""
    sources: tuple[Source, ...] = ()
    """The file's text, and those of the files that it includes."""
    definitions: tuple[tuple[str, LinkDefinition], ...] = ()
    unchosen: tuple[RawSlide, ...] = ()
    """The slides of the file that were not requested."""


Include = Callable[[MacroCall], Included | None]
"""Reads what a call names; None if `include` is a macro of the user's. Mistakes are reported there."""


def joined(slides: list[RawSlide], included: Sequence[RawSlide], host: RawSlide) -> list[RawSlide]:
    """The slides followed by those of a file, as if its text were part of the deck.

    The content of the last slide so far comes before the file's first slide, whose properties it adopts except
    those it already has. A separator at the start of the file makes no empty slide. `host` is the
    slide of the call as written.
    """
    if not included:
        return slides
    last = slides[-1]
    if len(included) > 1 and is_blank(included[0]) and not _text(last.content).strip():
        included = included[1:]
    first, *others = included
    joint = with_notes_and_properties(replace(last, content=last.content + first.content), first)
    return [*slides[:-1], joint, *(replace(slide, hosts=(*slide.hosts, host)) for slide in others)]


def with_notes_and_properties(slide: RawSlide, included: RawSlide) -> RawSlide:
    """The slide with missing properties, and the notes, taken from one that it includes."""
    notes = slide.notes
    if included.notes is not None:
        gap = Text("\n\n", Span(included.span.source, included.span.end, included.span.end))
        notes = (*notes, gap, *included.notes) if notes else included.notes
    own = {item.key: item for item in slide.properties}
    properties = dict(own)
    for item in included.properties:
        if item.key not in own:
            properties[item.key] = item
        elif item.key == "class":
            both = f"{own['class'].value}, {item.value}"
            properties["class"] = Property("class", both, own["class"].span)
    places = (*slide.notes_at, *included.notes_at)
    return replace(slide, properties=tuple(properties.values()), notes=notes, notes_at=places)


def is_blank(slide: RawSlide) -> bool:
    """Whether a slide has neither content nor properties."""
    return not (slide.properties or slide.notes or _text(slide.content).strip())


def _text(nodes: Sequence[Node]) -> str:
    return "".join(node.value if isinstance(node, Text) else "." for node in nodes)


def before_separator(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes without the line break before a separator, which belongs to the separator in remark."""
    last = nodes[-1] if nodes else None
    if not isinstance(last, Text) or not last.value.endswith("\n"):
        return nodes
    kept = Text(last.value[:-1], Span(last.span.source, last.span.start, last.span.end - 1), last.code)
    return (*nodes[:-1], kept) if kept.value else nodes[:-1]
