"""Finds out which warnings a deck's author does not want: by `check:`, and by comments on slides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from slidegen.deck.model import Deck
from slidegen.diagnostics import Code, Reporter
from slidegen.diagnostics.rules import Allowed, Silence, rule_names
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.source import Source, Span
from slidegen.spelling import nearest, suggest

ALLOW = lazy_compile(r"<!--\s*check:\s*allow\s+(?P<names>[^\n>]*?)\s*-->")
NAME = lazy_compile(r"[\w-]+")


def apply_silence(deck: Deck, project: Mapping[str, Value], reporter: Reporter) -> None:
    """Let the reporter drop what the project, the deck or a comment on a slide switches off."""
    rules = {**project, **deck.config.check}
    off = frozenset(name for name, value in rules.items() if value is False)
    slides = tuple(_allowed(deck, reporter)) if "check:" in deck.source.text or _includes(deck) else ()
    if off or slides:
        reporter.silence(Silence(off, slides).covers)


def _includes(deck: Deck) -> bool:
    return any(slide.span.source is not deck.source for slide in deck.slides)


def _allowed(deck: Deck, reporter: Reporter) -> Iterator[Allowed]:
    known = rule_names()
    for _, group in groupby(deck.slides, key=lambda slide: slide.group):
        spans = [slide.span.written for slide in group]
        names: set[str] = set()
        for span in spans:
            for match in ALLOW.finditer(span.text):
                for name in NAME.finditer(span.text, *match.span("names")):
                    if name[0] in known:
                        names.add(name[0])
                    else:
                        _warn_of_rule(name[0], span.within(*name.span()), known, reporter)
        if names:
            yield from (Allowed(each.source.path, each.start, _end(each), frozenset(names)) for each in spans)


def _end(span: Span) -> int:
    """Where a slide ends, its own separator or the text's end included."""
    source: Source = span.source
    return span.end + 1 if span.end >= len(source.text) else span.end


def _warn_of_rule(name: str, span: Span, known: tuple[str, ...], reporter: Reporter) -> None:
    reporter.report(
        Code.UNKNOWN_RULE,
        f"there is no rule {name}",
        span,
        hint=suggest(*nearest(name, known), otherwise="`slidegen check --rules` lists them"),
    )
