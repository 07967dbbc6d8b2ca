"""The deck model: every slide with everything it inherits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from slidegen.config import Config
from slidegen.deck.variants import Variant
from slidegen.source import Source, Span
from slidegen.syntax.nodes import LinkDefinition, Node, Property


class Slide(Struct, frozen=True):
    """A slide as shown; each step of a slide is a `Slide` of its own, as in remark."""

    index: int
    """Index among all slides and steps, from 0."""
    number: int
    """The number shown on it, from 1; several slides may share one."""
    group: int
    """Index of the slide it is a step of, from 0, not counting steps."""
    step: int
    """0 for a slide as it first appears, 1 after its first `--`, and so on."""
    last_step: bool
    name: str
    """Empty if it has none."""
    classes: tuple[str, ...]
    properties: Mapping[str, Property]
    """Including those inherited from its template."""
    content: tuple[Node, ...]
    notes: tuple[Node, ...]
    footer: tuple[Node, ...]
    """The text of its `footer` property; empty if it has none, or the deck places it itself."""
    span: Span
    """What its author wrote for this slide alone."""

    def value(self, key: str) -> str:
        """A property's value; empty if it is missing."""
        found = self.properties.get(key)
        return found.value if found is not None else ""


class Deck(Struct, frozen=True):
    """All slides of a deck, and what they share."""

    source: Source
    slides: tuple[Slide, ...]
    links: Mapping[str, LinkDefinition]
    config: Config
    variant: Variant | None = None
    """The version that this is; None if it has everything."""

    def own_values(self, key: str) -> Iterator[tuple[str, Span]]:
        """The values of a property of its slides, each with its place."""
        for slide in self.slides:
            item = slide.properties.get(key)
            if item is not None:
                yield item.value, item.span

    @property
    def total(self) -> int:
        """The number of the last slide."""
        return self.slides[-1].number if self.slides else 1
