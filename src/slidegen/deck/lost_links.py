"""Reports links whose definition a variant leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from slidegen.deck.near_patterns import USE
from slidegen.diagnostics import Code, Reporter
from slidegen.syntax.nodes import LinkDefinition, RawSlide, Text, nodes_of


def report_lost_links(
    slides: Iterable[RawSlide],
    before: Sequence[tuple[str, LinkDefinition]],
    after: Mapping[str, LinkDefinition],
    reporter: Reporter,
) -> None:
    """Report links whose definition is removed along with what contains it."""
    lost = {name: item for name, item in before if name not in after}
    if not lost:
        return
    for slide in slides:
        for text in nodes_of(Text, (*slide.content, *(slide.notes or ()))):
            for match in USE.finditer(text.value):
                item = lost.get((match[2] or match[1]).lower())
                if item is not None:
                    reporter.report(
                        Code.LOST_LINK,
                        f"the address of [{match[2] or match[1]}] is left out together with the text around it",
                        text.place(*match.span()),
                        hint="move its definition to a part of the deck that this variant has",
                    )
