"""Cuts a slide into its steps at the breaks in its content."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from slidegen.patterns import lazy_compile
from slidegen.source import Span
from slidegen.syntax.nodes import ContentClass, Node, RawSlide, StepBreak

COLUMN = lazy_compile(r"column(?:-[2-5])?")


def steps_of(slide: RawSlide) -> list[RawSlide]:
    """The slide as it is at each break, and in full; only the full one has the notes.

    At a break, the content classes around it end, and nothing that follows is there yet, except empty places
    for columns: without them, earlier columns would be wider until the last one appears.
    """
    if not any(map(_has_break, slide.content)):
        return [slide]
    *before, whole = _until_each_break(slide.content)
    spans = _spans(slide)
    steps = [
        replace(slide, content=content, notes=None, notes_at=(), span=span)
        for content, span in zip(before, spans, strict=False)
    ]
    return [*steps, replace(slide, content=whole, span=spans[-1])]


def _has_break(node: Node) -> bool:
    return node.breaks if isinstance(node, ContentClass) else isinstance(node, StepBreak)


def _until_each_break(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    """The nodes up to each break, and all of them."""
    kept: list[Node] = []
    for index, node in enumerate(nodes, 1):
        if isinstance(node, ContentClass) and node.breaks:
            *before, whole = _until_each_break(node.children)
            for children in before:
                yield (
                    *kept,
                    replace(node, children=children, breaks=False),
                    *_places_of_columns(nodes[index:]),
                )
            kept.append(replace(node, children=whole, breaks=False))
        elif isinstance(node, StepBreak):
            yield (*kept, *_places_of_columns(nodes[index:]))
        else:
            kept.append(node)
    yield tuple(kept)


def _places_of_columns(later: tuple[Node, ...]) -> tuple[Node, ...]:
    """The columns among nodes that follow later, without their content."""
    return tuple(
        replace(node, children=(), breaks=False)
        for node in later
        if isinstance(node, ContentClass) and node.block and any(map(COLUMN.fullmatch, node.classes))
    )


def _spans(slide: RawSlide) -> list[Span]:
    """What is written for each step alone; everything if breaks are in an included file."""
    source, start = slide.span.source, slide.span.start
    spans: list[Span] = []
    for place in _places(slide.content):
        if place.source is not source:
            spans.append(slide.span)
        else:
            spans.append(Span(source, start, place.start))
            start = place.end
    return [*spans, Span(source, start, slide.span.end)]


def _places(nodes: tuple[Node, ...]) -> Iterator[Span]:
    for node in nodes:
        if isinstance(node, StepBreak):
            yield node.span
        elif isinstance(node, ContentClass) and node.breaks:
            yield from _places(node.children)
