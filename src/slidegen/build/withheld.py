"""Finds what a variant leaves out of a deck by a second, independent reading, for the leak check.

It makes one simple pass over the parsed deck, and shares no code with what builds the variant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from slidegen.config import OPTIONS
from slidegen.deck.html_marks import end_of, find_tags, without_code
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Reporter
from slidegen.html_tags import COMMENT
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
        self._nodes(slide.content)
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

    def _nodes(self, nodes: Iterable[Node]) -> None:
        nodes = list(nodes)
        index = 0
        while index < len(nodes):
            node = nodes[index]
            index += 1
            if isinstance(node, ContentClass):
                if self.variant.without.isdisjoint(node.classes):
                    self._nodes(node.children)
                else:
                    self._leave(node.span, node.span.text)
            elif isinstance(node, Text):
                index = self._element(node, nodes, index)
            elif isinstance(node, Formula):
                self.found.kept.append(node.tex)
            elif isinstance(node, Listing):
                self.found.kept.append(node.text)
            elif isinstance(node, MacroCall):
                self.found.kept.append(" ".join((*node.args, node.target)))

    def _element(self, node: Text, nodes: Sequence[Node], index: int) -> int:
        """Read a text, and following nodes up to the end of an element that the text leaves open."""
        opened = self.text(node)
        while opened and index < len(nodes):
            other = nodes[index]
            index += 1
            if isinstance(other, Text):
                end, depth = end_of(without_code(other), opened, 0)
                self._leave(other.span.within(0, end), other.value[:end])
                if not depth:
                    rest = Text(other.value[end:], other.span.within(end, len(other.value)))
                    opened = self.text(rest)
            else:
                self._leave(other.span, other.span.text)
        return index

    def text(self, node: Text) -> str:
        """Read a text; returns the name of an element that it leaves open, or an empty string."""
        text = without_code(node)
        cuts: list[tuple[int, int]] = [match.span() for match in COMMENT.finditer(text)]
        opened = ""
        for tag in find_tags(text) if "<" in text else ():
            if not self.variant.without.isdisjoint(tag.classes) and not any(
                a <= tag.start < b for a, b in cuts[-3:]
            ):
                end, depth = (tag.end, 0) if tag.empty else end_of(text, tag.name, tag.end)
                cuts.append((tag.start, end))
                if depth:
                    opened = tag.name
        at = 0
        for start, end in sorted(cuts):
            if start >= at:
                self.found.kept.append(node.value[at:start])
                span = node.place(start, end)
                self._leave(span, node.value[start:end])
            elif end > at:
                self._leave(node.span.within(at, end), node.value[at:end])
            at = max(at, end)
        self.found.kept.append(node.value[at:])
        return opened


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
