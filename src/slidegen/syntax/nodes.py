"""The syntax tree: slides as written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct, field

from slidegen.source import Source, Span
from slidegen.syntax.cited_work import CitedWork


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, code included, in which nothing of remark's own syntax is left."""

    value: str
    """The text; differs from the span's where a backslash was taken away or a variable put in."""
    span: Span
    code: tuple[tuple[int, int], ...] = dataclasses.field(default=(), compare=False, repr=False)
    """Where code stands in it as it was parsed, as offsets in the value; only good until it is changed."""
    raw: bool = False
    """Whether it is a script, a style sheet or the like, in which nothing is Markdown."""


class Formula(Struct, frozen=True):
    """LaTeX between math delimiters."""

    tex: str
    """Without delimiters, with remark's and Markdown's escapes as they were written."""
    display: bool
    span: Span
    """Delimiters included."""
    in_code: bool = False
    """Written in backticks, as xaringan does."""
    written: str = ""
    """All of it as written, variables put in, without the marks of the quotes it stands in."""


class FormulaMark(Struct, frozen=True):
    """A dollar that is one, or marks that are meant to begin a formula: text, but for where Markdown makes code."""

    shown: str
    span: Span
    problem: str = ""
    """Why no formula begins here; empty for a dollar behind a backslash."""


class MacroCall(Struct, frozen=True):
    """`![:name arg, arg](target)`."""

    name: str
    args: tuple[str, ...]
    """Without blanks at the ends; empty where the call has none."""
    target: str
    """Empty where the call has none."""
    span: Span
    folder: str = ""
    """The folder that paths in what it writes are relative to, as seen from the deck: `../shared/` or nothing."""


class ContentClass(Struct, frozen=True):
    """`.a.b[children]`."""

    classes: tuple[str, ...]
    block: bool
    """Whether what stands in the brackets has a line break; it becomes a `<div>`, else a `<span>`."""
    children: tuple[Node, ...]
    span: Span
    """From the first dot to the closing bracket."""
    breaks: bool = False
    """Whether a `StepBreak` stands in it, however deep."""
    attributes: tuple[tuple[str, str], ...] | None = None
    """Those of a `:::` division beside its classes; None for `.a[children]`."""


class StepBreak(Struct, frozen=True):
    """`--` alone on a line within a content class: up to here, the slide is a step of its own."""

    span: Span


class Listing(Struct, frozen=True):
    """Code from a file, shown as it is there."""

    text: str
    language: str
    """As after a fence; empty for none."""
    highlighted: frozenset[int]
    """Lines of the text, counted from 0."""
    span: Span
    """The call."""


class Citation(Struct, frozen=True):
    """`[@a; @b]` in a deck that has a bibliography."""

    works: tuple[CitedWork, ...]
    """With keys as the bibliography has them; empty ones are not in it."""
    written: tuple[str, ...]
    """The keys as they are written."""
    span: Span


class ReferenceList(Struct, frozen=True):
    """`.references[]` or `![:bibliography]`: where works that are cited are listed."""

    of_slide: bool
    """Whether it lists what the slide cites, else what the deck does."""
    part: str
    """Which of them, as in `1-8`; empty for all."""
    span: Span


Node = (
    Text | Formula | FormulaMark | MacroCall | ContentClass | StepBreak | Listing | Citation | ReferenceList
)


class Property(Struct, frozen=True):
    """`key: value` or `<!-- key: value -->` at the start of a slide."""

    key: str
    value: str
    span: Span


class LinkDefinition(Struct, frozen=True):
    """`[id]: url "title"`, good for the whole deck."""

    url: str
    title: str | None
    span: Span


class RawSlide(Struct, frozen=True):
    """A slide as it is written, before templates and variables."""

    span: Span
    """From the end of its separator to the start of the next one."""
    properties: tuple[Property, ...]
    content: tuple[Node, ...]
    notes: tuple[Node, ...] | None
    """None where the slide has no `???`."""
    continued: bool
    """Whether `--` stands before it."""
    hosts: tuple[RawSlide, ...] = ()
    """For a slide that does not stand in the deck itself, the slides whose calls include it, without content."""
    notes_at: tuple[Span, ...] = ()
    """Where its notes stand, `???` included."""


class RawDeck(Struct, frozen=True):
    """A deck as it is written."""

    source: Source
    slides: tuple[RawSlide, ...]
    links: Mapping[str, LinkDefinition] = field(default_factory=dict)
    """By identifier in lower case."""
    included: tuple[Source, ...] = ()
    """The texts of the files whose slides are in it."""
    definitions: tuple[tuple[str, LinkDefinition], ...] = ()
    """All definitions of links with their identifiers, in order; of one identifier, the last counts."""
    unchosen: tuple[RawSlide, ...] = ()
    """Slides of included files of which only the definitions of links count."""

    @property
    def texts(self) -> Iterator[str]:
        """All that its authors wrote: the deck's text, and those included."""
        yield self.source.text
        for source in self.included:
            yield source.text
