"""Finds what a variant leaves out of a deck by a second, independent reading, for the leak check.

It makes one simple pass over the parsed deck, and reads HTML with Python's own parser instead of what builds the
variant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from slidegen.build.marked_ranges import marked_ranges
from slidegen.config import OPTIONS
from slidegen.deck.html_marks import without_code
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Source, Span
from slidegen.syntax.nodes import (
    ContentClass,
    Formula,
    Listing,
    MacroCall,
    Node,
    Property,
    RawDeck,
    RawSlide,
    Text,
)
from slidegen.syntax.parser import parse_value
from slidegen.syntax.properties import KNOWN, VARIABLE

Opened = tuple[str, int]
"""The name of a marked element that is open, and how many elements of that name are."""
CLOSED: Opened = ("", 0)
COURSE = frozenset({"date", "session"})
"""What the course page reads from front matter besides options."""
FOOTNOTE = lazy_compile(
    r"^ {0,3}\[\^([^\]\s]+)\]:[^\n]*(?:\n(?!\n)[^\n]*|\n+(?=  | ?\t)[^\n]+)*", re.MULTILINE
)
REFERENCE = lazy_compile(r"\[\^([^\]\s]+)\](?!:)")
FILE = lazy_compile(
    r"""\]\(\s*<?([^)\s>]+)|\]:\s*<?([^\s>]+)|(?:src|href|data|poster)\s*=\s*["']?([^"'\s>]+)|url\(\s*["']?([^"')]+)""",
    re.IGNORECASE,
)

ENDS_IN_WORD = lazy_compile(r"[^\W_][*~_]*\Z")
BEGINS_IN_WORD = lazy_compile(r"[*~_]*[^\W_]")
MAY_REFER = lazy_compile(r"\]\(|\]:|=|[uU][rR][lL]\(")
"""Without any of these a text holds no reference, and this test is faster."""


class LeftOut(Struct):
    """The text of a deck in two parts."""

    passages: list[tuple[str, Span]] = field(default_factory=list)
    """What is left out, with its places."""
    kept: list[str] = field(default_factory=list)
    """What is kept."""
    begins: list[int] = field(default_factory=list)
    """Where each slide begins in `kept`."""

    def parts(self) -> Iterator[str]:
        """What is kept, slide by slide, and then what is on no slide."""
        for start, end in pairwise((*self.begins, len(self.kept))):
            yield "\n".join(self.kept[start:end])

    def files(self) -> Iterator[tuple[str, Span]]:
        """References to files in left-out parts that occur nowhere in kept ones."""
        lost = [(name, span) for text, span in self.passages for name in references(text)]
        kept = {name for text in self.kept for name in references(text)} if lost else set()
        yield from ((name, span) for name, span in lost if name not in kept)


def references(text: str) -> Iterator[str]:
    """The references to files in a text, as written."""
    if not MAY_REFER.search(text):
        return
    for match in FILE.finditer(text):
        yield next(group for group in match.groups() if group)


def _references(text: str) -> Iterator[str]:
    """The footnotes that a text refers to; a difference in case is assumed to be a typo."""
    return (name.casefold() for name in REFERENCE.findall(text))


def _variables(text: str) -> Iterator[str]:
    return (match[1].strip() for match in VARIABLE.finditer(text))


def read_left_out(
    raw: RawDeck,
    variant: Variant,
    variables: Mapping[str, Property],
    *,
    notes: bool,
    others: Iterable[Span] = (),
    settings: Iterable[Property] = (),
) -> LeftOut:
    """What a variant leaves out of a deck, and what it keeps.

    `notes` says whether it has notes; `others` is HTML that comes with the slides,
    `settings` is the front matter.
    """
    reading = _Reading(variant, notes)
    reading.slides(raw.slides)
    reading.found.begins.append(len(reading.found.kept))
    for span in others:
        reading.text(Text(span.text, span))
    found = reading.found
    shown = {name for text in found.kept for name in _variables(text)}
    lost = {name for text, _ in found.passages for name in _variables(text)}
    for item in (*reading.own, *variables.values()):
        if item.key in KNOWN or item.key in shown:
            reading.value(item)
        elif item.key in lost and item.key not in OPTIONS:
            found.passages.append((item.value, item.span))
    for item in settings:
        if item.key in OPTIONS or item.key in COURSE:
            reading.value(item)
    for _, link in raw.definitions:
        if reading.keeps(link.span):
            found.kept.append(link.span.text)
    return found


class _Reading(Struct):
    variant: Variant
    notes: bool
    found: LeftOut = field(default_factory=LeftOut)
    own: list[Property] = field(default_factory=list)
    """The properties of slides that are shown."""
    _open: Opened = CLOSED
    """What a step leaves open for the next one."""
    _places: dict[Source, list[tuple[int, int]]] = field(default_factory=dict)

    def slides(self, slides: Sequence[RawSlide]) -> None:
        hidden: set[str] = set()
        out = before = layout = False
        for slide in slides:
            own = {item.key: item for item in slide.properties}
            is_layout = "layout" in own and own["layout"].value == "true"
            if "layout" in own and not slide.continued:
                layout = False
            inherits = own["template"].value in hidden if "template" in own else layout and not is_layout
            marked = self.variant.hides(own) or ("exclude" in own and own["exclude"].value.lower() == "true")
            hosts = any(
                self.variant.hides({item.key: item for item in host.properties}) for host in slide.hosts
            )
            out = marked or inherits or hosts or (before and slide.continued)
            layout = out if is_layout else layout
            before = before if is_layout else out
            if "name" in own:
                (hidden.add if out else hidden.discard)(own["name"].value)
            if out:
                self._leave(slide.span, slide.span.text)
                for node in (*slide.content, *(slide.notes or ())):
                    if node.span.source is not slide.span.source:
                        self._leave(node.span, node.span.text)
                continue
            self.own += slide.properties
            self.found.begins.append(len(self.found.kept))
            self.found.kept += (f"{item.key}: {item.value}" for item in slide.properties if item.key in KNOWN)
            self._content(slide)

    def keeps(self, span: Span) -> bool:
        """Whether a place is outside all left-out parts."""
        return not any(start <= span.start < end for start, end in self._places.get(span.source, ()))

    def value(self, item: Property) -> None:
        """Read the value of a property or variable that is shown."""
        self._nodes(parse_value(item, Reporter()))

    def _leave(self, span: Span, text: str) -> None:
        self._places.setdefault(span.source, []).append((span.start, span.end))
        self.found.passages.append((text, span))

    def _content(self, slide: RawSlide) -> None:
        first = len(self.found.kept), len(self.found.passages)
        self._open = self._nodes(slide.content, self._open if slide.continued else CLOSED)
        if self.notes:
            self._nodes(slide.notes or ())
        else:
            for span in slide.notes_at:
                self._leave(span, span.text)
            for node in slide.notes or ():
                self._leave(node.span, node.span.text)
        lost = {name for text, _ in self.found.passages[first[1] :] for name in _references(text)}
        if lost:
            self._footnotes(first[0], lost, slide)
        self.found.kept += list(_joined(self.found.kept[first[0] :]))

    def _footnotes(self, first: int, lost: set[str], slide: RawSlide) -> None:
        """Leave out the footnotes of a slide that only left-out parts refer to."""
        texts = self.found.kept[first:]
        shown = {name for text in texts for name in _references(text)}
        for index, text in enumerate(texts):
            for match in FOOTNOTE.finditer(text):
                if match[1].casefold() in lost and match[1].casefold() not in shown:
                    self.found.passages.append((match[0], slide.span.find(match[0])))
                    self.found.kept[first + index] = self.found.kept[first + index].replace(match[0], " ")

    def _nodes(self, nodes: Iterable[Node], opened: Opened = CLOSED) -> Opened:
        """Read nodes, before which an element may be open; returns what is open after them."""
        for node in nodes:
            if isinstance(node, Text):
                opened = self.text(node, opened)
            elif opened[1]:
                self._leave(node.span, node.span.text)
            elif isinstance(node, ContentClass):
                if self.variant.without.isdisjoint(node.classes):
                    self._nodes(node.children)
                else:
                    self._leave(node.span, node.span.text)
            elif isinstance(node, Formula):
                self.found.kept.append(node.tex)
            elif isinstance(node, Listing):
                self.found.kept.append(node.text)
            elif isinstance(node, MacroCall):
                self.found.kept.append(" ".join((*node.args, node.target)))
        return opened

    def text(self, node: Text, opened: Opened = CLOSED) -> Opened:
        """Read a text, before which an element may be open; returns what is open after it."""
        left_out = marked_ranges(without_code(node), self.variant.without, *opened)
        at = 0
        for start, end in left_out.ranges:
            self.found.kept.append(node.value[at:start])
            self._leave(node.place(start, end), node.value[start:end])
            at = end
        self.found.kept.append(node.value[at:])
        return left_out.opened, left_out.depth


def _joined(texts: Sequence[str]) -> Iterator[str]:
    """Consecutive texts that share a word, where a content class begins or ends within it."""
    first = 0
    for index in range(1, len(texts) + 1):
        if (
            index < len(texts)
            and ENDS_IN_WORD.search(texts[index - 1][-8:])
            and BEGINS_IN_WORD.match(texts[index])
        ):
            continue
        if index - first > 1:
            yield "".join(texts[first:index])
        first = index
