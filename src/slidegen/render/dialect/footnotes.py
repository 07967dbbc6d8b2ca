"""Footnotes: marked during conversion, and resolved once the whole slide is rendered.

A content class is converted before the slide around it, so a reference may be rendered before its footnote is
known, and before the references to its left that determine its number.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import filterfalse
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.render.dialect.tree import raw, to_html

MARK_START, MARK_END = "\x05", "\x06"
FOOTNOTE_MARK = lazy_compile(f"{MARK_START}([rde])([^{MARK_END}]*){MARK_END}")
"""A reference, the start and the end of a definition; the first two include the footnote's identifier."""
NAME = "[^\\]\\s^\x02-\x06]+"
"""What a footnote may be called; markers cannot be part of it."""
BACK_ICON = "undo"
"""The icon of the link back to the text, as `icons.html` calls it."""
DEFINED = lazy_compile(rf"^ {{0,3}}\[\^({NAME})\]:", re.MULTILINE)


class Footnotes(Struct, frozen=True):
    """How one step of a slide shows its footnotes."""

    prefix: str
    """The prefix of ids, which makes them unique in the deck."""
    later: Collection[str] = ()
    """Identifiers of footnotes that a later step defines, which already have numbers."""
    back: str = "Back to the text"
    """What a screen reader calls the link back."""


def footnote_ids(text: str) -> set[str]:
    """Identifiers of the footnotes that Markdown text appears to define."""
    return set(DEFINED.findall(text)) if "[^" in text else set()


def ends_in_footnote(text: str) -> bool:
    """Whether the last line of Markdown text, which must be complete, belongs to a footnote's first paragraph."""
    if not text.endswith("\n"):
        return False
    start = text.rfind("\n[^") + 1
    return DEFINED.match(text, start) is not None and "\n\n" not in text[start:]


def reference(identifier: str) -> str:
    """The mark of a reference."""
    return f"{MARK_START}r{entities.escape(identifier)}{MARK_END}"


def definition_start(identifier: str) -> str:
    """The mark before a footnote's content."""
    return f"{MARK_START}d{entities.escape(identifier)}{MARK_END}"


def definition_end() -> str:
    """The mark after a footnote's content."""
    return f"{MARK_START}e{MARK_END}"


def without_marks(text: str) -> str:
    """Text that was HTML, with references as written."""
    return FOOTNOTE_MARK.sub(lambda mark: f"[^{entities.unescape(mark[2])}]" if mark[1] == "r" else "", text)


def extract_footnotes(html: str) -> tuple[str, dict[str, str]]:
    """The HTML without the definitions, and the definitions by identifier; of several, the first wins."""
    definitions: dict[str, str] = {}
    if MARK_START not in html:
        return html, definitions
    open_parts: list[tuple[str, list[str]]] = [("", [])]
    at = 0
    for mark in FOOTNOTE_MARK.finditer(html):
        kind, identifier = mark.groups()
        if kind == "r":
            continue
        open_parts[-1][1].append(html[at : mark.start()])
        at = mark.end()
        if kind == "d":
            open_parts.append((identifier, []))
        elif len(open_parts) > 1:
            name, pieces = open_parts.pop()
            definitions.setdefault(name, "".join(pieces))
    content = open_parts[0][1]
    content.append(html[at:])
    return "".join(content), definitions


def restore_footnotes(html: str, definitions: Mapping[str, str]) -> str:
    """The HTML with the definitions between marks after it, for a text that is part of another."""
    notes = (f"{MARK_START}d{key}{MARK_END}{note}{definition_end()}" for key, note in definitions.items())
    return html + "".join(notes)


def with_footnotes(html: str, footnotes: Footnotes) -> str:
    """Turn footnote marks in HTML into numbered references, with the footnotes at the end."""
    return resolve_footnotes(*extract_footnotes(html), footnotes) if MARK_START in html else html


def resolve_footnotes(html: str, definitions: Mapping[str, str], footnotes: Footnotes) -> str:
    """The HTML with numbers for the references and the footnotes at the end."""
    if MARK_START not in html and not definitions:
        return html
    numbering = Numbering(footnotes)
    numbering.define(definitions)
    content = numbering.apply(html)
    return with_notes(content, [*numbering.notes()])


def with_notes(content: str, notes: Sequence[str]) -> str:
    """The content of a slide with its footnotes, if there are any."""
    if not notes:
        return content
    start, end = _section()
    return "".join((content.rstrip("\n"), "\n", start, *notes, end))


@cache
def _section() -> tuple[str, str]:
    """The HTML around the footnotes of a slide."""
    section = Element("section", {"class": "slidegen-footnotes", "role": "doc-endnotes"})
    SubElement(section, "ol").append(raw(MARK_START))
    start, _, end = to_html(section).partition(MARK_START)
    return start, end


