"""The deck model: every slide with all that it inherits."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from slidegen.config import Config
from slidegen.deck.variants import Variant
from slidegen.source import Source, Span
from slidegen.syntax.nodes import LinkDefinition, Node, Property


class Slide(Struct, frozen=True):
    """A slide as it is shown; a step of a slide is a `Slide` of its own, as in remark."""

    index: int
    """Place among all slides and steps, from 0."""
    number: int
    """The number shown on it, from 1; several slides may share one."""
    group: int
    """Place of the slide it is a step of, from 0, among slides without their steps."""
    step: int
    """0 for a slide as it first appears, 1 after its first `--`, ..."""
    last_step: bool
    name: str
    """Empty where it has none."""
    classes: tuple[str, ...]
    properties: Mapping[str, Property]
    """With those inherited from its template."""
    content: tuple[Node, ...]
    notes: tuple[Node, ...]
    footer: tuple[Node, ...]
    """What its `footer` property says; empty where it has none, or the deck places it itself."""
    span: Span
    """What its author wrote for this slide alone."""

    def value(self, key: str) -> str:
        """A property's value, empty where there is none."""
        found = self.properties.get(key)
        return found.value if found is not None else ""


class Deck(Struct, frozen=True):
    """All slides of a deck, and what holds for all of them."""

    source: Source
    slides: tuple[Slide, ...]
    links: Mapping[str, LinkDefinition]
    config: Config
    variant: Variant | None = None
    """The version that this is; None where everything is in it."""

    @property
    def total(self) -> int:
        """The number of the last slide."""
        return self.slides[-1].number if self.slides else 1
