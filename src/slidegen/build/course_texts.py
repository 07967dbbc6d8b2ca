"""Reduces what `slidegen.yml` says about a course to a variant."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from slidegen.deck.leave_out import leave_out_of_value
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Reporter
from slidegen.project.project import Project
from slidegen.source import Source, Span
from slidegen.syntax.nodes import Property

SHOWN = ("course", "title", "code", "term", "description", "author", "links", "sessions")
"""The options that are shown on the course page and in its feed."""


def reduced_project(project: Project, variant: Variant, reporter: Reporter) -> Project:
    """A project whose texts about the course are without what a variant leaves out.

    Near misses of marks in them are reported.
    """
    reading = _Texts(project, variant, reporter)
    config = project.config
    changed = {name: reading.reduced(name, getattr(config, name)) for name in SHOWN}
    return replace(project, config=replace(config, **changed))


class _Texts(Struct, frozen=True):
    project: Project
    variant: Variant
    reporter: Reporter

    def reduced(self, name: str, value: object) -> object:
        """A value of an option, or a part of it."""
        if isinstance(value, str):
            return self._text(name, value)
        if isinstance(value, tuple | list):
            return tuple(self.reduced(name, item) for item in value)
        if isinstance(value, Mapping):
            return {self._text(name, str(key)): self.reduced(name, item) for key, item in value.items()}
        if isinstance(value, Struct):
            parts = {key: self.reduced(name, getattr(value, key)) for key in value.__struct_fields__}
            return replace(value, **parts)
        return value

    def _text(self, name: str, text: str) -> str:
        if not any(sign in text for sign in "[<."):
            return text
        place = self.project.places.get(name, Span(Source("slidegen.yml", text), 0, len(text)))
        item = Property(name, text, place)
        return leave_out_of_value(item, self.variant, self.project.config, self.reporter).value
