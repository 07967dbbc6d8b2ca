"""Determines which slide each slide inherits from: the step before it, a template, or the current layout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.syntax.nodes import Property, RawSlide
from slidegen.syntax.slide_properties import SLIDE_PROPERTIES

T = TypeVar("T")

NOT_INHERITED = frozenset(name for name, row in SLIDE_PROPERTIES.items() if not row.inherited)


class SlidePlace(Struct, Generic[T], frozen=True):
    """A slide's relation to those before it."""

    template: T | None
    """What it inherits from."""
    continues: bool
    """Whether it is a step of the slide before it."""
    is_layout: bool
    unknown: Property | None = None
    """A `template:` that names no earlier slide."""


class Lineage(Struct, Generic[T]):
    """Goes through the slides of a deck in order, with a value for each."""

    templates: dict[str, T] = field(default_factory=dict)
    """By `name:`; the last slide of a name wins."""
    layout: T | None = None
    before: T | None = None
    """The previous slide that is shown."""

    def place(self, slide: RawSlide, properties: Mapping[str, Property]) -> SlidePlace[T]:
        """The place of the next slide."""
        is_layout = has_value(properties, "layout", "true")
        continues = slide.continued or has_value(properties, "continued", "true")
        name = properties["template"].value if "template" in properties else ""
        template: T | None = None
        if continues and self.before is not None:
            template = self.before
        elif name in self.templates:
            template = self.templates[name]
        elif not is_layout and not has_value(properties, "layout", "false"):
            template = self.layout
        unknown = properties["template"] if name and name not in self.templates else None
        return SlidePlace(
            template, continues and self.before is not None and not is_layout, is_layout, unknown
        )

    def add(self, place: SlidePlace[T], properties: Mapping[str, Property], value: T) -> None:
        """Continue after a slide with its value."""
        if place.is_layout:
            self.layout = value
        elif self._ends_layout(place, properties):
            self.layout = None
        if "name" in properties and properties["name"].value:  # as in remark, `name:` alone names nothing
            self.templates[properties["name"].value] = value
        if not place.is_layout:
            self.before = value

    def _ends_layout(self, place: SlidePlace[T], properties: Mapping[str, Property]) -> bool:
        """As in remark, `layout: false` has no effect on a step, or beside a template."""
        return has_value(properties, "layout", "false") and place.template is None


def inherited_properties(
    template: Mapping[str, Property], own: Mapping[str, Property]
) -> dict[str, Property]:
    """A slide's own properties and those of its template; classes accumulate."""
    properties = dict(own)
    for key, item in template.items():
        if key in NOT_INHERITED:
            continue
        if key == "class" and "class" in properties:
            both = f"{item.value}, {properties['class'].value}"
            properties["class"] = replace(properties["class"], value=both)
        elif key not in properties:
            properties[key] = item
    return properties


def has_value(properties: Mapping[str, Property], key: str, value: str) -> bool:
    """Whether a property has a value."""
    found = properties.get(key)
    return found is not None and found.value == value