@lru_cache(maxsize=4096)
def _back(prefix: str, label: str, number: int) -> str:
    """The link from a footnote back to the text."""
    link = Element(
        "a",
        {
            "class": "slidegen-footnote-back",
            "href": f"#{prefix}fnref-{number}",
            "role": "doc-backlink",
            "aria-label": f"{label} {number}",
        },
    )
    icon = SubElement(link, "svg", {"class": "slidegen-icon", "aria-hidden": "true"})
    SubElement(icon, "use", {"href": f"#slidegen-icon-{BACK_ICON}"})
    return to_html(link)


@lru_cache(maxsize=4096)
def _reference(prefix: str, number: int, again: int) -> str:
    """The link to a footnote, from the n-th reference to it."""
    element = Element("sup", {"class": "slidegen-footnote-ref"})
    element.set("id", f"{prefix}fnref-{number}" + (f"-{again}" if again > 1 else ""))
    link = SubElement(element, "a", {"href": f"#{prefix}fn-{number}", "role": "doc-noteref"})
    link.text = str(number)
    return to_html(element)


@lru_cache(maxsize=4096)
def _note(prefix: str, label: str, number: int, html: str) -> str:
    """A footnote with its number, and a link back to the references if there is a label for it."""
    html = html.rstrip()
    if label:
        back = " " + _back(prefix, label, number)
        html = html[:-4] + back + "</p>" if html.endswith("</p>") else html + back
    note = Element("li", {"id": f"{prefix}fn-{number}", "value": str(number)})
    note.append(raw(html))
    return to_html(note)


class Numbered(Struct, frozen=True):
    """How far a numbering was: how many of what it holds it had."""

    definitions: int
    order: int
    referred: int
    unknown: int


class Numbering(Struct):
    """The numbers of a slide's footnotes, in the order of the references."""

    footnotes: Footnotes
    definitions: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    references: Counter[str] = field(default_factory=Counter)
    referred: list[str] = field(default_factory=list)
    """The footnotes of the references, in order."""
    unknown: dict[str, None] = field(default_factory=dict)
    """Identifiers that nothing defines."""

    def define(self, definitions: Mapping[str, str]) -> list[str]:
        """Add definitions; of several, the first wins. Returns those that are new."""
        new = [identifier for identifier in definitions if identifier not in self.definitions]
        self.definitions.update((identifier, definitions[identifier]) for identifier in new)
        return new

    def reached(self) -> Numbered:
        """How far it is."""
        return Numbered(len(self.definitions), len(self.order), len(self.referred), len(self.unknown))

    def back_to(self, point: Numbered) -> None:
        """Forget everything that came after a point."""
        while len(self.definitions) > point.definitions:
            self.definitions.popitem()
        while len(self.order) > point.order:
            del self.numbers[self.order.pop()]
        while len(self.referred) > point.referred:
            self.references[self.referred.pop()] -= 1
        while len(self.unknown) > point.unknown:
            self.unknown.popitem()

    def number(self, identifier: str) -> int:
        """The footnote's number, a new one if it has none."""
        if identifier not in self.numbers:
            self.order.append(identifier)
            self.numbers[identifier] = len(self.order)
        return self.numbers[identifier]

    def apply(self, html: str) -> str:
        """The HTML with links for its references; one to an unknown footnote is shown as written."""
        return FOOTNOTE_MARK.sub(self._reference, html) if MARK_START in html else html

    def _reference(self, mark: re.Match[str]) -> str:
        identifier = mark[2]
        if not self.knows(identifier):
            self.unknown[identifier] = None
            return f"[^{identifier}]"
        number, prefix = self.number(identifier), self.footnotes.prefix
        self.references[identifier] += 1
        self.referred.append(identifier)
        return _reference(prefix, number, self.references[identifier])

    def knows(self, identifier: str) -> bool:
        """Whether this step or a later one defines a footnote."""
        return identifier in self.definitions or identifier in self.footnotes.later

    def notes(self, shown: int = 0) -> Iterator[str]:
        """The footnotes in order of their numbers, except the first `shown`.

        Footnotes that other footnotes refer to come after these; unused ones come last.
        """
        waiting = filterfalse(self.numbers.__contains__, self.definitions)
        while True:
            while shown < len(self.order):
                if self.order[shown] in self.definitions:
                    yield self.note(self.order[shown])
                shown += 1
            identifier = next(waiting, None)
            if identifier is None:
                return
            self.number(identifier)

    def note(self, identifier: str) -> str:
        """A footnote with its number, and a link back to the references."""
        number, prefix = self.numbers[identifier], self.footnotes.prefix
        html = self.apply(self.definitions[identifier])
        return _note(prefix, self.footnotes.back if self.references.get(identifier) else "", number, html)

    def unused_note(self, number: int, html: str) -> str:
        """A footnote that nothing refers to, given its number and content."""
        return _note(self.footnotes.prefix, "", number, html)
