"""The values between a deck's text and its meaning: what a slide is written as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slidegen.source import Source, Span


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, code included, in which nothing of remark's own syntax is left."""

    value: str
    """The text; differs from the span's where a backslash was taken away or a variable put in."""
    span: Span


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX between math delimiters."""

    tex: str
    """Without delimiters, with remark's and Markdown's escapes as they were written."""
    display: bool
    span: Span
    """Delimiters included."""
    in_code: bool = False
    """Written in backticks, as xaringan does."""


@dataclass(frozen=True, slots=True)
class MacroCall:
    """`![:name arg, arg](target)`."""

    name: str
    args: tuple[str, ...]
    """Without blanks at the ends; empty where the call has none."""
    target: str
    """Empty where the call has none."""
    span: Span


@dataclass(frozen=True, slots=True)
class ContentClass:
    """`.a.b[children]`."""

    classes: tuple[str, ...]
    block: bool
    """Whether what stands in the brackets has a line break; it becomes a `<div>`, else a `<span>`."""
    children: tuple[Node, ...]
    span: Span
    """From the first dot to the closing bracket."""


Node = Text | Formula | MacroCall | ContentClass


@dataclass(frozen=True, slots=True)
class Property:
    """`key: value` or `<!-- key: value -->` at the start of a slide."""

    key: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """`[id]: url "title"`, good for the whole deck."""

    url: str
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class RawSlide:
    """A slide as it is written, before templates and variables."""

    span: Span
    """From the end of its separator to the start of the next one."""
    properties: tuple[Property, ...]
    content: tuple[Node, ...]
    notes: tuple[Node, ...] | None
    """None where the slide has no `???`."""
    continued: bool
    """Whether `--` stands before it."""


@dataclass(frozen=True, slots=True)
class RawDeck:
    """A deck as it is written."""

    source: Source
    slides: tuple[RawSlide, ...]
    links: Mapping[str, LinkDefinition] = field(default_factory=dict)
    """By identifier in lower case."""
