"""The syntax tree: slides as written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct, field

from slidegen.source import Source, Span
from slidegen.syntax.cited_work import CitedWork


class Text(Struct, frozen=True, eq=False):
    """Markdown, including code, without any of remark's own syntax."""

    value: str
    """The text; differs from the span's if a backslash was removed or a variable replaced."""
    span: Span
    code: tuple[tuple[int, int], ...] = ()
    """The spans of code in it when it was parsed, as offsets in the value; only valid until it is changed,
    so texts that differ in nothing else are equal."""
    raw: bool = False
    """Whether it is a script, a style sheet or the like, which contains no Markdown."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)

    @property
    def _compared(self) -> tuple[str, Span, bool]:
        return self.value, self.span, self.raw

    @property
    def is_as_written(self) -> bool:
        """Whether no backslash was removed and no variable replaced, so that offsets are places."""
        return len(self.value) == self.span.end - self.span.start

    def place(self, start: int, end: int) -> Span:
        """The place of the characters `start` to `end`; of the whole unless it is as written."""
        return self.span.within(start, end) if self.is_as_written else self.span


class Formula(Struct, frozen=True):
    """LaTeX between math delimiters."""

    tex: str
    """Without delimiters, with remark's and Markdown's escapes as written."""
    display: bool
    span: Span
    """Including delimiters."""
    in_code: bool = False
    """Written in backticks, as in xaringan."""
    written: str = ""
    """All of it as written, with variables replaced, without the marks of the quotes around it."""


class FormulaMark(Struct, frozen=True):
    """An escaped dollar, or marks that are meant to begin a formula: text, except where Markdown makes code."""

    shown: str
    span: Span
    problem: str = ""
    """Why no formula begins here; empty for a dollar after a backslash."""


class MacroCall(Struct, frozen=True):
    """`![:name arg, arg](target)`."""

    name: str
    args: tuple[str, ...]
    """Without spaces at the ends; empty if the call has none."""
    target: str
    """Empty if the call has none."""
    span: Span
    folder: str = ""
    """The folder that paths in its output are relative to, seen from the deck: `../shared/` or empty."""


class ContentClass(Struct, frozen=True):
    """`.a.b[children]`."""

    classes: tuple[str, ...]
    block: bool
    """Whether the content in brackets has a line break, which makes it a `<div>` rather than a `<span>`."""
    children: tuple[Node, ...]
    span: Span
    """From the first dot to the closing bracket."""
    breaks: bool = False
    """Whether it contains a `StepBreak`, at any depth."""
    attributes: tuple[tuple[str, str], ...] | None = None
    """Those of a `:::` division besides its classes; None for `.a[children]`."""


class StepBreak(Struct, frozen=True):
    """`--` alone on a line within a content class: up to here, the slide is a separate step."""

    span: Span


class Listing(Struct, frozen=True):
    """Code from a file, shown unchanged."""

    text: str
    language: str
    """As after a fence; empty if none."""
    highlighted: frozenset[int]
    """Lines of the text, counted from 0."""
    span: Span
    """The call."""


class Citation(Struct, frozen=True):
    """`[@a; @b]` in a deck that has a bibliography."""

    works: tuple[CitedWork, ...]
    """With keys as in the bibliography; an empty key is not in it."""
    written: tuple[str, ...]
    """The keys as written."""
    span: Span


class ReferenceList(Struct, frozen=True):
    """`.references[]` or `![:bibliography]`: where cited works are listed."""

    of_slide: bool
    """Whether it lists what the slide cites, rather than what the deck cites."""
    part: str
    """Which of them, as in `1-8`; empty for all."""
    span: Span


Node = (
    Text | Formula | FormulaMark | MacroCall | ContentClass | StepBreak | Listing | Citation | ReferenceList
)
_Kind = TypeVar("_Kind", bound=Node)


def nodes_of(kind: type[_Kind], nodes: Iterable[Node]) -> Iterator[_Kind]:
    """All nodes of a kind other than content classes, in order, within content classes too."""
    for node in nodes:
        if isinstance(node, kind):
            yield node
        elif isinstance(node, ContentClass):
            yield from nodes_of(kind, node.children)


class Property(Struct, frozen=True):
    """`key: value` or `<!-- key: value -->` at the start of a slide."""

    key: str
    value: str
    span: Span


class LinkDefinition(Struct, frozen=True):
    """`[id]: url "title"`, valid for the whole deck."""

    url: str
    title: str | None
    span: Span


class RawSlide(Struct, frozen=True):
    """A slide as written, before templates and variables."""

    span: Span
    """From the end of its separator to the start of the next one."""
    properties: tuple[Property, ...]
    content: tuple[Node, ...]
    notes: tuple[Node, ...] | None
    """None if the slide has no `???`."""
    continued: bool
    """Whether `--` comes before it."""
    hosts: tuple[RawSlide, ...] = ()
    """For a slide of an included file, the slides whose calls include it, without content."""
    notes_at: tuple[Span, ...] = ()
    """The places of its notes, including `???`."""


class RawDeck(Struct, frozen=True):
    """A deck as written."""

    source: Source
    slides: tuple[RawSlide, ...]
    links: Mapping[str, LinkDefinition] = field(default_factory=dict)
    """By identifier in lower case."""
    included: tuple[Source, ...] = ()
    """The texts of the files whose slides are in it."""
    definitions: tuple[tuple[str, LinkDefinition], ...] = ()
    """All link definitions with their identifiers, in order; of several for one identifier, the last wins."""
    unchosen: tuple[RawSlide, ...] = ()
    """Slides of included files of which only the link definitions are used."""

    @property
    def texts(self) -> Iterator[str]:
        """Everything that its authors wrote: the deck's text, and included ones."""
        yield self.source.text
        for source in self.included:
            yield source.text
