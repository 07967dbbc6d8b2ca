"""Finds properties and settings that resemble a mark of a slide but mark nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from slidegen.deck.near_forms import Report
from slidegen.deck.near_names import MarkNames
from slidegen.deck.near_patterns import LISTED
from slidegen.deck.near_words import CLASS, EXCLUDE, KEYS, ONLY, OTHER_KEYS, meant_key, plain, words_in
from slidegen.source import Source, Span
from slidegen.syntax.nodes import Property
from slidegen.syntax.properties import VARIABLE

UNFINISHED = (">", "|", ">-", "|-", ">+", "|+", "[")
"""How a value ends that YAML would go on reading in the next line."""


class NearProperties(Struct, frozen=True):
    """Looks for near misses in front matter and in the properties of slides."""

    names: MarkNames
    report: Report

    def settings(self, settings: Iterable[tuple[str, str, Span]]) -> None:
        """Check front matter, where nothing marks a whole deck."""
        for key, value, span in settings:
            if key not in OTHER_KEYS and self.names.are_marked(key, value):
                self.report(
                    f"{key}: in front matter does not leave a deck out",
                    span,
                    "mark its slides, or keep the deck in a folder that is not built",
                )

    def properties(self, properties: Iterable[Property]) -> None:
        """Check the properties of a slide that is shown."""
        properties = list(properties)
        counts = {item.key: item for item in properties}
        for item in properties:
            if item.key in KEYS and item is not counts[item.key]:
                self._overridden(item)
            elif item.key == CLASS:
                self._classes(item)
                self._unknown(item, counts)
            elif item.key == EXCLUDE and not item.value.strip():
                self.report(
                    "exclude: names no variant, so every variant has the slide", item.span, "name one or more"
                )
            elif item.key == ONLY and not any(map(plain, words_in(item.value))):
                self.report(
                    "only: names no variant, so every variant has the slide", item.span, "name one or more"
                )
            elif item.key not in KEYS and self.names.are_marked(item.key, item.value):
                key = meant_key(item.key) or ONLY
                self.report(
                    f"the property {item.key} is not {key}, so the slide is shown",
                    item.span,
                    f"write {key}: {item.value}",
                )

    def _overridden(self, item: Property) -> None:
        """Report a mark that has no effect because the same property follows."""
        if item.key != CLASS or self.names.first_class(words_in(item.value)):
            self.report(
                f"another {item.key}: below takes precedence over this one, so the slide is shown",
                item.span,
                f"write one {item.key}: for both",
            )

    def _unknown(self, item: Property, own: Mapping[str, Property]) -> None:
        """Report a class that is the value of a variable that has none; a layout's may have one on its slides."""
        unknown = VARIABLE.search(item.value)
        if unknown is not None and "layout" not in own:
            self.report(
                f"{unknown[0]} has no value here, so the slide is shown whatever class is meant",
                item.span,
                f"write the class, or give the slide {unknown[1].strip()}: and a value",
            )

    def _classes(self, item: Property) -> None:
        """Report misspelled classes, and a `class:` that ends where YAML would go on in the lines below it."""
        words = words_in(item.value)
        if not words or words[-1].endswith(UNFINISHED) or item.value.rstrip().endswith(","):
            source: Source = item.span.source
            listed = LISTED.match(source.text, item.span.end)
            name = self.names.of_class(listed["name"]) if listed is not None else ""
            if name:
                message = "this class: ends with its line, so the slide is shown"
                self.report(message, item.span, f"write class: {name}")
        exact = item.value.replace(",", " ").split()
        for word in words:
            name = self.names.of_class(word)
            if name and name not in exact:
                self.report(
                    f"the class {word} is not {name}, so the slide is shown",
                    item.span,
                    f"write class: {name}",
                )
